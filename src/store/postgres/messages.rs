//! Reads messages.

use tokio_postgres::Row;

use super::error::PgError;
use super::rows::{self, PgColumns, sized_message_columns};
use super::session::{Parameters, PgSnapshot, Pool};
use super::values::{Text, integer, one_more};
use crate::domain::name_key;
use crate::protocol::{ChatId, Message, MessageId, Seq};
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart, reversed};
use crate::store::repository::{History, HistoryQuery, Window};
use crate::store::sql::SizedMessage;
use crate::store::sql::columns::SqlColumns;
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::{chats as shared, postgres_statement};
use crate::store::walk::{Direction, HistorySteps, SeqSpan, Walked, walk};

/// The columns of a message and the tables they come from, up to the conditions.
macro_rules! select_messages {
    () => {
        concat!("SELECT ", sized_message_columns!(), " AS bytes FROM messages x JOIN users s ON s.id = x.sender_id ")
    };
}

pub(super) const BY_ID: &str = concat!(select_messages!(), "WHERE x.chat_id = $1 AND x.id = $2");

/// The last undeleted message before a position.
pub(super) const PREVIOUS: &str = concat!(
    select_messages!(),
    "WHERE x.chat_id = $1 AND x.seq < $2 AND x.deleted_at IS NULL ORDER BY x.seq DESC LIMIT 1"
);

const CLOCK: &str = postgres_statement!(shared::CLOCK);

/// The conditions shared by all pages of history.
macro_rules! filtered {
    () => {
        "($2::text IS NULL OR x.sender_id = $2) AND ($3::text IS NULL OR strpos(x.content_key, $3) > 0)"
    };
}

/// A run of messages. The server cuts it after the message with which the page exceeds its bytes, but not before the
/// second message, so that it is known whether more follow.
macro_rules! select_run {
    ($conditions:expr, $order:literal, $limit:literal, $bytes:literal) => {
        concat!(
            "SELECT * FROM (SELECT page.*, row_number() OVER way AS place, sum(page.bytes) OVER way - page.bytes \
             AS before FROM (",
            select_messages!(),
            "WHERE x.chat_id = $1 AND ",
            $conditions,
            " ORDER BY x.",
            $order,
            " LIMIT ",
            $limit,
            ") page WINDOW way AS (ORDER BY page.",
            $order,
            ")) run WHERE run.place <= 2 OR run.before <= ",
            $bytes,
            " ORDER BY run.place"
        )
    };
}

pub(super) use {select_messages, select_run};

/// The conditions for a section of a page of history.
macro_rules! between {
    () => {
        concat!(filtered!(), " AND x.seq >= $4 AND x.seq <= $8")
    };
}

/// Messages between two positions, newest first.
pub(super) const OLDER: &str = select_run!(between!(), "seq DESC", "$5 OFFSET $6", "$7");

/// Messages between two positions, oldest first.
pub(super) const NEWER: &str = select_run!(between!(), "seq", "$5 OFFSET $6", "$7");

/// The conditions for one sender's messages, using the index of senders.
macro_rules! of_sender {
    () => {
        "x.sender_id = $2 AND $3::text IS NULL AND x.seq >= $4 AND x.seq <= $8"
    };
}

const OLDER_OF_SENDER: &str = select_run!(of_sender!(), "seq DESC", "$5 OFFSET $6", "$7");
const NEWER_OF_SENDER: &str = select_run!(of_sender!(), "seq", "$5 OFFSET $6", "$7");
const COUNT_OF_SENDER: &str = "SELECT count(*) FROM messages x WHERE x.chat_id = $1 AND x.sender_id = $2 \
    AND $3::text IS NULL AND x.seq >= $4 AND x.seq <= $5";

/// The statement that reads the query's messages in a direction.
fn statement(query: &HistoryQuery, direction: Direction) -> &'static str {
    match (direction, query.is_of_sender()) {
        (Direction::NewestFirst, false) => OLDER,
        (Direction::NewestFirst, true) => OLDER_OF_SENDER,
        (Direction::OldestFirst, false) => NEWER,
        (Direction::OldestFirst, true) => NEWER_OF_SENDER,
    }
}

/// Counting all rows takes time proportional to their number. A chat knows the number of undeleted messages, and
/// deleted ones are in the index of changed messages.
pub(super) const TOTAL: &str = "SELECT c.message_count + (SELECT count(*) FROM messages x \
    WHERE x.chat_id = c.id AND x.updated_seq > x.seq AND x.deleted_at IS NOT NULL) FROM chats c WHERE c.id = $1";

const COUNT: &str = concat!(
    "SELECT count(*) FROM messages x WHERE x.chat_id = $1 AND ",
    filtered!(),
    " AND x.seq >= $4 AND x.seq <= $5"
);

/// One message.
pub(super) async fn message(readers: &Pool, chat: &ChatId, id: &MessageId) -> Result<Option<Message>, PgError> {
    let found = readers.row(BY_ID, &[chat, id]).await?;
    found.map(|row| Ok(PgColumns::of(&row).message()?.message)).transpose()
}

/// A page of history.
pub(super) async fn history(readers: &Pool, query: &HistoryQuery) -> Result<Option<History>, PgError> {
    let reader = PgHistory { readers, query, search: query.search.as_deref().map(|search| Text(name_key(search))) };
    if query.is_walked() {
        return reader.walked().await;
    }
    match query.window {
        Window::Before(seq) => reader.before(seq).await,
        Window::After(seq) => reader.after(seq.saturating_add(1)).await,
        Window::Around(seq) => reader.around(seq).await,
        Window::Skip(skip) => reader.skip(skip).await,
        Window::Newest | Window::SkipBefore { .. } => reader.before(Seq::MAX).await,
    }
}

struct PgHistory<'a> {
    readers: &'a Pool,
    query: &'a HistoryQuery,
    search: Option<Text<String>>,
}

/// A section of a chat's history as parameters of a statement.
struct PgPart {
    from: i64,
    to: i64,
    skip: i64,
    limit: i64,
    bytes: i64,
}

impl PgPart {
    /// As many messages as a page holds by number and bytes, and one more.
    fn page(query: &HistoryQuery, from: Seq, to: Seq) -> Self {
        PgPart { from: integer(from), to: integer(to), skip: 0, limit: one_more(query.limit), bytes: bound() }
    }
}

/// The byte limit of a page without one.
const NO_BOUND: i64 = i64::MAX;

impl PgHistory<'_> {
    async fn before(&self, before: Seq) -> Result<Option<History>, PgError> {
        let part = PgPart::page(self.query, 0, before.saturating_sub(1));
        let [clock, older] = self.snapshot_of(Direction::NewestFirst, part).await?;
        let page = run(&older)?.cut(PAGE_BYTES, self.query.limit);
        existing_history(&clock, PagePart { messages: reversed(page.messages), ..page })
    }

    async fn after(&self, from: Seq) -> Result<Option<History>, PgError> {
        let part = PgPart::page(self.query, from, Seq::MAX);
        let [clock, newer] = self.snapshot_of(Direction::OldestFirst, part).await?;
        existing_history(&clock, run(&newer)?.cut(PAGE_BYTES, self.query.limit))
    }

    async fn snapshot_of(&self, direction: Direction, part: PgPart) -> Result<[Vec<Row>; 2], PgError> {
        let HistoryQuery { chat, sender, .. } = self.query;
        let PgPart { from, to, skip, limit, bytes } = part;
        let values: Parameters<'_> = &[chat, sender, &self.search, &from, &limit, &skip, &bytes, &to];
        self.readers.snapshot([(CLOCK, &[chat]), (statement(self.query, direction), values)]).await
    }

    /// Half of the page from before the position, the rest from it on; if one side is short, the other fills the page.
    async fn around(&self, from: Seq) -> Result<Option<History>, PgError> {
        let HistoryQuery { chat, sender, limit, .. } = self.query;
        let older = PgPart::page(self.query, 0, from.saturating_sub(1));
        let newer = PgPart::page(self.query, from, Seq::MAX);
        let page = older.limit;
        let bytes = older.bytes;
        let before: Parameters<'_> = &[chat, sender, &self.search, &older.from, &page, &0_i64, &bytes, &older.to];
        let after: Parameters<'_> = &[chat, sender, &self.search, &newer.from, &page, &0_i64, &bytes, &newer.to];
        let older = (statement(self.query, Direction::NewestFirst), before);
        let newer = (statement(self.query, Direction::OldestFirst), after);
        let [clock, older, newer] = self.readers.snapshot([(CLOCK, &[chat]), older, newer]).await?;
        existing_history(&clock, MessageRun::around(run(&older)?, run(&newer)?, *limit))
    }

    /// A numbered page, with the total.
    async fn skip(&self, skip: u64) -> Result<Option<History>, PgError> {
        let HistoryQuery { chat, sender, limit, .. } = self.query;
        let values: Parameters<'_> =
            &[chat, sender, &self.search, &0_i64, &one_more(*limit), &integer(skip), &NO_BOUND, &i64::MAX];
        let [clock, older, total] =
            self.readers.snapshot([(CLOCK, &[chat]), (OLDER, values), (TOTAL, &[chat])]).await?;
        let page = run(&older)?.cut(usize::MAX, *limit);
        let total = total.first().map(|row| PgColumns::of(row).number()).transpose()?;
        let history = existing_history(&clock, PagePart { messages: reversed(page.messages), ..page })?;
        Ok(history.map(|history| History { total, ..history }))
    }

    /// A page that is filtered or far back, read step by step in one snapshot.
    async fn walked(&self) -> Result<Option<History>, PgError> {
        let session = self.readers.begin_snapshot().await?;
        let chat = &self.query.chat;
        let Some(clock) = session.ask(CLOCK, &[chat]).await?.into_iter().next() else {
            return session.end().await.map(|()| None);
        };
        let seq = PgColumns::of(&clock).number()?;
        let is_whole = matches!(self.query.window, Window::Skip(_)) && !self.query.is_filtered();
        let total = if is_whole { session.ask(TOTAL, &[chat]).await?.into_iter().next() } else { None };
        let total = total.map(|row| PgColumns::of(&row).number()).transpose()?;
        let steps = PgSteps { session: &session, query: self.query, search: &self.search };
        let Walked { messages, more, total: counted, stopped } = walk(&steps, self.query, seq).await?;
        session.end().await?;
        Ok(Some(History { messages, more, seq, total: total.or(counted), stopped }))
    }
}

struct PgSteps<'a> {
    session: &'a PgSnapshot,
    query: &'a HistoryQuery,
    search: &'a Option<Text<String>>,
}

impl HistorySteps for PgSteps<'_> {
    type Item = SizedMessage;
    type Error = PgError;
    const SPAN: u64 = 10_000;

    async fn count(&self, range: SeqSpan) -> Result<u64, PgError> {
        let HistoryQuery { chat, sender, .. } = self.query;
        let values: Parameters<'_> = &[chat, sender, self.search, &integer(range.from), &integer(range.to)];
        let count = if self.query.is_of_sender() { COUNT_OF_SENDER } else { COUNT };
        let rows = self.session.ask(count, values).await?;
        rows.first().map_or(Ok(0), |row| PgColumns::of(row).number())
    }

    async fn run(
        &self,
        range: SeqSpan,
        direction: Direction,
        skip: u64,
        limit: usize,
    ) -> Result<Vec<SizedMessage>, PgError> {
        let HistoryQuery { chat, sender, window, .. } = self.query;
        let is_numbered = matches!(window, Window::Skip(_) | Window::SkipBefore { .. });
        let bytes = if is_numbered { NO_BOUND } else { bound() };
        let from = integer(range.from);
        let to = integer(range.to);
        let values: Parameters<'_> =
            &[chat, sender, self.search, &from, &integer(limit as u64), &integer(skip), &bytes, &to];
        rows::messages(&self.session.ask(statement(self.query, direction), values).await?)
    }
}

/// The maximum size of a page in bytes.
pub(super) fn bound() -> i64 {
    i64::try_from(PAGE_BYTES).unwrap_or(NO_BOUND)
}

fn run(rows: &[Row]) -> Result<MessageRun<SizedMessage>, PgError> {
    rows::messages(rows).map(MessageRun)
}

/// The page, if the chat exists.
fn existing_history(clock: &[Row], page: PagePart) -> Result<Option<History>, PgError> {
    let PagePart { messages, more, .. } = page;
    let Some(clock) = clock.first() else { return Ok(None) };
    Ok(Some(History { messages, more, seq: PgColumns::of(clock).number()?, total: None, stopped: None }))
}
