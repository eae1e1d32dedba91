//! Reads the database in one snapshot, even while servers write to it.

use async_trait::async_trait;
use tokio_postgres::{Client, IsolationLevel};

use super::read::{DumpFailure, PgDump};
use crate::ops::config::PostgresServer;
use crate::store::archive::{ArchiveSource, RecordSender, UNFINISHED};
use crate::store::error::{Result, StoreError};
use crate::store::postgres::error::failure;
use crate::store::postgres::opening::{PostgresOpenError, inspect};

const SIZE: &str = "SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM members) \
    + (SELECT coalesce(sum(seq), 0)::bigint FROM chats)";

/// A PostgreSQL database to be read as of a single point in time.
#[derive(Debug)]
pub struct PostgresSource {
    client: Client,
}

impl PostgresSource {
    /// Connects to the server and checks the tables.
    ///
    /// # Errors
    /// Fails if the tables do not have this version's schema.
    pub async fn open(server: &PostgresServer) -> Result<Self, PostgresOpenError> {
        Ok(PostgresSource { client: inspect(server).await? })
    }

    async fn read(&mut self, out: &mut RecordSender) -> Result<(), DumpFailure> {
        let snapshot = self.client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
        let snapshot = snapshot.start().await?;
        PgDump::new(&snapshot, out).await?.everything().await?;
        out.flush().await?;
        Ok(snapshot.commit().await?)
    }
}

#[async_trait]
impl ArchiveSource for PostgresSource {
    fn kind(&self) -> &'static str {
        "postgres"
    }

    async fn is_unfinished(&mut self) -> Result<bool> {
        let query = "SELECT FROM documents WHERE place = $1";
        let found = self.client.query_opt(query, &[&UNFINISHED]).await.map_err(|error| failure(error.into()))?;
        Ok(found.is_some())
    }

    async fn size(&mut self) -> Result<u64> {
        let row = self.client.query_one(SIZE, &[]).await.map_err(|error| failure(error.into()))?;
        Ok(row.try_get::<_, i64>(0).map_err(|error| failure(error.into()))?.unsigned_abs())
    }

    async fn inspect(&mut self) -> Result<Vec<String>> {
        super::inspect::findings(&self.client).await.map_err(|error| failure(error.into()))
    }

    async fn dump(mut self: Box<Self>, mut out: RecordSender) -> Result<()> {
        self.read(&mut out).await.map_err(|stop| match stop {
            DumpFailure::Closed(closed) => StoreError::unavailable(closed),
            DumpFailure::Postgres(error) => failure(error),
        })
    }
}
