-- The lowest seq that a message of the chat can have: retention has removed those below.
ALTER TABLE chats ADD COLUMN first_seq bigint NOT NULL DEFAULT 1;
-- Days after which messages are removed; NULL: what the server says.
ALTER TABLE chats ADD COLUMN retention_days bigint;
-- True: nothing in the chat is edited, deleted or removed.
ALTER TABLE chats ADD COLUMN hold boolean NOT NULL DEFAULT false;
