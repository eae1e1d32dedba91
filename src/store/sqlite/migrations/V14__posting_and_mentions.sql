-- Who may post in a chat: 'everyone', or its owners and 'admins'.
ALTER TABLE chats ADD COLUMN posting TEXT NOT NULL DEFAULT 'everyone';

-- Since when a message mentions a user, on the chat's clock: its own seq, or that of an edit. A mention counts as unread by
-- that, and not by the place of its message.
ALTER TABLE mentions ADD COLUMN mentioned_seq INTEGER NOT NULL DEFAULT 0;
UPDATE mentions SET mentioned_seq = seq;
CREATE INDEX unread_mentions ON mentions (user_id, chat_id, mentioned_seq);
DROP INDEX mentions_in_chat;
