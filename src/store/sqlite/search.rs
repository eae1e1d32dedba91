//! Finds messages across chats.

use std::future::ready;

use async_trait::async_trait;
use futures_util::FutureExt;
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::rows::{self, select_messages, sized_message_columns};
use super::values::{integer, one_more};
use super::view::ChatsView;
use super::{SqliteRepository, index, reactions};
use crate::domain::name_key;
use crate::protocol::{ChatId, Message, Seq, Timestamp, UserId};
use crate::store::error::Result;
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart, Stored};
use crate::store::repository::{MentionsQuery, Page, Reacted, Search, SearchPage, SearchQuery};
use crate::store::sql::SizedMessage;
use crate::store::walk::{self, Frontier, SearchSteps, SearchedPart};

/// The undeleted messages that mention a user, in the chats the user is in, newest first.
pub(super) const MENTIONS: &str = concat!(
    select_messages!(),
    "JOIN mentions n ON n.chat_id = m.chat_id AND n.seq = m.seq \
     JOIN members b ON b.chat_id = n.chat_id AND b.user_id = n.user_id AND b.role IS NOT NULL \
     WHERE n.user_id = :user AND n.created_at <= :at \
     AND (n.created_at < :at OR n.chat_id > :chat OR n.chat_id = :chat AND n.seq < :seq) \
     ORDER BY n.created_at DESC, n.chat_id, n.seq DESC LIMIT :limit"
);

pub(super) const MENTION_COUNT: &str =
    "SELECT count(*) FROM mentions WHERE user_id = ?1 AND chat_id = ?2 AND mentioned_seq > ?3";

/// The messages of one chat with a matching text, newest first.
pub(super) const SAYING: &str = concat!(
    select_messages!(),
    "WHERE m.chat_id = :chat AND m.seq >= :from AND m.seq < :before AND m.created_at <= :latest AND m.deleted_at IS NULL \
     AND (:sender IS NULL OR m.sender_id = :sender) AND says_all(m.content, :words) \
     ORDER BY m.seq DESC LIMIT :limit"
);

/// The same among indexed messages; the statement fixes which table comes first.
pub(super) const INDEXED: &str = concat!(
    "SELECT ",
    sized_message_columns!(),
    " FROM message_text t CROSS JOIN messages m ON m.chat_id = :chat AND m.seq = t.rowid - :base \
     CROSS JOIN users u ON u.id = m.sender_id \
     WHERE t.message_text MATCH :question AND t.rowid >= :base + :from AND t.rowid < :base + :before \
     AND m.created_at <= :latest AND m.deleted_at IS NULL \
     AND (:sender IS NULL OR m.sender_id = :sender) AND says_all(m.content, :words) \
     ORDER BY t.rowid DESC LIMIT :limit"
);

/// The chats a user is in, and the time of their latest activity.
const OWN: &str = "SELECT c.id, c.updated_at FROM members b JOIN chats c ON c.id = b.chat_id \
    WHERE b.user_id = ?1 AND b.role IS NOT NULL";

/// The newest message before a position.
const NEWEST: &str = "SELECT seq, created_at FROM messages WHERE chat_id = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT 1";

#[async_trait]
impl Search for SqliteRepository {
    async fn reacted(&self, user: &UserId, asked: &[Reacted]) -> Result<Vec<bool>> {
        let user = user.clone();
        let asked = asked.to_vec();
        self.readers.read(move |snapshot| reactions::reacted(snapshot, &user, &asked)).await
    }

    async fn mentions(&self, query: &MentionsQuery) -> Result<Page<Message>> {
        let query = query.clone();
        self.readers.read(move |snapshot| mentions(snapshot, &query)).await
    }

    async fn search(&self, query: &SearchQuery) -> Result<SearchPage> {
        let query = query.clone();
        match query.chat.clone() {
            Some(chat) => self.read_chat(&chat, move |view| search(view, &query)).await,
            None => self.read_own_chats(&query.user.clone(), move |view| search(view, &query)).await,
        }
    }
}

fn mentions(connection: &Connection, query: &MentionsQuery) -> rusqlite::Result<Page<Message>> {
    let after = query.after.as_ref();
    let parameters = named_params! {
        ":user": query.user, ":at": after.map_or(i64::MAX, |place| place.at.millis()),
        ":chat": after.map_or("", |place| &*place.chat), ":seq": after.map_or(i64::MAX, |place| integer(place.seq)),
        ":limit": one_more(query.limit),
    };
    let mut statement = connection.prepare_cached(MENTIONS)?;
    let found: Vec<SizedMessage> = bounded(statement.query_map(parameters, rows::message)?)?;
    let PagePart { messages: items, more, .. } = MessageRun(found).cut(PAGE_BYTES, query.limit);
    Ok(Page { items, more })
}

/// As many as a page may hold by bytes, and one more.
fn bounded(rows: impl Iterator<Item = rusqlite::Result<SizedMessage>>) -> rusqlite::Result<Vec<SizedMessage>> {
    let mut found = vec![];
    let mut bytes = 0;
    for row in rows {
        let row = row?;
        bytes += row.bytes();
        found.push(row);
        if bytes > PAGE_BYTES && found.len() > 1 {
            break;
        }
    }
    Ok(found)
}

pub(super) fn search(view: &ChatsView<'_>, query: &SearchQuery) -> rusqlite::Result<SearchPage> {
    let chats: Vec<(ChatId, Timestamp)> = match &query.chat {
        Some(chat) => vec![(chat.clone(), Timestamp::from_millis(i64::MAX))],
        None => own_chats(view, &query.user)?,
    };
    let begin = |(chat, latest)| Frontier::begin(query, chat, latest, i64::MAX as u64);
    let steps = SqliteSearch { view, query, words: query.words.join("\n"), question: index::question(&query.words) };
    let found = walk::search(&steps, chats.into_iter().map(begin), query);
    found.now_or_never().expect("SQLite answers at once")
}

/// The chats of a user, and the time of their latest activity.
fn own_chats(view: &ChatsView<'_>, user: &UserId) -> rusqlite::Result<Vec<(ChatId, Timestamp)>> {
    let own = |row: &Row<'_>| {
        let chat: ChatId = row.get(0)?;
        let updated_at = match view.pending(&chat) {
            Some(pending) => pending.updated_at,
            None => row.get(1)?,
        };
        Ok((chat, updated_at))
    };
    view.prepare_cached(OWN)?.query_map([user], own)?.collect()
}

struct SqliteSearch<'a> {
    view: &'a ChatsView<'a>,
    query: &'a SearchQuery,
    words: String,
    question: Option<String>,
}

/// Number of messages of one chat that are searched at a time.
const SPAN: u64 = 1000;
/// Number of indexed messages that are searched at a time; only those with all trigrams cost anything.
const INDEX_SPAN: u64 = 50_000;
/// Factor by which more messages are looked up in the index than are scanned.
const INDEX_SHARE: u64 = 50;

impl SqliteSearch<'_> {
    /// Searches the newest messages of a chat: first those not in the index, then those in it.
    fn look(&self, frontier: &Frontier, span: u64, limit: usize) -> rusqlite::Result<SearchedPart<SizedMessage>> {
        let Frontier { at: latest, chat, before } = frontier;
        let before = *before;
        let shelf = if self.question.is_some() { index::shelf(self.view, chat)? } else { None };
        let indexed = shelf.map_or(0, |shelf| shelf.seq.unsigned_abs());
        let is_in_index = before <= indexed + 1;
        let span = if is_in_index { INDEX_SPAN.min(span.saturating_mul(INDEX_SHARE)) } else { span };
        let lowest = if is_in_index { 1 } else { indexed + 1 };
        let from = before.saturating_sub(span).max(lowest);
        let parameters = named_params! {
            ":chat": chat, ":from": integer(from), ":before": integer(before), ":latest": latest,
            ":sender": self.query.sender, ":words": self.words, ":limit": integer(limit as u64),
        };
        let found = match shelf.filter(|_| is_in_index) {
            None => {
                let mut saying = self.view.prepare_cached(SAYING)?;
                let saying = saying.query_map(parameters, rows::message)?;
                bounded(self.pending(frontier, from).into_iter().chain(saying).take(limit))?
            }
            Some(shelf) => {
                let mut parameters = parameters.to_vec();
                parameters.extend(named_params! { ":base": shelf.base, ":question": self.question });
                bounded(self.view.prepare_cached(INDEXED)?.query_map(&*parameters, rows::message)?)?
            }
        };
        let next = (from > 1).then(|| Frontier { before: from, ..frontier.clone() });
        Ok(SearchedPart { found, looked_through: before - from, next: next.into_iter().collect() })
    }

    /// The matching messages of the journal after a frontier and from a position on, newest first. None of them is in
    /// the index.
    fn pending(&self, frontier: &Frontier, from: Seq) -> Vec<rusqlite::Result<SizedMessage>> {
        let mut pending = self.view.after(&frontier.chat, from.saturating_sub(1));
        pending.retain(|row| {
            let is_of_sender = self.query.sender.as_ref().is_none_or(|sender| *sender == row.message.sender);
            is_of_sender && row.seq < frontier.before && row.message.created_at <= frontier.at
        });
        let says = |row: &SizedMessage| {
            let text = name_key(&row.message.content);
            self.query.words.iter().all(|word| text.contains(word.as_str()))
        };
        let read = pending.iter().rev().map(|row| self.view.read(&row.message));
        read.filter(|row| row.as_ref().map_or(true, says)).collect()
    }

    fn newest_in(&self, chat: &ChatId, before: Seq) -> rusqlite::Result<Option<Frontier>> {
        if let Some(pending) = self.view.pending(chat)
            && let Some((seq, message)) = pending.after(0).rfind(|(seq, _)| *seq < before)
        {
            return Ok(Some(Frontier { at: message.created_at, chat: chat.clone(), before: seq + 1 }));
        }
        let mut statement = self.view.prepare_cached(NEWEST)?;
        let frontier = |row: &Row<'_>| {
            Ok(Frontier { at: row.get(1)?, chat: chat.clone(), before: rows::seq(row)?.saturating_add(1) })
        };
        statement.query_row(params![chat, integer(before)], frontier).optional()
    }
}

impl SearchSteps for SqliteSearch<'_> {
    type Item = SizedMessage;
    type Error = rusqlite::Error;
    const AT_ONCE: usize = 8;
    const SPAN: u64 = SPAN * Self::AT_ONCE as u64;

    fn newest(&self, before: &[Frontier]) -> impl Future<Output = rusqlite::Result<Vec<Option<Frontier>>>> + Send {
        ready(before.iter().map(|frontier| self.newest_in(&frontier.chat, frontier.before)).collect())
    }

    fn step(
        &self,
        from: Vec<Frontier>,
        span: u64,
        limit: usize,
    ) -> impl Future<Output = rusqlite::Result<Vec<SearchedPart<SizedMessage>>>> + Send {
        ready(from.iter().map(|frontier| self.look(frontier, span.min(SPAN), limit)).collect())
    }
}
