-- What only the server knows of a user.
ALTER TABLE users ADD COLUMN email             TEXT;
ALTER TABLE users ADD COLUMN email_key         TEXT; -- without regard to case and Unicode form
ALTER TABLE users ADD COLUMN password          TEXT; -- a hash in the PHC string format
ALTER TABLE users ADD COLUMN ban               TEXT; -- an object
ALTER TABLE users ADD COLUMN deleted_at        INTEGER;
ALTER TABLE users ADD COLUMN tokens_valid_from INTEGER;
ALTER TABLE users ADD COLUMN ended_tokens      TEXT; -- a list
ALTER TABLE users ADD COLUMN version           INTEGER NOT NULL DEFAULT 1;

CREATE UNIQUE INDEX emails ON users (email_key) WHERE email_key IS NOT NULL;

CREATE TABLE sessions (
    user_id      TEXT    NOT NULL REFERENCES users (id),
    id           TEXT    NOT NULL,
    device_id    TEXT,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    family       BLOB    NOT NULL, -- SHA-256 of what its refresh tokens have in common
    refresh      BLOB    NOT NULL, -- SHA-256 of the one that is good now
    PRIMARY KEY (user_id, id)
) STRICT, WITHOUT ROWID;

-- The settings of users and the secrets of the server, by their place.
CREATE TABLE documents (
    place   TEXT    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    text    TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
