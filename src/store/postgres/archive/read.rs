//! The tables as records, some rows at a time.

use std::collections::HashMap;

use tokio_postgres::{Row, Statement, Transaction};

use crate::protocol::{ChatId, MessageId, Seq};
use crate::store::archive::{
    ArchiveRecord, ArchivedEnd, ArchivedMention, ArchivedMessage, ArchivedReactor, RecordSender, StreamClosed,
    UNFINISHED,
};
use crate::store::jobs;
use crate::store::postgres::error::PgError;
use crate::store::postgres::rows::{Columns, PgResult};
use crate::store::postgres::session::Parameters;
use crate::store::postgres::values::{PgJson, integer};
use crate::store::repository::StoredFile;

mod rows;

use rows::{audit, chat, document, member, message, session, token, user};

const USERS: &str = "SELECT id, username, username_key, display_name, avatar_url, kind, role, owner_id, email, \
    email_unconfirmed, password, ban, ended_tokens, tokens_valid_from, created_at, nullif(changed_at, 'epoch'), \
    last_seen_at, deleted_at, version FROM users ORDER BY owner_id IS NOT NULL, id";

const SESSIONS: &str = "SELECT user_id, id, device_id, created_at, last_seen_at, expires_at, family, refresh, spent, \
    spent_at FROM sessions ORDER BY user_id, id";

const TOKENS: &str = "SELECT maker_id, id, user_id, name, scopes, hash, created_at, expires_at, last_used_at \
    FROM tokens ORDER BY maker_id, id";

const DOCUMENTS: &str = "SELECT place, version, text FROM documents WHERE place NOT IN ($1, $2) ORDER BY place";

const CHATS: &str = "SELECT id, kind, name, description, active, posting, created_by, created_at, updated_at, seq, \
    changed_seq, members_seq, last_seq, member_count, message_count, owners, pinned, \
    first_seq, retention_days, hold FROM chats ORDER BY id";

const MEMBERS: &str = "SELECT chat_id, user_id, role, joined_at, read_seq, read_at, delivered_seq, delivered_at, \
    left_seq, ban, muted_until, unread_from FROM members WHERE chat_id = $1 ORDER BY user_id";

const MESSAGES: &str = "SELECT chat_id, seq, id, updated_seq, sender_id, role, content, attachments, reply_to, \
    mentions, reactions, metadata::text, created_at, edited_at, deleted_at FROM messages WHERE chat_id = $1 ORDER BY seq";

const LATE: &str = "SELECT seq, user_id, mentioned_seq FROM mentions \
    WHERE chat_id = $1 AND seq = ANY ($2) AND mentioned_seq <> seq ORDER BY seq, user_id";

const REACTORS: &str = "SELECT message_id, emoji, user_id, seq FROM reactions \
    WHERE chat_id = $1 AND message_id = ANY ($2) ORDER BY message_id, emoji, user_id";

const ENDED: &str = "SELECT id FROM ended_chats ORDER BY id";

const FILES: &str = "SELECT record FROM files WHERE state = 1 ORDER BY id";

const AUDIT: &str = "SELECT id, at, actor_id, command, target_id, chat_id, reason FROM audit ORDER BY id";

/// Rows that are fetched together.
const ROWS: i32 = 500;

/// The end of a dump before its end.
#[derive(Debug)]
pub(super) enum DumpFailure {
    Closed(StreamClosed),
    Postgres(PgError),
}

impl From<StreamClosed> for DumpFailure {
    fn from(closed: StreamClosed) -> Self {
        DumpFailure::Closed(closed)
    }
}

impl From<PgError> for DumpFailure {
    fn from(error: PgError) -> Self {
        DumpFailure::Postgres(error)
    }
}

impl From<tokio_postgres::Error> for DumpFailure {
    fn from(error: tokio_postgres::Error) -> Self {
        DumpFailure::Postgres(error.into())
    }
}

/// A dump that is under way.
pub(super) struct PgDump<'a> {
    snapshot: &'a Transaction<'a>,
    out: &'a mut RecordSender,
    members: Statement,
    messages: Statement,
    late: Statement,
    reactors: Statement,
}

impl<'a> PgDump<'a> {
    pub(super) async fn new(
        snapshot: &'a Transaction<'a>,
        out: &'a mut RecordSender,
    ) -> Result<PgDump<'a>, DumpFailure> {
        Ok(PgDump {
            members: snapshot.prepare(MEMBERS).await?,
            messages: snapshot.prepare(MESSAGES).await?,
            late: snapshot.prepare(LATE).await?,
            reactors: snapshot.prepare(REACTORS).await?,
            snapshot,
            out,
        })
    }

    /// Sends everything.
    pub(super) async fn everything(&mut self) -> Result<(), DumpFailure> {
        self.rows(USERS, &[], |row| Ok(ArchiveRecord::User(Box::new(user(row)?)))).await?;
        self.rows(SESSIONS, &[], |row| Ok(ArchiveRecord::Session(Box::new(session(row)?)))).await?;
        self.rows(TOKENS, &[], |row| Ok(ArchiveRecord::Token(Box::new(token(row)?)))).await?;
        self.rows(DOCUMENTS, &[&UNFINISHED, &jobs::DOCUMENT], |row| {
            Ok(ArchiveRecord::Document(Box::new(document(row)?)))
        })
        .await?;
        self.chats().await?;
        self.rows(ENDED, &[], |row| Ok(ArchiveRecord::EndedChat(ArchivedEnd { id: Columns::of(row).get()? }))).await?;
        self.rows(FILES, &[], |row| {
            let PgJson(file): PgJson<StoredFile> = Columns::of(row).get()?;
            Ok(ArchiveRecord::File(Box::new(file)))
        })
        .await?;
        self.rows(AUDIT, &[], |row| Ok(ArchiveRecord::Audit(Box::new(audit(row)?)))).await
    }

    /// Sends a record for every row.
    async fn rows(
        &mut self,
        query: &str,
        values: Parameters<'_>,
        record: impl Fn(&Row) -> PgResult<ArchiveRecord>,
    ) -> Result<(), DumpFailure> {
        let portal = self.snapshot.bind(query, values).await?;
        loop {
            let rows = self.snapshot.query_portal(&portal, ROWS).await?;
            for row in &rows {
                self.out.send(record(row)?).await?;
            }
            if rows.len() < ROWS as usize {
                return Ok(());
            }
        }
    }

    async fn chats(&mut self) -> Result<(), DumpFailure> {
        let portal = self.snapshot.bind(CHATS, &[]).await?;
        loop {
            let rows = self.snapshot.query_portal(&portal, ROWS).await?;
            for row in &rows {
                let chat = chat(row)?;
                let id = chat.id.clone();
                self.out.send(ArchiveRecord::Chat(Box::new(chat))).await?;
                self.members_of(&id).await?;
                self.messages_of(&id).await?;
            }
            if rows.len() < ROWS as usize {
                return Ok(());
            }
        }
    }

    async fn members_of(&mut self, chat: &ChatId) -> Result<(), DumpFailure> {
        let portal = self.snapshot.bind(&self.members, &[chat]).await?;
        loop {
            let rows = self.snapshot.query_portal(&portal, ROWS).await?;
            for row in &rows {
                self.out.send(ArchiveRecord::Member(Box::new(member(row)?))).await?;
            }
            if rows.len() < ROWS as usize {
                return Ok(());
            }
        }
    }

    async fn messages_of(&mut self, chat: &ChatId) -> Result<(), DumpFailure> {
        let portal = self.snapshot.bind(&self.messages, &[chat]).await?;
        loop {
            let rows = self.snapshot.query_portal(&portal, ROWS).await?;
            let messages = rows.iter().map(message).collect::<PgResult<Vec<_>>>()?;
            let mut late = self.late_in(chat, &messages).await?;
            let mut reactors = self.reactors_in(chat, &messages).await?;
            for mut message in messages {
                message.late = late.remove(&message.seq).unwrap_or_default();
                message.reactors = reactors.remove(&message.id).unwrap_or_default();
                self.out.send(ArchiveRecord::Message(Box::new(message))).await?;
            }
            if rows.len() < ROWS as usize {
                return Ok(());
            }
        }
    }

    async fn late_in(
        &self,
        chat: &ChatId,
        messages: &[ArchivedMessage],
    ) -> Result<HashMap<Seq, Vec<ArchivedMention>>, DumpFailure> {
        let mentioning = messages.iter().filter(|message| !message.mentions.is_empty());
        let places: Vec<i64> = mentioning.map(|message| integer(message.seq)).collect();
        let mut late: HashMap<Seq, Vec<ArchivedMention>> = HashMap::new();
        if !places.is_empty() {
            for row in self.snapshot.query(&self.late, &[chat, &places]).await? {
                let mut columns = Columns::of(&row);
                let place = columns.number()?;
                let mention = ArchivedMention { user_id: columns.get()?, seq: columns.number()? };
                late.entry(place).or_default().push(mention);
            }
        }
        Ok(late)
    }

    async fn reactors_in(
        &self,
        chat: &ChatId,
        messages: &[ArchivedMessage],
    ) -> Result<HashMap<MessageId, Vec<ArchivedReactor>>, DumpFailure> {
        let reacted = messages.iter().filter(|message| !message.reactions.is_empty());
        let ids: Vec<&MessageId> = reacted.map(|message| &message.id).collect();
        let mut reactors: HashMap<MessageId, Vec<ArchivedReactor>> = HashMap::new();
        if !ids.is_empty() {
            for row in self.snapshot.query(&self.reactors, &[chat, &ids]).await? {
                let mut columns = Columns::of(&row);
                let message = columns.get()?;
                let reactor =
                    ArchivedReactor { emoji: columns.text()?, user_id: columns.get()?, seq: columns.number()? };
                reactors.entry(message).or_default().push(reactor);
            }
        }
        Ok(reactors)
    }
}
