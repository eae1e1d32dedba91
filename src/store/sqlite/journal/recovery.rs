//! Finds the rows at start that have not been moved yet.

use std::collections::{HashMap, VecDeque};

use parking_lot::Mutex;
use rusqlite::{Connection, Row};

use super::{Captured, JournalIndex, JournalState, Pending, PendingMessage};
use crate::protocol::{ChatId, Seq, UserId};
use crate::store::repository::Progress;
use crate::store::sqlite::values::number;

const MESSAGES: &str = "SELECT j.chat_id, c.kind, c.seq, c.updated_at, j.n, j.seq, j.id, j.sender_id, j.created_at \
    FROM journal j CROSS JOIN chats c ON c.id = j.chat_id WHERE j.seq > c.seq ORDER BY j.n";

/// Marks that are ahead of the member's own.
const MARKS: &str = "SELECT j.chat_id, c.kind, c.seq, c.updated_at, j.n, j.user_id, \
    j.read_seq, j.read_at, j.delivered_seq, j.delivered_at \
    FROM journal_marks j CROSS JOIN chats c ON c.id = j.chat_id AND c.members_seq = j.members_seq \
    CROSS JOIN members m ON m.chat_id = j.chat_id AND m.user_id = j.user_id AND m.role IS NOT NULL \
    AND (j.read_seq > m.read_seq OR j.delivered_seq > m.delivered_seq) ORDER BY j.n";

const ROWS: &str = "SELECT min(low), max(high) FROM (SELECT min(n) AS low, max(n) AS high FROM journal \
    UNION ALL SELECT min(n), max(n) FROM journal_marks)";

impl JournalIndex {
    /// Reads the index of the journal from the file.
    ///
    /// # Errors
    /// Fails if the file cannot be read or a chat's rows have a gap.
    pub(in crate::store::sqlite) fn load(connection: &Connection) -> rusqlite::Result<JournalIndex> {
        let mut chats = HashMap::new();
        let mut messages = connection.prepare(MESSAGES)?;
        let mut rows = messages.query([])?;
        while let Some(row) = rows.next()? {
            let seq = number(row, 5)?;
            let pending = of_chat(&mut chats, row)?;
            if seq != pending.head() + 1 {
                return Err(rusqlite::Error::IntegralValueOutOfRange(5, row.get(5)?));
            }
            let message =
                PendingMessage { n: row.get(4)?, id: row.get(6)?, sender: row.get(7)?, created_at: row.get(8)? };
            pending.push(message);
        }
        let mut marks = connection.prepare(MARKS)?;
        let mut rows = marks.query([])?;
        while let Some(row) = rows.next()? {
            let user: UserId = row.get(5)?;
            let read = number(row, 6)?;
            let delivered = number(row, 8)?;
            let progress = Progress { read, read_at: row.get(7)?, delivered, delivered_at: row.get(9)? };
            of_chat(&mut chats, row)?.set_mark(row.get(4)?, user, progress);
        }
        let chats: Captured = chats.into_iter().map(|(chat, pending)| (chat, pending.into())).collect();
        let range = |row: &Row<'_>| Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?));
        let (first, last) = connection.query_row(ROWS, [], range)?;
        let next = last.unwrap_or(0) + 1;
        let oldest = first.unwrap_or(next);
        let queue = VecDeque::new();
        let state = JournalState { chats, next, oldest, bytes: 0, queue, emptying: false, tended: next };
        Ok(JournalIndex { state: Mutex::new(state) })
    }
}

fn of_chat<'a>(chats: &'a mut HashMap<ChatId, Pending>, row: &Row<'_>) -> rusqlite::Result<&'a mut Pending> {
    let chat: ChatId = row.get(0)?;
    let kind = row.get(1)?;
    let base: Seq = number(row, 2)?;
    let updated_at = row.get(3)?;
    Ok(chats.entry(chat).or_insert_with(|| Pending::new(kind, base, updated_at)))
}
