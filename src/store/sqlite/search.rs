//! Finding messages across chats.

use async_trait::async_trait;
use rusqlite::{Connection, Row, named_params};

use super::rows::{self, SqliteMessageRow, message_columns, select_messages};
use super::values::{integer, one_more};
use super::view::ChatsView;
use super::{SqliteRepository, index, reactions};
use crate::domain::name_key;
use crate::protocol::error::Result;
use crate::protocol::{ChatId, Message, Timestamp, UserId};
use crate::store::found::{Bound, newest, sort};
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart, Stored};
use crate::store::repository::{MentionsQuery, Page, Reacted, Search, SearchQuery};

/// The undeleted messages that mention a user, of the chats the user is in, newest first.
pub(super) const MENTIONS: &str = concat!(
    select_messages!(),
    "JOIN mentions n ON n.chat_id = m.chat_id AND n.seq = m.seq \
     JOIN members b ON b.chat_id = n.chat_id AND b.user_id = n.user_id AND b.role IS NOT NULL \
     WHERE n.user_id = :user AND n.created_at <= :at \
     AND (n.created_at < :at OR n.chat_id > :chat OR n.chat_id = :chat AND n.seq < :seq) \
     ORDER BY n.created_at DESC, n.chat_id, n.seq DESC LIMIT :limit"
);

pub(super) const MENTION_COUNT: &str = "SELECT count(*) FROM mentions WHERE user_id = ?1 AND chat_id = ?2 AND seq > ?3";

/// The messages of one chat that say something, newest first.
pub(super) const SAYING: &str = concat!(
    select_messages!(),
    "WHERE m.chat_id = :chat AND m.seq > :after AND m.seq < :before AND m.created_at <= :latest AND m.deleted_at IS NULL \
     AND (:sender IS NULL OR m.sender_id = :sender) AND says_all(m.content, :words) \
     ORDER BY m.seq DESC LIMIT :limit"
);

/// The same among those that are in the index; which table comes first is not left to chance.
pub(super) const INDEXED: &str = concat!(
    "SELECT ",
    message_columns!(),
    " FROM message_text t CROSS JOIN messages m ON m.chat_id = :chat AND m.seq = t.rowid - :base \
     CROSS JOIN users u ON u.id = m.sender_id \
     WHERE t.message_text MATCH :question AND t.rowid > :base AND t.rowid < :base + :before \
     AND m.created_at <= :latest AND m.deleted_at IS NULL \
     AND (:sender IS NULL OR m.sender_id = :sender) AND says_all(m.content, :words) \
     ORDER BY t.rowid DESC LIMIT :limit"
);

/// The chats a user is in, those with the newest messages first.
const OWN: &str = "SELECT c.id, c.updated_at FROM members b JOIN chats c ON c.id = b.chat_id \
    WHERE b.user_id = ?1 AND b.role IS NOT NULL ORDER BY c.updated_at DESC, c.id";

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

    async fn search(&self, query: &SearchQuery) -> Result<Page<Message>> {
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
    let found: Vec<SqliteMessageRow> = bounded(statement.query_map(parameters, rows::message)?)?;
    let PagePart { messages: items, more } = MessageRun(found).cut(PAGE_BYTES, query.limit);
    Ok(Page { items, more })
}

/// As many as may be on a page by their bytes, and one more.
fn bounded(rows: impl Iterator<Item = rusqlite::Result<SqliteMessageRow>>) -> rusqlite::Result<Vec<SqliteMessageRow>> {
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

pub(super) fn search(view: &ChatsView<'_>, query: &SearchQuery) -> rusqlite::Result<Page<Message>> {
    if let Some(chat) = &query.chat {
        let found = said(view, query, chat)?;
        return Ok(newest(found, query.limit));
    }
    let own = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let mut chats: Vec<(ChatId, Timestamp)> =
        view.prepare_cached(OWN)?.query_map([&query.user], own)?.collect::<rusqlite::Result<_>>()?;
    for (chat, updated_at) in &mut chats {
        if let Some(pending) = view.pending(chat) {
            *updated_at = pending.updated_at;
        }
    }
    chats.sort_by(|(one, one_at), (other, other_at)| other_at.cmp(one_at).then_with(|| one.cmp(other)));
    let mut found: Vec<SqliteMessageRow> = vec![];
    for (chat, updated_at) in chats {
        // No message of this chat or of those after it is newer than that.
        if found.len() > query.limit && found.last().is_some_and(|last| last.message.created_at > updated_at) {
            break;
        }
        found.extend(said(view, query, &chat)?);
        sort(&mut found);
        found.truncate(query.limit + 1);
    }
    Ok(newest(found, query.limit))
}

/// The newest messages of one chat that say it: of those that are not in the index, then of those that are.
fn said(view: &ChatsView<'_>, query: &SearchQuery, chat: &ChatId) -> rusqlite::Result<Vec<SqliteMessageRow>> {
    let Bound { latest, before } = Bound::of(query.after.as_ref(), chat, i64::MAX as u64);
    let question = index::question(&query.words);
    let words = query.words.join("\n");
    let shelf = if question.is_some() { index::shelf(view, chat)? } else { None };
    let parameters = named_params! {
        ":chat": chat, ":before": integer(before), ":latest": latest, ":sender": query.sender, ":words": words,
        ":limit": one_more(query.limit), ":after": shelf.map_or(0, |shelf| shelf.seq),
    };
    let mut saying = view.prepare_cached(SAYING)?;
    let saying = saying.query_map(parameters, rows::message)?;
    let newest = pending(view, query, chat, Bound { latest, before });
    let mut found = bounded(newest.into_iter().chain(saying).take(query.limit.saturating_add(1)))?;
    if let Some(shelf) = shelf.filter(|_| found.len() <= query.limit) {
        let parameters = named_params! {
            ":chat": chat, ":before": integer(before).min(shelf.seq + 1), ":latest": latest, ":sender": query.sender,
            ":words": words, ":limit": one_more(query.limit - found.len()), ":base": shelf.base,
            ":question": question,
        };
        found.extend(bounded(view.prepare_cached(INDEXED)?.query_map(parameters, rows::message)?)?);
    }
    Ok(found)
}

/// The pending messages of a chat that say it, newest first.
fn pending(
    view: &ChatsView<'_>,
    query: &SearchQuery,
    chat: &ChatId,
    bound: Bound,
) -> Vec<rusqlite::Result<SqliteMessageRow>> {
    let mut pending = view.after(chat, 0);
    pending.retain(|row| {
        let is_of_sender = query.sender.as_ref().is_none_or(|sender| *sender == row.message.sender);
        is_of_sender && row.seq < bound.before && row.message.created_at <= bound.latest
    });
    let says = |row: &SqliteMessageRow| {
        let text = name_key(&row.message.content);
        query.words.iter().all(|word| text.contains(word.as_str()))
    };
    let read = pending.iter().rev().map(|row| view.read(&row.message));
    read.filter(|row| row.as_ref().map_or(true, says)).collect()
}
