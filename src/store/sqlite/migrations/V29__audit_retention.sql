-- Old entries may be forgotten: whoever does so raises the floor first, below which alone anything can be deleted.
CREATE TABLE audit_floor (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    id  TEXT    NOT NULL
) STRICT;

DROP TRIGGER audit_is_never_deleted;
CREATE TRIGGER audit_is_deleted_when_old BEFORE DELETE ON audit
    WHEN OLD.id >= coalesce((SELECT id FROM audit_floor), '')
    BEGIN SELECT raise(ABORT, 'the audit log only grows'); END;

CREATE INDEX tokens_by_end ON tokens (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX users_by_ban ON users (id) WHERE ban IS NOT NULL;
