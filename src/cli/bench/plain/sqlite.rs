use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use uuid::Uuid;

use super::{Rate, Work};
use crate::cli::bench::target::Folder;
use crate::cli::bench::{BenchPlace, Result};
use crate::ops::clock::Clock;
use crate::store::sqlite::SqliteRepository;

const MESSAGE: &str = "INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, role, content, created_at) \
    VALUES (?1, ?2, ?3, ?2, ?4, 'user', ?5, ?6)";
const TICK: &str = "UPDATE chats SET updated_at = ?2, seq = ?3, message_count = ?3, last_seq = ?3 WHERE id = ?1";
const CHAT: &str = "INSERT INTO chats (id, kind, name, name_key, active, created_by, created_at, updated_at, seq, \
    member_count, message_count, owners, changed_seq, members_seq) \
    VALUES (?1, 'group', 'benchmark', 'benchmark', 1, 'sender', 0, 0, 0, 1, 0, 1, 0, 0)";

impl Work {
    /// Measures one plain loop on a SQLite file.
    pub(super) async fn on_sqlite(self, place: &BenchPlace) -> Result<Vec<Rate>> {
        let folder = Folder::new(place)?;
        let rows = tokio::task::spawn_blocking(move || self.run(&folder.database())).await??;
        Ok(vec![Rate { loops: "the plain loop", rows }])
    }

    /// Rows per second.
    fn run(self, database: &Path) -> Result<f64> {
        drop(SqliteRepository::open(database)?);
        let mut connection = Connection::open(database)?;
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768")?;
        let rooms: Vec<String> = (0..self.rooms).map(|_| Uuid::now_v7().to_string()).collect();
        for room in &rooms {
            connection.execute(CHAT, [room])?;
        }
        let content = "x".repeat(usize::try_from(self.content)?);
        let begun = Instant::now();
        let mut rows = 0u64;
        let mut transactions = 0u64;
        while begun.elapsed() < Duration::from_secs(self.seconds) {
            transactions += 1;
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            while (rows as f64) < transactions as f64 * self.batch {
                write(&transaction, &rooms, rows, &content)?;
                rows += 1;
            }
            transaction.commit()?;
        }
        Ok(rows as f64 / begun.elapsed().as_secs_f64())
    }
}

fn write(transaction: &Transaction<'_>, rooms: &[String], row: u64, content: &str) -> Result<()> {
    let room = &rooms[usize::try_from(row)? % rooms.len()];
    let seq = i64::try_from(row / rooms.len() as u64)? + 1;
    let id = Uuid::now_v7().to_string();
    let now = Clock::System.now().millis();
    transaction.prepare_cached(MESSAGE)?.execute(params![room, seq, id, "sender", content, now])?;
    transaction.prepare_cached(TICK)?.execute(params![room, now, seq])?;
    Ok(())
}
