-- Who has put which emoji on a message; the message itself names the first of them.
CREATE TABLE reactions (
    chat_id    text COLLATE "C" NOT NULL,
    message_id text COLLATE "C" NOT NULL,
    emoji      text COLLATE "C" NOT NULL,
    user_id    text COLLATE "C" NOT NULL,
    seq        bigint           NOT NULL, -- since when, on the chat's clock
    PRIMARY KEY (chat_id, message_id, emoji, user_id)
);

CREATE INDEX reactors ON reactions (chat_id, message_id, emoji, seq);

-- Whom messages name that are not deleted.
CREATE TABLE mentions (
    chat_id    text COLLATE "C" NOT NULL,
    seq        bigint           NOT NULL, -- of the message
    user_id    text COLLATE "C" NOT NULL,
    created_at timestamptz      NOT NULL,
    PRIMARY KEY (chat_id, seq, user_id)
);

CREATE INDEX mentions_in_chat ON mentions (user_id, chat_id, seq);
CREATE INDEX newest_mentions ON mentions (user_id, created_at DESC, chat_id, seq DESC);
