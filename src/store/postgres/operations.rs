//! The outcomes of commands with an `opId`.

use async_trait::async_trait;
use tokio_postgres::{Row, Statement};

use super::error::{PgError, failure};
use super::rows::PgColumns;
use super::session::{Executed, Parameters, PgConnection};
use super::values::{Text, column, integer};
use super::{PostgresRepository, accounts as account_rows, documents, marks};
use crate::domain::{OperationClaim, State, StoredOperation};
use crate::protocol::{ChatId, Mute, OperationId, Seq, Timestamp, UserId};
use crate::store::error::{Result, StoreError};
use crate::store::loader::Wanted;
use crate::store::repository::{Account, Document, OperationUsage, Operations};
use crate::store::sql::columns::{SqlColumns, operation_columns};
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
const CLAIM: &str = postgres_statement!(operations::CLAIM);
const FINISH: &str = postgres_statement!(operations::FINISH);
const RELEASE: &str = postgres_statement!(operations::RELEASE);
const USAGE: &str = postgres_statement!(operations::USAGE);
/// No commit is looked up this long after it.
const FORGET_STAMPS: &str = "DELETE FROM commit_stamps WHERE at < now() - interval '1 hour'";

#[async_trait]
impl Operations for PostgresRepository {
    async fn operation(&self, user: &UserId, id: &OperationId) -> Result<Option<StoredOperation>> {
        let row = self.readers.row(ONE, &[user, id]).await.map_err(failure)?;
        row.as_ref().map(read).transpose().map_err(failure)
    }

    async fn keep_operation(&self, operation: &StoredOperation) -> Result<()> {
        let StoredOperation { user_id, id, fingerprint, chat_id, seq, outcome, at, .. } = operation;
        let seq = integer(*seq);
        let outcome = Text(outcome);
        let values: Parameters<'_> = &[user_id, id, fingerprint, chat_id, &seq, &outcome, at];
        self.writers.rows(KEEP, values).await.map(drop).map_err(failure)
    }

    async fn claim_operation(
        &self,
        operation: &StoredOperation,
        expired: Timestamp,
        over: Option<&str>,
    ) -> Result<Option<StoredOperation>> {
        let StoredOperation { user_id, id, fingerprint, at, claim, .. } = operation;
        let over = over.map(Text);
        let claim = claim.as_ref().map(Text);
        let values: Parameters<'_> = &[user_id, id, fingerprint, at, &claim, &expired, &over];
        let claimed = self.writers.execute(CLAIM, values).await.map_err(failure)?;
        // Of the latest, which a reader may not see yet.
        let found = if claimed > 0 { None } else { self.writers.row(ONE, &[user_id, id]).await.map_err(failure)? };
        found.as_ref().map(read).transpose().map_err(failure)
    }

    async fn finish_operation(&self, claim: &OperationClaim, outcome: &str) -> Result<()> {
        let OperationClaim { user_id, id, by } = claim;
        self.writers.execute(FINISH, &[user_id, id, &Text(by), &Text(outcome)]).await.map(drop).map_err(failure)
    }

    async fn release_operation(&self, claim: &OperationClaim) -> Result<()> {
        let OperationClaim { user_id, id, by } = claim;
        self.writers.execute(RELEASE, &[user_id, id, &Text(by)]).await.map(drop).map_err(failure)
    }

    async fn operation_usage(&self, user: &UserId) -> Result<OperationUsage> {
        let row = self.readers.row(USAGE, &[user]).await.map_err(failure)?;
        let count = |row: &Row| {
            let mut columns = PgColumns::of(row);
            Ok(OperationUsage { count: columns.number()?, bytes: columns.number()? })
        };
        Ok(row.as_ref().map(count).transpose().map_err(|error: PgError| failure(error))?.unwrap_or_default())
    }

    fn ends_claims_with_writes(&self) -> bool {
        true
    }

    async fn update_account_once(&self, account: &Account, claim: &OperationClaim) -> Result<bool> {
        let row = self.write_account(account_rows::UPDATE_ONCE, account, Some(claim)).await?;
        is_written(row)
    }

    async fn save_document_once(&self, place: &str, document: &Document, claim: &OperationClaim) -> Result<bool> {
        let OperationClaim { user_id, id, by } = claim;
        let by = Text(by);
        let place = Text(place);
        let text = Text(&document.text);
        let version = integer(document.version);
        let row = match document.version {
            1 => self.writers.row(documents::INSERT_ONCE, &[&place, &text, user_id, id, &by]).await,
            _ => self.writers.row(documents::UPDATE_ONCE, &[&place, &text, &version, user_id, id, &by]).await,
        };
        is_written(row.map_err(failure)?)
    }

    async fn mute_once(
        &self,
        chat: &ChatId,
        user: &UserId,
        mute: Mute,
        claim: &OperationClaim,
    ) -> Result<Option<Mute>> {
        let OperationClaim { user_id, id, by } = claim;
        let values: Parameters<'_> = &[chat, user, &mute, user_id, id, &Text(by)];
        let Some(row) = self.writers.row(marks::MUTE_ONCE, values).await.map_err(failure)? else { return Err(lost()) };
        let mut columns = PgColumns::of(&row);
        let is_member: bool = columns.get().map_err(failure)?;
        let old: Mute = columns.get().map_err(failure)?;
        Ok(is_member.then_some(old))
    }

    async fn mark_unread_once(
        &self,
        chat: &ChatId,
        user: &UserId,
        from: Seq,
        claim: &OperationClaim,
    ) -> Result<Option<bool>> {
        let OperationClaim { user_id, id, by } = claim;
        let from = integer(from);
        let values: Parameters<'_> = &[chat, user, &from, user_id, id, &Text(by)];
        let row = self.writers.row(marks::MARK_UNREAD_ONCE, values).await.map_err(failure)?.ok_or_else(lost)?;
        let mut columns = PgColumns::of(&row);
        let is_member: bool = columns.get().map_err(failure)?;
        let is_new: bool = columns.get().map_err(failure)?;
        Ok(is_member.then_some(is_new))
    }

    async fn forget_operations(&self, before: Timestamp) -> Result<()> {
        self.writers.rows(FORGET, &[&before]).await.map_err(failure)?;
        self.writers.rows(FORGET_STAMPS, &[]).await.map(drop).map_err(failure)
    }
}

/// True if a statement that ends a claim has written. No row means that the claim was not found.
fn is_written(row: Option<Row>) -> Result<bool> {
    let row = row.ok_or_else(lost)?;
    PgColumns::of(&row).get().map_err(failure)
}

fn lost() -> StoreError {
    StoreError::Refused(OperationClaim::lost())
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
