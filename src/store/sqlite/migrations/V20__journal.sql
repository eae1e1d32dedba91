-- Messages are appended here, where the rows of a batch share their pages, and moved to their ordered table many at a
-- time. A row counts while its seq is beyond the clock of its chat in `chats`; one that does not is left over.
CREATE TABLE journal (
    n           INTEGER NOT NULL PRIMARY KEY, -- the order of commit, shared with journal_marks
    chat_id     TEXT    NOT NULL,
    seq         INTEGER NOT NULL,
    id          TEXT    NOT NULL,
    sender_id   TEXT    NOT NULL,
    role        TEXT    NOT NULL,
    content     TEXT    NOT NULL,
    attachments TEXT,
    reply_to    TEXT,
    metadata    TEXT,
    created_at  INTEGER NOT NULL
) STRICT;

-- Marks on their way to `members`; the latest of a member counts, unless others came or went since.
CREATE TABLE journal_marks (
    n             INTEGER NOT NULL PRIMARY KEY,
    chat_id       TEXT    NOT NULL,
    user_id       TEXT    NOT NULL,
    members_seq   INTEGER NOT NULL, -- of the chat, when the mark was set
    read_seq      INTEGER NOT NULL,
    read_at       INTEGER NOT NULL,
    delivered_seq INTEGER NOT NULL,
    delivered_at  INTEGER NOT NULL
) STRICT;

-- Every message, moved or not. For people; the server does not read it.
CREATE VIEW all_messages AS
    SELECT chat_id, seq, id, updated_seq, sender_id, role, content, attachments, reply_to, mentions, reactions, metadata,
        created_at, edited_at, deleted_at FROM messages
    UNION ALL
    SELECT j.chat_id, j.seq, j.id, j.seq, j.sender_id, j.role, j.content, j.attachments, j.reply_to, NULL, NULL,
        j.metadata, j.created_at, NULL, NULL FROM journal j JOIN chats c ON c.id = j.chat_id WHERE j.seq > c.seq;
