-- How many messages are deleted in every block of 2^8 and of 2^16 places of a chat: '' of all senders, and of each. So
-- those after a place are counted without a look at all of them.
CREATE TABLE deletions (
    chat_id   text COLLATE "C" NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    sender_id text COLLATE "C" NOT NULL,
    width     integer          NOT NULL, -- of the block, in bits
    block     bigint           NOT NULL,
    messages  bigint           NOT NULL,
    PRIMARY KEY (chat_id, sender_id, width, block)
) WITH (fillfactor = 80);

INSERT INTO deletions SELECT m.chat_id, m.sender_id, w, m.seq >> w, count(*)
    FROM messages m CROSS JOIN unnest(ARRAY[8, 16]) w WHERE m.deleted_at IS NOT NULL GROUP BY 1, 2, 3, 4;

INSERT INTO deletions SELECT chat_id, '', width, block, sum(messages) FROM deletions GROUP BY chat_id, width, block;

CREATE FUNCTION count_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO deletions AS d
        SELECT NEW.chat_id, sender, width, NEW.seq >> width, 1
        FROM unnest(ARRAY['', NEW.sender_id]) sender, unnest(ARRAY[8, 16]) width
        ON CONFLICT (chat_id, sender_id, width, block) DO UPDATE SET messages = d.messages + 1;
    RETURN NULL;
END
$$;

CREATE TRIGGER message_is_deleted AFTER UPDATE OF deleted_at ON messages FOR EACH ROW
    WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION count_deletion();

-- One that is sent and deleted in one go is deleted from the first.
CREATE TRIGGER message_comes_deleted AFTER INSERT ON messages FOR EACH ROW
    WHEN (NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION count_deletion();
