-- Who has put which emoji on a message; the message itself names the first of them.
CREATE TABLE reactions (
    chat_id    TEXT    NOT NULL,
    message_id TEXT    NOT NULL,
    emoji      TEXT    NOT NULL,
    user_id    TEXT    NOT NULL,
    seq        INTEGER NOT NULL, -- since when, on the chat's clock
    PRIMARY KEY (chat_id, message_id, emoji, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX reactors ON reactions (chat_id, message_id, emoji, seq);

-- Whom messages name that are not deleted.
CREATE TABLE mentions (
    chat_id    TEXT    NOT NULL,
    seq        INTEGER NOT NULL, -- of the message
    user_id    TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (chat_id, seq, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX mentions_in_chat ON mentions (user_id, chat_id, seq);
CREATE INDEX newest_mentions ON mentions (user_id, created_at DESC, chat_id, seq DESC);

-- What messages say, by every three letters of it; a row's id is the chat's number * 2^32 + the message's seq.
CREATE VIRTUAL TABLE message_text USING fts5 (
    text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
);

-- How far the messages of a chat are in there; the rest is looked through one by one.
CREATE TABLE indexed (
    number  INTEGER NOT NULL PRIMARY KEY,
    chat_id TEXT    NOT NULL UNIQUE,
    seq     INTEGER NOT NULL
) STRICT;

-- Chats in which much is not in there yet.
CREATE TABLE to_index (
    chat_id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

INSERT INTO to_index SELECT id FROM chats WHERE seq >= 256;
