//! Fills an empty file, with the progress in the same transactions.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use parking_lot::Mutex;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::write::{self, ChatOrdinals};
use crate::store::archive::{ArchiveRecord, ArchiveResult, ArchiveTarget, ImportProgress, StoreOccupancy, UNFINISHED};
use crate::store::error::StoreError;
use crate::store::jobs;
use crate::store::sqlite::connections::peek;
use crate::store::sqlite::failure;
use crate::store::sqlite::opening::{self, OwnerLock, SqliteOpenError};

/// Tables that have no rows in an empty store, except the built-in administrator's, and the words for their content.
const CONTENT: [(&str, &str, &str); 5] = [
    ("users", "WHERE id <> 'admin'", "users"),
    ("chats", "", "chats"),
    ("ended_chats", "", "deleted chats"),
    ("files", "", "files"),
    ("audit", "", "an audit log"),
];

/// Makes room for the accounts of an archive where only the built-in administrator is.
const CLEAR: &str = "DELETE FROM tokens; DELETE FROM sessions; DELETE FROM users";
const HAS_TABLE: &str = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1)";

const FOUND: &str = "SELECT text FROM documents WHERE place = ?1";
const NOTE: &str = "INSERT INTO documents (place, version, text) VALUES (?1, 1, ?2) \
    ON CONFLICT (place) DO UPDATE SET version = version + 1, text = excluded.text";

/// A SQLite file being filled. No other process can use it.
#[derive(Debug)]
pub struct SqliteTarget {
    archive: String,
    state: Arc<Mutex<TargetState>>,
}

#[derive(Debug)]
struct TargetState {
    connection: Connection,
    ordinals: ChatOrdinals,
    _lock: OwnerLock,
}

impl SqliteTarget {
    /// The content of a file that exists, which may be of an older version. Blocks.
    ///
    /// # Errors
    /// Fails if the file cannot be read.
    pub fn occupancy(path: &Path) -> Result<StoreOccupancy, SqliteOpenError> {
        match opening::inspect(path) {
            Ok(()) | Err(SqliteOpenError::Older { .. } | SqliteOpenError::Empty { .. }) => {}
            Err(error) => return Err(error),
        }
        let read = peek(path).and_then(|connection| occupancy(&connection));
        read.map_err(|error| SqliteOpenError::unusable(path, &error))
    }

    /// Opens the file, or makes it, and keeps every other process from it.
    pub fn open(path: &Path) -> Result<Self, SqliteOpenError> {
        let lock = opening::own(path)?;
        let connection = opening::prepare(path)?;
        // A power cut may undo the latest batches, but then also their progress.
        let relaxed = connection.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4096");
        relaxed.map_err(|error| SqliteOpenError::unusable(path, &error))?;
        let state = TargetState { connection, ordinals: ChatOrdinals::default(), _lock: lock };
        Ok(SqliteTarget { archive: String::new(), state: Arc::new(Mutex::new(state)) })
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut TargetState) -> rusqlite::Result<T> + Send + 'static,
    ) -> ArchiveResult<T> {
        let state = self.state.clone();
        let done = tokio::task::spawn_blocking(move || work(&mut state.lock())).await;
        Ok(done.map_err(StoreError::internal)?.map_err(failure)?)
    }
}

fn occupancy(connection: &Connection) -> rusqlite::Result<StoreOccupancy> {
    let has = |table: &str| connection.query_row(HAS_TABLE, [table], |row| row.get::<_, bool>(0));
    let mut occupancy = StoreOccupancy::default();
    if has("documents")? {
        let text = |place| connection.query_row(FOUND, [place], |row| row.get(0)).optional();
        occupancy.progress = text(UNFINISHED)?;
        occupancy.jobs = text(jobs::DOCUMENT)?;
    }
    for (table, condition, name) in CONTENT {
        let query = format!("SELECT EXISTS (SELECT 1 FROM {table} {condition})");
        if has(table)? && connection.query_row(&query, [], |row| row.get(0))? {
            occupancy.content = Some(name);
            break;
        }
    }
    Ok(occupancy)
}

#[async_trait]
impl ArchiveTarget for SqliteTarget {
    async fn begin(&mut self, archive: &str) -> ArchiveResult<u64> {
        self.archive = archive.to_owned();
        self.run(|TargetState { connection, .. }| occupancy(connection)).await?.admit(archive)
    }

    async fn write(&mut self, records: Vec<ArchiveRecord>, done: u64) -> ArchiveResult<()> {
        let progress = ImportProgress::new(&self.archive, done).text();
        self.run(move |TargetState { connection, ordinals, .. }| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if transaction.query_row(FOUND, [UNFINISHED], |_| Ok(())).optional()?.is_none() {
                transaction.execute_batch(CLEAR)?;
            }
            for record in &records {
                write::record(&transaction, ordinals, record)?;
            }
            transaction.prepare_cached(NOTE)?.execute(params![UNFINISHED, progress])?;
            transaction.commit()
        })
        .await
    }

    async fn finish(&mut self) -> ArchiveResult<()> {
        self.run(|TargetState { connection, .. }| {
            connection.execute("DELETE FROM documents WHERE place = ?1", [UNFINISHED])?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        })
        .await
    }
}
