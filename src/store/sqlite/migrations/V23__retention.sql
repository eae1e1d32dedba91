-- The lowest seq that a message of the chat can have: retention has removed those below.
ALTER TABLE chats ADD COLUMN first_seq INTEGER NOT NULL DEFAULT 1;
-- Days after which messages are removed; NULL: what the server says.
ALTER TABLE chats ADD COLUMN retention_days INTEGER;
-- 1: nothing in the chat is edited, deleted or removed.
ALTER TABLE chats ADD COLUMN hold INTEGER NOT NULL DEFAULT 0;
