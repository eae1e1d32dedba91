//! The outcomes of commands with an `opId`.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::rows::SqliteColumns;
use super::values::integer;
use super::{SqliteRepository, accounts, documents, failure, marks};
use crate::domain::{OperationClaim, StoredOperation};
use crate::protocol::{ChatId, Mute, OperationId, Seq, Timestamp, UserId};
use crate::store::error::{Result, StoreError};
use crate::store::repository::{Account, Document, OperationUsage, Operations};
use crate::store::sql::columns::SqlColumns;
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::operations::{CLAIM, FINISH, FORGET, KEEP, ONE, RELEASE, USAGE};

#[async_trait]
impl Operations for SqliteRepository {
    async fn operation(&self, user: &UserId, id: &OperationId) -> Result<Option<StoredOperation>> {
        let user = user.clone();
        let id = id.clone();
        self.readers.read(move |snapshot| operation(snapshot, &user, &id)).await
    }

    async fn keep_operation(&self, operation: &StoredOperation) -> Result<()> {
        let operation = operation.clone();
        self.write(move |connection| keep(connection, &operation)).await
    }

    async fn claim_operation(
        &self,
        operation: &StoredOperation,
        expired: Timestamp,
        over: Option<&str>,
    ) -> Result<Option<StoredOperation>> {
        let operation = operation.clone();
        let over = over.map(str::to_owned);
        self.write(move |connection| {
            let StoredOperation { user_id, id, fingerprint, at, claim, .. } = &operation;
            let row = params![user_id, id, fingerprint, at, claim, expired, over];
            let claimed = connection.prepare_cached(CLAIM)?.execute(row)?;
            if claimed > 0 { Ok(None) } else { self::operation(connection, user_id, id) }
        })
        .await
    }

    async fn finish_operation(&self, claim: &OperationClaim, outcome: &str) -> Result<()> {
        let OperationClaim { user_id, id, by } = claim.clone();
        let outcome = outcome.to_owned();
        let finish = move |connection: &Connection| {
            connection.prepare_cached(FINISH)?.execute(params![user_id, id, by, outcome]).map(drop)
        };
        self.write(finish).await
    }

    async fn release_operation(&self, claim: &OperationClaim) -> Result<()> {
        let OperationClaim { user_id, id, by } = claim.clone();
        self.write(move |connection| connection.prepare_cached(RELEASE)?.execute(params![user_id, id, by]).map(drop))
            .await
    }

    async fn forget_operations(&self, before: Timestamp) -> Result<()> {
        self.write(move |connection| connection.prepare_cached(FORGET)?.execute([before]).map(drop)).await
    }

    async fn operation_usage(&self, user: &UserId) -> Result<OperationUsage> {
        let user = user.clone();
        let count = |row: &Row<'_>| {
            let mut columns = SqliteColumns::of(row);
            Ok(OperationUsage { count: columns.number()?, bytes: columns.number()? })
        };
        self.readers.read(move |snapshot| snapshot.prepare_cached(USAGE)?.query_row([user], count)).await
    }

    fn ends_claims_with_writes(&self) -> bool {
        true
    }

    async fn update_account_once(&self, account: &Account, claim: &OperationClaim) -> Result<bool> {
        let account = account.clone();
        self.write_once(claim, move |connection| accounts::rewrite(connection, &account)).await
    }

    async fn save_document_once(&self, place: &str, document: &Document, claim: &OperationClaim) -> Result<bool> {
        let place = place.to_owned();
        let document = document.clone();
        self.write_once(claim, move |connection| documents::save(connection, &place, &document).map_err(failure)).await
    }

    async fn mute_once(
        &self,
        chat: &ChatId,
        user: &UserId,
        mute: Mute,
        claim: &OperationClaim,
    ) -> Result<Option<Mute>> {
        let chat = chat.clone();
        let user = user.clone();
        self.write_once(claim, move |connection| marks::mute(connection, &chat, &user, mute).map_err(failure)).await
    }

    async fn mark_unread_once(
        &self,
        chat: &ChatId,
        user: &UserId,
        from: Seq,
        claim: &OperationClaim,
    ) -> Result<Option<bool>> {
        let chat = chat.clone();
        let user = user.clone();
        let write = move |connection: &Connection| marks::mark_unread(connection, &chat, &user, from).map_err(failure);
        self.write_once(claim, write).await
    }
}

impl SqliteRepository {
    /// Writes and ends the claim in one transaction, unless nothing was written.
    async fn write_once<T, F>(&self, claim: &OperationClaim, write: F) -> Result<T>
    where
        T: OnceWritten + Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let claim = claim.clone();
        let work = move |connection: &mut Connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failure)?;
            let written = write(&transaction)?;
            if written.is_written() && !end(&transaction, &claim).map_err(failure)? {
                // The transaction is rolled back.
                return Err(StoreError::Refused(OperationClaim::lost()));
            }
            transaction.commit().map_err(failure)?;
            Ok(written)
        };
        self.writer.run(work).await?
    }
}

/// The result of a write that may find that it has nothing to do.
trait OnceWritten {
    fn is_written(&self) -> bool;
}

impl OnceWritten for bool {
    fn is_written(&self) -> bool {
        *self
    }
}

impl<T> OnceWritten for Option<T> {
    fn is_written(&self) -> bool {
        self.is_some()
    }
}

/// Ends a claim; false if somebody else has it.
fn end(connection: &Connection, claim: &OperationClaim) -> rusqlite::Result<bool> {
    const END: &str = "UPDATE operations SET claim = NULL WHERE user_id = ?1 AND id = ?2 AND claim = ?3";
    let OperationClaim { user_id, id, by } = claim;
    Ok(connection.prepare_cached(END)?.execute(params![user_id, id, by])? == 1)
}

/// Makes the claims of an earlier process nobody's: nothing of it runs any more.
pub(super) fn abandon(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("UPDATE operations SET claim = '' WHERE claim IS NOT NULL", []).map(drop)
}

/// The outcome of an operation.
pub(super) fn operation(
    connection: &Connection,
    user: &UserId,
    id: &OperationId,
) -> rusqlite::Result<Option<StoredOperation>> {
    let found = |row: &Row<'_>| SqliteColumns::of(row).operation();
    connection.prepare_cached(ONE)?.query_row(params![user, id], found).optional()
}

/// Stores an outcome, unless the operation already has one.
pub(super) fn keep(connection: &Connection, operation: &StoredOperation) -> rusqlite::Result<()> {
    let StoredOperation { user_id, id, fingerprint, chat_id, seq, outcome, at, .. } = operation;
    let row = params![user_id, id, fingerprint, chat_id, integer(*seq), outcome, at];
    connection.prepare_cached(KEEP)?.execute(row).map(drop)
}
