//! Moves rows of the journal to their ordered tables.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{JournalIndex, JournalState, LARGEST, LONGEST, Pending};
use crate::protocol::{ChatId, UserId};
use crate::store::repository::Progress;
use crate::store::sqlite::index;
use crate::store::sqlite::values::integer;

pub(in crate::store::sqlite) const MESSAGE: &str = "INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, \
    role, content, attachments, reply_to, metadata, created_at, ordinal, own_ordinal) \
    SELECT chat_id, seq, id, seq, sender_id, role, content, attachments, reply_to, metadata, created_at, ?2, ?3 \
    FROM journal WHERE n = ?1";

pub(in crate::store::sqlite) const ORDINAL: &str =
    "SELECT ordinal FROM messages WHERE chat_id = ?1 ORDER BY seq DESC LIMIT 1";

pub(in crate::store::sqlite) const OWN_ORDINAL: &str =
    "SELECT own_ordinal FROM messages WHERE chat_id = ?1 AND sender_id = ?2 ORDER BY seq DESC LIMIT 1";

pub(in crate::store::sqlite) const CHAT: &str = "UPDATE chats SET updated_at = ?3, seq = ?2, \
    message_count = message_count + ?4, last_seq = ?2 WHERE id = ?1";

pub(in crate::store::sqlite) const MARKS: &str = "UPDATE members SET read_seq = ?3, read_at = ?4, \
    delivered_seq = ?5, delivered_at = ?6 WHERE chat_id = ?1 AND user_id = ?2";

pub(in crate::store::sqlite) const REMOVE: &str = "DELETE FROM journal WHERE n < ?1";

pub(in crate::store::sqlite) const REMOVE_MARKS: &str = "DELETE FROM journal_marks WHERE n < ?1";

/// Minimum number of rows moved in one transaction, if there are as many; commits wait for it.
const SLICE: usize = 128;
/// Maximum number of rows moved in one transaction, not counting the last chat's.
const LARGEST_SLICE: usize = 1024;
/// Number of rows removed from the journal in one transaction.
const REMOVED: i64 = 4096;

/// Moves a chat's pending rows to their tables.
pub(in crate::store::sqlite) fn fold(
    connection: &Connection,
    chat: &ChatId,
    pending: &Pending,
) -> rusqlite::Result<()> {
    if pending.len() > 0 {
        let mut ordinals = Ordinals::of(connection, chat)?;
        let mut insert = connection.prepare_cached(MESSAGE)?;
        for (_, message) in pending.after(0) {
            let own = ordinals.own(connection, chat, &message.sender)?;
            ordinals.latest += 1;
            if insert.execute(params![message.n, ordinals.latest, own])? != 1 {
                // Pending rows are never removed; without them the chat would have a gap.
                return Err(rusqlite::Error::QueryReturnedNoRows);
            }
        }
        let head = integer(pending.head());
        let row = params![chat, head, pending.updated_at, integer(pending.len())];
        connection.prepare_cached(CHAT)?.execute(row)?;
        index::grew(connection, chat, pending.base, pending.head())?;
    }
    for (user, progress) in &pending.marks {
        let Progress { read, read_at, delivered, delivered_at } = progress;
        let row = params![chat, user, integer(*read), read_at, integer(*delivered), delivered_at];
        connection.prepare_cached(MARKS)?.execute(row)?;
    }
    Ok(())
}

/// The numbers of the latest messages of a chat.
struct Ordinals {
    latest: i64,
    own: HashMap<UserId, i64>,
}

impl Ordinals {
    fn of(connection: &Connection, chat: &ChatId) -> rusqlite::Result<Self> {
        let latest = connection.prepare_cached(ORDINAL)?.query_row([chat], |row| row.get(0)).optional()?;
        Ok(Ordinals { latest: latest.unwrap_or(0), own: HashMap::new() })
    }

    /// The number of the sender's next message.
    fn own(&mut self, connection: &Connection, chat: &ChatId, sender: &UserId) -> rusqlite::Result<i64> {
        let own = match self.own.entry(sender.clone()) {
            Entry::Occupied(own) => own.into_mut(),
            Entry::Vacant(own) => {
                let mut latest = connection.prepare_cached(OWN_ORDINAL)?;
                own.insert(latest.query_row(params![chat, sender], |row| row.get(0)).optional()?.unwrap_or(0))
            }
        };
        *own += 1;
        Ok(*own)
    }
}

/// Moves some rows if it is due; about twice as many as were appended since the last time.
pub(in crate::store::sqlite) fn tend(connection: &Connection, journal: &JournalIndex) -> rusqlite::Result<()> {
    let slice = {
        let mut state = journal.state.lock();
        if state.next - state.oldest >= LONGEST || state.bytes >= LARGEST {
            state.begin_emptying();
        }
        state.slice()
    };
    move_rows(connection, journal, &slice)?;
    trim(connection, journal)
}

/// Moves some of the rows; true if some are left.
pub(in crate::store::sqlite) fn settle(connection: &Connection, journal: &JournalIndex) -> rusqlite::Result<bool> {
    let slice = {
        let mut state = journal.state.lock();
        state.begin_emptying();
        state.tended = 0;
        state.slice()
    };
    move_rows(connection, journal, &slice)?;
    trim(connection, journal)?;
    let state = journal.state.lock();
    Ok(!state.chats.is_empty() || state.oldest < state.next)
}

fn move_rows(connection: &Connection, journal: &JournalIndex, slice: &[Slice]) -> rusqlite::Result<()> {
    if slice.is_empty() {
        return Ok(());
    }
    let moved = unsynchronised(connection, |connection| {
        slice.iter().try_for_each(|Slice { chat, pending }| fold(connection, chat, pending))
    });
    if let Err(error) = moved {
        let mut state = journal.state.lock();
        slice.iter().rev().for_each(|slice| state.queue.push_front(slice.chat.clone()));
        return Err(error);
    }
    let mut staged = journal.stage();
    staged.settled = slice.iter().map(|slice| slice.chat.clone()).collect();
    journal.apply(staged);
    Ok(())
}

/// Removes some of the moved rows, once the whole journal has been moved.
fn trim(connection: &Connection, journal: &JournalIndex) -> rusqlite::Result<()> {
    let Some(Trim { below, is_last }) = journal.state.lock().trim() else { return Ok(()) };
    unsynchronised(connection, |connection| {
        connection.prepare_cached(REMOVE)?.execute([below])?;
        connection.prepare_cached(REMOVE_MARKS)?.execute([below]).map(drop)
    })?;
    let mut state = journal.state.lock();
    state.oldest = below;
    state.emptying &= !is_last;
    Ok(())
}

/// Starts a transaction that does not wait for the disk. It only moves rows that are already durable: if a power cut
/// undoes it, the journal still has them. Any later commit that waits makes it durable too, because the log is written
/// in order.
fn unsynchronised(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let _until_dropped = Unsynchronised::begin(connection)?;
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    work(&transaction)?;
    transaction.commit()
}

/// The period in which commits do not wait for the disk; it ends when this is dropped, even after a panic.
struct Unsynchronised<'a>(&'a Connection);

impl<'a> Unsynchronised<'a> {
    fn begin(connection: &'a Connection) -> rusqlite::Result<Self> {
        connection.execute_batch("PRAGMA synchronous = NORMAL")?;
        Ok(Unsynchronised(connection))
    }
}

impl Drop for Unsynchronised<'_> {
    fn drop(&mut self) {
        // It fails only within a transaction that could not be rolled back, which the writer handles.
        let _ = self.0.execute_batch("PRAGMA synchronous = FULL");
    }
}

/// The pending rows of a chat to be moved.
struct Slice {
    chat: ChatId,
    pending: Arc<Pending>,
}

/// Rows to be removed.
struct Trim {
    /// The row before which all others are removed.
    below: i64,
    is_last: bool,
}

impl JournalState {
    fn begin_emptying(&mut self) {
        if self.emptying {
            return;
        }
        self.emptying = true;
        self.bytes = 0;
        // In table order, so that chats that share pages are moved together.
        let mut chats: Vec<ChatId> = self.chats.keys().cloned().collect();
        chats.sort_unstable();
        self.queue = chats.into();
    }

    /// Takes the chats to be moved now.
    fn slice(&mut self) -> Vec<Slice> {
        let appended = usize::try_from(self.next - self.tended).unwrap_or(0);
        self.tended = self.next;
        let enough = (2 * appended).clamp(SLICE, LARGEST_SLICE);
        let mut rows = 0;
        let mut slice = vec![];
        while rows < enough
            && let Some(chat) = self.queue.pop_front()
        {
            if let Some(pending) = self.chats.get(&chat) {
                rows += pending.rows();
                slice.push(Slice { pending: pending.clone(), chat });
            }
        }
        slice
    }

    fn trim(&self) -> Option<Trim> {
        if !self.emptying || !self.queue.is_empty() {
            return None;
        }
        let end = self.chats.values().map(|pending| pending.since).min().unwrap_or(self.next);
        let below = end.min(self.oldest + REMOVED);
        Some(Trim { below, is_last: below == end })
    }
}
