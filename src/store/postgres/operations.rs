//! The outcomes of commands with an `opId`.

use async_trait::async_trait;
use tokio_postgres::{Row, Statement};

use super::PostgresRepository;
use super::error::{PgError, failure};
use super::rows::PgColumns;
use super::session::{Executed, Parameters, PgConnection};
use super::values::{Text, column, integer};
use crate::domain::{State, StoredOperation};
use crate::protocol::{OperationId, Timestamp, UserId};
use crate::store::error::Result;
use crate::store::loader::Wanted;
use crate::store::repository::Operations;
use crate::store::sql::columns::operation_columns;
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::{operations, postgres_statement};

const ONE: &str = postgres_statement!(operations::ONE);
pub(super) const SOME: &str = concat!(
    "SELECT ",
    operation_columns!("o"),
    " FROM unnest($1::text[], $2::text[]) AS w (user_id, id) \
      JOIN operations o ON o.user_id = w.user_id AND o.id = w.id"
);
/// Fails on purpose if another node has stored an outcome for the same operation.
pub(super) const INSERT: &str = "INSERT INTO operations (user_id, id, fingerprint, chat_id, seq, outcome, at) \
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::timestamptz[])";
const KEEP: &str = postgres_statement!(operations::KEEP);
const FORGET: &str = postgres_statement!(operations::FORGET);
/// No commit is looked up this long after it.
const FORGET_STAMPS: &str = "DELETE FROM commit_stamps WHERE at < now() - interval '1 hour'";

#[async_trait]
impl Operations for PostgresRepository {
    async fn operation(&self, user: &UserId, id: &OperationId) -> Result<Option<StoredOperation>> {
        let row = self.readers.row(ONE, &[user, id]).await.map_err(failure)?;
        row.as_ref().map(read).transpose().map_err(failure)
    }

    async fn keep_operation(&self, operation: &StoredOperation) -> Result<()> {
        let StoredOperation { user_id, id, fingerprint, chat_id, seq, outcome, at } = operation;
        let seq = integer(*seq);
        let outcome = Text(outcome);
        let values: Parameters<'_> = &[user_id, id, fingerprint, chat_id, &seq, &outcome, at];
        self.writers.rows(KEEP, values).await.map(drop).map_err(failure)
    }

    async fn forget_operations(&self, before: Timestamp) -> Result<()> {
        self.writers.rows(FORGET, &[&before]).await.map_err(failure)?;
        self.writers.rows(FORGET_STAMPS, &[]).await.map(drop).map_err(failure)
    }
}

fn read(row: &Row) -> Result<StoredOperation, PgError> {
    PgColumns::of(row).operation()
}

/// Looks up the operations of a batch.
pub(super) async fn find(
    session: &PgConnection,
    statement: &Statement,
    wanted: &Wanted<'_>,
) -> Result<Vec<Row>, tokio_postgres::Error> {
    if wanted.operations.is_empty() {
        return Ok(vec![]);
    }
    let (users, ids): (Vec<&UserId>, Vec<&OperationId>) = wanted.operations.iter().copied().unzip();
    session.query(statement, &[&users, &ids]).await
}

/// Records which operations have an outcome.
pub(super) fn load(state: &mut State, rows: &[Row]) -> Result<(), PgError> {
    for row in rows {
        let found = read(row)?;
        state.load_operation(&found.user_id.clone(), &found.id.clone(), Some(found));
    }
    Ok(())
}

/// Stores the outcomes of a batch.
pub(super) async fn save(session: &PgConnection, statement: &Statement, operations: &[&StoredOperation]) -> Executed {
    if operations.is_empty() {
        return Ok(());
    }
    let values: Parameters<'_> = &[
        &column(operations, |operation| &operation.user_id),
        &column(operations, |operation| &operation.id),
        &column(operations, |operation| &operation.fingerprint),
        &column(operations, |operation| &operation.chat_id),
        &column(operations, |operation| integer(operation.seq)),
        &column(operations, |operation| Text(&operation.outcome)),
        &column(operations, |operation| operation.at),
    ];
    session.execute(statement, values).await.map(drop)
}
