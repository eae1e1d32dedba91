//! Converts records to rows.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::name_key;
use crate::protocol::{ChatId, UserId};
use crate::store::archive::{
    ArchiveRecord, ArchivedAudit, ArchivedChat, ArchivedDocument, ArchivedMember, ArchivedMessage, ArchivedSession,
    ArchivedToken, ArchivedUser,
};
use crate::store::repository::StoredFile;
use crate::store::sql::values::file_chat;
use crate::store::sqlite::index;
use crate::store::sqlite::journal::fold::{ORDINAL, OWN_ORDINAL};
use crate::store::sqlite::values::{SqliteJson, filled, integer};

const USER: &str = "INSERT INTO users (id, username, username_key, display_name, avatar_url, kind, role, owner_id, \
    email, email_key, email_unconfirmed, password, ban, ended_tokens, tokens_valid_from, created_at, changed_at, \
    last_seen_at, deleted_at, version) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)";

const SESSION: &str = "INSERT INTO sessions (user_id, id, device_id, created_at, last_seen_at, expires_at, family, \
    refresh, spent, spent_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

const TOKEN: &str = "INSERT INTO tokens (id, hash, user_id, maker_id, name, scopes, created_at, expires_at, \
    last_used_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

/// A server that was started once has generated its own secrets, on which nothing depends yet.
const DOCUMENT: &str = "INSERT OR REPLACE INTO documents (place, version, text) VALUES (?1, ?2, ?3)";

const CHAT: &str = "INSERT INTO chats (id, kind, name, name_key, description, active, posting, created_by, created_at, \
    updated_at, seq, changed_seq, members_seq, last_seq, member_count, message_count, owners, pinned, \
    first_seq, retention_days, hold) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)";

const MEMBER: &str = "INSERT INTO members (chat_id, user_id, role, joined_at, read_seq, read_at, delivered_seq, \
    delivered_at, left_seq, ban, muted_until, unread_from) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";

const MESSAGE: &str = "INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, role, content, attachments, \
    reply_to, mentions, reactions, metadata, created_at, edited_at, deleted_at, ordinal, own_ordinal) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";

const MENTION: &str =
    "INSERT INTO mentions (chat_id, seq, user_id, created_at, mentioned_seq) VALUES (?1, ?2, ?3, ?4, ?5)";

const REACTION: &str = "INSERT INTO reactions (chat_id, message_id, emoji, user_id, seq) VALUES (?1, ?2, ?3, ?4, ?5)";

const FILE: &str = "INSERT INTO files (id, owner_id, chat_id, state, size, due_at, version, record) \
    VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7)";

const AUDIT: &str = "INSERT INTO audit (id, at, actor_id, command, target_id, chat_id, reason) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

/// The ordinals of the latest messages of the chat being written.
#[derive(Debug, Default)]
pub(super) struct ChatOrdinals {
    chat: Option<ChatId>,
    latest: i64,
    own: HashMap<UserId, i64>,
}

impl ChatOrdinals {
    /// The next ordinals of a chat and of a sender in it, read from the table if an earlier run stopped there.
    fn next(&mut self, connection: &Connection, message: &ArchivedMessage) -> rusqlite::Result<(i64, i64)> {
        let ArchivedMessage { chat_id, sender_id, .. } = message;
        if self.chat.as_ref() != Some(chat_id) {
            let latest = connection.prepare_cached(ORDINAL)?.query_row([chat_id], |row| row.get(0)).optional()?;
            *self = ChatOrdinals { chat: Some(chat_id.clone()), latest: latest.unwrap_or(0), own: HashMap::new() };
        }
        if !self.own.contains_key(sender_id) {
            let mut own = connection.prepare_cached(OWN_ORDINAL)?;
            let own = own.query_row(params![chat_id, sender_id], |row| row.get(0)).optional()?;
            self.own.insert(sender_id.clone(), own.unwrap_or(0));
        }
        let own = self.own.entry(sender_id.clone()).or_default();
        *own += 1;
        self.latest += 1;
        Ok((self.latest, *own))
    }
}

/// Writes a record in the open transaction.
pub(super) fn record(
    connection: &Connection,
    ordinals: &mut ChatOrdinals,
    record: &ArchiveRecord,
) -> rusqlite::Result<()> {
    match record {
        ArchiveRecord::User(record) => user(connection, record),
        ArchiveRecord::Session(record) => session(connection, record),
        ArchiveRecord::Token(record) => token(connection, record),
        ArchiveRecord::Document(record) => document(connection, record),
        ArchiveRecord::Chat(record) => chat(connection, record),
        ArchiveRecord::Member(record) => member(connection, record),
        ArchiveRecord::Message(record) => message(connection, ordinals, record),
        ArchiveRecord::EndedChat(ended) => {
            connection.prepare_cached("INSERT INTO ended_chats (id) VALUES (?1)")?.execute([&ended.id]).map(drop)
        }
        ArchiveRecord::File(record) => file(connection, record),
        ArchiveRecord::Audit(record) => audit(connection, record),
        ArchiveRecord::Segment(_) => Ok(()),
    }
}

fn user(connection: &Connection, user: &ArchivedUser) -> rusqlite::Result<()> {
    let row = params![
        user.id,
        user.username,
        user.username_key,
        user.display_name,
        user.avatar_url,
        user.kind,
        user.role,
        user.owner_id,
        user.email,
        user.email.as_deref().map(name_key),
        user.email_unconfirmed,
        user.password,
        user.ban.as_ref().map(SqliteJson),
        filled(&user.ended_tokens),
        user.tokens_valid_from,
        user.created_at,
        user.changed_at.map_or(0, |at| at.millis()),
        user.last_seen_at,
        user.deleted_at,
        integer(user.version)
    ];
    connection.prepare_cached(USER)?.execute(row).map(drop)
}

fn session(connection: &Connection, session: &ArchivedSession) -> rusqlite::Result<()> {
    let spent = session.spent.as_ref();
    let row = params![
        session.user_id,
        session.id,
        session.device_id,
        session.created_at,
        session.last_seen_at,
        session.expires_at,
        session.family,
        session.refresh,
        spent.map(|spent| spent.refresh),
        spent.map(|spent| spent.at)
    ];
    connection.prepare_cached(SESSION)?.execute(row).map(drop)
}

fn token(connection: &Connection, token: &ArchivedToken) -> rusqlite::Result<()> {
    let row = params![
        token.id,
        token.hash,
        token.user_id,
        token.maker_id,
        token.name,
        filled(&token.scopes),
        token.created_at,
        token.expires_at,
        token.last_used_at
    ];
    connection.prepare_cached(TOKEN)?.execute(row).map(drop)
}

fn document(connection: &Connection, document: &ArchivedDocument) -> rusqlite::Result<()> {
    let row = params![document.place, integer(document.version), document.text];
    connection.prepare_cached(DOCUMENT)?.execute(row).map(drop)
}

fn chat(connection: &Connection, chat: &ArchivedChat) -> rusqlite::Result<()> {
    let row = params![
        chat.id,
        chat.kind,
        chat.name,
        name_key(&chat.name),
        chat.description,
        chat.active,
        chat.posting,
        chat.created_by,
        chat.created_at,
        chat.updated_at,
        integer(chat.seq),
        integer(chat.changed_seq),
        integer(chat.members_seq),
        chat.last_seq.map(integer),
        integer(chat.member_count),
        integer(chat.message_count),
        integer(chat.owners),
        filled(&chat.pinned),
        integer(chat.first_seq),
        chat.retention_days,
        chat.hold
    ];
    connection.prepare_cached(CHAT)?.execute(row)?;
    index::grew(connection, &chat.id, 0, chat.seq)
}

fn member(connection: &Connection, member: &ArchivedMember) -> rusqlite::Result<()> {
    let row = params![
        member.chat_id,
        member.user_id,
        member.role,
        member.joined_at,
        integer(member.read_seq),
        member.read_at,
        integer(member.delivered_seq),
        member.delivered_at,
        integer(member.left_seq),
        member.ban.as_ref().map(SqliteJson),
        member.mute,
        member.unread_from.map(integer)
    ];
    connection.prepare_cached(MEMBER)?.execute(row).map(drop)
}

fn message(connection: &Connection, ordinals: &mut ChatOrdinals, message: &ArchivedMessage) -> rusqlite::Result<()> {
    let (ordinal, own_ordinal) = ordinals.next(connection, message)?;
    let seq = integer(message.seq);
    let row = params![
        message.chat_id,
        seq,
        message.id,
        integer(message.updated_seq),
        message.sender_id,
        message.role,
        message.content,
        filled(&message.attachments),
        message.reply_to,
        filled(&message.mentions),
        filled(&message.reactions),
        message.metadata,
        message.created_at,
        message.edited_at,
        message.deleted_at,
        ordinal,
        own_ordinal
    ];
    connection.prepare_cached(MESSAGE)?.execute(row)?;
    for user in &message.mentions {
        let since = message.mentioned_at(user);
        let row = params![message.chat_id, seq, user, message.created_at, integer(since)];
        connection.prepare_cached(MENTION)?.execute(row)?;
    }
    for reactor in &message.reactors {
        let row = params![message.chat_id, message.id, reactor.emoji, reactor.user_id, integer(reactor.seq)];
        connection.prepare_cached(REACTION)?.execute(row)?;
    }
    Ok(())
}

fn file(connection: &Connection, file: &StoredFile) -> rusqlite::Result<()> {
    let size = integer(file.size);
    let version = integer(file.version);
    let row = params![file.id, file.owner_id, file_chat(file), size, file.due_at, version, SqliteJson(file)];
    connection.prepare_cached(FILE)?.execute(row).map(drop)
}

fn audit(connection: &Connection, entry: &ArchivedAudit) -> rusqlite::Result<()> {
    let ArchivedAudit { id, at, actor_id, command, target_id, chat_id, reason } = entry;
    connection.prepare_cached(AUDIT)?.execute(params![id, at, actor_id, command, target_id, chat_id, reason]).map(drop)
}
