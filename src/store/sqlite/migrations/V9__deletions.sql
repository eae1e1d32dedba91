-- How many messages are deleted in every block of 2^8 and of 2^16 places of a chat: '' of all senders, and of each. So
-- those after a place are counted without a look at all of them.
CREATE TABLE deletions (
    chat_id   TEXT    NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    sender_id TEXT    NOT NULL,
    width     INTEGER NOT NULL, -- of the block, in bits
    block     INTEGER NOT NULL,
    messages  INTEGER NOT NULL,
    PRIMARY KEY (chat_id, sender_id, width, block)
) STRICT, WITHOUT ROWID;

INSERT INTO deletions SELECT m.chat_id, m.sender_id, w.value, m.seq >> w.value, count(*)
    FROM messages m INDEXED BY deleted_messages, json_each('[8, 16]') w
    WHERE m.deleted_at IS NOT NULL GROUP BY 1, 2, 3, 4;

INSERT INTO deletions SELECT chat_id, '', width, block, sum(messages) FROM deletions GROUP BY chat_id, width, block;

CREATE TRIGGER message_is_deleted AFTER UPDATE OF deleted_at ON messages
WHEN old.deleted_at IS NULL AND new.deleted_at IS NOT NULL BEGIN
    INSERT INTO deletions VALUES
        (new.chat_id, '', 8, new.seq >> 8, 1), (new.chat_id, new.sender_id, 8, new.seq >> 8, 1),
        (new.chat_id, '', 16, new.seq >> 16, 1), (new.chat_id, new.sender_id, 16, new.seq >> 16, 1)
    ON CONFLICT (chat_id, sender_id, width, block) DO UPDATE SET messages = messages + 1;
END;

-- One that is sent and deleted in one go is deleted from the first.
CREATE TRIGGER message_comes_deleted AFTER INSERT ON messages WHEN new.deleted_at IS NOT NULL BEGIN
    INSERT INTO deletions VALUES
        (new.chat_id, '', 8, new.seq >> 8, 1), (new.chat_id, new.sender_id, 8, new.seq >> 8, 1),
        (new.chat_id, '', 16, new.seq >> 16, 1), (new.chat_id, new.sender_id, 16, new.seq >> 16, 1)
    ON CONFLICT (chat_id, sender_id, width, block) DO UPDATE SET messages = messages + 1;
END;
