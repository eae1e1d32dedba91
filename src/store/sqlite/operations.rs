//! The outcomes of commands that carried an `opId`.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::SqliteRepository;
use super::values::{integer, number};
use crate::domain::StoredOperation;
use crate::protocol::{OperationId, Timestamp, UserId};
use crate::store::error::Result;
use crate::store::repository::Operations;

const ONE: &str =
    "SELECT user_id, id, fingerprint, chat_id, seq, outcome, at FROM operations WHERE user_id = ?1 AND id = ?2";
const INSERT: &str = "INSERT INTO operations (user_id, id, fingerprint, chat_id, seq, outcome, at) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
const FORGET: &str = "DELETE FROM operations WHERE at < ?1";

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

/// The outcome that an operation has.
pub(super) fn operation(
    connection: &Connection,
    user: &UserId,
    id: &OperationId,
) -> rusqlite::Result<Option<StoredOperation>> {
    let found = |row: &Row<'_>| {
        Ok(StoredOperation {
            user_id: row.get(0)?,
            id: row.get(1)?,
            fingerprint: row.get(2)?,
            chat_id: row.get(3)?,
            seq: number(row, 4)?,
            outcome: row.get(5)?,
            at: row.get(6)?,
        })
    };
    connection.prepare_cached(ONE)?.query_row(params![user, id], found).optional()
}

/// Keeps an outcome, unless the operation has one.
pub(super) fn keep(connection: &Connection, operation: &StoredOperation) -> rusqlite::Result<()> {
    let StoredOperation { user_id, id, fingerprint, chat_id, seq, outcome, at } = operation;
    let row = params![user_id, id, fingerprint, chat_id, integer(*seq), outcome, at];
    connection.prepare_cached(INSERT)?.execute(row).map(drop)
}
