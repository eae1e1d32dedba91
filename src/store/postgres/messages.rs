//! Reading messages.

use tokio_postgres::Row;

use super::error::PgError;
use super::rows::{self, Columns, PgMessageRow, message_columns};
use super::session::{Parameters, Pool};
use super::values::{Text, integer, one_more};
use crate::domain::name_key;
use crate::protocol::{ChatId, Message, MessageId};
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart, reversed};
use crate::store::repository::{History, HistoryQuery, Window};

/// The columns that [`Columns::message`] reads, up to the conditions.
macro_rules! select_messages {
    () => {
        concat!("SELECT ", message_columns!(), " AS bytes FROM messages x JOIN users s ON s.id = x.sender_id ")
    };
}

pub(super) const BY_ID: &str = concat!(select_messages!(), "WHERE x.chat_id = $1 AND x.id = $2");

/// The last before a position that is not deleted.
pub(super) const PREVIOUS: &str = concat!(
    select_messages!(),
    "WHERE x.chat_id = $1 AND x.seq < $2 AND x.deleted_at IS NULL ORDER BY x.seq DESC LIMIT 1"
);

const CLOCK: &str = "SELECT seq FROM chats WHERE id = $1";

/// The conditions that all pages of history share.
macro_rules! filtered {
    () => {
        "($2::text IS NULL OR x.sender_id = $2) AND ($3::text IS NULL OR strpos(x.content_key, $3) > 0)"
    };
}

/// A run of messages, cut off on the server behind the one with which a page has too many bytes, but not before the
/// second: so whether there are more is known.
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

/// Older ones from a position on, newest first.
pub(super) const OLDER: &str = select_run!(concat!(filtered!(), " AND x.seq < $4"), "seq DESC", "$5 OFFSET $6", "$7");

/// Newer ones from a position on, oldest first.
pub(super) const NEWER: &str = select_run!(concat!(filtered!(), " AND x.seq >= $4"), "seq", "$5 OFFSET $6", "$7");

/// Counting all rows takes as long as there are rows. A chat knows how many are not deleted, and those that are stand
/// in the index of the changed ones.
pub(super) const TOTAL: &str = "SELECT c.message_count + (SELECT count(*) FROM messages x \
    WHERE x.chat_id = c.id AND x.updated_seq > x.seq AND x.deleted_at IS NOT NULL) FROM chats c WHERE c.id = $1";

const TOTAL_FILTERED: &str = concat!("SELECT count(*) FROM messages x WHERE x.chat_id = $1 AND ", filtered!());

/// One message.
pub(super) async fn message(readers: &Pool, chat: &ChatId, id: &MessageId) -> Result<Option<Message>, PgError> {
    let found = readers.row(BY_ID, &[chat, id]).await?;
    found.map(|row| Ok(Columns::of(&row).message()?.message)).transpose()
}

/// A page of history.
pub(super) async fn history(readers: &Pool, query: &HistoryQuery) -> Result<Option<History>, PgError> {
    let reader = PgHistory { readers, query, search: query.search.as_deref().map(|search| Text(name_key(search))) };
    match query.window {
        Window::Newest => reader.before(i64::MAX).await,
        Window::Before(seq) => reader.before(integer(seq)).await,
        Window::After(seq) => reader.after(integer(seq).saturating_add(1)).await,
        Window::Around(seq) => reader.around(integer(seq)).await,
        Window::Skip(skip) => reader.skip(integer(skip)).await,
    }
}

struct PgHistory<'a> {
    readers: &'a Pool,
    query: &'a HistoryQuery,
    search: Option<Text<String>>,
}

/// The byte limit of a page that has none.
const NO_BOUND: i64 = i64::MAX;

impl PgHistory<'_> {
    async fn before(&self, from: i64) -> Result<Option<History>, PgError> {
        let [clock, older] = self.snapshot_of(OLDER, from, 0, bound()).await?;
        let PagePart { messages, more } = run(&older)?.cut(PAGE_BYTES, self.query.limit);
        told(&clock, PagePart { messages: reversed(messages), more })
    }

    async fn after(&self, from: i64) -> Result<Option<History>, PgError> {
        let [clock, newer] = self.snapshot_of(NEWER, from, 0, bound()).await?;
        told(&clock, run(&newer)?.cut(PAGE_BYTES, self.query.limit))
    }

    async fn snapshot_of(&self, statement: &str, from: i64, skip: i64, bytes: i64) -> Result<[Vec<Row>; 2], PgError> {
        let HistoryQuery { chat, sender, limit, .. } = self.query;
        let values: Parameters<'_> = &[chat, sender, &self.search, &from, &one_more(*limit), &skip, &bytes];
        self.readers.snapshot([(CLOCK, &[chat]), (statement, values)]).await
    }

    /// Half from before, the rest from the position on; where one side is short, the other fills the page.
    async fn around(&self, from: i64) -> Result<Option<History>, PgError> {
        let HistoryQuery { chat, sender, limit, .. } = self.query;
        let values: Parameters<'_> = &[chat, sender, &self.search, &from, &one_more(*limit), &0_i64, &bound()];
        let [clock, older, newer] = self.readers.snapshot([(CLOCK, &[chat]), (OLDER, values), (NEWER, values)]).await?;
        told(&clock, MessageRun::around(run(&older)?, run(&newer)?, *limit))
    }

    /// A page by its number, with the total.
    async fn skip(&self, skip: i64) -> Result<Option<History>, PgError> {
        let HistoryQuery { chat, sender, limit, .. } = self.query;
        let values: Parameters<'_> = &[chat, sender, &self.search, &i64::MAX, &one_more(*limit), &skip, &NO_BOUND];
        let total: (&str, Parameters<'_>) = match (sender, &self.search) {
            (None, None) => (TOTAL, &[chat]),
            _ => (TOTAL_FILTERED, &[chat, sender, &self.search]),
        };
        let [clock, older, total] = self.readers.snapshot([(CLOCK, &[chat]), (OLDER, values), total]).await?;
        let PagePart { messages, more } = run(&older)?.cut(usize::MAX, *limit);
        let total = total.first().map(|row| Columns::of(row).number()).transpose()?;
        let history = told(&clock, PagePart { messages: reversed(messages), more })?;
        Ok(history.map(|history| History { total, ..history }))
    }
}

/// The maximum size of a page in bytes.
pub(super) fn bound() -> i64 {
    i64::try_from(PAGE_BYTES).unwrap_or(NO_BOUND)
}

fn run(rows: &[Row]) -> Result<MessageRun<PgMessageRow>, PgError> {
    rows::messages(rows).map(MessageRun)
}

/// The page, if there is the chat.
fn told(clock: &[Row], page: PagePart) -> Result<Option<History>, PgError> {
    let PagePart { messages, more } = page;
    let Some(clock) = clock.first() else { return Ok(None) };
    Ok(Some(History { messages, more, seq: Columns::of(clock).number()?, total: None }))
}
