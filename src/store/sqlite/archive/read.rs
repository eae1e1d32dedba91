//! Reads the tables as records, including rows that are only in the journal.

use std::sync::Arc;

use rusqlite::{Connection, Row, params};

use crate::protocol::{ChatId, UserId};
use crate::store::archive::{
    ArchiveRecord, ArchivedEnd, ArchivedMention, ArchivedMessage, ArchivedReactor, RecordSender, StreamClosed,
    UNFINISHED,
};
use crate::store::jobs;
use crate::store::repository::{FileState, StoredFile};
use crate::store::sql::archived::{
    AUDIT, ArchivedRecords, CHATS, DOCUMENTS, ENDED, FILES, MEMBERS, SESSIONS, TOKENS, all_users,
};
use crate::store::sql::columns::SqlColumns;
use crate::store::sqlite::journal::{Captured, JournalIndex, Pending};
use crate::store::sqlite::rows::SqliteColumns;
use crate::store::sqlite::values::{SqliteJson, integer, number};

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
    rows(snapshot, USERS, out, |row| Ok(ArchiveRecord::User(Box::new(row.archived_user()?))))?;
    rows(snapshot, SESSIONS, out, |row| Ok(ArchiveRecord::Session(Box::new(row.archived_session()?))))?;
    rows(snapshot, TOKENS, out, |row| Ok(ArchiveRecord::Token(Box::new(row.archived_token()?))))?;
    documents(snapshot, out)?;
    chats(snapshot, &journal, out)?;
    rows(snapshot, ENDED, out, |row| Ok(ArchiveRecord::EndedChat(ArchivedEnd { id: row.get()? })))?;
    rows(snapshot, FILES, out, |row| {
        let SqliteJson(file): SqliteJson<StoredFile> = row.value()?;
        debug_assert!(file.state == FileState::Complete);
        Ok(ArchiveRecord::File(Box::new(file)))
    })?;
    rows(snapshot, AUDIT, out, |row| Ok(ArchiveRecord::Audit(Box::new(row.archived_audit()?))))
}

/// Sends a record for every row.
fn rows(
    snapshot: &Connection,
    query: &str,
    out: &mut RecordSender,
    record: impl Fn(&mut SqliteColumns<'_>) -> rusqlite::Result<ArchiveRecord>,
) -> Result<(), DumpStop> {
    let mut statement = snapshot.prepare(query)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        out.send_blocking(record(&mut SqliteColumns::of(row))?)?;
    }
    Ok(())
}

fn documents(snapshot: &Connection, out: &mut RecordSender) -> Result<(), DumpStop> {
    let mut statement = snapshot.prepare(DOCUMENTS)?;
    let mut rows = statement.query([UNFINISHED, jobs::DOCUMENT])?;
    while let Some(row) = rows.next()? {
        let document = SqliteColumns::of(row).archived_document()?;
        out.send_blocking(ArchiveRecord::Document(Box::new(document)))?;
    }
    Ok(())
}

fn chats(snapshot: &Connection, journal: &Captured, out: &mut RecordSender) -> Result<(), DumpStop> {
    let mut statement = snapshot.prepare(CHATS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut chat = SqliteColumns::of(row).archived_chat()?;
        let pending = journal.get(&chat.id);
        if let Some(pending) = pending.filter(|pending| pending.len() > 0) {
            chat.seq = pending.head();
            chat.last_seq = Some(pending.head());
            chat.message_count += pending.len();
            chat.updated_at = chat.updated_at.max(pending.updated_at);
        }
        let id = chat.id.clone();
        out.send_blocking(ArchiveRecord::Chat(Box::new(chat)))?;
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
        let mut member = SqliteColumns::of(row).archived_member()?;
        if let Some(progress) = pending.and_then(|pending| pending.marks.get(&member.user_id)) {
            member.read_seq = progress.read;
            member.read_at = Some(progress.read_at);
            member.delivered_seq = progress.delivered;
            member.delivered_at = Some(progress.delivered_at);
        }
        out.send_blocking(ArchiveRecord::Member(Box::new(member)))?;
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
        let mut message = SqliteColumns::of(row).archived_message()?;
        if !message.mentions.is_empty() {
            message.late = late(snapshot, &message)?;
        }
        if !message.reactions.is_empty() {
            message.reactors = reactors(snapshot, &message)?;
        }
        out.send_blocking(ArchiveRecord::Message(Box::new(message)))?;
    }
    for (_, waiting) in pending.iter().flat_map(|pending| pending.after(0)) {
        let waiting = snapshot
            .prepare_cached(JOURNALED)?
            .query_row([waiting.n], |row| SqliteColumns::of(row).archived_message())?;
        out.send_blocking(ArchiveRecord::Message(Box::new(waiting)))?;
    }
    Ok(())
}

fn late(snapshot: &Connection, message: &ArchivedMessage) -> rusqlite::Result<Vec<ArchivedMention>> {
    let mention = |row: &Row<'_>| Ok(ArchivedMention { user_id: row.get::<_, UserId>(0)?, seq: number(row, 1)? });
    let mut statement = snapshot.prepare_cached(LATE)?;
    statement.query_map(params![message.chat_id, integer(message.seq)], mention)?.collect()
}

fn reactors(snapshot: &Connection, message: &ArchivedMessage) -> rusqlite::Result<Vec<ArchivedReactor>> {
    let reactor =
        |row: &Row<'_>| Ok(ArchivedReactor { emoji: row.get(0)?, user_id: row.get(1)?, seq: number(row, 2)? });
    let mut statement = snapshot.prepare_cached(REACTORS)?;
    statement.query_map(params![message.chat_id, message.id], reactor)?.collect()
}
