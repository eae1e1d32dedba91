-- The refresh token before the one that is good now, as SHA-256, and when it was used first.
ALTER TABLE sessions ADD COLUMN spent bytea, ADD COLUMN spent_at timestamptz;
