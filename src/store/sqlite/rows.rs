//! The columns of each record, and the record in a row of them.

use rusqlite::Row;

use super::values::{SqliteJson, list, number};
use crate::domain::{ChatRecord, MemberRecord};
use crate::protocol::{Chat, Message, PresenceStatus, Sender, Seq, User};
use crate::store::sql::SizedMessage;

/// The columns that [`user`] reads, of a table named `u`.
macro_rules! user_columns {
    () => {
        "u.id, u.username, u.display_name, u.avatar_url, u.kind, u.role, u.last_seen_at, u.created_at, \
         u.version"
    };
}
/// The number of columns of [`user_columns`].
pub(super) const USER_WIDTH: usize = 9;

/// The columns that [`chat`] reads, of a table named `c`.
macro_rules! chat_columns {
    () => {
        "c.id, c.kind, c.name, c.description, c.active, c.created_by, c.created_at, c.updated_at, c.seq, \
         c.member_count, c.message_count, c.pinned, c.owners, c.changed_seq, c.members_seq, c.last_seq, \
         c.posting, c.first_seq, c.retention_days, c.hold"
    };
}
/// The number of columns of [`chat_columns`].
pub(super) const CHAT_WIDTH: usize = 20;

/// The columns that [`member`] reads, of a table named `m`.
macro_rules! member_columns {
    () => {
        "m.role, m.joined_at, m.read_seq, m.delivered_seq, m.left_seq, m.ban, m.muted_until, m.unread_from"
    };
}
/// The number of columns of [`member_columns`].
pub(super) const MEMBER_WIDTH: usize = 8;

/// The columns that [`message`] reads, of tables named `m` and `u`; the last but one is the size in bytes.
macro_rules! message_columns {
    () => {
        "m.id, m.chat_id, m.seq, m.updated_seq, m.sender_id, u.username, u.display_name, u.kind, m.role, \
         m.content, m.attachments, m.reply_to, m.mentions, m.reactions, m.metadata, m.created_at, m.edited_at, \
         m.deleted_at, octet_length(m.content) + ifnull(octet_length(m.attachments), 0) \
         + ifnull(octet_length(m.reactions), 0) + ifnull(octet_length(m.metadata), 0), u.version"
    };
}

/// [`message_columns`] and where they come from, up to the conditions.
macro_rules! select_messages {
    () => {
        concat!(
            "SELECT ",
            crate::store::sqlite::rows::message_columns!(),
            " FROM messages m JOIN users u ON u.id = m.sender_id "
        )
    };
}

pub(super) use {chat_columns, member_columns, message_columns, select_messages, user_columns};

/// A chat and what leads to its last message.
pub(super) struct ChatRow {
    pub(super) record: ChatRecord,
    pub(super) last_seq: Option<i64>,
}

pub(super) fn user(row: &Row<'_>, from: usize) -> rusqlite::Result<User> {
    Ok(User {
        id: row.get(from)?,
        username: row.get(from + 1)?,
        display_name: row.get(from + 2)?,
        avatar_url: row.get(from + 3)?,
        kind: row.get(from + 4)?,
        role: row.get(from + 5)?,
        status: PresenceStatus::Offline,
        last_seen_at: row.get(from + 6)?,
        created_at: row.get(from + 7)?,
        email: None,
        version: number(row, from + 8)?,
    })
}

pub(super) fn chat(row: &Row<'_>) -> rusqlite::Result<ChatRow> {
    let chat = Chat {
        id: row.get(0)?,
        kind: row.get(1)?,
        name: row.get(2)?,
        description: row.get(3)?,
        active: row.get(4)?,
        posting: row.get(16)?,
        created_by: row.get(5)?,
        created_at: row.get(6)?,
        updated_at: row.get(7)?,
        seq: number(row, 8)?,
        member_count: number(row, 9)?,
        large: false,
        message_count: number(row, 10)?,
        last_message: None,
        pinned: list(row, 11)?,
        first_seq: number(row, 17)?,
        retention_days: row.get(18)?,
        hold: row.get(19)?,
        viewer: None,
    };
    let owners = number(row, 12)?;
    let changed_seq = number(row, 13)?;
    let members_seq = number(row, 14)?;
    Ok(ChatRow { record: ChatRecord { chat, owners, changed_seq, members_seq }, last_seq: row.get(15)? })
}

pub(super) fn member(row: &Row<'_>, from: usize) -> rusqlite::Result<MemberRecord> {
    Ok(MemberRecord {
        role: row.get(from)?,
        joined_at: row.get(from + 1)?,
        read_seq: number(row, from + 2)?,
        delivered_seq: number(row, from + 3)?,
        left_seq: number(row, from + 4)?,
        ban: row.get::<_, Option<SqliteJson<_>>>(from + 5)?.map(|SqliteJson(ban)| ban),
        mute: row.get(from + 6)?,
        unread_from: row.get::<_, Option<i64>>(from + 7)?.map(i64::unsigned_abs),
    })
}

pub(super) fn message(row: &Row<'_>) -> rusqlite::Result<SizedMessage> {
    let sender = Sender {
        id: row.get(4)?,
        username: row.get(5)?,
        display_name: row.get(6)?,
        kind: row.get(7)?,
        version: number(row, 19)?,
    };
    let message = Message {
        id: row.get(0)?,
        chat_id: row.get(1)?,
        seq: number(row, 2)?,
        updated_seq: number(row, 3)?,
        sender,
        role: row.get(8)?,
        content: row.get(9)?,
        attachments: list(row, 10)?,
        reply_to: row.get(11)?,
        mentions: list(row, 12)?,
        reactions: list(row, 13)?,
        metadata: row.get::<_, Option<SqliteJson<_>>>(14)?.map(|SqliteJson(metadata)| metadata),
        created_at: row.get(15)?,
        edited_at: row.get(16)?,
        deleted_at: row.get(17)?,
    };
    Ok(SizedMessage { message, bytes: row.get::<_, i64>(18)?.unsigned_abs() as usize })
}

/// The clock in the first column.
pub(super) fn seq(row: &Row<'_>) -> rusqlite::Result<Seq> {
    number(row, 0)
}
