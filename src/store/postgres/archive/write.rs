//! Records as rows, one statement a table and batch.

use std::collections::HashMap;

use tokio_postgres::Transaction;

use crate::domain::name_key;
use crate::protocol::{ChatId, ChatKind, UserId};
use crate::store::archive::{
    ArchiveRecord, ArchivedAudit, ArchivedChat, ArchivedDocument, ArchivedMember, ArchivedMessage, ArchivedReactor,
    ArchivedSession, ArchivedToken, ArchivedUser,
};
use crate::store::postgres::error::PgError;
use crate::store::postgres::index::DUE;
use crate::store::postgres::session::Parameters;
use crate::store::postgres::values::{PgJson, Text, column, filled, integer, never};
use crate::store::repository::StoredFile;

const USERS: &str = "INSERT INTO users (id, username, username_key, display_name, display_key, avatar_url, kind, role, \
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

const SESSIONS: &str = "INSERT INTO sessions (user_id, id, device_id, created_at, last_seen_at, expires_at, family, \
    refresh, spent, spent_at) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], \
    $5::timestamptz[], $6::timestamptz[], $7::bytea[], $8::bytea[], $9::bytea[], $10::timestamptz[])";

const TOKENS: &str = "INSERT INTO tokens (id, hash, user_id, maker_id, name, scopes, created_at, expires_at, \
    last_used_at) SELECT * FROM unnest($1::text[], $2::bytea[], $3::text[], $4::text[], $5::text[], $6::json[], \
    $7::timestamptz[], $8::timestamptz[], $9::timestamptz[])";

/// A server that was started once has made secrets of its own, which nothing depends on.
const DOCUMENTS: &str = "INSERT INTO documents (place, version, text) \
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[]) \
    ON CONFLICT (place) DO UPDATE SET version = excluded.version, text = excluded.text";

const CHATS: &str = "INSERT INTO chats (id, kind, name, name_key, description, active, posting, created_by, created_at, \
    updated_at, seq, changed_seq, members_seq, last_seq, member_count, message_count, owners, pinned, \
    first_seq, retention_days, hold) \
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::text[], \
    $8::text[], $9::timestamptz[], $10::timestamptz[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], \
    $15::bigint[], $16::bigint[], $17::bigint[], $18::json[], $19::bigint[], $20::bigint[], $21::boolean[])";

const CHANNELS: &str = "INSERT INTO channels (chat_id, name_key, active, updated_at) \
    SELECT * FROM unnest($1::text[], $2::text[], $3::boolean[], $4::timestamptz[])";

const MEMBERS: &str = "INSERT INTO members (chat_id, user_id, role, joined_at, read_seq, read_at, delivered_seq, \
    delivered_at, left_seq, ban, ban_until, muted_until, unread_from) \
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::bigint[], $6::timestamptz[], \
    $7::bigint[], $8::timestamptz[], $9::bigint[], $10::json[], $11::timestamptz[], $12::timestamptz[], \
    $13::bigint[])";

const MESSAGES: &str = "INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, role, content, content_key, \
    attachments, reply_to, mentions, reactions, metadata, created_at, edited_at, deleted_at, ordinal, own_ordinal) \
    SELECT chat_id, seq, id, updated_seq, sender_id, role, content, content_key, attachments, reply_to, mentions, \
    reactions, metadata::json, created_at, edited_at, deleted_at, ordinal, own_ordinal \
    FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], \
    $9::json[], $10::text[], $11::json[], $12::json[], $13::text[], $14::timestamptz[], $15::timestamptz[], \
    $16::timestamptz[], $17::bigint[], $18::bigint[]) AS w (chat_id, seq, id, updated_seq, sender_id, role, content, \
    content_key, attachments, reply_to, mentions, reactions, metadata, created_at, edited_at, deleted_at, ordinal, \
    own_ordinal)";

const MENTIONS: &str = "INSERT INTO mentions (chat_id, seq, user_id, created_at, mentioned_seq) \
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::timestamptz[], $5::bigint[])";

const REACTIONS: &str = "INSERT INTO reactions (chat_id, message_id, emoji, user_id, seq) \
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])";

const ENDED: &str = "INSERT INTO ended_chats (id) SELECT unnest($1::text[])";

const FILES: &str = "INSERT INTO files (id, owner_id, chat_id, state, size, due_at, version, record) \
    SELECT id, owner_id, chat_id, 1, size, due_at, version, record FROM unnest($1::text[], $2::text[], $3::text[], \
    $4::bigint[], $5::timestamptz[], $6::bigint[], $7::json[]) \
    AS w (id, owner_id, chat_id, size, due_at, version, record)";

const AUDIT: &str = "INSERT INTO audit (id, at, actor_id, command, target_id, chat_id, reason) \
    SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])";

const ORDINAL: &str = "SELECT ordinal FROM messages WHERE chat_id = $1 ORDER BY seq DESC LIMIT 1";
const OWN_ORDINAL: &str =
    "SELECT own_ordinal FROM messages WHERE chat_id = $1 AND sender_id = $2 ORDER BY seq DESC LIMIT 1";

/// The ordinals of the latest messages of the chat that is being written.
#[derive(Debug, Default)]
pub(super) struct PgOrdinals {
    chat: Option<ChatId>,
    /// True if this run has written the chat from its beginning.
    is_new: bool,
    latest: i64,
    own: HashMap<UserId, i64>,
}

/// A message with its ordinals.
struct OrdinalMessage<'a> {
    message: &'a ArchivedMessage,
    ordinal: i64,
    own_ordinal: i64,
}

impl PgOrdinals {
    fn begin(&mut self, chat: &ChatId, is_new: bool, latest: i64) {
        *self = PgOrdinals { chat: Some(chat.clone()), is_new, latest, own: HashMap::new() };
    }

    /// The next ordinals of a chat and of a sender there, from the table where an earlier run has stopped.
    async fn next<'a>(
        &mut self,
        transaction: &Transaction<'_>,
        message: &'a ArchivedMessage,
    ) -> Result<OrdinalMessage<'a>, PgError> {
        let ArchivedMessage { chat_id, sender_id, .. } = message;
        if self.chat.as_ref() != Some(chat_id) {
            let latest = transaction.query_opt(ORDINAL, &[chat_id]).await?;
            self.begin(chat_id, false, latest.map(|row| row.try_get(0)).transpose()?.unwrap_or(0));
        }
        if !self.is_new && !self.own.contains_key(sender_id) {
            let own = transaction.query_opt(OWN_ORDINAL, &[chat_id, sender_id]).await?;
            self.own.insert(sender_id.clone(), own.map(|row| row.try_get(0)).transpose()?.unwrap_or(0));
        }
        let own = self.own.entry(sender_id.clone()).or_default();
        *own += 1;
        self.latest += 1;
        Ok(OrdinalMessage { message, ordinal: self.latest, own_ordinal: *own })
    }
}

/// The records of a batch, by table.
#[derive(Default)]
struct Tables<'a> {
    users: Vec<&'a ArchivedUser>,
    sessions: Vec<&'a ArchivedSession>,
    tokens: Vec<&'a ArchivedToken>,
    documents: Vec<&'a ArchivedDocument>,
    chats: Vec<&'a ArchivedChat>,
    members: Vec<&'a ArchivedMember>,
    messages: Vec<OrdinalMessage<'a>>,
    ended: Vec<&'a ChatId>,
    files: Vec<&'a StoredFile>,
    audit: Vec<&'a ArchivedAudit>,
}

/// Writes records, in the transaction that is open.
pub(super) async fn write(
    transaction: &Transaction<'_>,
    ordinals: &mut PgOrdinals,
    records: &[ArchiveRecord],
) -> Result<(), PgError> {
    let mut tables = Tables::default();
    for record in records {
        match record {
            ArchiveRecord::User(user) => tables.users.push(user),
            ArchiveRecord::Session(session) => tables.sessions.push(session),
            ArchiveRecord::Token(token) => tables.tokens.push(token),
            ArchiveRecord::Document(document) => tables.documents.push(document),
            ArchiveRecord::Chat(chat) => {
                ordinals.begin(&chat.id, true, 0);
                tables.chats.push(chat);
            }
            ArchiveRecord::Member(member) => tables.members.push(member),
            ArchiveRecord::Message(message) => tables.messages.push(ordinals.next(transaction, message).await?),
            ArchiveRecord::EndedChat(ended) => tables.ended.push(&ended.id),
            ArchiveRecord::File(file) => tables.files.push(file),
            ArchiveRecord::Audit(entry) => tables.audit.push(entry),
            ArchiveRecord::Segment(_) => {}
        }
    }
    tables.write(transaction).await
}

/// Runs an insertion, unless there is nothing to insert.
async fn insert(
    transaction: &Transaction<'_>,
    statement: &str,
    rows: usize,
    values: Parameters<'_>,
) -> Result<(), PgError> {
    if rows > 0 {
        transaction.execute(statement, values).await?;
    }
    Ok(())
}

impl Tables<'_> {
    async fn write(&self, to: &Transaction<'_>) -> Result<(), PgError> {
        self.users(to).await?;
        self.sessions(to).await?;
        self.tokens(to).await?;
        let places = column(&self.documents, |document| Text(&document.place));
        let versions = column(&self.documents, |document| integer(document.version));
        let texts = column(&self.documents, |document| Text(&document.text));
        insert(to, DOCUMENTS, places.len(), &[&places, &versions, &texts]).await?;
        self.chats(to).await?;
        self.members(to).await?;
        self.messages(to).await?;
        self.beside_messages(to).await?;
        insert(to, ENDED, self.ended.len(), &[&self.ended]).await?;
        self.files(to).await?;
        self.audit(to).await
    }

    async fn users(&self, to: &Transaction<'_>) -> Result<(), PgError> {
        let rows = &self.users;
        let values: Parameters<'_> = &[
            &column(rows, |user| &user.id),
            &column(rows, |user| Text(&user.username)),
            &column(rows, |user| Text(&user.username_key)),
            &column(rows, |user| Text(&user.display_name)),
            &column(rows, |user| Text(name_key(&user.display_name))),
            &column(rows, |user| user.avatar_url.as_ref().map(Text)),
            &column(rows, |user| user.kind),
            &column(rows, |user| user.role),
            &column(rows, |user| user.owner_id.as_ref()),
            &column(rows, |user| user.email.as_ref().map(Text)),
            &column(rows, |user| user.email.as_deref().map(|email| Text(name_key(email)))),
            &column(rows, |user| user.email_unconfirmed),
            &column(rows, |user| user.password.as_ref()),
            &column(rows, |user| user.ban.as_ref().map(PgJson)),
            &column(rows, |user| filled(&user.ended_tokens)),
            &column(rows, |user| user.tokens_valid_from),
            &column(rows, |user| user.created_at),
            &column(rows, |user| user.changed_at),
            &column(rows, |user| user.last_seen_at),
            &column(rows, |user| user.deleted_at),
            &column(rows, |user| integer(user.version)),
        ];
        insert(to, USERS, rows.len(), values).await
    }

    async fn sessions(&self, to: &Transaction<'_>) -> Result<(), PgError> {
        let rows = &self.sessions;
        let values: Parameters<'_> = &[
            &column(rows, |session| &session.user_id),
            &column(rows, |session| &session.id),
            &column(rows, |session| session.device_id.as_ref().map(Text)),
            &column(rows, |session| session.created_at),
            &column(rows, |session| session.last_seen_at),
            &column(rows, |session| session.expires_at),
            &column(rows, |session| &session.family[..]),
            &column(rows, |session| &session.refresh[..]),
            &column(rows, |session| session.spent.as_ref().map(|spent| &spent.refresh[..])),
            &column(rows, |session| session.spent.as_ref().map(|spent| spent.at)),
        ];
        insert(to, SESSIONS, rows.len(), values).await
    }

    async fn tokens(&self, to: &Transaction<'_>) -> Result<(), PgError> {
        let rows = &self.tokens;
        let values: Parameters<'_> = &[
            &column(rows, |token| &token.id),
            &column(rows, |token| &token.hash[..]),
            &column(rows, |token| &token.user_id),
            &column(rows, |token| &token.maker_id),
            &column(rows, |token| Text(&token.name)),
            &column(rows, |token| filled(&token.scopes)),
            &column(rows, |token| token.created_at),
            &column(rows, |token| token.expires_at),
            &column(rows, |token| token.last_used_at),
        ];
        insert(to, TOKENS, rows.len(), values).await
    }

    async fn chats(&self, to: &Transaction<'_>) -> Result<(), PgError> {
        let rows = &self.chats;
        let values: Parameters<'_> = &[
            &column(rows, |chat| &chat.id),
            &column(rows, |chat| chat.kind),
            &column(rows, |chat| Text(&chat.name)),
            &column(rows, |chat| Text(name_key(&chat.name))),
            &column(rows, |chat| chat.description.as_ref().map(Text)),
            &column(rows, |chat| chat.active),
            &column(rows, |chat| chat.posting),
            &column(rows, |chat| &chat.created_by),
            &column(rows, |chat| chat.created_at),
            &column(rows, |chat| chat.updated_at),
            &column(rows, |chat| integer(chat.seq)),
            &column(rows, |chat| integer(chat.changed_seq)),
            &column(rows, |chat| integer(chat.members_seq)),
            &column(rows, |chat| chat.last_seq.map(integer)),
            &column(rows, |chat| integer(chat.member_count)),
            &column(rows, |chat| integer(chat.message_count)),
            &column(rows, |chat| integer(chat.owners)),
            &column(rows, |chat| filled(&chat.pinned)),
            &column(rows, |chat| integer(chat.first_seq)),
            &column(rows, |chat| chat.retention_days.map(i64::from)),
            &column(rows, |chat| chat.hold),
        ];
        insert(to, CHATS, rows.len(), values).await?;
        let channels: Vec<_> = rows.iter().filter(|chat| chat.kind == ChatKind::Channel).collect();
        let values: Parameters<'_> = &[
            &column(&channels, |chat| &chat.id),
            &column(&channels, |chat| Text(name_key(&chat.name))),
            &column(&channels, |chat| chat.active),
            &column(&channels, |chat| chat.updated_at),
        ];
        insert(to, CHANNELS, channels.len(), values).await?;
        let long: Vec<&ChatId> = rows.iter().filter(|chat| chat.seq >= 256).map(|chat| &chat.id).collect();
        insert(to, DUE, long.len(), &[&long]).await
    }

    async fn members(&self, to: &Transaction<'_>) -> Result<(), PgError> {
        let rows = &self.members;
        let values: Parameters<'_> = &[
            &column(rows, |member| &member.chat_id),
            &column(rows, |member| &member.user_id),
            &column(rows, |member| member.role),
            &column(rows, |member| member.joined_at),
            &column(rows, |member| integer(member.read_seq)),
            &column(rows, |member| member.read_at),
            &column(rows, |member| integer(member.delivered_seq)),
            &column(rows, |member| member.delivered_at),
            &column(rows, |member| integer(member.left_seq)),
            &column(rows, |member| member.ban.as_ref().map(PgJson)),
            &column(rows, |member| member.ban.as_ref().map(|ban| ban.until.unwrap_or_else(never))),
            &column(rows, |member| member.mute),
            &column(rows, |member| member.unread_from.map(integer)),
        ];
        insert(to, MEMBERS, rows.len(), values).await
    }

    async fn messages(&self, to: &Transaction<'_>) -> Result<(), PgError> {
        let rows = &self.messages;
        let values: Parameters<'_> = &[
            &column(rows, |row| &row.message.chat_id),
            &column(rows, |row| integer(row.message.seq)),
            &column(rows, |row| &row.message.id),
            &column(rows, |row| integer(row.message.updated_seq)),
            &column(rows, |row| &row.message.sender_id),
            &column(rows, |row| row.message.role),
            &column(rows, |row| Text(&row.message.content)),
            &column(rows, |row| Text(name_key(&row.message.content))),
            &column(rows, |row| filled(&row.message.attachments)),
            &column(rows, |row| row.message.reply_to.as_ref()),
            &column(rows, |row| filled(&row.message.mentions)),
            &column(rows, |row| filled(&row.message.reactions)),
            &column(rows, |row| row.message.metadata.as_ref()),
            &column(rows, |row| row.message.created_at),
            &column(rows, |row| row.message.edited_at),
            &column(rows, |row| row.message.deleted_at),
            &column(rows, |row| row.ordinal),
            &column(rows, |row| row.own_ordinal),
        ];
        insert(to, MESSAGES, rows.len(), values).await
    }

    /// Mentions and reactions.
    async fn beside_messages(&self, to: &Transaction<'_>) -> Result<(), PgError> {
        let messages = || self.messages.iter().map(|row| row.message);
        let pairs =
            messages().flat_map(|message| message.mentions.iter().map(move |user| MentionRow { message, user }));
        let named: Vec<MentionRow<'_>> = pairs.collect();
        let values: Parameters<'_> = &[
            &column(&named, |named| &named.message.chat_id),
            &column(&named, |named| integer(named.message.seq)),
            &column(&named, |named| named.user),
            &column(&named, |named| named.message.created_at),
            &column(&named, |named| integer(named.message.mentioned_at(named.user))),
        ];
        insert(to, MENTIONS, named.len(), values).await?;
        let pairs = messages().flat_map(|message| message.reactors.iter().map(move |by| ReactorRow { message, by }));
        let reacted: Vec<ReactorRow<'_>> = pairs.collect();
        let values: Parameters<'_> = &[
            &column(&reacted, |row| &row.message.chat_id),
            &column(&reacted, |row| &row.message.id),
            &column(&reacted, |row| Text(&row.by.emoji)),
            &column(&reacted, |row| &row.by.user_id),
            &column(&reacted, |row| integer(row.by.seq)),
        ];
        insert(to, REACTIONS, reacted.len(), values).await
    }

    async fn files(&self, to: &Transaction<'_>) -> Result<(), PgError> {
        let rows = &self.files;
        let values: Parameters<'_> = &[
            &column(rows, |file| &file.id),
            &column(rows, |file| &file.owner_id),
            &column(rows, |file| &file.chat_id),
            &column(rows, |file| integer(file.size)),
            &column(rows, |file| file.due_at),
            &column(rows, |file| integer(file.version)),
            &column(rows, |file| PgJson(*file)),
        ];
        insert(to, FILES, rows.len(), values).await
    }

    async fn audit(&self, to: &Transaction<'_>) -> Result<(), PgError> {
        let rows = &self.audit;
        let values: Parameters<'_> = &[
            &column(rows, |entry| &entry.id),
            &column(rows, |entry| entry.at),
            &column(rows, |entry| &entry.actor_id),
            &column(rows, |entry| Text(&entry.command)),
            &column(rows, |entry| entry.target_id.as_ref().map(Text)),
            &column(rows, |entry| entry.chat_id.as_ref()),
            &column(rows, |entry| entry.reason.as_ref().map(Text)),
        ];
        insert(to, AUDIT, rows.len(), values).await
    }
}

/// A message that mentions a user.
struct MentionRow<'a> {
    message: &'a ArchivedMessage,
    user: &'a UserId,
}

/// A message and a reaction on it.
struct ReactorRow<'a> {
    message: &'a ArchivedMessage,
    by: &'a ArchivedReactor,
}
