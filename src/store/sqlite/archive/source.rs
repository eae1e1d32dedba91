//! Reads the file through a separate connection, even while a server runs on it.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use rusqlite::Connection;

use super::read::{self, DumpStop};
use crate::store::archive::{ArchiveSource, RecordSender, UNFINISHED};
use crate::store::error::{Result, StoreError};
use crate::store::sqlite::opening::{SqliteOpenError, inspect};
use crate::store::sqlite::{connections, failure};

const SIZE: &str = "SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM members) \
    + (SELECT ifnull(sum(seq), 0) FROM chats) + (SELECT count(*) FROM journal)";

/// A SQLite file to be read as of a single point in time. A server may be running on it.
#[derive(Debug)]
pub struct SqliteSource {
    path: PathBuf,
}

impl SqliteSource {
    /// Checks the file.
    ///
    /// # Errors
    /// Fails if the file does not exist or is not a database of this version.
    pub fn open(path: &Path) -> Result<Self, SqliteOpenError> {
        inspect(path)?;
        Ok(SqliteSource { path: path.to_owned() })
    }

    /// Runs a read off the threads that serve other work.
    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, DumpStop> + Send + 'static,
    ) -> Result<T> {
        let path = self.path.clone();
        let task = tokio::task::spawn_blocking(move || {
            let mut connection = connections::connect_source(&path)?;
            connection.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -4096")?;
            // The first statement takes the snapshot, which all statements see.
            let snapshot = connection.transaction()?;
            work(&snapshot)
        });
        task.await.map_err(StoreError::internal)?.map_err(|stop| match stop {
            DumpStop::Closed(closed) => StoreError::unavailable(closed),
            DumpStop::Sqlite(error) => failure(error),
        })
    }
}

#[async_trait]
impl ArchiveSource for SqliteSource {
    fn kind(&self) -> &'static str {
        "sqlite"
    }

    async fn is_unfinished(&mut self) -> Result<bool> {
        let query = "SELECT EXISTS (SELECT 1 FROM documents WHERE place = ?1)";
        self.read(move |snapshot| Ok(snapshot.query_row(query, [UNFINISHED], |row| row.get(0))?)).await
    }

    async fn size(&mut self) -> Result<u64> {
        self.read(|snapshot| Ok(snapshot.query_row(SIZE, [], |row| row.get::<_, i64>(0))?.unsigned_abs())).await
    }

    async fn inspect(&mut self) -> Result<Vec<String>> {
        self.read(super::inspect::findings).await
    }

    async fn dump(self: Box<Self>, mut out: RecordSender) -> Result<()> {
        self.read(move |snapshot| {
            read::dump(snapshot, &mut out)?;
            Ok(out.flush_blocking()?)
        })
        .await
    }
}
