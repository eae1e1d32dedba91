//! The outcomes of commands with an `opId`.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::SqliteRepository;
use super::rows::SqliteColumns;
use super::values::integer;
use crate::domain::StoredOperation;
use crate::protocol::{OperationId, Timestamp, UserId};
use crate::store::error::Result;
use crate::store::repository::Operations;
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::operations::{FORGET, KEEP, ONE};

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

    async fn forget_operations(&self, before: Timestamp) -> Result<()> {
        self.write(move |connection| connection.prepare_cached(FORGET)?.execute([before]).map(drop)).await
    }
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
    let StoredOperation { user_id, id, fingerprint, chat_id, seq, outcome, at } = operation;
    let row = params![user_id, id, fingerprint, chat_id, integer(*seq), outcome, at];
    connection.prepare_cached(KEEP)?.execute(row).map(drop)
}
