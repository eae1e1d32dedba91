-- What was done to keep order. The ids are UUIDs that begin with their time.
CREATE TABLE audit (
    id        TEXT    NOT NULL PRIMARY KEY,
    at        INTEGER NOT NULL,
    actor_id  TEXT    NOT NULL,
    command   TEXT    NOT NULL,
    target_id TEXT,
    chat_id   TEXT,
    reason    TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_by_actor ON audit (actor_id, id);
CREATE INDEX audit_by_target ON audit (target_id, id) WHERE target_id IS NOT NULL;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit log only grows'); END;
