-- A user's bots are looked up by their owner: whatever ends the owner's authority reaches them.
CREATE INDEX bots ON users (owner_id) WHERE owner_id IS NOT NULL;

-- Whether the e-mail address was changed after sign-up and no administrator has confirmed it.
ALTER TABLE users ADD COLUMN email_unconfirmed INTEGER NOT NULL DEFAULT 0;
