-- When an account was changed last, in milliseconds since 1970, so that a client that was away learns of new profiles.
ALTER TABLE users ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;

CREATE INDEX users_changed ON users (changed_at);
