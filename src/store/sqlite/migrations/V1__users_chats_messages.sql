-- Times are milliseconds since 1970. Lists and objects are JSON, NULL where empty.

PRAGMA application_id = 0x50694368; -- "PiCh"

CREATE TABLE users (
    id           TEXT    NOT NULL PRIMARY KEY,
    username     TEXT    NOT NULL,
    username_key TEXT    NOT NULL UNIQUE, -- lower case
    display_name TEXT    NOT NULL,
    avatar_url   TEXT,
    kind         TEXT    NOT NULL,
    role         TEXT    NOT NULL,
    owner_id     TEXT REFERENCES users (id), -- of a bot
    last_seen_at INTEGER,
    created_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE chats (
    id            TEXT    NOT NULL PRIMARY KEY,
    kind          TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    name_key      TEXT    NOT NULL, -- without regard to case and Unicode form
    description   TEXT,
    active        INTEGER NOT NULL,
    created_by    TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    seq           INTEGER NOT NULL,
    member_count  INTEGER NOT NULL,
    message_count INTEGER NOT NULL,
    owners        INTEGER NOT NULL,
    changed_seq   INTEGER NOT NULL, -- latest change to anything but messages
    members_seq   INTEGER NOT NULL, -- latest change to who is in
    last_seq      INTEGER,          -- newest message that is not deleted
    pinned        TEXT
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX channel_names ON chats (name_key) WHERE kind = 'channel';
CREATE INDEX public_chats ON chats (updated_at DESC, id) WHERE kind = 'channel' AND active = 1;

CREATE TABLE members (
    chat_id       TEXT    NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    user_id       TEXT    NOT NULL REFERENCES users (id),
    role          TEXT, -- NULL: has been in and is out
    joined_at     INTEGER NOT NULL,
    read_seq      INTEGER NOT NULL,
    delivered_seq INTEGER NOT NULL,
    left_seq      INTEGER NOT NULL,
    PRIMARY KEY (chat_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX memberships ON members (user_id, chat_id) WHERE role IS NOT NULL;

-- No foreign keys: every writer is a member, whose keys are checked above, and the look-ups would double the work.
CREATE TABLE messages (
    chat_id     TEXT    NOT NULL,
    seq         INTEGER NOT NULL,
    id          TEXT    NOT NULL,
    updated_seq INTEGER NOT NULL,
    sender_id   TEXT    NOT NULL,
    role        TEXT    NOT NULL,
    content     TEXT    NOT NULL,
    attachments TEXT,
    reply_to    TEXT,
    mentions    TEXT,
    reactions   TEXT,
    metadata    TEXT,
    created_at  INTEGER NOT NULL,
    edited_at   INTEGER,
    deleted_at  INTEGER,
    PRIMARY KEY (chat_id, seq),
    UNIQUE (chat_id, id)
) STRICT, WITHOUT ROWID;

-- What was never changed is found by its seq; so only the changed ones cost a second entry.
CREATE INDEX changed_messages ON messages (chat_id, updated_seq) WHERE updated_seq > seq;

CREATE TABLE tokens (
    id           TEXT    NOT NULL PRIMARY KEY,
    hash         BLOB    NOT NULL UNIQUE, -- SHA-256 of the secret
    user_id      TEXT    NOT NULL REFERENCES users (id),
    maker_id     TEXT    NOT NULL REFERENCES users (id),
    name         TEXT    NOT NULL,
    scopes       TEXT,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER,
    last_used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX tokens_by_maker ON tokens (maker_id, created_at DESC, id DESC);
