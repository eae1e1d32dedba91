use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use uuid::Uuid;

use super::Result;
use crate::ops::clock::Clock;
use crate::store::sqlite::SqliteRepository;

mod postgres;

const MESSAGE: &str = "INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, role, content, created_at) \
    VALUES (?1, ?2, ?3, ?2, ?4, 'user', ?5, ?6)";
const TICK: &str = "UPDATE chats SET updated_at = ?2, seq = ?3, message_count = ?3, last_seq = ?3 WHERE id = ?1";
const CHAT: &str = "INSERT INTO chats (id, kind, name, name_key, active, created_by, created_at, updated_at, seq, \
    member_count, message_count, owners, changed_seq, members_seq) \
    VALUES (?1, 'group', 'benchmark', 'benchmark', 1, 'sender', 0, 0, 0, 1, 0, 1, 0, 0)";

/// One thread that does nothing but write messages, in transactions of one size: the most that the disk and SQLite
/// give. The file is the server's, with its tables, indexes and settings; checkpoints are SQLite's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work {
    /// Among how many chats the messages go round.
    pub(super) rooms: u32,
    /// Messages in one transaction, on average.
    pub(super) batch: f64,
    /// Characters of a message.
    pub(super) content: u64,
    pub(super) seconds: u64,
}

impl Work {
    /// Rows a second.
    pub(super) fn run(self, database: &Path) -> Result<f64> {
        drop(SqliteRepository::open(database)?);
        let mut connection = Connection::open(database)?;
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768")?;
        let rooms: Vec<String> = (0..self.rooms).map(|_| Uuid::now_v7().to_string()).collect();
        for room in &rooms {
            connection.execute(CHAT, [room])?;
        }
        let content = "x".repeat(usize::try_from(self.content)?);
        let (begun, mut rows, mut transactions) = (Instant::now(), 0u64, 0u64);
        while begun.elapsed() < Duration::from_secs(self.seconds) {
            transactions += 1;
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            while (rows as f64) < transactions as f64 * self.batch {
                write(&transaction, &rooms, (rows, &content))?;
                rows += 1;
            }
            transaction.commit()?;
        }
        Ok(rows as f64 / begun.elapsed().as_secs_f64())
    }
}

fn write(transaction: &Transaction<'_>, rooms: &[String], (row, content): (u64, &str)) -> Result<()> {
    let room = &rooms[usize::try_from(row)? % rooms.len()];
    let seq = i64::try_from(row / rooms.len() as u64)? + 1;
    let (id, now) = (Uuid::now_v7().to_string(), Clock::System.now().millis());
    transaction.prepare_cached(MESSAGE)?.execute(params![room, seq, id, "sender", content, now])?;
    transaction.prepare_cached(TICK)?.execute(params![room, now, seq])?;
    Ok(())
}
