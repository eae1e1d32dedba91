-- The ids of chats that were deleted. None of them is given again: who was away during both would take what is left of
-- one chat for the beginning of the other.
CREATE TABLE ended_chats (
    id text COLLATE "C" PRIMARY KEY
);

-- Who makes a chat has looked whether its id is free, and another may have made and deleted one since.
CREATE FUNCTION refuse_ended_chat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ended_chats WHERE id = new.id) THEN
        RAISE unique_violation USING MESSAGE = 'the id belonged to a chat that has been deleted';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER chat_is_made AFTER INSERT ON chats FOR EACH ROW EXECUTE FUNCTION refuse_ended_chat();
