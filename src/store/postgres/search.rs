//! Finding messages across chats.

use async_trait::async_trait;
use tokio_postgres::Row;

use super::error::{PgError, failure};
use super::messages::{bound, select_messages};
use super::rows::{self, PgMessageRow, message_columns};
use super::session::{Parameters, Pool};
use super::values::{Text, column, integer, never, one_more};
use super::{PostgresRepository, parts, reactions};
use crate::protocol::{ChatId, Message, Timestamp, UserId};
use crate::store::error::Result;
use crate::store::found::newest;
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart};
use crate::store::repository::{MentionsQuery, Page, Reacted, Search, SearchCursor, SearchQuery};

/// Messages of several chats, newest first, cut off on the server behind the one with which a page has too many bytes,
/// but not before the second: so whether there are more is known.
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

/// The undeleted messages that mention a user, of the chats the user is in.
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
        "z.chat_id = b.chat_id AND z.seq < CASE WHEN b.chat_id = $3 THEN $4 ELSE 9223372036854775807 END \
         AND z.created_at <= $2 AND (z.created_at < $2 OR z.chat_id >= $3) AND z.deleted_at IS NULL \
         AND ($7::text IS NULL OR z.sender_id = $7) AND z.content_key LIKE ALL ($8::text[])"
    };
}

/// The messages that say something: of every chat the newest, of these the newest.
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

/// Each chat is walked through from its end, or from where the page before ended, only until there are enough.
const SAYING: &str = select_saying!(
    "unnest($1::text[], $9::bigint[]) AS b (chat_id, from_seq)",
    concat!("messages z WHERE z.seq > b.from_seq AND ", wanted!())
);

/// The same among those that have all the parts that are asked for, in each chat up to where the walk ended. Nothing
/// but the parts leads to them: no other way is shorter.
const INDEXED: &str = select_saying!(
    "unnest($1::text[], $9::bigint[], $10::bigint[], $11::text[]) AS b (chat_id, to_seq, number, parts)",
    concat!(
        "(SELECT t.place & 4294967295 AS seq FROM message_text t WHERE t.parts @> b.parts::integer[] \
         AND t.place >> 32 = b.number AND t.place & 4294967295 <= b.to_seq ORDER BY t.place & 4294967295 DESC) t \
         JOIN messages z ON z.seq = t.seq WHERE ",
        wanted!()
    )
);

/// The newest messages of a chat that are walked through though they are in the index: what is said often is found
/// there, and only what is said rarely is looked up.
macro_rules! select_shelves {
    ($chats:literal) => {
        concat!(
            "SELECT b.id, i.number, greatest(i.seq - 1000, 0), (SELECT x.created_at FROM messages x \
             WHERE x.chat_id = b.id AND x.seq <= i.seq - 1000 ORDER BY x.seq DESC LIMIT 1) FROM (",
            $chats,
            ") b LEFT JOIN indexed i ON i.chat_id = b.id"
        )
    };
}

/// All chats the user is in.
const SHELVES: &str = select_shelves!("SELECT chat_id AS id FROM members WHERE user_id = $1 AND role IS NOT NULL");

/// One chat.
const SHELF: &str = select_shelves!("SELECT id FROM chats WHERE id = $1");

/// A chat, and how far it is looked up in the index.
struct IndexedChat {
    chat: ChatId,
    indexed: Option<Indexed>,
}

struct Indexed {
    number: i64,
    to: i64,
    /// When its newest message was sent.
    latest: Timestamp,
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

    async fn search(&self, query: &SearchQuery) -> Result<Page<Message>> {
        search(&self.readers, query).await.map_err(failure)
    }
}

/// Finds messages outside the index first, then those in it as far as they may be newer than the last on the page.
async fn search(readers: &Pool, query: &SearchQuery) -> Result<Page<Message>, PgError> {
    let shelves = shelves(readers, query).await?;
    let mut found = said(readers, query, &shelves).await?;
    let last = found.get(query.limit).map(|last| last.message.created_at);
    let is_open = |shelf: &&IndexedChat| {
        let indexed = shelf.indexed.as_ref();
        indexed.is_some_and(|indexed| last.is_none_or(|last| last <= indexed.latest))
    };
    let open: Vec<&IndexedChat> = shelves.iter().filter(is_open).collect();
    if !open.is_empty() {
        found.extend(looked_up(readers, query, &open).await?);
    }
    Ok(newest(found, query.limit))
}

/// The chats that are searched; those that the index is of no use for are looked through whole.
async fn shelves(readers: &Pool, query: &SearchQuery) -> Result<Vec<IndexedChat>, PgError> {
    let rows = match &query.chat {
        Some(only) => readers.rows(SHELF, &[only]).await?,
        None => readers.rows(SHELVES, &[&query.user]).await?,
    };
    let shelf = |row: &Row| {
        let chat: ChatId = row.try_get(0)?;
        let number: Option<i64> = row.try_get(1)?;
        let has_parts = parts::of_words(&chat, &query.words).is_some();
        let indexed = match (number, row.try_get(3)?) {
            (Some(number), Some(latest)) if has_parts => Some(Indexed { number, to: row.try_get(2)?, latest }),
            _ => None,
        };
        Ok(IndexedChat { chat, indexed })
    };
    rows.iter().map(shelf).collect()
}

async fn said(readers: &Pool, query: &SearchQuery, shelves: &[IndexedChat]) -> Result<Vec<PgMessageRow>, PgError> {
    let (at, last, seq) = behind(query.after.as_ref());
    let chats = column(shelves, |shelf| &shelf.chat);
    let from = column(shelves, |shelf| shelf.indexed.as_ref().map_or(0, |indexed| indexed.to));
    let limit = one_more(query.limit);
    let bytes = bound();
    let patterns = patterns(query);
    let values: Parameters<'_> = &[&chats, &at, &last, &seq, &limit, &bytes, &query.sender, &patterns, &from];
    rows::messages(&readers.rows(SAYING, values).await?)
}

async fn looked_up(
    readers: &Pool,
    query: &SearchQuery,
    shelves: &[&IndexedChat],
) -> Result<Vec<PgMessageRow>, PgError> {
    let (at, last, seq) = behind(query.after.as_ref());
    let chats = column(shelves, |shelf| &shelf.chat);
    let to = column(shelves, |shelf| shelf.indexed.as_ref().map(|indexed| indexed.to));
    let numbers = column(shelves, |shelf| shelf.indexed.as_ref().map(|indexed| indexed.number));
    let parts = column(shelves, |shelf| parts::of_words(&shelf.chat, &query.words));
    let limit = one_more(query.limit);
    let bytes = bound();
    let patterns = patterns(query);
    let values: Parameters<'_> =
        &[&chats, &at, &last, &seq, &limit, &bytes, &query.sender, &patterns, &to, &numbers, &parts];
    rows::messages(&readers.mapped(INDEXED, values).await?)
}

fn patterns(query: &SearchQuery) -> Vec<Text<String>> {
    query.words.iter().map(|word| Text(pattern(word))).collect()
}

/// Where the page before ended; without one, before everything.
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
    let PagePart { messages: items, more } = MessageRun(rows::messages(rows)?).cut(PAGE_BYTES, limit);
    Ok(Page { items, more })
}
