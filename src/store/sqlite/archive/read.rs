//! The tables as records, with what of them is only in the journal.

use std::sync::Arc;

use rusqlite::{Connection, Row, params};

use crate::protocol::{ChatId, Timestamp, UserId};
use crate::store::archive::{
    ArchiveRecord, ArchivedAudit, ArchivedChat, ArchivedDocument, ArchivedEnd, ArchivedMember, ArchivedMention,
    ArchivedMessage, ArchivedReactor, ArchivedSession, ArchivedSpentToken, ArchivedToken, ArchivedUser, RecordSender,
    StreamClosed, UNFINISHED,
};
use crate::store::jobs;
use crate::store::repository::{FileState, StoredFile};
use crate::store::sqlite::journal::{Captured, JournalIndex, Pending};
use crate::store::sqlite::values::{SqliteJson, integer, list, number};

const USERS: &str = "SELECT id, username, username_key, display_name, avatar_url, kind, role, owner_id, email, \
    email_unconfirmed, password, ban, ended_tokens, tokens_valid_from, created_at, changed_at, last_seen_at, \
    deleted_at, version FROM users ORDER BY owner_id IS NOT NULL, id";

const SESSIONS: &str = "SELECT user_id, id, device_id, created_at, last_seen_at, expires_at, family, refresh, spent, \
    spent_at FROM sessions ORDER BY user_id, id";

const TOKENS: &str = "SELECT maker_id, id, user_id, name, scopes, hash, created_at, expires_at, last_used_at \
    FROM tokens ORDER BY maker_id, id";

const DOCUMENTS: &str = "SELECT place, version, text FROM documents WHERE place NOT IN (?1, ?2) ORDER BY place";

const CHATS: &str = "SELECT id, kind, name, description, active, posting, created_by, created_at, updated_at, seq, \
    changed_seq, members_seq, last_seq, member_count, message_count, owners, pinned, \
    first_seq, retention_days, hold FROM chats ORDER BY id";

const MEMBERS: &str = "SELECT chat_id, user_id, role, joined_at, read_seq, read_at, delivered_seq, delivered_at, \
    left_seq, ban, muted_until, unread_from FROM members WHERE chat_id = ?1 ORDER BY user_id";

const MESSAGES: &str = "SELECT chat_id, seq, id, updated_seq, sender_id, role, content, attachments, reply_to, \
    mentions, reactions, metadata, created_at, edited_at, deleted_at FROM messages WHERE chat_id = ?1 ORDER BY seq";

const JOURNALED: &str = "SELECT chat_id, seq, id, seq, sender_id, role, content, attachments, reply_to, \
    NULL, NULL, metadata, created_at, NULL, NULL FROM journal WHERE n = ?1";

const LATE: &str = "SELECT user_id, mentioned_seq FROM mentions \
    WHERE chat_id = ?1 AND seq = ?2 AND mentioned_seq <> seq ORDER BY user_id";

const REACTORS: &str = "SELECT emoji, user_id, seq FROM reactions WHERE chat_id = ?1 AND message_id = ?2 \
    ORDER BY emoji, user_id";

const ENDED: &str = "SELECT id FROM ended_chats ORDER BY id";

const FILES: &str = "SELECT record FROM files WHERE state = 1 ORDER BY id";

const AUDIT: &str = "SELECT id, at, actor_id, command, target_id, chat_id, reason FROM audit ORDER BY id";

/// The end of a dump before its end.
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

/// Sends everything that a snapshot has.
pub(super) fn dump(snapshot: &Connection, out: &mut RecordSender) -> Result<(), DumpStop> {
    let journal = JournalIndex::load(snapshot)?.capture_all();
    rows(snapshot, USERS, out, |row| Ok(ArchiveRecord::User(Box::new(user(row)?))))?;
    rows(snapshot, SESSIONS, out, |row| Ok(ArchiveRecord::Session(Box::new(session(row)?))))?;
    rows(snapshot, TOKENS, out, |row| Ok(ArchiveRecord::Token(Box::new(token(row)?))))?;
    documents(snapshot, out)?;
    chats(snapshot, &journal, out)?;
    rows(snapshot, ENDED, out, |row| Ok(ArchiveRecord::EndedChat(ArchivedEnd { id: row.get(0)? })))?;
    rows(snapshot, FILES, out, |row| {
        let SqliteJson(file): SqliteJson<StoredFile> = row.get(0)?;
        debug_assert!(file.state == FileState::Complete);
        Ok(ArchiveRecord::File(Box::new(file)))
    })?;
    rows(snapshot, AUDIT, out, |row| Ok(ArchiveRecord::Audit(Box::new(audit(row)?))))
}

/// Sends a record for every row.
fn rows(
    snapshot: &Connection,
    query: &str,
    out: &mut RecordSender,
    record: impl Fn(&Row<'_>) -> rusqlite::Result<ArchiveRecord>,
) -> Result<(), DumpStop> {
    let mut statement = snapshot.prepare(query)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        out.send_blocking(record(row)?)?;
    }
    Ok(())
}

fn documents(snapshot: &Connection, out: &mut RecordSender) -> Result<(), DumpStop> {
    let mut statement = snapshot.prepare(DOCUMENTS)?;
    let mut rows = statement.query([UNFINISHED, jobs::DOCUMENT])?;
    while let Some(row) = rows.next()? {
        let document = ArchivedDocument { place: row.get(0)?, version: number(row, 1)?, text: row.get(2)? };
        out.send_blocking(ArchiveRecord::Document(Box::new(document)))?;
    }
    Ok(())
}

fn chats(snapshot: &Connection, journal: &Captured, out: &mut RecordSender) -> Result<(), DumpStop> {
    let mut statement = snapshot.prepare(CHATS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut chat = chat(row)?;
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
        let mut member = member(row)?;
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
        let mut message = message(row)?;
        if !message.mentions.is_empty() {
            message.late = late(snapshot, &message)?;
        }
        if !message.reactions.is_empty() {
            message.reactors = reactors(snapshot, &message)?;
        }
        out.send_blocking(ArchiveRecord::Message(Box::new(message)))?;
    }
    for (_, waiting) in pending.iter().flat_map(|pending| pending.after(0)) {
        let waiting = snapshot.prepare_cached(JOURNALED)?.query_row([waiting.n], message)?;
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

fn user(row: &Row<'_>) -> rusqlite::Result<ArchivedUser> {
    Ok(ArchivedUser {
        id: row.get(0)?,
        username: row.get(1)?,
        username_key: row.get(2)?,
        display_name: row.get(3)?,
        avatar_url: row.get(4)?,
        kind: row.get(5)?,
        role: row.get(6)?,
        owner_id: row.get(7)?,
        email: row.get(8)?,
        email_unconfirmed: row.get(9)?,
        password: row.get(10)?,
        ban: row.get::<_, Option<SqliteJson<_>>>(11)?.map(|SqliteJson(ban)| ban),
        ended_tokens: list(row, 12)?,
        tokens_valid_from: row.get(13)?,
        created_at: row.get(14)?,
        // 0 stands for an account that was never changed.
        changed_at: Some(row.get(15)?).filter(|at: &Timestamp| at.millis() != 0),
        last_seen_at: row.get(16)?,
        deleted_at: row.get(17)?,
        version: number(row, 18)?,
    })
}

fn session(row: &Row<'_>) -> rusqlite::Result<ArchivedSession> {
    let spent: Option<[u8; 32]> = row.get(8)?;
    let spent = spent.zip(row.get(9)?).map(|(refresh, at)| ArchivedSpentToken { refresh, at });
    Ok(ArchivedSession {
        user_id: row.get(0)?,
        id: row.get(1)?,
        device_id: row.get(2)?,
        created_at: row.get(3)?,
        last_seen_at: row.get(4)?,
        expires_at: row.get(5)?,
        family: row.get(6)?,
        refresh: row.get(7)?,
        spent,
    })
}

fn token(row: &Row<'_>) -> rusqlite::Result<ArchivedToken> {
    Ok(ArchivedToken {
        maker_id: row.get(0)?,
        id: row.get(1)?,
        user_id: row.get(2)?,
        name: row.get(3)?,
        scopes: list(row, 4)?,
        hash: row.get(5)?,
        created_at: row.get(6)?,
        expires_at: row.get(7)?,
        last_used_at: row.get(8)?,
    })
}

fn chat(row: &Row<'_>) -> rusqlite::Result<ArchivedChat> {
    Ok(ArchivedChat {
        id: row.get(0)?,
        kind: row.get(1)?,
        name: row.get(2)?,
        description: row.get(3)?,
        active: row.get(4)?,
        posting: row.get(5)?,
        created_by: row.get(6)?,
        created_at: row.get(7)?,
        updated_at: row.get(8)?,
        seq: number(row, 9)?,
        changed_seq: number(row, 10)?,
        members_seq: number(row, 11)?,
        last_seq: row.get::<_, Option<i64>>(12)?.map(i64::unsigned_abs),
        member_count: number(row, 13)?,
        message_count: number(row, 14)?,
        owners: number(row, 15)?,
        pinned: list(row, 16)?,
        first_seq: number(row, 17)?,
        retention_days: row.get(18)?,
        hold: row.get(19)?,
    })
}

fn member(row: &Row<'_>) -> rusqlite::Result<ArchivedMember> {
    Ok(ArchivedMember {
        chat_id: row.get(0)?,
        user_id: row.get(1)?,
        role: row.get(2)?,
        joined_at: row.get(3)?,
        read_seq: number(row, 4)?,
        read_at: row.get(5)?,
        delivered_seq: number(row, 6)?,
        delivered_at: row.get(7)?,
        left_seq: number(row, 8)?,
        ban: row.get::<_, Option<SqliteJson<_>>>(9)?.map(|SqliteJson(ban)| ban),
        mute: row.get(10)?,
        unread_from: row.get::<_, Option<i64>>(11)?.map(i64::unsigned_abs),
    })
}

fn message(row: &Row<'_>) -> rusqlite::Result<ArchivedMessage> {
    Ok(ArchivedMessage {
        chat_id: row.get(0)?,
        seq: number(row, 1)?,
        id: row.get(2)?,
        updated_seq: number(row, 3)?,
        sender_id: row.get(4)?,
        role: row.get(5)?,
        content: row.get(6)?,
        attachments: list(row, 7)?,
        reply_to: row.get(8)?,
        mentions: list(row, 9)?,
        late: vec![],
        reactions: list(row, 10)?,
        reactors: vec![],
        metadata: row.get(11)?,
        created_at: row.get(12)?,
        edited_at: row.get(13)?,
        deleted_at: row.get(14)?,
    })
}

fn audit(row: &Row<'_>) -> rusqlite::Result<ArchivedAudit> {
    Ok(ArchivedAudit {
        id: row.get(0)?,
        at: row.get(1)?,
        actor_id: row.get(2)?,
        command: row.get(3)?,
        target_id: row.get(4)?,
        chat_id: row.get(5)?,
        reason: row.get(6)?,
    })
}
