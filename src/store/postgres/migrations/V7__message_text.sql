-- What messages say, in parts of three letters, to be looked up. It is filled by and by, behind the messages; what of a
-- chat is not in it yet is looked through.

CREATE TABLE indexed (
    number  bigint           NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chat_id text COLLATE "C" NOT NULL UNIQUE,
    seq     bigint           NOT NULL -- how far its messages are in the index
);

CREATE TABLE message_text (
    place bigint    NOT NULL PRIMARY KEY, -- the chat's number << 32, and the message's seq
    parts integer[] NOT NULL -- hashes of the chat and of every three letters
);

CREATE INDEX message_parts ON message_text USING gin (parts);

-- Chats in which much is not indexed yet.
CREATE TABLE to_index (chat_id text COLLATE "C" NOT NULL PRIMARY KEY);

INSERT INTO to_index SELECT id FROM chats WHERE seq >= 256;
