//! Reads the tables as records, a few rows at a time.

use std::collections::HashMap;
use std::hash::Hash;

use tokio_postgres::{Row, Statement, Transaction};

use crate::protocol::{ChatId, MessageId, Seq};
use crate::store::archive::{
    ArchiveRecord, ArchivedEnd, ArchivedMention, ArchivedMessage, ArchivedReactor, RecordSender, StreamClosed,
    UNFINISHED, UnreadableRecord, cause,
};
use crate::store::jobs;
use crate::store::postgres::error::{PgError, failure};
use crate::store::postgres::rows::{PgColumns, PgResult};
use crate::store::postgres::session::Parameters;
use crate::store::postgres::values::{PgJson, integer};
use crate::store::repository::StoredFile;
use crate::store::sql::archived::{self, ArchivedRecords, all_users};
use crate::store::sql::columns::SqlColumns;
use crate::store::sql::statements::postgres_statement;

const USERS: &str = all_users!("'epoch'");
const DOCUMENTS: &str = postgres_statement!(archived::DOCUMENTS);
const MEMBERS: &str = postgres_statement!(archived::MEMBERS);

const MESSAGES: &str = "SELECT chat_id, seq, id, updated_seq, sender_id, role, content, attachments, reply_to, \
    mentions, reactions, metadata::text, created_at, edited_at, deleted_at FROM messages WHERE chat_id = $1 ORDER BY seq";

const LATE: &str = "SELECT seq, user_id, mentioned_seq FROM mentions \
    WHERE chat_id = $1 AND seq = ANY ($2) AND mentioned_seq <> seq ORDER BY seq, user_id";

const REACTORS: &str = "SELECT message_id, emoji, user_id, seq FROM reactions \
    WHERE chat_id = $1 AND message_id = ANY ($2) ORDER BY message_id, emoji, user_id";

/// Number of rows fetched together.
const ROWS: i32 = 500;

/// The reason why a dump stopped early.
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

/// A query of records, and the columns of their key.
struct PgDumpQuery {
    query: &'static str,
    kind: &'static str,
    key: &'static [usize],
}

/// The record of a row, or its key if the values of the row are not those of a record.
fn readable(
    record: PgResult<ArchiveRecord>,
    row: &Row,
    kind: &'static str,
    key: &[usize],
) -> Result<ArchiveRecord, UnreadableRecord> {
    record.map_err(|error| {
        let text = |place: &usize| row.try_get::<_, String>(*place).unwrap_or_else(|_| "?".to_owned());
        let key = key.iter().map(text).collect();
        UnreadableRecord { kind, key, reason: cause(&failure(error)) }
    })
}

/// Rows of another table, by the message that they belong to; an error if one of them cannot be read.
type Gathered<K, T> = HashMap<K, PgResult<Vec<T>>>;

fn gather<K: Hash + Eq, T>(gathered: &mut Gathered<K, T>, key: K, one: PgResult<T>) {
    let list = gathered.entry(key).or_insert_with(|| Ok(vec![]));
    match one {
        Ok(one) => drop(list.as_mut().map(|list| list.push(one))),
        Err(error) => *list = Err(error),
    }
}

/// A dump in progress.
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

    /// Sends all records.
    pub(super) async fn everything(&mut self) -> Result<(), DumpFailure> {
        let records = |query, kind, key| PgDumpQuery { query, kind, key };
        self.rows(records(USERS, "user", &[0]), &[], |row| Ok(ArchiveRecord::User(Box::new(row.archived_user()?))))
            .await?;
        self.rows(records(archived::SESSIONS, "session", &[0, 1]), &[], |row| {
            Ok(ArchiveRecord::Session(Box::new(row.archived_session()?)))
        })
        .await?;
        self.rows(records(archived::TOKENS, "token", &[1]), &[], |row| {
            Ok(ArchiveRecord::Token(Box::new(row.archived_token()?)))
        })
        .await?;
        self.rows(records(DOCUMENTS, "document", &[0]), &[&UNFINISHED, &jobs::DOCUMENT], |row| {
            Ok(ArchiveRecord::Document(Box::new(row.archived_document()?)))
        })
        .await?;
        self.chats().await?;
        self.rows(records(archived::ENDED, "deleted chat", &[0]), &[], |row| {
            Ok(ArchiveRecord::EndedChat(ArchivedEnd { id: row.get()? }))
        })
        .await?;
        self.rows(records(archived::FILES, "file", &[1]), &[], |row| {
            let PgJson(file): PgJson<StoredFile> = row.value()?;
            Ok(ArchiveRecord::File(Box::new(file)))
        })
        .await?;
        self.rows(records(archived::AUDIT, "audit entry", &[0]), &[], |row| {
            Ok(ArchiveRecord::Audit(Box::new(row.archived_audit()?)))
        })
        .await
    }

    /// Sends a record for every row.
    async fn rows(
        &mut self,
        PgDumpQuery { query, kind, key }: PgDumpQuery,
        values: Parameters<'_>,
        record: impl Fn(&mut PgColumns<'_>) -> PgResult<ArchiveRecord>,
    ) -> Result<(), DumpFailure> {
        let portal = self.snapshot.bind(query, values).await?;
        loop {
            let rows = self.snapshot.query_portal(&portal, ROWS).await?;
            for row in &rows {
                let record = record(&mut PgColumns::of(row));
                self.out.pass(readable(record, row, kind, key)).await?;
            }
            if rows.len() < ROWS as usize {
                return Ok(());
            }
        }
    }

    async fn chats(&mut self) -> Result<(), DumpFailure> {
        let portal = self.snapshot.bind(archived::CHATS, &[]).await?;
        loop {
            let rows = self.snapshot.query_portal(&portal, ROWS).await?;
            for row in &rows {
                let chat = PgColumns::of(row).archived_chat();
                let id = chat.as_ref().ok().map(|chat| chat.id.clone());
                let chat = chat.map(|chat| ArchiveRecord::Chat(Box::new(chat)));
                self.out.pass(readable(chat, row, "chat", &[0])).await?;
                // Without its clock, nothing in a chat can be judged.
                let Some(id) = id else { continue };
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
                let member = PgColumns::of(row).archived_member();
                let member = member.map(|member| ArchiveRecord::Member(Box::new(member)));
                self.out.pass(readable(member, row, "member", &[0, 1])).await?;
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
            let mut messages = vec![];
            for row in &rows {
                match PgColumns::of(row).archived_message() {
                    Ok(message) => messages.push(message),
                    Err(error) => self.out.pass(readable(Err(error), row, "message", &[0, 2])).await?,
                }
            }
            let mut late = self.late_in(chat, &messages).await?;
            let mut reactors = self.reactors_in(chat, &messages).await?;
            for message in messages {
                let key = || vec![chat.to_string(), message.id.to_string()];
                let late = late.remove(&message.seq).unwrap_or(Ok(vec![]));
                let reactors = reactors.remove(&message.id).unwrap_or(Ok(vec![]));
                let read = late.and_then(|late| Ok((late, reactors?)));
                let read = read.map_err(|error| UnreadableRecord {
                    kind: "message",
                    key: key(),
                    reason: cause(&failure(error)),
                });
                let whole = read.map(|(late, reactors)| ArchivedMessage { late, reactors, ..message });
                self.out.pass(whole.map(|message| ArchiveRecord::Message(Box::new(message)))).await?;
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
    ) -> Result<Gathered<Seq, ArchivedMention>, DumpFailure> {
        let mentioning = messages.iter().filter(|message| !message.mentions.is_empty());
        let places: Vec<i64> = mentioning.map(|message| integer(message.seq)).collect();
        let mut late = HashMap::new();
        if !places.is_empty() {
            for row in self.snapshot.query(&self.late, &[chat, &places]).await? {
                let mut columns = PgColumns::of(&row);
                columns.reads("mentions");
                let place = columns.number()?;
                let user_id = columns.get()?;
                gather(&mut late, place, columns.number().map(|seq| ArchivedMention { user_id, seq }));
            }
        }
        Ok(late)
    }

    async fn reactors_in(
        &self,
        chat: &ChatId,
        messages: &[ArchivedMessage],
    ) -> Result<Gathered<MessageId, ArchivedReactor>, DumpFailure> {
        let reacted = messages.iter().filter(|message| !message.reactions.is_empty());
        let ids: Vec<&MessageId> = reacted.map(|message| &message.id).collect();
        let mut reactors = HashMap::new();
        if !ids.is_empty() {
            for row in self.snapshot.query(&self.reactors, &[chat, &ids]).await? {
                let mut columns = PgColumns::of(&row);
                columns.reads("reactions");
                let message = columns.get()?;
                let emoji = columns.text()?;
                let user_id = columns.get()?;
                gather(&mut reactors, message, columns.number().map(|seq| ArchivedReactor { emoji, user_id, seq }));
            }
        }
        Ok(reactors)
    }
}
