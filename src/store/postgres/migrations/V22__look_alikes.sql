-- The form that a channel's name shares with names that look like it. Names in ASCII look like themselves; the others are
-- filled in at the start. Of channels that looked alike before, only the oldest has it.
ALTER TABLE channels ADD COLUMN look_key text COLLATE "C";

UPDATE channels SET look_key = name_key WHERE char_length(name_key) = octet_length(name_key);

ALTER TABLE channels ADD CONSTRAINT channel_looks UNIQUE (look_key) DEFERRABLE;
