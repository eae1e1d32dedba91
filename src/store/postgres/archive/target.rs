//! Fills an empty database, with the progress in the same transactions.

use async_trait::async_trait;
use tokio_postgres::Client;

use super::write::{PgOrdinals, write};
use crate::ops::config::PostgresServer;
use crate::store::archive::{
    ArchiveError, ArchiveRecord, ArchiveResult, ArchiveTarget, ImportProgress, StoreOccupancy, UNFINISHED,
};
use crate::store::jobs;
use crate::store::postgres::error::{PgError, failure};
use crate::store::postgres::opening::{PostgresOpenError, connect_to_fill};

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
const HAS_TABLE: &str = "SELECT to_regclass($1) IS NOT NULL";
const FOUND: &str = "SELECT text FROM documents WHERE place = $1";

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
    /// The content of a database, which may have no tables yet or those of an older version.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn occupancy(client: &Client) -> ArchiveResult<StoreOccupancy> {
        occupancy(client).await.map_err(told)
    }

    /// Connects to the server and brings the tables up to date.
    pub async fn open(server: &PostgresServer) -> Result<Self, PostgresOpenError> {
        let client = connect_to_fill(server).await?;
        Ok(PostgresTarget { client, archive: String::new(), progress: None, ordinals: PgOrdinals::default() })
    }

    /// Writes the records and the progress in one transaction; false if another import has changed it.
    async fn transact(&mut self, records: &[ArchiveRecord], progress: &str) -> Result<bool, PgError> {
        let transaction = self.client.transaction().await?;
        let noted = match &self.progress {
            Some(before) => transaction.execute(NOTE, &[&UNFINISHED, &progress, before]).await?,
            None => {
                transaction.batch_execute(CLEAR).await?;
                transaction.execute(BEGIN, &[&UNFINISHED, &progress]).await?
            }
        };
        if noted == 0 {
            return Ok(false);
        }
        write(&transaction, &mut self.ordinals, records).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

async fn occupancy(client: &Client) -> Result<StoreOccupancy, tokio_postgres::Error> {
    let mut occupancy = StoreOccupancy::default();
    if client.query_one(HAS_TABLE, &[&"documents"]).await?.try_get(0)? {
        let found = client.query_opt(FOUND, &[&UNFINISHED]).await?;
        occupancy.progress = found.map(|row| row.try_get(0)).transpose()?;
        let found = client.query_opt(FOUND, &[&jobs::DOCUMENT]).await?;
        occupancy.jobs = found.map(|row| row.try_get(0)).transpose()?;
    }
    for (table, condition, name) in CONTENT {
        let query = format!("SELECT EXISTS (SELECT FROM {table} {condition})");
        if client.query_one(HAS_TABLE, &[&table]).await?.try_get(0)?
            && client.query_one(&query, &[]).await?.try_get(0)?
        {
            occupancy.content = Some(name);
            break;
        }
    }
    Ok(occupancy)
}

fn told(error: impl Into<PgError>) -> ArchiveError {
    failure(error.into()).into()
}

#[async_trait]
impl ArchiveTarget for PostgresTarget {
    async fn begin(&mut self, archive: &str) -> ArchiveResult<u64> {
        self.archive = archive.to_owned();
        let found = PostgresTarget::occupancy(&self.client).await?;
        let records = found.admit(archive)?;
        self.progress = found.progress;
        Ok(records)
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
