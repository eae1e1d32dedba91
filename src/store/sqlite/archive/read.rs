//! Reads the tables as records, including rows that are only in the journal.

use std::sync::Arc;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};

use crate::protocol::{ChatId, UserId};
use crate::store::archive::{
    ArchiveRecord, ArchivedEnd, ArchivedMention, ArchivedMessage, ArchivedReactor, RecordSender, StreamClosed,
    UNFINISHED, UnreadableRecord, cause,
};
use crate::store::jobs;
use crate::store::repository::{FileState, StoredFile};
use crate::store::sql::archived::{
    AUDIT, ArchivedRecords, CHATS, DOCUMENTS, ENDED, FILES, MEMBERS, SESSIONS, TOKENS, all_users,
};
use crate::store::sql::columns::SqlColumns;
use crate::store::sqlite::journal::{Captured, JournalIndex, Pending};
use crate::store::sqlite::rows::SqliteColumns;
use crate::store::sqlite::values::{SqliteJson, integer, number_in};

const USERS: &str = all_users!("0");

const MESSAGES: &str = "SELECT chat_id, seq, id, updated_seq, sender_id, role, content, attachments, reply_to, \
    mentions, reactions, metadata, created_at, edited_at, deleted_at FROM messages WHERE chat_id = ?1 ORDER BY seq";

const JOURNALED: &str = "SELECT chat_id, seq, id, seq, sender_id, role, content, attachments, reply_to, \
    NULL, NULL, metadata, created_at, NULL, NULL FROM journal WHERE n = ?1";

const LATE: &str = "SELECT user_id, mentioned_seq FROM mentions \
    WHERE chat_id = ?1 AND seq = ?2 AND mentioned_seq <> seq ORDER BY user_id";

const REACTORS: &str = "SELECT emoji, user_id, seq FROM reactions WHERE chat_id = ?1 AND message_id = ?2 \
    ORDER BY emoji, user_id";

/// The reason why a dump stopped early.
#[derive(Debug)]
pub(super) enum DumpStop {
    Closed(StreamClosed),
    Sqlite(rusqlite::Error),
}

impl From<StreamClosed> for DumpStop {
    fn from(closed: StreamClosed) -> Self {
        DumpStop::Closed(closed)
    }
}

impl From<rusqlite::Error> for DumpStop {
    fn from(error: rusqlite::Error) -> Self {
        DumpStop::Sqlite(error)
    }
}

/// Sends all records of a snapshot.
pub(super) fn dump(snapshot: &Connection, out: &mut RecordSender) -> Result<(), DumpStop> {
    let journal = JournalIndex::load(snapshot)?.capture_all();
    let records = |query, kind, key| SqliteDumpQuery { query, kind, key };
    rows(snapshot, records(USERS, "user", &[0]), out, |row| Ok(ArchiveRecord::User(Box::new(row.archived_user()?))))?;
    rows(snapshot, records(SESSIONS, "session", &[0, 1]), out, |row| {
        Ok(ArchiveRecord::Session(Box::new(row.archived_session()?)))
    })?;
    rows(snapshot, records(TOKENS, "token", &[1]), out, |row| {
        Ok(ArchiveRecord::Token(Box::new(row.archived_token()?)))
    })?;
    documents(snapshot, out)?;
    chats(snapshot, &journal, out)?;
    rows(snapshot, records(ENDED, "deleted chat", &[0]), out, |row| {
        Ok(ArchiveRecord::EndedChat(ArchivedEnd { id: row.get()? }))
    })?;
    rows(snapshot, records(FILES, "file", &[1]), out, |row| {
        let SqliteJson(file): SqliteJson<StoredFile> = row.value()?;
        debug_assert!(file.state == FileState::Complete);
        Ok(ArchiveRecord::File(Box::new(file)))
    })?;
    rows(snapshot, records(AUDIT, "audit entry", &[0]), out, |row| {
        Ok(ArchiveRecord::Audit(Box::new(row.archived_audit()?)))
    })
}

/// A query of records, and the columns of their key.
struct SqliteDumpQuery {
    query: &'static str,
    kind: &'static str,
    key: &'static [usize],
}

/// The record of a row, or its key if the values of the row are not those of a record.
fn readable(
    record: rusqlite::Result<ArchiveRecord>,
    row: &Row<'_>,
    kind: &'static str,
    key: &[usize],
) -> rusqlite::Result<Result<ArchiveRecord, UnreadableRecord>> {
    match record {
        Ok(record) => Ok(Ok(record)),
        Err(
            error @ (rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..)),
        ) => {
            let text = |place: &usize| match row.get_ref(*place) {
                Ok(ValueRef::Text(text)) => String::from_utf8_lossy(text).into_owned(),
                _ => "?".to_owned(),
            };
            Ok(Err(UnreadableRecord { kind, key: key.iter().map(text).collect(), reason: cause(&error) }))
        }
        Err(error) => Err(error),
    }
}

/// Sends a record for every row.
fn rows(
    snapshot: &Connection,
    SqliteDumpQuery { query, kind, key }: SqliteDumpQuery,
    out: &mut RecordSender,
    record: impl Fn(&mut SqliteColumns<'_>) -> rusqlite::Result<ArchiveRecord>,
) -> Result<(), DumpStop> {
    let mut statement = snapshot.prepare(query)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let record = record(&mut SqliteColumns::of(row));
        out.pass_blocking(readable(record, row, kind, key)?)?;
    }
    Ok(())
}

fn documents(snapshot: &Connection, out: &mut RecordSender) -> Result<(), DumpStop> {
    let mut statement = snapshot.prepare(DOCUMENTS)?;
    let mut rows = statement.query([UNFINISHED, jobs::DOCUMENT])?;
    while let Some(row) = rows.next()? {
        let document = SqliteColumns::of(row).archived_document();
        let document = document.map(|document| ArchiveRecord::Document(Box::new(document)));
        out.pass_blocking(readable(document, row, "document", &[0])?)?;
    }
    Ok(())
}

fn chats(snapshot: &Connection, journal: &Captured, out: &mut RecordSender) -> Result<(), DumpStop> {
    let mut statement = snapshot.prepare(CHATS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let chat = SqliteColumns::of(row).archived_chat().map(|mut chat| {
            if let Some(pending) = journal.get(&chat.id).filter(|pending| pending.len() > 0) {
                chat.seq = pending.head();
                chat.last_seq = Some(pending.head());
                chat.message_count += pending.len();
                chat.updated_at = chat.updated_at.max(pending.updated_at);
            }
            ArchiveRecord::Chat(Box::new(chat))
        });
        let chat = readable(chat, row, "chat", &[0])?;
        let id = match &chat {
            Ok(ArchiveRecord::Chat(chat)) => Some(chat.id.clone()),
            _ => None,
        };
        out.pass_blocking(chat)?;
        // Without its clock, nothing in a chat can be judged.
        let Some(id) = id else { continue };
        let pending = journal.get(&id);
        members(snapshot, &id, pending, out)?;
        messages(snapshot, &id, pending, out)?;
    }
    Ok(())
}

fn members(
    snapshot: &Connection,
    chat: &ChatId,
    pending: Option<&Arc<Pending>>,
    out: &mut RecordSender,
) -> Result<(), DumpStop> {
    let mut statement = snapshot.prepare_cached(MEMBERS)?;
    let mut rows = statement.query([chat])?;
    while let Some(row) = rows.next()? {
        let member = SqliteColumns::of(row).archived_member().map(|mut member| {
            if let Some(progress) = pending.and_then(|pending| pending.marks.get(&member.user_id)) {
                member.read_seq = progress.read;
                member.read_at = Some(progress.read_at);
                member.delivered_seq = progress.delivered;
                member.delivered_at = Some(progress.delivered_at);
            }
            ArchiveRecord::Member(Box::new(member))
        });
        out.pass_blocking(readable(member, row, "member", &[0, 1])?)?;
    }
    Ok(())
}

fn messages(
    snapshot: &Connection,
    chat: &ChatId,
    pending: Option<&Arc<Pending>>,
    out: &mut RecordSender,
) -> Result<(), DumpStop> {
    let mut statement = snapshot.prepare_cached(MESSAGES)?;
    let mut rows = statement.query([chat])?;
    while let Some(row) = rows.next()? {
        out.pass_blocking(readable(complete(snapshot, row), row, "message", &[0, 2])?)?;
    }
    for (_, waiting) in pending.iter().flat_map(|pending| pending.after(0)) {
        let message = snapshot.prepare_cached(JOURNALED)?.query_row([waiting.n], |row| {
            let message = SqliteColumns::of(row).archived_message();
            readable(message.map(|message| ArchiveRecord::Message(Box::new(message))), row, "message", &[0, 2])
        });
        out.pass_blocking(message?)?;
    }
    Ok(())
}

/// A message with what other tables have of it.
fn complete(snapshot: &Connection, row: &Row<'_>) -> rusqlite::Result<ArchiveRecord> {
    let mut message = SqliteColumns::of(row).archived_message()?;
    if !message.mentions.is_empty() {
        message.late = late(snapshot, &message)?;
    }
    if !message.reactions.is_empty() {
        message.reactors = reactors(snapshot, &message)?;
    }
    Ok(ArchiveRecord::Message(Box::new(message)))
}

fn late(snapshot: &Connection, message: &ArchivedMessage) -> rusqlite::Result<Vec<ArchivedMention>> {
    let mention =
        |row: &Row<'_>| Ok(ArchivedMention { user_id: row.get::<_, UserId>(0)?, seq: number_in(row, 1, "mentions")? });
    let mut statement = snapshot.prepare_cached(LATE)?;
    statement.query_map(params![message.chat_id, integer(message.seq)], mention)?.collect()
}

fn reactors(snapshot: &Connection, message: &ArchivedMessage) -> rusqlite::Result<Vec<ArchivedReactor>> {
    let reactor = |row: &Row<'_>| {
        Ok(ArchivedReactor { emoji: row.get(0)?, user_id: row.get(1)?, seq: number_in(row, 2, "reactions")? })
    };
    let mut statement = snapshot.prepare_cached(REACTORS)?;
    statement.query_map(params![message.chat_id, message.id], reactor)?.collect()
}
