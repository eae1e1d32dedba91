-- The refresh token before the one that is good now, as SHA-256, and when it was used first.
ALTER TABLE sessions ADD COLUMN spent    BLOB;
ALTER TABLE sessions ADD COLUMN spent_at INTEGER;
