-- Ids and keys are compared byte by byte, as they are in every other storage. Lists and objects are JSON, NULL where
-- empty. A character that PostgreSQL cannot keep, U+0000, is kept as U+FFFF and "0"; U+FFFF as U+FFFF and "1".

CREATE TABLE users (
    id                text COLLATE "C" NOT NULL PRIMARY KEY,
    username          text             NOT NULL,
    username_key      text COLLATE "C" NOT NULL CONSTRAINT usernames UNIQUE, -- without regard to case and Unicode form
    display_name      text             NOT NULL,
    display_key       text COLLATE "C" NOT NULL,                          -- the same of this name, to search
    avatar_url        text,
    kind              text             NOT NULL,
    role              text             NOT NULL,
    last_seen_at      timestamptz,
    created_at        timestamptz      NOT NULL,
    -- What only the server knows.
    email             text,
    email_key         text COLLATE "C" CONSTRAINT emails UNIQUE,
    password          text,                                   -- a hash in the PHC string format
    owner_id          text COLLATE "C" REFERENCES users (id), -- of a bot
    ban               json,
    deleted_at        timestamptz,
    tokens_valid_from timestamptz,
    ended_tokens      json,
    version           bigint           NOT NULL
);

CREATE TABLE sessions (
    user_id      text COLLATE "C" NOT NULL REFERENCES users (id),
    id           text COLLATE "C" NOT NULL,
    device_id    text,
    created_at   timestamptz      NOT NULL,
    last_seen_at timestamptz      NOT NULL,
    expires_at   timestamptz      NOT NULL,
    family       bytea            NOT NULL, -- SHA-256 of what its refresh tokens have in common
    refresh      bytea            NOT NULL, -- SHA-256 of the one that is good now
    PRIMARY KEY (user_id, id)
);

-- The settings of users and the secrets of the server, by their place.
CREATE TABLE documents (
    place   text COLLATE "C" NOT NULL PRIMARY KEY,
    version bigint           NOT NULL,
    text    text             NOT NULL
);

-- Nothing that a message changes of its chat stands in an index: so the new version of the row takes the place of the
-- old one, for which the pages keep room.
CREATE TABLE chats (
    id            text COLLATE "C" NOT NULL PRIMARY KEY,
    kind          text             NOT NULL,
    name          text             NOT NULL,
    name_key      text COLLATE "C" NOT NULL, -- without regard to case and Unicode form
    description   text,
    active        boolean          NOT NULL,
    created_by    text COLLATE "C" NOT NULL,
    created_at    timestamptz      NOT NULL,
    updated_at    timestamptz      NOT NULL,
    seq           bigint           NOT NULL,
    member_count  bigint           NOT NULL,
    message_count bigint           NOT NULL,
    owners        bigint           NOT NULL,
    changed_seq   bigint           NOT NULL, -- latest change to anything but messages
    members_seq   bigint           NOT NULL, -- latest change to who is in
    last_seq      bigint,                    -- newest message that is not deleted
    pinned        json
) WITH (fillfactor = 70);

-- The chats that are channels, as they are listed. Names may change hands within one statement.
CREATE TABLE channels (
    chat_id    text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES chats (id) ON DELETE CASCADE,
    name_key   text COLLATE "C" NOT NULL CONSTRAINT channel_names UNIQUE DEFERRABLE,
    active     boolean          NOT NULL,
    updated_at timestamptz      NOT NULL
);

CREATE INDEX listed_channels ON channels (updated_at DESC, chat_id) WHERE active;

CREATE TABLE members (
    chat_id       text COLLATE "C" NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    user_id       text COLLATE "C" NOT NULL REFERENCES users (id),
    role          text, -- NULL: has been in and is out
    joined_at     timestamptz      NOT NULL,
    read_seq      bigint           NOT NULL,
    delivered_seq bigint           NOT NULL,
    left_seq      bigint           NOT NULL,
    ban           json,        -- what keeps the user out, or has kept them out once
    ban_until     timestamptz, -- infinity: for good
    PRIMARY KEY (chat_id, user_id)
) WITH (fillfactor = 80);

CREATE INDEX memberships ON members (user_id, chat_id) WHERE role IS NOT NULL;

-- No foreign keys: every writer is a member, whose keys are checked above, and the look-ups would double the work.
CREATE TABLE messages (
    chat_id     text COLLATE "C" NOT NULL,
    seq         bigint           NOT NULL,
    id          text COLLATE "C" NOT NULL,
    updated_seq bigint           NOT NULL,
    sender_id   text COLLATE "C" NOT NULL,
    role        text             NOT NULL,
    content     text             NOT NULL,
    content_key text COLLATE "C" NOT NULL, -- as it is searched: without regard to case and Unicode form
    attachments json,
    reply_to    text COLLATE "C",
    mentions    json,
    reactions   json,
    metadata    json,
    created_at  timestamptz      NOT NULL,
    edited_at   timestamptz,
    deleted_at  timestamptz,
    PRIMARY KEY (chat_id, seq),
    UNIQUE (chat_id, id)
);

-- What was never changed is found by its seq; so only the changed ones cost an entry more.
CREATE INDEX changed_messages ON messages (chat_id, updated_seq) WHERE updated_seq > seq;

CREATE TABLE tokens (
    id           text COLLATE "C" NOT NULL PRIMARY KEY,
    hash         bytea            NOT NULL UNIQUE, -- SHA-256 of the secret
    user_id      text COLLATE "C" NOT NULL REFERENCES users (id),
    maker_id     text COLLATE "C" NOT NULL REFERENCES users (id),
    name         text             NOT NULL,
    scopes       json,
    created_at   timestamptz      NOT NULL,
    expires_at   timestamptz,
    last_used_at timestamptz
);

CREATE INDEX tokens_by_maker ON tokens (maker_id, created_at DESC, id DESC);
