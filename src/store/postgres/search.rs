//! Finds messages across chats.

use std::collections::HashMap;

use async_trait::async_trait;
use tokio_postgres::Row;

use super::error::{PgError, failure};
use super::messages::{bound, select_messages};
use super::rows::{self, PgColumns, sized_message_columns};
use super::session::{Parameters, Pool};
use super::values::{Text, column, integer, never, one_more};
use super::{PostgresRepository, parts, reactions};
use crate::protocol::{ChatId, Message, Seq, Timestamp, UserId};
use crate::store::error::Result;
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart};
use crate::store::repository::{MentionsQuery, Page, Reacted, Search, SearchCursor, SearchPage, SearchQuery};
use crate::store::sql::SizedMessage;
use crate::store::sql::columns::SqlColumns;
use crate::store::walk::{self, Frontier, SearchSteps, SearchedPart};

/// Messages of several chats, newest first. The server cuts them after the message with which the page exceeds its
/// bytes, but not before the second message, so that it is known whether more follow.
macro_rules! select_newest {
    ($from:expr, $bytes:literal) => {
        concat!(
            "SELECT * FROM (SELECT page.*, row_number() OVER way AS place, sum(page.bytes) OVER way - page.bytes \
             AS before FROM (",
            select_messages!(),
            $from,
            ") page WINDOW way AS (ORDER BY page.created_at DESC, page.chat_id, page.seq DESC)) run \
             WHERE run.place <= 2 OR run.before <= ",
            $bytes,
            " ORDER BY run.place"
        )
    };
}

/// The undeleted messages that mention a user, in the chats the user is in.
const MENTIONS: &str = select_newest!(
    "JOIN (SELECT n.chat_id, n.seq FROM mentions n \
       JOIN members b ON b.chat_id = n.chat_id AND b.user_id = n.user_id AND b.role IS NOT NULL \
       WHERE n.user_id = $1 AND n.created_at <= $2 \
       AND (n.created_at < $2 OR n.chat_id > $3 OR n.chat_id = $3 AND n.seq < $4) \
       ORDER BY n.created_at DESC, n.chat_id, n.seq DESC LIMIT $5) found \
     ON x.chat_id = found.chat_id AND x.seq = found.seq",
    "$6"
);

/// The conditions of a search.
macro_rules! wanted {
    () => {
        "z.chat_id = b.chat_id AND z.seq >= b.from_seq AND z.seq < b.before AND z.created_at <= b.latest \
         AND z.deleted_at IS NULL AND ($7::text IS NULL OR z.sender_id = $7) AND z.content_key LIKE ALL ($8::text[])"
    };
}

/// The messages with a text: the newest of every chat, and the newest of these.
macro_rules! select_saying {
    ($chats:literal, $messages:expr) => {
        select_newest!(
            concat!(
                "JOIN (SELECT y.chat_id, y.seq FROM ",
                $chats,
                " CROSS JOIN LATERAL (SELECT z.chat_id, z.seq, z.created_at FROM ",
                $messages,
                " ORDER BY z.seq DESC LIMIT $5) y \
                 ORDER BY y.created_at DESC, y.chat_id, y.seq DESC LIMIT $5) found \
                 ON x.chat_id = found.chat_id AND x.seq = found.seq"
            ),
            "$6"
        )
    };
}

/// Each chat is scanned between two positions, only until enough messages are found.
const SAYING: &str = select_saying!(
    "unnest($1::text[], $2::bigint[], $3::bigint[], $4::timestamptz[]) AS b (chat_id, from_seq, before, latest)",
    concat!("messages z WHERE ", wanted!())
);

/// The same among messages that have all the parts in the index, which is always the shortest way to them.
const INDEXED: &str = select_saying!(
    "unnest($1::text[], $2::bigint[], $3::bigint[], $4::timestamptz[], $9::bigint[], $10::text[]) \
     AS b (chat_id, from_seq, before, latest, number, parts)",
    concat!(
        "(SELECT t.place & 4294967295 AS seq FROM message_text t WHERE t.parts @> b.parts::integer[] \
         AND t.place >> 32 = b.number AND t.place & 4294967295 >= b.from_seq AND t.place & 4294967295 < b.before \
         ORDER BY t.place & 4294967295 DESC) t JOIN messages z ON z.seq = t.seq WHERE ",
        wanted!()
    )
);

/// The newest messages of chats before positions.
const NEWEST: &str = "SELECT b.chat_id, y.seq, y.created_at FROM unnest($1::text[], $2::bigint[]) AS b (chat_id, before) \
    CROSS JOIN LATERAL (SELECT z.seq, z.created_at FROM messages z \
    WHERE z.chat_id = b.chat_id AND z.seq < b.before ORDER BY z.seq DESC LIMIT 1) y";

/// The newest indexed messages of a chat that are scanned anyway: frequent words are found there, and only rare ones
/// are looked up in the index.
macro_rules! select_shelves {
    ($chats:literal) => {
        concat!(
            "SELECT c.id, c.updated_at, i.number, greatest(i.seq - 1000, 0) FROM (",
            $chats,
            ") b JOIN chats c ON c.id = b.id LEFT JOIN indexed i ON i.chat_id = b.id"
        )
    };
}

/// All chats the user is in.
const SHELVES: &str = select_shelves!("SELECT chat_id AS id FROM members WHERE user_id = $1 AND role IS NOT NULL");

/// One chat.
const SHELF: &str = select_shelves!("SELECT id FROM chats WHERE id = $1");

/// Number of messages of one chat that are looked up in the index at a time.
const INDEX_SPAN: u64 = 50_000;
/// Factor by which more messages are looked up in the index than are scanned.
const INDEX_SHARE: u64 = 50;

/// The section of a chat that is looked up in the index, by the chat's number there.
struct Indexed {
    number: i64,
    to: Seq,
    parts: String,
}

#[async_trait]
impl Search for PostgresRepository {
    async fn reacted(&self, user: &UserId, asked: &[Reacted]) -> Result<Vec<bool>> {
        reactions::reacted(&self.readers, user, asked).await.map_err(failure)
    }

    async fn mentions(&self, query: &MentionsQuery) -> Result<Page<Message>> {
        let (at, chat, seq) = behind(query.after.as_ref());
        let values: Parameters<'_> = &[&query.user, &at, &chat, &seq, &one_more(query.limit), &bound()];
        let rows = self.readers.rows(MENTIONS, values).await.map_err(failure)?;
        page(&rows, query.limit).map_err(failure)
    }

    async fn search(&self, query: &SearchQuery) -> Result<SearchPage> {
        search(&self.readers, query).await.map_err(failure)
    }
}

async fn search(readers: &Pool, query: &SearchQuery) -> Result<SearchPage, PgError> {
    let rows = match &query.chat {
        Some(only) => readers.rows(SHELF, &[only]).await?,
        None => readers.rows(SHELVES, &[&query.user]).await?,
    };
    let mut indexed = HashMap::new();
    let mut begin = vec![];
    for row in &rows {
        let mut columns = PgColumns::of(row);
        columns.reads("indexed");
        let chat: ChatId = columns.get()?;
        begin.push(Frontier::begin(query, chat.clone(), columns.get()?, END));
        let number: Option<i64> = columns.value()?;
        let to = columns.optional_number()?;
        // Words too short for the index are searched for in the whole chat.
        if let (Some(number), Some(to), Some(parts)) = (number, to, parts::of_words(&chat, &query.words)) {
            indexed.insert(chat, Indexed { number, to, parts });
        }
    }
    walk::search(&PgSearch { readers, query, indexed }, begin.into_iter(), query).await
}

/// Beyond every clock.
const END: Seq = i64::MAX.unsigned_abs();

struct PgSearch<'a> {
    readers: &'a Pool,
    query: &'a SearchQuery,
    indexed: HashMap<ChatId, Indexed>,
}

/// A section of a chat that one statement searches.
struct PgSearchPart<'a> {
    chat: ChatId,
    from: Seq,
    before: Seq,
    latest: Timestamp,
    index: Option<&'a Indexed>,
}

impl PgSearch<'_> {
    /// The newest messages of a chat: first those not in the index, then those in it.
    fn part(&self, frontier: Frontier, span: u64) -> PgSearchPart<'_> {
        let Frontier { at: latest, chat, before } = frontier;
        let indexed = self.indexed.get(&chat);
        let index = indexed.filter(|indexed| before <= indexed.to + 1);
        let span = if index.is_some() { INDEX_SPAN.min(span.saturating_mul(INDEX_SHARE)) } else { span };
        let lowest = if index.is_some() { 1 } else { indexed.map_or(1, |indexed| indexed.to + 1) };
        PgSearchPart { from: before.saturating_sub(span).max(lowest), chat, before, latest, index }
    }

    async fn read(&self, parts: &[&PgSearchPart<'_>], limit: usize) -> Result<Vec<SizedMessage>, PgError> {
        if parts.is_empty() {
            return Ok(vec![]);
        }
        let chats = column(parts, |part| &part.chat);
        let from = column(parts, |part| integer(part.from));
        let before = column(parts, |part| integer(part.before));
        let latest = column(parts, |part| part.latest);
        let patterns = patterns(self.query);
        let limit = integer(limit as u64);
        let bytes = bound();
        let sender = &self.query.sender;
        let values: Parameters<'_> = &[&chats, &from, &before, &latest, &limit, &bytes, sender, &patterns];
        if parts.iter().all(|part| part.index.is_none()) {
            return rows::messages(&self.readers.rows(SAYING, values).await?);
        }
        let numbers = column(parts, |part| part.index.map(|index| index.number));
        let wanted = column(parts, |part| part.index.map(|index| &*index.parts));
        let values = [values, &[&numbers, &wanted]].concat();
        rows::messages(&self.readers.mapped(INDEXED, &values).await?)
    }
}

impl SearchSteps for PgSearch<'_> {
    type Item = SizedMessage;
    type Error = PgError;
    const AT_ONCE: usize = 32;
    const SPAN: u64 = 16_384;

    async fn newest(&self, before: &[Frontier]) -> Result<Vec<Option<Frontier>>, PgError> {
        let ids = column(before, |frontier| &frontier.chat);
        let positions = column(before, |frontier| integer(frontier.before));
        let mut found = HashMap::new();
        for row in self.readers.rows(NEWEST, &[&ids, &positions]).await? {
            let mut columns = PgColumns::of(&row);
            columns.reads("messages");
            let chat: ChatId = columns.get()?;
            let before = columns.number()? + 1;
            found.insert(chat.clone(), Frontier { at: columns.get()?, chat, before });
        }
        Ok(before.iter().map(|frontier| found.remove(&frontier.chat)).collect())
    }

    async fn step(
        &self,
        from: Vec<Frontier>,
        span: u64,
        limit: usize,
    ) -> Result<Vec<SearchedPart<SizedMessage>>, PgError> {
        let parts: Vec<PgSearchPart<'_>> = from.into_iter().map(|frontier| self.part(frontier, span)).collect();
        let (indexed, others): (Vec<_>, Vec<_>) = parts.iter().partition(|part| part.index.is_some());
        let mut found = self.read(&others, limit).await?;
        found.extend(self.read(&indexed, limit).await?);
        let left = parts.iter().filter(|part| part.from > 1);
        let next = left.map(|part| Frontier { at: part.latest, chat: part.chat.clone(), before: part.from }).collect();
        let looked_through = parts.iter().map(|part| part.before - part.from).sum();
        Ok(vec![SearchedPart { found, looked_through, next }])
    }
}

fn patterns(query: &SearchQuery) -> Vec<Text<String>> {
    query.words.iter().map(|word| Text(pattern(word))).collect()
}

/// The end of the previous page; without one, the beginning.
fn behind(after: Option<&SearchCursor>) -> (Timestamp, ChatId, i64) {
    match after {
        Some(SearchCursor { at, chat, seq }) => (*at, chat.clone(), integer(*seq)),
        None => (never(), ChatId::from(""), i64::MAX),
    }
}

/// A LIKE pattern for texts that contain the word.
fn pattern(word: &str) -> String {
    let mut pattern = String::from("%");
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern + "%"
}

fn page(rows: &[Row], limit: usize) -> Result<Page<Message>, PgError> {
    let PagePart { messages: items, more, .. } = MessageRun(rows::messages(rows)?).cut(PAGE_BYTES, limit);
    Ok(Page { items, more })
}
