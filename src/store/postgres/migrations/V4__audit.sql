-- What was done to keep order. The ids are UUIDs that begin with their time.
CREATE TABLE audit (
    id        text COLLATE "C" NOT NULL PRIMARY KEY,
    at        timestamptz      NOT NULL,
    actor_id  text COLLATE "C" NOT NULL,
    command   text             NOT NULL,
    target_id text COLLATE "C",
    chat_id   text COLLATE "C",
    reason    text
);

CREATE INDEX audit_by_actor ON audit (actor_id, id);
CREATE INDEX audit_by_target ON audit (target_id, id) WHERE target_id IS NOT NULL;

CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log only grows';
END
$$;

CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit();
