//! Permanent removal of messages, and the chats with messages to remove.

use async_trait::async_trait;
use rusqlite::{Connection, Row, params};

use super::journal::JournalIndex;
use super::rows::{self, select_messages};
use super::values::{integer, number, one_more};
use super::view::ChatsView;
use super::{SqliteRepository, index};
use crate::domain::RetentionPolicy;
use crate::protocol::{ChatId, Message, Seq, Timestamp};
use crate::store::error::Result;
use crate::store::repository::{Page, Retention};
use crate::store::sql::page::page;

/// Maximum number of messages removed in one transaction, during which nothing else is written.
const MOST: usize = 500;

pub(super) const OLDEST: &str = concat!(select_messages!(), "WHERE m.chat_id = ?1 ORDER BY m.seq LIMIT ?2");

/// The days after which the chat's messages are removed, and the time of its oldest message in the table.
pub(super) const CHATS: &str = "SELECT c.id, c.retention_days, \
    (SELECT m.created_at FROM messages m WHERE m.chat_id = c.id ORDER BY m.seq LIMIT 1) \
    FROM chats c WHERE c.id > ?1 AND c.hold = 0 AND (?2 > 0 OR c.retention_days IS NOT NULL) ORDER BY c.id LIMIT ?3";

pub(super) const REACTIONS: &str = "DELETE FROM reactions WHERE chat_id = ?1 \
    AND message_id IN (SELECT id FROM messages WHERE chat_id = ?1 AND seq < ?2)";
pub(super) const MENTIONS: &str = "DELETE FROM mentions WHERE chat_id = ?1 AND seq < ?2";
/// Blocks that end before the position; later ones also count remaining messages.
const DELETIONS: &str = "DELETE FROM deletions WHERE chat_id = ?1 AND (block + 1) << width <= ?2";
const MESSAGES: &str = "DELETE FROM messages WHERE chat_id = ?1 AND seq < ?2";
/// Moved rows stay in the journal for some time.
const JOURNALED: &str = "DELETE FROM journal WHERE chat_id = ?1 AND seq < ?2";

#[async_trait]
impl Retention for SqliteRepository {
    async fn expired_chats(
        &self,
        policy: RetentionPolicy,
        now: Timestamp,
        after: Option<&ChatId>,
        limit: usize,
    ) -> Result<Page<ChatId>> {
        let after = after.map_or_else(String::new, ToString::to_string);
        self.view(JournalIndex::capture_all, move |view| expired(view, policy, now, &after, limit)).await
    }
}

/// A chat, and the data that decides whether it has messages to remove.
struct DatedChat {
    chat: ChatId,
    days: Option<u32>,
    oldest: Option<Timestamp>,
}

fn expired(
    view: &ChatsView<'_>,
    policy: RetentionPolicy,
    now: Timestamp,
    after: &str,
    limit: usize,
) -> rusqlite::Result<Page<ChatId>> {
    let mut statement = view.prepare_cached(CHATS)?;
    let dated = |row: &Row<'_>| Ok(DatedChat { chat: row.get(0)?, days: row.get(1)?, oldest: row.get(2)? });
    let found = statement.query_map(params![after, policy.days, one_more(usize::MAX)], dated)?;
    let mut items = vec![];
    for dated in found {
        let DatedChat { chat, days, oldest } = dated?;
        // The journal's messages are newer than those of the table.
        let pending = || view.pending(&chat)?.after(0).next().map(|(_, message)| message.created_at);
        let cutoff = policy.cutoff_of(days, now);
        if oldest.or_else(pending).zip(cutoff).is_some_and(|(oldest, cutoff)| oldest < cutoff) {
            items.push(chat);
        }
        if items.len() > limit {
            break;
        }
    }
    Ok(page(items, limit))
}

/// The oldest messages, up to the first that was sent at or after the given time.
pub(super) fn oldest(view: &ChatsView<'_>, chat: &ChatId, before: Timestamp) -> rusqlite::Result<Vec<Message>> {
    let mut statement = view.prepare_cached(OLDEST)?;
    let stored = statement.query_map(params![chat, integer(MOST as u64)], rows::message)?;
    let pending = view.after(chat, 0).into_iter().map(|pending| view.read(&pending.message));
    let mut found = vec![];
    for row in stored.chain(pending).take(MOST) {
        let message = row?.message;
        if message.created_at >= before {
            break;
        }
        found.push(message);
    }
    Ok(found)
}

/// Removes the messages below a position and everything that belongs to them. The chat must have no pending rows.
pub(super) fn trim(connection: &Connection, chat: &ChatId, before: Seq) -> rusqlite::Result<()> {
    index::trim(connection, chat, before)?;
    for statement in [REACTIONS, MENTIONS, DELETIONS, MESSAGES, JOURNALED] {
        connection.prepare_cached(statement)?.execute(params![chat, integer(before)])?;
    }
    Ok(())
}

/// The lowest position that a message of the chat can have.
pub(super) fn first_seq(view: &ChatsView<'_>, chat: &ChatId) -> rusqlite::Result<Seq> {
    let mut statement = view.prepare_cached("SELECT first_seq FROM chats WHERE id = ?1")?;
    let found = statement.query_map([chat], |row| number(row, 0))?.next().transpose()?;
    Ok(found.unwrap_or(1))
}
