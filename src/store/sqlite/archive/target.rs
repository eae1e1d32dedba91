//! Fills an empty file, with the progress in the same transactions.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use parking_lot::Mutex;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::write::{self, ChatOrdinals};
use crate::store::archive::{ArchiveError, ArchiveRecord, ArchiveResult, ArchiveTarget, ImportProgress, UNFINISHED};
use crate::store::error::StoreError;
use crate::store::sqlite::failure;
use crate::store::sqlite::opening::{self, OwnerLock, SqliteOpenError};

/// Queries for content that an empty store does not have, in order.
const CONTENT: [(&str, &str); 5] = [
    ("SELECT 1 FROM users LIMIT 1", "users"),
    ("SELECT 1 FROM chats LIMIT 1", "chats"),
    ("SELECT 1 FROM ended_chats LIMIT 1", "deleted chats"),
    ("SELECT 1 FROM files LIMIT 1", "files"),
    ("SELECT 1 FROM audit LIMIT 1", "an audit log"),
];

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
    /// Opens or creates the file, and keeps every other process from it.
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

fn content(connection: &Connection) -> rusqlite::Result<Option<&'static str>> {
    for (query, name) in CONTENT {
        if connection.query_row(query, [], |_| Ok(())).optional()?.is_some() {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

#[async_trait]
impl ArchiveTarget for SqliteTarget {
    async fn begin(&mut self, archive: &str) -> ArchiveResult<u64> {
        self.archive = archive.to_owned();
        let (progress, found) = self
            .run(|TargetState { connection, .. }| {
                let text = connection.query_row(FOUND, [UNFINISHED], |row| row.get::<_, String>(0)).optional()?;
                Ok((text, content(connection)?))
            })
            .await?;
        match (progress, found) {
            (Some(progress), _) => ImportProgress::resumed(&progress, archive),
            (None, Some(found)) => Err(ArchiveError::NotEmpty { found }),
            (None, None) => Ok(0),
        }
    }

    async fn write(&mut self, records: Vec<ArchiveRecord>, done: u64) -> ArchiveResult<()> {
        let progress = ImportProgress::new(&self.archive, done).text();
        self.run(move |TargetState { connection, ordinals, .. }| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
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
