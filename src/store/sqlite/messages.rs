//! Reading messages.

use rusqlite::{Connection, OptionalExtension, named_params, params};

use super::rows::{self, SqliteMessageRow, select_messages};
use super::values::{integer, one_more};
use crate::domain::name_key;
use crate::protocol::{ChatId, Message, MessageId, Seq, Timestamp};
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart, Stored, reversed};
use crate::store::repository::{History, HistoryQuery, Window};

pub(super) const BY_ID: &str = concat!(select_messages!(), "WHERE m.chat_id = ?1 AND m.id = ?2");
pub(super) const BY_SEQ: &str = concat!(select_messages!(), "WHERE m.chat_id = ?1 AND m.seq = ?2");

/// The last before a position that is not deleted.
pub(super) const PREVIOUS: &str = concat!(
    select_messages!(),
    "WHERE m.chat_id = ?1 AND m.seq < ?2 AND m.deleted_at IS NULL ORDER BY m.seq DESC LIMIT 1"
);

/// The conditions that all pages of history share.
macro_rules! filtered {
    () => {
        "(:sender IS NULL OR m.sender_id = :sender) AND (:search IS NULL OR says(m.content, :search))"
    };
}

/// Older ones from a position on, newest first.
pub(super) const OLDER: &str = concat!(
    select_messages!(),
    "WHERE m.chat_id = :chat AND m.seq < :from AND ",
    filtered!(),
    " ORDER BY m.seq DESC LIMIT :limit OFFSET :skip"
);

/// Newer ones from a position on, oldest first.
pub(super) const NEWER: &str = concat!(
    select_messages!(),
    "WHERE m.chat_id = :chat AND m.seq >= :from AND ",
    filtered!(),
    " ORDER BY m.seq LIMIT :limit OFFSET :skip"
);

/// Counting all rows takes as long as there are rows. A chat knows how many are not deleted, and those that are stand
/// in the index of the changed ones.
pub(super) const TOTAL: &str = "SELECT c.message_count + (SELECT count(*) FROM messages m INDEXED BY changed_messages \
    WHERE m.chat_id = c.id AND m.updated_seq > m.seq AND m.deleted_at IS NOT NULL) FROM chats c WHERE c.id = ?1";

const TOTAL_FILTERED: &str = concat!("SELECT count(*) FROM messages m WHERE m.chat_id = :chat AND ", filtered!());

pub(super) fn message(connection: &Connection, chat: &ChatId, id: &MessageId) -> rusqlite::Result<Option<Message>> {
    let found = connection.prepare_cached(BY_ID)?.query_row(params![chat, id], rows::message).optional()?;
    Ok(found.map(|row| row.message))
}

pub(super) fn message_at(connection: &Connection, chat: &ChatId, seq: i64) -> rusqlite::Result<Option<Message>> {
    let found = connection.prepare_cached(BY_SEQ)?.query_row(params![chat, seq], rows::message).optional()?;
    Ok(found.map(|row| row.message))
}

pub(super) fn undeleted_before(
    connection: &Connection,
    chat: &ChatId,
    before: Seq,
) -> rusqlite::Result<Option<Message>> {
    let parameters = params![chat, integer(before)];
    let found = connection.prepare_cached(PREVIOUS)?.query_row(parameters, rows::message).optional()?;
    Ok(found.map(|row| row.message))
}

/// The chat's clock, if there is the chat.
pub(super) fn clock(connection: &Connection, chat: &ChatId) -> rusqlite::Result<Option<Seq>> {
    connection.prepare_cached("SELECT seq FROM chats WHERE id = ?1")?.query_row([chat], rows::seq).optional()
}

/// A page of history.
pub(super) fn history(connection: &Connection, query: &HistoryQuery) -> rusqlite::Result<Option<History>> {
    let Some(seq) = clock(connection, &query.chat)? else { return Ok(None) };
    let reader = SqliteHistory { connection, query, search: query.search.as_deref().map(name_key) };
    let mut total = None;
    let PagePart { messages, more } = match query.window {
        Window::Newest => reader.before(i64::MAX)?,
        Window::Before(seq) => reader.before(integer(seq))?,
        Window::After(seq) => {
            let run = reader.run(NEWER, integer(seq).saturating_add(1), 0)?;
            run.cut(PAGE_BYTES, query.limit)
        }
        Window::Around(seq) => reader.around(integer(seq))?,
        Window::Skip(skip) => {
            total = Some(reader.total()?);
            let PagePart { messages, more } = reader.run(OLDER, i64::MAX, skip)?.cut(usize::MAX, query.limit);
            PagePart { messages: reversed(messages), more }
        }
    };
    Ok(Some(History { messages, more, seq, total }))
}

struct SqliteHistory<'a> {
    connection: &'a Connection,
    query: &'a HistoryQuery,
    search: Option<String>,
}

impl SqliteHistory<'_> {
    fn before(&self, from: i64) -> rusqlite::Result<PagePart> {
        let PagePart { messages, more } = self.run(OLDER, from, 0)?.cut(PAGE_BYTES, self.query.limit);
        Ok(PagePart { messages: reversed(messages), more })
    }

    /// Half from before, the rest from the position on; where one side is short, the other fills the page.
    fn around(&self, from: i64) -> rusqlite::Result<PagePart> {
        let older = self.run(OLDER, from, 0)?;
        let newer = self.run(NEWER, from, 0)?;
        Ok(MessageRun::around(older, newer, self.query.limit))
    }

    /// Messages in the order of reading, one more than fit on the page.
    fn run(&self, statement: &str, from: i64, skip: u64) -> rusqlite::Result<MessageRun<SqliteMessageRow>> {
        let mut statement = self.connection.prepare_cached(statement)?;
        let query = self.query;
        let parameters = named_params! {
            ":chat": query.chat, ":from": from, ":sender": query.sender, ":search": self.search,
            ":limit": one_more(query.limit), ":skip": integer(skip),
        };
        let enough = if matches!(query.window, Window::Skip(_)) { usize::MAX } else { PAGE_BYTES };
        let mut found = vec![];
        let mut bytes = 0;
        for row in statement.query_map(parameters, rows::message)? {
            let row = row?;
            bytes += row.bytes;
            found.push(row);
            if bytes > enough && found.len() > 1 {
                break;
            }
        }
        Ok(MessageRun(found))
    }

    fn total(&self) -> rusqlite::Result<u64> {
        if self.query.sender.is_none() && self.search.is_none() {
            return self.connection.prepare_cached(TOTAL)?.query_row([&self.query.chat], rows::seq);
        }
        let parameters =
            named_params! { ":chat": self.query.chat, ":sender": self.query.sender, ":search": self.search };
        self.connection.prepare_cached(TOTAL_FILTERED)?.query_row(parameters, rows::seq)
    }
}

impl Stored for SqliteMessageRow {
    fn bytes(&self) -> usize {
        self.bytes
    }

    fn place(&self) -> (Timestamp, &ChatId, Seq) {
        (self.message.created_at, &self.message.chat_id, self.message.seq)
    }

    fn into_message(self) -> Message {
        self.message
    }
}
