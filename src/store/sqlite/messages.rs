//! Reads messages.

use futures_util::FutureExt;
use rusqlite::{OptionalExtension, named_params, params};
use std::future::ready;

use super::journal::{Pending, PendingMessage};
use super::rows::{self, select_messages};
use super::values::integer;
use super::view::ChatsView;
use crate::domain::name_key;
use crate::protocol::{ChatId, Message, MessageId, Seq};
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart, reversed};
use crate::store::repository::{History, HistoryQuery, Window};
use crate::store::sql::SizedMessage;
use crate::store::sql::statements::chats::CLOCK;
use crate::store::walk::{Direction, HistorySteps, SeqSpan, Walked, walk};

pub(super) const BY_ID: &str = concat!(select_messages!(), "WHERE m.chat_id = ?1 AND m.id = ?2");
pub(super) const BY_SEQ: &str = concat!(select_messages!(), "WHERE m.chat_id = ?1 AND m.seq = ?2");

/// The last undeleted message before a position.
pub(super) const PREVIOUS: &str = concat!(
    select_messages!(),
    "WHERE m.chat_id = ?1 AND m.seq < ?2 AND m.deleted_at IS NULL ORDER BY m.seq DESC LIMIT 1"
);

/// The conditions shared by all pages of history.
macro_rules! filtered {
    () => {
        "(:sender IS NULL OR m.sender_id = :sender) AND (:search IS NULL OR says(m.content, :search))"
    };
}

/// Messages between two positions, newest first.
pub(super) const OLDER: &str = concat!(
    select_messages!(),
    "WHERE m.chat_id = :chat AND m.seq >= :from AND m.seq <= :to AND ",
    filtered!(),
    " ORDER BY m.seq DESC LIMIT :limit OFFSET :skip"
);

/// Messages between two positions, oldest first.
pub(super) const NEWER: &str = concat!(
    select_messages!(),
    "WHERE m.chat_id = :chat AND m.seq >= :from AND m.seq <= :to AND ",
    filtered!(),
    " ORDER BY m.seq LIMIT :limit OFFSET :skip"
);

/// One sender's messages between two positions. The index is named explicitly, because SQLite would prefer the table,
/// which has the order of the page, and scan all messages between two of the sender's.
macro_rules! of_sender {
    ($columns:expr, $order:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM messages m INDEXED BY messages_by_sender JOIN users u ON u.id = m.sender_id \
              WHERE m.chat_id = :chat AND m.sender_id = :sender AND m.seq >= :from AND m.seq <= :to AND :search IS NULL",
            $order
        )
    };
}

pub(super) const OLDER_OF_SENDER: &str =
    of_sender!(rows::sized_message_columns!(), " ORDER BY m.seq DESC LIMIT :limit OFFSET :skip");
pub(super) const NEWER_OF_SENDER: &str =
    of_sender!(rows::sized_message_columns!(), " ORDER BY m.seq LIMIT :limit OFFSET :skip");
pub(super) const COUNT_OF_SENDER: &str = of_sender!("count(*)", "");

/// Counting all rows takes time proportional to their number. A chat knows the number of undeleted messages, and
/// deleted ones are in the index of changed messages.
pub(super) const TOTAL: &str = "SELECT c.message_count + (SELECT count(*) FROM messages m INDEXED BY changed_messages \
    WHERE m.chat_id = c.id AND m.updated_seq > m.seq AND m.deleted_at IS NOT NULL) FROM chats c WHERE c.id = ?1";

pub(super) const COUNT: &str = concat!(
    "SELECT count(*) FROM messages m WHERE m.chat_id = :chat AND m.seq >= :from AND m.seq <= :to AND ",
    filtered!()
);

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

/// The chat's clock, if the chat exists.
pub(super) fn clock(view: &ChatsView<'_>, chat: &ChatId) -> rusqlite::Result<Option<Seq>> {
    if let Some(pending) = view.pending(chat) {
        return Ok(Some(pending.head()));
    }
    view.prepare_cached(CLOCK)?.query_row([chat], rows::seq).optional()
}

/// A page of history.
pub(super) fn history(view: &ChatsView<'_>, query: &HistoryQuery) -> rusqlite::Result<Option<History>> {
    let Some(seq) = clock(view, &query.chat)? else { return Ok(None) };
    let reader = SqliteHistory { view, query, search: query.search.as_deref().map(name_key) };
    let numbered = matches!(query.window, Window::Skip(_)) && !query.is_filtered();
    let total = if numbered { Some(reader.total()?) } else { None };
    if query.is_walked() {
        let walked = walk(&reader, query, seq).now_or_never().expect("SQLite answers at once")?;
        let Walked { messages, more, stopped, total: counted } = walked;
        return Ok(Some(History { messages, more, seq, total: total.or(counted), stopped }));
    }
    let PagePart { messages, more, .. } = match query.window {
        Window::Before(seq) => reader.before(seq, 0, PAGE_BYTES)?,
        Window::After(seq) => {
            reader.read(newer(seq.saturating_add(1)), Direction::OldestFirst)?.cut(PAGE_BYTES, query.limit)
        }
        Window::Around(seq) => reader.around(seq)?,
        Window::Skip(skip) => reader.before(Seq::MAX, skip, usize::MAX)?,
        Window::Newest | Window::SkipBefore { .. } => reader.before(Seq::MAX, 0, PAGE_BYTES)?,
    };
    Ok(Some(History { messages, more, seq, total, stopped: None }))
}

struct SqliteHistory<'a> {
    view: &'a ChatsView<'a>,
    query: &'a HistoryQuery,
    search: Option<String>,
}

fn older(before: Seq) -> SeqSpan {
    SeqSpan { from: 0, to: before.saturating_sub(1) }
}

fn newer(from: Seq) -> SeqSpan {
    SeqSpan { from, to: Seq::MAX }
}

impl SqliteHistory<'_> {
    fn before(&self, before: Seq, skip: u64, bytes: usize) -> rusqlite::Result<PagePart> {
        let found = self.rows(older(before), Direction::NewestFirst, skip, self.query.limit + 1)?;
        let page = MessageRun(found).cut(bytes, self.query.limit);
        Ok(PagePart { messages: reversed(page.messages), ..page })
    }

    /// Half of the page from before the position, the rest from it on; if one side is short, the other fills the page.
    fn around(&self, from: Seq) -> rusqlite::Result<PagePart> {
        let older = self.read(older(from), Direction::NewestFirst)?;
        let newer = self.read(newer(from), Direction::OldestFirst)?;
        Ok(MessageRun::around(older, newer, self.query.limit))
    }

    /// Messages in reading order, one more than the page holds.
    fn read(&self, range: SeqSpan, direction: Direction) -> rusqlite::Result<MessageRun<SizedMessage>> {
        self.rows(range, direction, 0, self.query.limit + 1).map(MessageRun)
    }

    /// Matching messages of the table and of the journal, which has the newest ones.
    fn rows(
        &self,
        range: SeqSpan,
        direction: Direction,
        skip: u64,
        limit: usize,
    ) -> rusqlite::Result<Vec<SizedMessage>> {
        let is_numbered = matches!(self.query.window, Window::Skip(_) | Window::SkipBefore { .. });
        let most_bytes = if is_numbered { usize::MAX } else { PAGE_BYTES };
        let mut page = HistoryPage { rows: vec![], bytes: 0, skip, max: limit, most_bytes };
        let [older, newer] = match self.query.is_of_sender() {
            true => [OLDER_OF_SENDER, NEWER_OF_SENDER],
            false => [OLDER, NEWER],
        };
        let pending = self.view.pending(&self.query.chat);
        if direction == Direction::NewestFirst {
            self.fill_pending(&mut page, self.pending(pending.as_deref(), range).rev())?;
            self.fill(&mut page, older, range)?;
        } else {
            self.fill(&mut page, newer, range)?;
            if page.skip > 0 {
                page.skip = page.skip.saturating_sub(self.counted_in_table(range)?);
            }
            self.fill_pending(&mut page, self.pending(pending.as_deref(), range))?;
        }
        Ok(page.rows)
    }

    /// Adds messages of the journal.
    fn fill_pending<'p>(
        &self,
        page: &mut HistoryPage,
        pending: impl Iterator<Item = &'p PendingMessage>,
    ) -> rusqlite::Result<()> {
        for pending in pending {
            if page.is_full() {
                break;
            }
            // The journal may have thousands of them, so skipped ones are not read.
            if page.skip > 0 && self.search.is_none() {
                page.skip -= 1;
                continue;
            }
            let Some(row) = self.matching(pending)? else { continue };
            if page.skip > 0 {
                page.skip -= 1;
            } else {
                page.push(row);
            }
        }
        Ok(())
    }

    /// Adds messages of the table.
    fn fill(&self, page: &mut HistoryPage, statement: &str, range: SeqSpan) -> rusqlite::Result<()> {
        if page.is_full() {
            return Ok(());
        }
        let mut statement = self.view.prepare_cached(statement)?;
        let query = self.query;
        let parameters = named_params! {
            ":chat": query.chat, ":from": integer(range.from), ":to": integer(range.to), ":sender": query.sender,
            ":search": self.search, ":limit": integer(page.max.saturating_sub(page.rows.len()) as u64),
            ":skip": integer(page.skip),
        };
        for row in statement.query_map(parameters, rows::message)? {
            page.push(row?);
            if page.is_full() {
                break;
            }
        }
        Ok(())
    }

    /// The pending messages of a range that match the sender filter, oldest first.
    fn pending<'p>(
        &self,
        pending: Option<&'p Pending>,
        range: SeqSpan,
    ) -> impl DoubleEndedIterator<Item = &'p PendingMessage> {
        let sender = self.query.sender.as_ref();
        let after = pending.into_iter().flat_map(move |pending| pending.after(range.from.saturating_sub(1)));
        let within = after
            .filter(move |(seq, message)| *seq <= range.to && sender.is_none_or(|sender| *sender == message.sender));
        within.map(|(_, message)| message)
    }

    /// A pending message, if its text contains the search text.
    fn matching(&self, pending: &PendingMessage) -> rusqlite::Result<Option<SizedMessage>> {
        let row = self.view.read(pending)?;
        let says = |text: &String| name_key(&row.message.content).contains(text.as_str());
        Ok(self.search.as_ref().is_none_or(says).then_some(row))
    }

    fn counted(&self, range: SeqSpan) -> rusqlite::Result<u64> {
        let mut count = self.counted_in_table(range)?;
        let pending = self.view.pending(&self.query.chat);
        for pending in self.pending(pending.as_deref(), range) {
            count += u64::from(self.search.is_none() || self.matching(pending)?.is_some());
        }
        Ok(count)
    }

    fn counted_in_table(&self, range: SeqSpan) -> rusqlite::Result<u64> {
        let parameters = named_params! {
            ":chat": self.query.chat, ":from": integer(range.from), ":to": integer(range.to),
            ":sender": self.query.sender, ":search": self.search,
        };
        let count = if self.query.is_of_sender() { COUNT_OF_SENDER } else { COUNT };
        self.view.prepare_cached(count)?.query_row(parameters, rows::seq)
    }

    fn total(&self) -> rusqlite::Result<u64> {
        let moved: u64 = self.view.prepare_cached(TOTAL)?.query_row([&self.query.chat], rows::seq)?;
        Ok(moved + self.view.pending(&self.query.chat).map_or(0, |pending| pending.len()))
    }
}

/// The rows read so far.
struct HistoryPage {
    rows: Vec<SizedMessage>,
    bytes: usize,
    /// Number of matching messages still to be skipped.
    skip: u64,
    max: usize,
    most_bytes: usize,
}

impl HistoryPage {
    fn push(&mut self, row: SizedMessage) {
        self.bytes += row.bytes;
        self.rows.push(row);
    }

    fn is_full(&self) -> bool {
        self.rows.len() >= self.max || self.bytes > self.most_bytes && self.rows.len() > 1
    }
}

impl HistorySteps for SqliteHistory<'_> {
    type Item = SizedMessage;
    type Error = rusqlite::Error;
    const SPAN: u64 = 2000;

    fn count(&self, range: SeqSpan) -> impl Future<Output = rusqlite::Result<u64>> + Send {
        ready(self.counted(range))
    }

    fn run(
        &self,
        range: SeqSpan,
        direction: Direction,
        skip: u64,
        limit: usize,
    ) -> impl Future<Output = rusqlite::Result<Vec<SizedMessage>>> + Send {
        ready(self.rows(range, direction, skip, limit))
    }
}
