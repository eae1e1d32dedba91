//! Fills an empty database, with the progress in the same transactions.

use async_trait::async_trait;
use tokio_postgres::Client;

use super::write::{PgOrdinals, write};
use crate::ops::config::PostgresServer;
use crate::store::archive::{ArchiveError, ArchiveRecord, ArchiveResult, ArchiveTarget, ImportProgress, UNFINISHED};
use crate::store::postgres::error::{PgError, failure};
use crate::store::postgres::opening::{PostgresOpenError, connect_to_fill};

const FOUND: &str = "SELECT (SELECT text FROM documents WHERE place = $1), \
    CASE WHEN EXISTS (SELECT FROM users) THEN 0 WHEN EXISTS (SELECT FROM chats) THEN 1 \
    WHEN EXISTS (SELECT FROM ended_chats) THEN 2 WHEN EXISTS (SELECT FROM files) THEN 3 \
    WHEN EXISTS (SELECT FROM audit) THEN 4 END";
const CONTENT: [&str; 5] = ["users", "chats", "deleted chats", "files", "an audit log"];

/// A concurrent import into the same database is refused by the unique key or finds another version.
const BEGIN: &str = "INSERT INTO documents (place, version, text) VALUES ($1, 1, $2)";
const NOTE: &str = "UPDATE documents SET version = version + 1, text = $2 WHERE place = $1 AND text = $3";
const END: &str = "DELETE FROM documents WHERE place = $1";

/// A PostgreSQL database being filled.
#[derive(Debug)]
pub struct PostgresTarget {
    client: Client,
    archive: String,
    /// The progress, as stored in the database.
    progress: Option<String>,
    ordinals: PgOrdinals,
}

impl PostgresTarget {
    /// Connects to the server and upgrades the tables.
    pub async fn open(server: &PostgresServer) -> Result<Self, PostgresOpenError> {
        let client = connect_to_fill(server).await?;
        Ok(PostgresTarget { client, archive: String::new(), progress: None, ordinals: PgOrdinals::default() })
    }

    /// Writes the records and the progress in one transaction; false if another import has changed it.
    async fn transact(&mut self, records: &[ArchiveRecord], progress: &str) -> Result<bool, PgError> {
        let transaction = self.client.transaction().await?;
        let noted = match &self.progress {
            Some(before) => transaction.execute(NOTE, &[&UNFINISHED, &progress, before]).await?,
            None => transaction.execute(BEGIN, &[&UNFINISHED, &progress]).await?,
        };
        if noted == 0 {
            return Ok(false);
        }
        write(&transaction, &mut self.ordinals, records).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

fn told(error: impl Into<PgError>) -> ArchiveError {
    failure(error.into()).into()
}

#[async_trait]
impl ArchiveTarget for PostgresTarget {
    async fn begin(&mut self, archive: &str) -> ArchiveResult<u64> {
        self.archive = archive.to_owned();
        let row = self.client.query_one(FOUND, &[&UNFINISHED]).await.map_err(told)?;
        self.progress = row.try_get(0).map_err(told)?;
        let found: Option<i32> = row.try_get(1).map_err(told)?;
        let found = found.and_then(|found| CONTENT.get(usize::try_from(found).ok()?));
        match (&self.progress, found) {
            (Some(progress), _) => ImportProgress::resumed(progress, archive),
            (None, Some(found)) => Err(ArchiveError::NotEmpty { found }),
            (None, None) => Ok(0),
        }
    }

    async fn write(&mut self, records: Vec<ArchiveRecord>, done: u64) -> ArchiveResult<()> {
        let progress = ImportProgress::new(&self.archive, done).text();
        if !self.transact(&records, &progress).await.map_err(told)? {
            return Err(ArchiveError::OtherUnfinished);
        }
        self.progress = Some(progress);
        Ok(())
    }

    async fn finish(&mut self) -> ArchiveResult<()> {
        // Earlier commits did not wait for the disk; this one does, and flushes them too.
        let last = "SET synchronous_commit = on";
        self.client.batch_execute(last).await.map_err(told)?;
        self.client.execute(END, &[&UNFINISHED]).await.map_err(told)?;
        self.client.batch_execute("ANALYZE").await.map_err(told)
    }
}
