//! Reading messages.

use rusqlite::{OptionalExtension, named_params, params};

use super::rows::{self, SqliteMessageRow, select_messages};
use super::values::{integer, one_more};
use super::view::{ChatsView, PendingRow};
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

pub(super) fn message(view: &ChatsView<'_>, chat: &ChatId, id: &MessageId) -> rusqlite::Result<Option<Message>> {
    if let Some(pending) = view.pending(chat)
        && let Some(message) = pending.with_id(id)
    {
        return view.read(message).map(|row| Some(row.message));
    }
    let found = view.prepare_cached(BY_ID)?.query_row(params![chat, id], rows::message).optional()?;
    Ok(found.map(|row| row.message))
}

pub(super) fn message_at(view: &ChatsView<'_>, chat: &ChatId, seq: i64) -> rusqlite::Result<Option<Message>> {
    if let Some(message) = view.read_at(chat, seq.unsigned_abs())? {
        return Ok(Some(message));
    }
    let found = view.prepare_cached(BY_SEQ)?.query_row(params![chat, seq], rows::message).optional()?;
    Ok(found.map(|row| row.message))
}

pub(super) fn undeleted_before(view: &ChatsView<'_>, chat: &ChatId, before: Seq) -> rusqlite::Result<Option<Message>> {
    if let Some(pending) = view.pending(chat)
        && let Some((_, message)) = pending.after(0).rfind(|(seq, _)| *seq < before)
    {
        return view.read(message).map(|row| Some(row.message));
    }
    let parameters = params![chat, integer(before)];
    let found = view.prepare_cached(PREVIOUS)?.query_row(parameters, rows::message).optional()?;
    Ok(found.map(|row| row.message))
}

/// The chat's clock, if there is the chat.
pub(super) fn clock(view: &ChatsView<'_>, chat: &ChatId) -> rusqlite::Result<Option<Seq>> {
    if let Some(pending) = view.pending(chat) {
        return Ok(Some(pending.head()));
    }
    view.prepare_cached("SELECT seq FROM chats WHERE id = ?1")?.query_row([chat], rows::seq).optional()
}

/// A page of history.
pub(super) fn history(view: &ChatsView<'_>, query: &HistoryQuery) -> rusqlite::Result<Option<History>> {
    let Some(seq) = clock(view, &query.chat)? else { return Ok(None) };
    let reader = SqliteHistory { view, query, search: query.search.as_deref().map(name_key) };
    let mut total = None;
    let PagePart { messages, more } = match query.window {
        Window::Newest => reader.before(i64::MAX)?,
        Window::Before(seq) => reader.before(integer(seq))?,
        Window::After(seq) => reader.newer(integer(seq).saturating_add(1))?.cut(PAGE_BYTES, query.limit),
        Window::Around(seq) => reader.around(integer(seq))?,
        Window::Skip(skip) => {
            total = Some(reader.total()?);
            let PagePart { messages, more } = reader.older(i64::MAX, skip)?.cut(usize::MAX, query.limit);
            PagePart { messages: reversed(messages), more }
        }
    };
    Ok(Some(History { messages, more, seq, total }))
}

struct SqliteHistory<'a> {
    view: &'a ChatsView<'a>,
    query: &'a HistoryQuery,
    search: Option<String>,
}

impl SqliteHistory<'_> {
    fn before(&self, from: i64) -> rusqlite::Result<PagePart> {
        let PagePart { messages, more } = self.older(from, 0)?.cut(PAGE_BYTES, self.query.limit);
        Ok(PagePart { messages: reversed(messages), more })
    }

    /// Half from before, the rest from the position on; where one side is short, the other fills the page.
    fn around(&self, from: i64) -> rusqlite::Result<PagePart> {
        Ok(MessageRun::around(self.older(from, 0)?, self.newer(from)?, self.query.limit))
    }

    /// Messages before a position, newest first, one more than fit on the page: those that are pending, then the rest.
    fn older(&self, from: i64, skip: u64) -> rusqlite::Result<MessageRun<SqliteMessageRow>> {
        let mut page = self.page();
        let mut left = skip;
        for pending in self.pending(|seq| integer(seq) < from).into_iter().rev() {
            if page.is_full() {
                return Ok(MessageRun(page.rows));
            }
            let Some(row) = self.matching(&pending)? else { continue };
            if left > 0 {
                left -= 1;
            } else {
                page.push(row);
            }
        }
        self.fill(&mut page, OLDER, from, left)?;
        Ok(MessageRun(page.rows))
    }

    /// Messages from a position on, oldest first, one more than fit on the page.
    fn newer(&self, from: i64) -> rusqlite::Result<MessageRun<SqliteMessageRow>> {
        let mut page = self.page();
        self.fill(&mut page, NEWER, from, 0)?;
        for pending in self.pending(|seq| integer(seq) >= from) {
            if page.is_full() {
                break;
            }
            self.matching(&pending)?.into_iter().for_each(|row| page.push(row));
        }
        Ok(MessageRun(page.rows))
    }

    fn page(&self) -> HistoryPage {
        let bytes = if matches!(self.query.window, Window::Skip(_)) { usize::MAX } else { PAGE_BYTES };
        HistoryPage { rows: vec![], bytes: 0, most_bytes: bytes, most: self.query.limit.saturating_add(1) }
    }

    /// Adds messages of the table.
    fn fill(&self, page: &mut HistoryPage, statement: &str, from: i64, skip: u64) -> rusqlite::Result<()> {
        if page.is_full() {
            return Ok(());
        }
        let mut statement = self.view.prepare_cached(statement)?;
        let query = self.query;
        let parameters = named_params! {
            ":chat": query.chat, ":from": from, ":sender": query.sender, ":search": self.search,
            ":limit": one_more(query.limit.saturating_sub(page.rows.len())), ":skip": integer(skip),
        };
        for row in statement.query_map(parameters, rows::message)? {
            page.push(row?);
            if page.is_full() {
                break;
            }
        }
        Ok(())
    }

    /// The pending messages at some positions that the sender's filter lets through, oldest first.
    fn pending(&self, is_asked: impl Fn(Seq) -> bool) -> Vec<PendingRow> {
        let mut pending = self.view.after(&self.query.chat, 0);
        let sender = self.query.sender.as_ref();
        pending.retain(|row| is_asked(row.seq) && sender.is_none_or(|sender| *sender == row.message.sender));
        pending
    }

    /// A pending message, if it says what is looked for.
    fn matching(&self, pending: &PendingRow) -> rusqlite::Result<Option<SqliteMessageRow>> {
        let row = self.view.read(&pending.message)?;
        let says = |text: &String| name_key(&row.message.content).contains(text.as_str());
        Ok(self.search.as_ref().is_none_or(says).then_some(row))
    }

    fn total(&self) -> rusqlite::Result<u64> {
        let pending = self.pending(|_| true);
        if self.query.sender.is_none() && self.search.is_none() {
            let moved = self.view.prepare_cached(TOTAL)?.query_row([&self.query.chat], rows::seq)?;
            return Ok(moved + pending.len() as u64);
        }
        let mut total = 0;
        for pending in pending {
            total += u64::from(self.matching(&pending)?.is_some());
        }
        let parameters =
            named_params! { ":chat": self.query.chat, ":sender": self.query.sender, ":search": self.search };
        Ok(total + self.view.prepare_cached(TOTAL_FILTERED)?.query_row(parameters, rows::seq)?)
    }
}

/// The rows read so far, up to one more than fit on a page.
struct HistoryPage {
    rows: Vec<SqliteMessageRow>,
    bytes: usize,
    most: usize,
    most_bytes: usize,
}

impl HistoryPage {
    fn push(&mut self, row: SqliteMessageRow) {
        self.bytes += row.bytes;
        self.rows.push(row);
    }

    fn is_full(&self) -> bool {
        self.rows.len() >= self.most || self.bytes > self.most_bytes && self.rows.len() > 1
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
