//! Connections, and queries over them.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::Object;
use futures_util::future::{join_all, try_join_all};
use tokio::time::timeout;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Row, Statement};

use crate::ops::exported_span::PartSpan;
use crate::ops::telemetry::StorageRequest;
use crate::store::turns::{ReadTurn, Turns};

use super::error::PgError;

/// Time limit for a query, not counting the wait for a connection.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// Time limit for the wait behind other reads.
const TURN_WITHIN: Duration = Duration::from_secs(15);

const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// For look-ups in an index with many entries per row, for which only a bitmap scan is possible.
const MAPPED: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL enable_bitmapscan = on";

/// The outcome of a statement that returns no rows.
pub(super) type Executed = Result<(), tokio_postgres::Error>;

/// The parameters of a statement.
pub(super) type Parameters<'a> = &'a [&'a (dyn ToSql + Sync)];

/// A statement and its parameters.
pub(super) type PgQuery<'a> = (&'a str, Parameters<'a>);

/// A pool of connections.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    pub(super) connections: deadpool_postgres::Pool,
    /// The turns for them, shared by the clones of this pool.
    turns: Arc<Turns>,
    /// True if they only read, so that any query may be repeated.
    pub(super) is_reading: bool,
}

impl Pool {
    /// A pool of these connections.
    pub(super) fn new(connections: deadpool_postgres::Pool, is_reading: bool) -> Self {
        let turns = Arc::new(Turns::new(connections.status().max_size));
        Pool { connections, turns, is_reading }
    }

    /// A dedicated connection.
    pub(super) async fn session(&self) -> Result<PgConnection, PgError> {
        let request = StorageRequest::begin(self.is_reading);
        let part = PartSpan::here(if self.is_reading { "read" } else { "write" });
        // Writers never wait for a turn: a commit belongs to no single user, and others would have to wait for it.
        let turn = match self.is_reading {
            true => Some(self.turn().await?),
            false => None,
        };
        Ok(PgConnection {
            client: Some(self.connections.get().await?),
            in_use: false,
            _turn: turn,
            _part: part,
            _request: request,
        })
    }

    async fn turn(&self) -> Result<ReadTurn, PgError> {
        let turn = timeout(TURN_WITHIN, self.turns.wait()).await.map_err(|_| PgError::late())?;
        turn.map_err(|_| PgError::late())
    }

    /// Runs one statement and returns its rows.
    pub(super) async fn rows(&self, statement: &str, values: Parameters<'_>) -> Result<Vec<Row>, PgError> {
        match self.rows_once(statement, values).await {
            // The server ended one of several transactions that waited for each other.
            Err(PgError::Race(_)) => self.rows_once(statement, values).await,
            Err(PgError::Cut(_)) if self.is_reading => self.rows_once(statement, values).await,
            found => found,
        }
    }

    async fn rows_once(&self, statement: &str, values: Parameters<'_>) -> Result<Vec<Row>, PgError> {
        let mut session = self.session().await?;
        session.in_use = true;
        let rows = in_time(async {
            let [prepared] = session.prepared([statement]).await?;
            Ok(session.query(&prepared, values).await?)
        });
        let rows = rows.await?;
        session.in_use = false;
        Ok(rows)
    }

    /// Runs one statement and returns the number of rows it changed.
    pub(super) async fn execute(&self, statement: &str, values: Parameters<'_>) -> Result<u64, PgError> {
        match self.execute_once(statement, values).await {
            Err(PgError::Race(_)) => self.execute_once(statement, values).await,
            done => done,
        }
    }

    async fn execute_once(&self, statement: &str, values: Parameters<'_>) -> Result<u64, PgError> {
        let mut session = self.session().await?;
        session.in_use = true;
        let changed = in_time(async {
            let [prepared] = session.prepared([statement]).await?;
            Ok(session.execute(&prepared, values).await?)
        });
        let changed = changed.await?;
        session.in_use = false;
        Ok(changed)
    }

    /// The single row that a statement finds.
    pub(super) async fn row(&self, statement: &str, values: Parameters<'_>) -> Result<Option<Row>, PgError> {
        Ok(self.rows(statement, values).await?.into_iter().next())
    }

    /// Runs several queries in one snapshot and one round trip.
    pub(super) async fn snapshot<const N: usize>(&self, questions: [PgQuery<'_>; N]) -> Result<[Vec<Row>; N], PgError> {
        self.asked(SNAPSHOT, questions).await
    }

    /// Starts a snapshot for any number of queries.
    pub(super) async fn begin_snapshot(&self) -> Result<PgSnapshot, PgError> {
        let mut session = self.session().await?;
        session.in_use = true;
        in_time(async { Ok(session.batch_execute(SNAPSHOT).await?) }).await?;
        Ok(PgSnapshot(session))
    }

    /// Runs a query over an index with many entries per row.
    pub(super) async fn mapped(&self, statement: &str, values: Parameters<'_>) -> Result<Vec<Row>, PgError> {
        let [rows] = self.asked(MAPPED, [(statement, values)]).await?;
        Ok(rows)
    }

    async fn asked<const N: usize>(&self, begin: &str, questions: [PgQuery<'_>; N]) -> Result<[Vec<Row>; N], PgError> {
        match self.asked_once(begin, questions).await {
            Err(PgError::Cut(_)) => self.asked_once(begin, questions).await,
            found => found,
        }
    }

    async fn asked_once<const N: usize>(
        &self,
        begin: &str,
        questions: [PgQuery<'_>; N],
    ) -> Result<[Vec<Row>; N], PgError> {
        let mut session = self.session().await?;
        session.in_use = true;
        let found = in_time(ask(&session, begin, questions)).await?;
        session.in_use = false;
        Ok(found)
    }
}

/// A snapshot that is read query by query. If it is dropped before its end, its connection is closed.
#[derive(Debug)]
pub(super) struct PgSnapshot(PgConnection);

impl PgSnapshot {
    /// Runs one statement and returns its rows.
    pub(super) async fn ask(&self, statement: &str, values: Parameters<'_>) -> Result<Vec<Row>, PgError> {
        in_time(async {
            let [prepared] = self.0.prepared([statement]).await?;
            Ok(self.0.query(&prepared, values).await?)
        })
        .await
    }

    /// Returns the connection to the pool.
    pub(super) async fn end(self) -> Result<(), PgError> {
        let PgSnapshot(mut session) = self;
        in_time(async { Ok(session.batch_execute("COMMIT").await?) }).await?;
        session.in_use = false;
        Ok(())
    }
}

async fn ask<const N: usize>(
    session: &PgConnection,
    begin: &str,
    questions: [PgQuery<'_>; N],
) -> Result<[Vec<Row>; N], PgError> {
    let statements = session.prepared(questions.map(|(statement, _)| statement)).await?;
    let answers = statements.iter().zip(questions).map(|(statement, (_, values))| session.query(statement, values));
    // Each is sent before the previous one is answered, so that all together take a single round trip.
    let (begun, answers, ended) =
        futures_util::join!(session.batch_execute(begin), join_all(answers), session.batch_execute("COMMIT"));
    begun?;
    let answers = answers.into_iter().collect::<Result<Vec<_>, _>>()?;
    ended?;
    Ok(answers.try_into().expect("one result per query"))
}

/// Fails after a time limit.
pub(super) async fn in_time<T>(answer: impl Future<Output = Result<T, PgError>>) -> Result<T, PgError> {
    timeout(ANSWER_WITHIN, answer).await.unwrap_or_else(|_| Err(PgError::late()))
}

/// A connection from a pool. One that is dropped while in use is not reused, because its state is unknown.
#[derive(Debug)]
pub(super) struct PgConnection {
    client: Option<Object>,
    /// True while an operation is running.
    pub(super) in_use: bool,
    _turn: Option<ReadTurn>,
    _part: PartSpan,
    _request: StorageRequest,
}

impl PgConnection {
    /// Prepared statements that can be pipelined, because the server knows all of them.
    pub(super) async fn prepared<const N: usize>(&self, statements: [&str; N]) -> Result<[Statement; N], PgError> {
        let client = self.client.as_ref().expect("a session has its connection until it is dropped");
        let prepared = try_join_all(statements.iter().map(|statement| client.prepare_cached(statement))).await?;
        Ok(prepared.try_into().expect("one per statement"))
    }
}

impl Deref for PgConnection {
    type Target = Client;

    fn deref(&self) -> &Client {
        self.client.as_ref().expect("a session has its connection until it is dropped")
    }
}

impl Drop for PgConnection {
    fn drop(&mut self) {
        if let Some(client) = self.client.take().filter(|_| self.in_use) {
            drop(Object::take(client));
        }
    }
}
