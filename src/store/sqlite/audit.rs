//! The audit log.

use async_trait::async_trait;
use rusqlite::{Connection, TransactionBehavior, named_params, params};

use super::rows::SqliteColumns;
use super::values::one_more;
use super::{SqliteRepository, failure};
use crate::protocol::{AuditEntry, AuditId, Timestamp};
use crate::store::error::Result;
use crate::store::repository::{Audit, AuditQuery, Page, audit_floor};
use crate::store::sql;
use crate::store::sql::columns::audit_columns;
use crate::store::sql::records::SqlRecords;

const INSERT: &str = "INSERT INTO audit (id, at, actor_id, command, target_id, chat_id, reason) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING";

const RAISE_FLOOR: &str = "INSERT INTO audit_floor (one, id) VALUES (1, ?1) \
    ON CONFLICT (one) DO UPDATE SET id = max(id, excluded.id)";

const FORGET: &str = "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE id < ?1 ORDER BY id LIMIT ?2)";

/// A page under conditions that an index supports.
macro_rules! page {
    ($condition:literal) => {
        concat!(
            "SELECT ",
            audit_columns!("a"),
            " FROM audit a WHERE id < :before AND ",
            $condition,
            " ORDER BY id DESC LIMIT :limit"
        )
    };
}

pub(super) const ALL: &str = page!(":actor IS NULL AND :target IS NULL");
pub(super) const BY_ACTOR: &str = page!("actor_id = :actor AND (:target IS NULL OR target_id = :target)");
pub(super) const BY_TARGET: &str = page!(":actor IS NULL AND target_id = :target");

#[async_trait]
impl Audit for SqliteRepository {
    async fn append_audit(&self, entries: &[AuditEntry]) -> Result<()> {
        let entries = entries.to_vec();
        self.writer.run(move |connection| append(connection, &entries).map_err(failure)).await?
    }

    async fn audit_log(&self, query: &AuditQuery) -> Result<Page<AuditEntry>> {
        let query = query.clone();
        self.readers.read(move |snapshot| page(snapshot, &query)).await
    }

    async fn forget_audit(&self, before: Timestamp, max: usize) -> Result<usize> {
        let floor = audit_floor(before);
        self.writer.run(move |connection| forget(connection, &floor, max).map_err(failure)).await?
    }
}

fn append(connection: &mut Connection, entries: &[AuditEntry]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for entry in entries {
        let AuditEntry { id, at, actor_id, command, target_id, chat_id, reason } = entry;
        let row = params![id, at, actor_id, command, target_id, chat_id, reason];
        transaction.prepare_cached(INSERT)?.execute(row)?;
    }
    transaction.commit()
}

fn forget(connection: &mut Connection, floor: &AuditId, max: usize) -> rusqlite::Result<usize> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.prepare_cached(RAISE_FLOOR)?.execute([floor])?;
    let forgotten = transaction.prepare_cached(FORGET)?.execute(params![floor, sql::page::sql_limit(max)])?;
    transaction.commit()?;
    Ok(forgotten)
}

fn page(connection: &Connection, query: &AuditQuery) -> rusqlite::Result<Page<AuditEntry>> {
    let statement = match (&query.actor, &query.target) {
        (Some(_), _) => BY_ACTOR,
        (None, Some(_)) => BY_TARGET,
        (None, None) => ALL,
    };
    // Every id begins with a digit of a UUID.
    let before = query.before.as_deref().unwrap_or("g");
    let parameters = named_params! {
        ":before": before, ":actor": query.actor, ":target": query.target, ":limit": one_more(query.limit),
    };
    let mut statement = connection.prepare_cached(statement)?;
    let entries = statement.query_map(parameters, |row| SqliteColumns::of(row).audit_entry())?;
    Ok(sql::page::page(entries.collect::<rusqlite::Result<_>>()?, query.limit))
}
