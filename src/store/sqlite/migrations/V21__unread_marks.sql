-- The position from which the member has marked the chat unread, NULL: it is not marked.
ALTER TABLE members ADD COLUMN unread_from INTEGER;
