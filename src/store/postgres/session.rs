//! Connections, and asking over them.

use std::ops::Deref;
use std::time::Duration;

use deadpool_postgres::Object;
use futures_util::future::{join_all, try_join_all};
use tokio::time::timeout;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Row, Statement};

use crate::ops::telemetry;

use super::trouble::Trouble;

/// How long a question may take, waiting for a connection left out.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// For what is looked up in an index of many entries a row, of which there can be only a map.
const MAPPED: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL enable_bitmapscan = on";

/// The values of a statement.
pub(super) type Values<'a> = &'a [&'a (dyn ToSql + Sync)];

/// A statement and its values.
pub(super) type Question<'a> = (&'a str, Values<'a>);

/// Connections that come back when they are not needed.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    pub(super) connections: deadpool_postgres::Pool,
    /// They only read, so that whatever is asked may be asked again.
    pub(super) is_reading: bool,
}

impl Pool {
    /// A connection of one's own.
    pub(super) async fn session(&self) -> Result<Session, Trouble> {
        telemetry::count_request(self.is_reading);
        Ok(Session { client: Some(self.connections.get().await?), in_use: false })
    }

    /// What one statement finds, or has changed.
    pub(super) async fn rows(&self, statement: &str, values: Values<'_>) -> Result<Vec<Row>, Trouble> {
        match self.rows_once(statement, values).await {
            // One of those who waited for each other was told to begin again.
            Err(Trouble::Race(_)) => self.rows_once(statement, values).await,
            Err(Trouble::Cut(_)) if self.is_reading => self.rows_once(statement, values).await,
            found => found,
        }
    }

    async fn rows_once(&self, statement: &str, values: Values<'_>) -> Result<Vec<Row>, Trouble> {
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

    /// The one row that a statement finds.
    pub(super) async fn row(&self, statement: &str, values: Values<'_>) -> Result<Option<Row>, Trouble> {
        Ok(self.rows(statement, values).await?.into_iter().next())
    }

    /// What several statements find in one and the same snapshot, asked in one go.
    pub(super) async fn snapshot<const N: usize>(
        &self,
        questions: [Question<'_>; N],
    ) -> Result<[Vec<Row>; N], Trouble> {
        self.asked(SNAPSHOT, questions).await
    }

    /// What a statement finds that looks into an index of many entries a row.
    pub(super) async fn mapped(&self, statement: &str, values: Values<'_>) -> Result<Vec<Row>, Trouble> {
        let [rows] = self.asked(MAPPED, [(statement, values)]).await?;
        Ok(rows)
    }

    async fn asked<const N: usize>(&self, begin: &str, questions: [Question<'_>; N]) -> Result<[Vec<Row>; N], Trouble> {
        match self.asked_once(begin, questions).await {
            Err(Trouble::Cut(_)) => self.asked_once(begin, questions).await,
            found => found,
        }
    }

    async fn asked_once<const N: usize>(
        &self,
        begin: &str,
        questions: [Question<'_>; N],
    ) -> Result<[Vec<Row>; N], Trouble> {
        let mut session = self.session().await?;
        session.in_use = true;
        let found = in_time(ask(&session, begin, questions)).await?;
        session.in_use = false;
        Ok(found)
    }
}

async fn ask<const N: usize>(
    session: &Session,
    begin: &str,
    questions: [Question<'_>; N],
) -> Result<[Vec<Row>; N], Trouble> {
    let statements = session.prepared(questions.map(|(statement, _)| statement)).await?;
    let answers = statements.iter().zip(questions).map(|(statement, (_, values))| session.query(statement, values));
    // Each is on its way when the next is sent: all together take as long as one.
    let (begun, answers, ended) =
        futures_util::join!(session.batch_execute(begin), join_all(answers), session.batch_execute("COMMIT"));
    begun?;
    let answers = answers.into_iter().collect::<Result<Vec<_>, _>>()?;
    ended?;
    Ok(answers.try_into().expect("an answer for every question"))
}

/// Gives up after a time.
pub(super) async fn in_time<T>(answer: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    timeout(ANSWER_WITHIN, answer).await.unwrap_or_else(|_| Err(Trouble::late()))
}

/// A connection out of a pool. One that is dropped while it is in use is not given to anybody else: nobody knows what
/// is still under way on it.
#[derive(Debug)]
pub(super) struct Session {
    client: Option<Object>,
    /// Whether something is under way.
    pub(super) in_use: bool,
}

impl Session {
    /// Statements that can be sent one right after the other, since all of them are known to the server.
    pub(super) async fn prepared<const N: usize>(&self, statements: [&str; N]) -> Result<[Statement; N], Trouble> {
        let client = self.client.as_ref().expect("a session has its connection until it is dropped");
        let prepared = try_join_all(statements.iter().map(|statement| client.prepare_cached(statement))).await?;
        Ok(prepared.try_into().expect("one for every statement"))
    }
}

impl Deref for Session {
    type Target = Client;

    fn deref(&self) -> &Client {
        self.client.as_ref().expect("a session has its connection until it is dropped")
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(client) = self.client.take().filter(|_| self.in_use) {
            drop(Object::take(client));
        }
    }
}
