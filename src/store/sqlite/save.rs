//! Writes back a batch's changes.

use rusqlite::{Connection, params};

use super::values::{SqliteJson, filled, integer};
use super::{index, operations, reactions, retention};
use crate::domain::{ChangedRecord, ChatRecord, MemberRecord, look_alike_key, name_key};
use crate::protocol::{Chat, ChatId, ChatKind, Message, UserId};

/// The columns of a chat that change with a message, if nothing else was changed; `name_key` is left out, because
/// SQLite rewrites the index entry of every listed column, changed or not.
const TICK: &str = "UPDATE chats SET updated_at = ?3, seq = ?4, message_count = ?5, \
    last_seq = CASE WHEN ?5 > 0 THEN ifnull(?6, last_seq) END WHERE id = ?1 AND changed_seq = ?2";

const CHAT: &str = "INSERT INTO chats (id, kind, name, name_key, description, active, created_by, created_at, \
    updated_at, seq, member_count, message_count, owners, changed_seq, members_seq, last_seq, pinned, posting, \
    first_seq, retention_days, hold, look_key) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22) \
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, \
    description = excluded.description, active = excluded.active, updated_at = excluded.updated_at, \
    seq = excluded.seq, member_count = excluded.member_count, message_count = excluded.message_count, \
    owners = excluded.owners, changed_seq = excluded.changed_seq, members_seq = excluded.members_seq, \
    last_seq = CASE WHEN excluded.message_count > 0 THEN ifnull(excluded.last_seq, last_seq) END, pinned = excluded.pinned, \
    posting = excluded.posting, first_seq = excluded.first_seq, retention_days = excluded.retention_days, \
    hold = excluded.hold, look_key = iif(name_key = excluded.name_key, look_key, excluded.look_key)";

const MEMBER: &str = "INSERT INTO members (chat_id, user_id, role, joined_at, read_seq, delivered_seq, left_seq, \
    ban, muted_until, unread_from) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) \
    ON CONFLICT (chat_id, user_id) DO UPDATE SET role = excluded.role, joined_at = excluded.joined_at, \
    read_seq = excluded.read_seq, delivered_seq = excluded.delivered_seq, left_seq = excluded.left_seq, \
    ban = excluded.ban, muted_until = excluded.muted_until, unread_from = excluded.unread_from, \
    read_at = iif(joined_at = excluded.joined_at, read_at, NULL), \
    delivered_at = iif(joined_at = excluded.joined_at, delivered_at, NULL)";

const MESSAGE: &str = "INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, role, content, attachments, \
    reply_to, mentions, reactions, metadata, created_at, edited_at, deleted_at, \
    ordinal, own_ordinal) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, \
    1 + ifnull((SELECT ordinal FROM messages WHERE chat_id = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT 1), 0), \
    1 + ifnull((SELECT own_ordinal FROM messages WHERE chat_id = ?1 AND sender_id = ?5 AND seq < ?2 \
    ORDER BY seq DESC LIMIT 1), 0)) \
    ON CONFLICT (chat_id, seq) DO UPDATE SET updated_seq = excluded.updated_seq, content = excluded.content, \
    attachments = excluded.attachments, mentions = excluded.mentions, reactions = excluded.reactions, \
    metadata = excluded.metadata, edited_at = excluded.edited_at, deleted_at = excluded.deleted_at";

/// Writes records to the ordered tables, in the open transaction.
pub(super) fn save<'r>(
    connection: &Connection,
    records: impl IntoIterator<Item = ChangedRecord<'r>>,
) -> rusqlite::Result<()> {
    let mut messages = vec![];
    for written in records {
        match written {
            ChangedRecord::NoChat(chat) => remove(connection, chat)?,
            ChangedRecord::Chat(record) => save_chat(connection, record)?,
            ChangedRecord::Trimmed(chat, trimmed) => retention::trim(connection, chat, trimmed.before)?,
            ChangedRecord::Member(chat, user, record) => save_member(connection, chat, user, record)?,
            ChangedRecord::Message(message) => messages.push(message),
            ChangedRecord::Reaction(chat, key, since) => reactions::save(connection, chat, key, since)?,
            ChangedRecord::Operation(operation) => operations::keep(connection, operation)?,
        }
    }
    // In order, each goes to the end of its chat, where the previous one was just written.
    messages.sort_unstable_by(|one, other| (&one.chat_id, one.seq).cmp(&(&other.chat_id, other.seq)));
    save_messages(connection, &messages)
}

fn remove(connection: &Connection, chat: &ChatId) -> rusqlite::Result<()> {
    index::remove(connection, chat)?;
    reactions::remove(connection, chat)?;
    connection.prepare_cached("DELETE FROM messages WHERE chat_id = ?1")?.execute([chat])?;
    connection.prepare_cached("INSERT INTO ended_chats (id) VALUES (?1) ON CONFLICT DO NOTHING")?.execute([chat])?;
    connection.prepare_cached("DELETE FROM chats WHERE id = ?1")?.execute([chat]).map(drop)
}

fn save_chat(connection: &Connection, record: &ChatRecord) -> rusqlite::Result<()> {
    let ChatRecord { chat, owners, changed_seq, members_seq } = record;
    let Chat { id, updated_at, .. } = chat;
    let seq = integer(chat.seq);
    let messages = integer(chat.message_count);
    let changed = integer(*changed_seq);
    let last_seq = chat.last_message.as_ref().map(|message| integer(message.seq));
    let tick = params![id, changed, updated_at, seq, messages, last_seq];
    if connection.prepare_cached(TICK)?.execute(tick)? == 1 {
        return Ok(());
    }
    let owners = integer(*owners);
    let members_seq = integer(*members_seq);
    let members = integer(chat.member_count);
    let key = name_key(&chat.name);
    let look_key = (chat.kind == ChatKind::Channel).then(|| look_alike_key(&key));
    let pinned = filled(&chat.pinned);
    let Chat { kind, name, description, active, created_by, created_at, .. } = chat;
    let row = params![
        id,
        kind,
        name,
        key,
        description,
        active,
        created_by,
        created_at,
        updated_at,
        seq,
        members,
        messages,
        owners,
        changed,
        members_seq,
        last_seq,
        pinned,
        chat.posting,
        integer(chat.first_seq),
        chat.retention_days,
        chat.hold,
        look_key
    ];
    connection.prepare_cached(CHAT)?.execute(row).map(drop)
}

fn save_member(connection: &Connection, chat: &ChatId, user: &UserId, record: &MemberRecord) -> rusqlite::Result<()> {
    let MemberRecord { role, joined_at, read_seq, delivered_seq, left_seq, ban, mute, unread_from } = record;
    let read = integer(*read_seq);
    let delivered = integer(*delivered_seq);
    let left = integer(*left_seq);
    let unread = unread_from.map(integer);
    let row = params![chat, user, role, joined_at, read, delivered, left, ban.as_ref().map(SqliteJson), mute, unread];
    connection.prepare_cached(MEMBER)?.execute(row).map(drop)
}

fn save_messages(connection: &Connection, messages: &[&Message]) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(MESSAGE)?;
    for message in messages {
        let Message { id, chat_id, role, content, reply_to, created_at, edited_at, deleted_at, .. } = message;
        let seq = integer(message.seq);
        let updated = integer(message.updated_seq);
        let sender = &message.sender.id;
        let metadata = message.metadata.as_ref().map(SqliteJson);
        let attachments = filled(&message.attachments);
        let mentions = filled(&message.mentions);
        let reactions = filled(&message.reactions);
        insert.execute(params![
            chat_id,
            seq,
            id,
            updated,
            sender,
            role,
            content,
            attachments,
            reply_to,
            mentions,
            reactions,
            metadata,
            created_at,
            edited_at,
            deleted_at
        ])?;
        index::follow(connection, message)?;
        if !message.mentions.is_empty() || message.updated_seq > message.seq {
            reactions::follow(connection, message)?;
        }
    }
    Ok(())
}
