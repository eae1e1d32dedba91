PRAGMA application_id = 0x50694368;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE refinery_schema_history(
             version int4 PRIMARY KEY,
             name VARCHAR(255),
             applied_on VARCHAR(255),
             checksum VARCHAR(255));
INSERT INTO refinery_schema_history VALUES(1,'users_chats_messages','2026-11-20T12:53:51.417543805Z','2122317178445350428');
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
INSERT INTO users VALUES('id-of-ann','ann','ann','ANN',NULL,'human','member',NULL,NULL,1767000000000);
INSERT INTO users VALUES('id-of-ben','ben','ben','BEN',NULL,'human','member',NULL,NULL,1767000000000);
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
INSERT INTO chats VALUES('c','channel','First','first',NULL,1,'id-of-ann',1767225600000,1767225600000,3,2,2,1,1,1,3,NULL);
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
INSERT INTO members VALUES('c','id-of-ann','owner',1767225600000,0,0,0);
INSERT INTO members VALUES('c','id-of-ben','member',1767225600000,0,0,0);
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
INSERT INTO messages VALUES('c',2,'m2',2,'id-of-ann','user','text of m2',NULL,NULL,NULL,NULL,NULL,1767225600000,NULL,NULL);
INSERT INTO messages VALUES('c',3,'m3',3,'id-of-ben','user','text of m3',NULL,NULL,NULL,NULL,NULL,1767225600000,NULL,NULL);
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
INSERT INTO tokens VALUES('t',X'0707070707070707070707070707070707070707070707070707070707070707','id-of-ann','id-of-ann','cron','["read"]',1767225600000,NULL,NULL);
CREATE UNIQUE INDEX channel_names ON chats (name_key) WHERE kind = 'channel';
CREATE INDEX public_chats ON chats (updated_at DESC, id) WHERE kind = 'channel' AND active = 1;
CREATE INDEX memberships ON members (user_id, chat_id) WHERE role IS NOT NULL;
CREATE INDEX changed_messages ON messages (chat_id, updated_seq) WHERE updated_seq > seq;
CREATE INDEX tokens_by_maker ON tokens (maker_id, created_at DESC, id DESC);
COMMIT;
