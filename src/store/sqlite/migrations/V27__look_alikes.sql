-- The form that a channel's name shares with names that look like it. Names in ASCII look like themselves; the others are
-- filled in at the start. Of channels that looked alike before, only the oldest has it.
ALTER TABLE chats ADD COLUMN look_key TEXT;

UPDATE chats SET look_key = name_key WHERE kind = 'channel' AND length(name_key) = length(CAST(name_key AS BLOB));

CREATE UNIQUE INDEX channel_looks ON chats (look_key) WHERE kind = 'channel';
