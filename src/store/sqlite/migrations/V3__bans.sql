-- What keeps a user out of a chat, or has kept them out once: an object, whose `until` is a time in text.
ALTER TABLE members ADD COLUMN ban TEXT;
