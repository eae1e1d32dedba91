-- When marks were set, NULL: when the member came in. Until when the chat is muted, NULL: it is not; infinity: for good.
ALTER TABLE members ADD COLUMN read_at timestamptz;
ALTER TABLE members ADD COLUMN delivered_at timestamptz;
ALTER TABLE members ADD COLUMN muted_until timestamptz;

CREATE INDEX marks ON members (chat_id, read_seq) WHERE role IS NOT NULL;
