-- Which of its chat's messages it is, and which of its sender's there: how many there are between two positions is a
-- difference of these.
ALTER TABLE messages ADD COLUMN ordinal bigint NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN own_ordinal bigint NOT NULL DEFAULT 0;

UPDATE messages m SET ordinal = counted.ordinal, own_ordinal = counted.own_ordinal FROM (
    SELECT chat_id, seq, row_number() OVER (PARTITION BY chat_id ORDER BY seq) AS ordinal,
        row_number() OVER (PARTITION BY chat_id, sender_id ORDER BY seq) AS own_ordinal FROM messages
) AS counted WHERE m.chat_id = counted.chat_id AND m.seq = counted.seq;

-- Led by the sender: nothing else may take it for a way to the messages of a chat.
CREATE INDEX messages_by_sender ON messages (sender_id, chat_id, seq);
CREATE INDEX deleted_messages ON messages (chat_id, seq) INCLUDE (sender_id) WHERE deleted_at IS NOT NULL;
