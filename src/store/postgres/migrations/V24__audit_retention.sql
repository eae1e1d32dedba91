-- Old entries may be forgotten: whoever does so raises the floor first, below which alone anything can be deleted.
CREATE TABLE audit_floor (
    one boolean          NOT NULL PRIMARY KEY CHECK (one),
    id  text COLLATE "C" NOT NULL
);

DROP TRIGGER audit_only_grows ON audit;
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit();

CREATE FUNCTION keep_recent_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.id >= coalesce((SELECT id FROM audit_floor), '') THEN
        RAISE EXCEPTION 'the audit log only grows';
    END IF;
    RETURN OLD;
END
$$;

CREATE TRIGGER audit_is_deleted_when_old BEFORE DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION keep_recent_audit();

CREATE INDEX tokens_by_end ON tokens (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX users_by_ban ON users (id) WHERE ban IS NOT NULL;
