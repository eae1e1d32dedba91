//! The statements that insert the rows of each table; every parameter is a column of the batch.

pub(super) const USERS: &str = "INSERT INTO users (id, username, username_key, display_name, display_key, avatar_url, kind, role, \
    owner_id, email, email_key, email_unconfirmed, password, ban, ended_tokens, tokens_valid_from, created_at, \
    changed_at, last_seen_at, deleted_at, version) \
    SELECT id, username, username_key, display_name, display_key, avatar_url, kind, role, owner_id, email, email_key, \
    email_unconfirmed, password, ban, ended_tokens, tokens_valid_from, created_at, coalesce(changed_at, 'epoch'), \
    last_seen_at, deleted_at, version \
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], \
    $9::text[], $10::text[], $11::text[], $12::boolean[], $13::text[], $14::json[], $15::json[], $16::timestamptz[], \
    $17::timestamptz[], $18::timestamptz[], $19::timestamptz[], $20::timestamptz[], $21::bigint[]) AS w (id, username, \
    username_key, display_name, display_key, avatar_url, kind, role, owner_id, email, email_key, email_unconfirmed, \
    password, ban, ended_tokens, tokens_valid_from, created_at, changed_at, last_seen_at, deleted_at, version)";

pub(super) const SESSIONS: &str = "INSERT INTO sessions (user_id, id, device_id, created_at, last_seen_at, expires_at, family, \
    refresh, spent, spent_at) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], \
    $5::timestamptz[], $6::timestamptz[], $7::bytea[], $8::bytea[], $9::bytea[], $10::timestamptz[])";

pub(super) const TOKENS: &str = "INSERT INTO tokens (id, hash, user_id, maker_id, name, scopes, created_at, expires_at, \
    last_used_at) SELECT * FROM unnest($1::text[], $2::bytea[], $3::text[], $4::text[], $5::text[], $6::json[], \
    $7::timestamptz[], $8::timestamptz[], $9::timestamptz[])";

/// A server that was started once has generated its own secrets, on which nothing depends yet.
pub(super) const DOCUMENTS: &str = "INSERT INTO documents (place, version, text) \
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[]) \
    ON CONFLICT (place) DO UPDATE SET version = excluded.version, text = excluded.text";

pub(super) const CHATS: &str = "INSERT INTO chats (id, kind, name, name_key, description, active, posting, created_by, created_at, \
    updated_at, seq, changed_seq, members_seq, last_seq, member_count, message_count, owners, pinned, \
    first_seq, retention_days, hold) \
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::text[], \
    $8::text[], $9::timestamptz[], $10::timestamptz[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], \
    $15::bigint[], $16::bigint[], $17::bigint[], $18::json[], $19::bigint[], $20::bigint[], $21::boolean[])";

pub(super) const CHANNELS: &str = "INSERT INTO channels (chat_id, name_key, active, updated_at) \
    SELECT * FROM unnest($1::text[], $2::text[], $3::boolean[], $4::timestamptz[])";

pub(super) const MEMBERS: &str = "INSERT INTO members (chat_id, user_id, role, joined_at, read_seq, read_at, delivered_seq, \
    delivered_at, left_seq, ban, ban_until, muted_until, unread_from) \
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::bigint[], $6::timestamptz[], \
    $7::bigint[], $8::timestamptz[], $9::bigint[], $10::json[], $11::timestamptz[], $12::timestamptz[], \
    $13::bigint[])";

pub(super) const MESSAGES: &str = "INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, role, content, content_key, \
    attachments, reply_to, mentions, reactions, metadata, created_at, edited_at, deleted_at, ordinal, own_ordinal) \
    SELECT chat_id, seq, id, updated_seq, sender_id, role, content, content_key, attachments, reply_to, mentions, \
    reactions, metadata::json, created_at, edited_at, deleted_at, ordinal, own_ordinal \
    FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], \
    $9::json[], $10::text[], $11::json[], $12::json[], $13::text[], $14::timestamptz[], $15::timestamptz[], \
    $16::timestamptz[], $17::bigint[], $18::bigint[]) AS w (chat_id, seq, id, updated_seq, sender_id, role, content, \
    content_key, attachments, reply_to, mentions, reactions, metadata, created_at, edited_at, deleted_at, ordinal, \
    own_ordinal)";

pub(super) const MENTIONS: &str = "INSERT INTO mentions (chat_id, seq, user_id, created_at, mentioned_seq) \
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::timestamptz[], $5::bigint[])";

pub(super) const REACTIONS: &str = "INSERT INTO reactions (chat_id, message_id, emoji, user_id, seq) \
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])";

pub(super) const ENDED: &str = "INSERT INTO ended_chats (id) SELECT unnest($1::text[])";

pub(super) const FILES: &str = "INSERT INTO files (id, owner_id, chat_id, state, size, due_at, version, record) \
    SELECT id, owner_id, chat_id, 1, size, due_at, version, record FROM unnest($1::text[], $2::text[], $3::text[], \
    $4::bigint[], $5::timestamptz[], $6::bigint[], $7::json[]) \
    AS w (id, owner_id, chat_id, size, due_at, version, record)";

pub(super) const AUDIT: &str = "INSERT INTO audit (id, at, actor_id, command, target_id, chat_id, reason) \
    SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])";
