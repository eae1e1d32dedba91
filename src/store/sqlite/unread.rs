//! Counts unread messages by ordinals instead of one by one.

use rusqlite::params;

use super::retention::first_seq;
use super::values::{integer, number};
use super::view::ChatsView;
use crate::protocol::{ChatId, Seq, UserId};

/// The number of messages up to a position that other users sent.
///
/// If the messages up to there were trimmed, it is the number before the first remaining one: only differences matter.
pub(super) const OTHERS: &str = "SELECT \
    coalesce((SELECT ordinal FROM messages WHERE chat_id = ?1 AND seq <= ?3 ORDER BY seq DESC LIMIT 1), \
    (SELECT ordinal - 1 FROM messages WHERE chat_id = ?1 ORDER BY seq LIMIT 1), 0) \
    - coalesce((SELECT own_ordinal FROM messages WHERE chat_id = ?1 AND sender_id = ?2 AND seq <= ?3 \
    ORDER BY seq DESC LIMIT 1), \
    (SELECT own_ordinal - 1 FROM messages WHERE chat_id = ?1 AND sender_id = ?2 ORDER BY seq LIMIT 1), 0)";

/// The number of other users' deleted messages after a position: counted singly to the end of the small block, then by
/// small blocks to the end of the large one, then by large blocks.
pub(super) const GONE: &str = "SELECT (SELECT count(*) FROM messages INDEXED BY deleted_messages \
    WHERE chat_id = ?1 AND seq > ?3 AND seq < ((?3 >> 8) + 1) << 8 AND sender_id <> ?2 AND deleted_at IS NOT NULL) \
    + ifnull((SELECT sum(iif(sender_id = '', messages, -messages)) FROM deletions WHERE chat_id = ?1 \
    AND sender_id IN ('', ?2) AND width = 8 AND block > ?3 >> 8 AND block < ((?3 >> 16) + 1) << 8), 0) \
    + ifnull((SELECT sum(iif(sender_id = '', messages, -messages)) FROM deletions WHERE chat_id = ?1 \
    AND sender_id IN ('', ?2) AND width = 16 AND block > ?3 >> 16), 0)";

pub(super) fn others(view: &ChatsView<'_>, chat: &ChatId, user: &UserId, to: Seq) -> rusqlite::Result<u64> {
    let mut moved = view.prepare_cached(OTHERS)?;
    let moved = moved.query_row(params![chat, user, integer(to)], |row| number(row, 0))?;
    Ok(moved + view.pending_others(chat, user, to))
}

/// The number of other users' undeleted messages after a position. The cost does not grow with it.
pub(super) fn unread(view: &ChatsView<'_>, chat: &ChatId, user: &UserId, read: Seq) -> rusqlite::Result<u64> {
    // Deletions of trimmed messages may still be counted in their blocks.
    let read = read.max(first_seq(view, chat)?.saturating_sub(1));
    let all = others(view, chat, user, Seq::MAX)? - others(view, chat, user, read)?;
    let gone = params![chat, user, integer(read)];
    let gone = view.prepare_cached(GONE)?.query_row(gone, |row| number(row, 0))?;
    Ok(all.saturating_sub(gone))
}
