//! Writes records as rows, with one statement per table and batch.

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
use crate::store::sql::values::file_chat;

mod ordinals;
mod statements;

use ordinals::OrdinalMessage;
pub(super) use ordinals::PgOrdinals;
use statements::{
    AUDIT, CHANNELS, CHATS, DOCUMENTS, ENDED, FILES, MEMBERS, MENTIONS, MESSAGES, REACTIONS, SESSIONS, TOKENS, USERS,
};

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

/// Writes records in the open transaction.
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

/// Runs an insertion, unless there are no rows to insert.
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

    /// Inserts mentions and reactions.
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
            &column(rows, |file| file_chat(file)),
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

/// A mention of a user in a message.
struct MentionRow<'a> {
    message: &'a ArchivedMessage,
    user: &'a UserId,
}

/// A message and a reaction to it.
struct ReactorRow<'a> {
    message: &'a ArchivedMessage,
    by: &'a ArchivedReactor,
}
