-- When an account was changed last, so that a client that was away learns of new profiles.
ALTER TABLE users ADD COLUMN changed_at timestamptz NOT NULL DEFAULT 'epoch';

CREATE INDEX users_changed ON users (changed_at);
