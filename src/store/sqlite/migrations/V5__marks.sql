-- When marks were set, NULL: when the member came in. Until when the chat is muted, NULL: it is not; the greatest number:
-- for good.
ALTER TABLE members ADD COLUMN read_at INTEGER;
ALTER TABLE members ADD COLUMN delivered_at INTEGER;
ALTER TABLE members ADD COLUMN muted_until INTEGER;

CREATE INDEX marks ON members (chat_id, read_seq) WHERE role IS NOT NULL;

-- Which of its chat's messages it is, and which of its sender's there: how many there are between two positions is a
-- difference of these.
ALTER TABLE messages ADD COLUMN ordinal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN own_ordinal INTEGER NOT NULL DEFAULT 0;

UPDATE messages SET ordinal = counted.ordinal, own_ordinal = counted.own_ordinal FROM (
    SELECT chat_id, seq, row_number() OVER (PARTITION BY chat_id ORDER BY seq) AS ordinal,
        row_number() OVER (PARTITION BY chat_id, sender_id ORDER BY seq) AS own_ordinal FROM messages
) AS counted WHERE messages.chat_id = counted.chat_id AND messages.seq = counted.seq;

CREATE INDEX messages_by_sender ON messages (chat_id, sender_id, seq, own_ordinal);
CREATE INDEX deleted_messages ON messages (chat_id, seq, sender_id) WHERE deleted_at IS NOT NULL;
