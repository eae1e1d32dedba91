//! Finding messages across chats.

use async_trait::async_trait;
use tokio_postgres::Row;

use super::messages::{bound, select_messages};
use super::rows::{self, message_columns};
use super::session::Values;
use super::trouble::{Trouble, failure};
use super::values::{Text, integer, never, one_more};
use super::{PostgresRepository, reactions};
use crate::error::Result;
use crate::model::{ChatId, Message, Timestamp, UserId};
use crate::repository::{MentionsQuery, Page, Place, Reacted, Search, SearchQuery};
use crate::store::page::{PAGE_BYTES, Run};

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

/// The messages that say something: of every chat the newest, of these the newest. Each chat is walked through from its
/// end, or from where the page before ended, only until there are enough.
macro_rules! select_saying {
    ($chats:literal) => {
        select_newest!(
            concat!(
                "JOIN (SELECT y.chat_id, y.seq FROM (",
                $chats,
                ") b CROSS JOIN LATERAL (SELECT z.chat_id, z.seq, z.created_at FROM messages z \
                   WHERE z.chat_id = b.chat_id \
                   AND z.seq < CASE WHEN b.chat_id = $3 THEN $4 ELSE 9223372036854775807 END \
                   AND z.created_at <= $2 AND (z.created_at < $2 OR z.chat_id >= $3) AND z.deleted_at IS NULL \
                   AND ($7::text IS NULL OR z.sender_id = $7) AND z.content_key LIKE ALL ($8::text[]) \
                   ORDER BY z.seq DESC LIMIT $5) y \
                 ORDER BY y.created_at DESC, y.chat_id, y.seq DESC LIMIT $5) found \
                 ON x.chat_id = found.chat_id AND x.seq = found.seq"
            ),
            "$6"
        )
    };
}

/// In all chats the user is in.
const SAYING: &str = select_saying!("SELECT m.chat_id FROM members m WHERE m.user_id = $1 AND m.role IS NOT NULL");

/// In one chat.
const SAYING_IN: &str = select_saying!("SELECT c.id AS chat_id FROM chats c WHERE c.id = $1");

#[async_trait]
impl Search for PostgresRepository {
    async fn reacted(&self, user: &UserId, asked: &[Reacted]) -> Result<Vec<bool>> {
        reactions::reacted(&self.readers, user, asked).await.map_err(failure)
    }

    async fn mentions(&self, query: &MentionsQuery) -> Result<Page<Message>> {
        let (at, chat, seq) = behind(query.after.as_ref());
        let values: Values<'_> = &[&query.user, &at, &chat, &seq, &one_more(query.limit), &bound()];
        let rows = self.readers.rows(MENTIONS, values).await.map_err(failure)?;
        page(&rows, query.limit).map_err(failure)
    }

    async fn search(&self, query: &SearchQuery) -> Result<Page<Message>> {
        let (at, chat, seq) = behind(query.after.as_ref());
        let patterns: Vec<Text<String>> = query.words.iter().map(|word| Text(pattern(word))).collect();
        let (limit, bytes) = (one_more(query.limit), bound());
        let rows = match &query.chat {
            Some(only) => {
                let values: Values<'_> = &[only, &at, &chat, &seq, &limit, &bytes, &query.sender, &patterns];
                self.readers.rows(SAYING_IN, values).await
            }
            None => {
                let values: Values<'_> = &[&query.user, &at, &chat, &seq, &limit, &bytes, &query.sender, &patterns];
                self.readers.rows(SAYING, values).await
            }
        };
        page(&rows.map_err(failure)?, query.limit).map_err(failure)
    }
}

/// Where the page before ended; without one, before everything.
fn behind(after: Option<&Place>) -> (Timestamp, ChatId, i64) {
    match after {
        Some(Place { at, chat, seq }) => (*at, chat.clone(), integer(*seq)),
        None => (never(), ChatId::from(""), i64::MAX),
    }
}

/// What is LIKE every text that has the word in it.
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

fn page(rows: &[Row], limit: usize) -> Result<Page<Message>, Trouble> {
    let (items, more) = Run(rows::messages(rows)?).cut(PAGE_BYTES, limit);
    Ok(Page { items, more })
}
