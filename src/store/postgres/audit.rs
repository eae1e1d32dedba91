//! The audit log.

use async_trait::async_trait;

use super::PostgresRepository;
use super::error::failure;
use super::rows::PgColumns;
use super::session::Parameters;
use super::values::{Text, one_more};
use crate::protocol::{AuditEntry, Timestamp};
use crate::store::error::Result;
use crate::store::repository::{Audit, AuditQuery, Page, audit_floor};
use crate::store::sql::columns::audit_columns;
use crate::store::sql::page::{page, sql_limit};
use crate::store::sql::records::SqlRecords;

const INSERT: &str = "INSERT INTO audit (id, at, actor_id, command, target_id, chat_id, reason) \
    SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) \
    ON CONFLICT (id) DO NOTHING";

const RAISE_FLOOR: &str = "INSERT INTO audit_floor (one, id) VALUES (true, $1) \
    ON CONFLICT (one) DO UPDATE SET id = greatest(audit_floor.id, excluded.id)";

const FORGET: &str = "WITH old AS (SELECT id FROM audit WHERE id < $1 ORDER BY id LIMIT $2) \
    DELETE FROM audit USING old WHERE audit.id = old.id RETURNING 1";

/// A page under conditions that an index supports.
macro_rules! page {
    ($condition:literal) => {
        concat!("SELECT ", audit_columns!("a"), " FROM audit a WHERE id < $1", $condition, " ORDER BY id DESC LIMIT $2")
    };
}

const ALL: &str = page!("");
const BY_ACTOR: &str = page!(" AND actor_id = $3");
const BY_TARGET: &str = page!(" AND target_id = $3");
const BY_BOTH: &str = page!(" AND actor_id = $3 AND target_id = $4");

#[async_trait]
impl Audit for PostgresRepository {
    async fn append_audit(&self, entries: &[AuditEntry]) -> Result<()> {
        let ids: Vec<_> = entries.iter().map(|entry| &entry.id).collect();
        let times: Vec<_> = entries.iter().map(|entry| entry.at).collect();
        let actors: Vec<_> = entries.iter().map(|entry| &entry.actor_id).collect();
        let commands: Vec<_> = entries.iter().map(|entry| &entry.command).collect();
        let targets: Vec<_> = entries.iter().map(|entry| entry.target_id.as_ref().map(Text)).collect();
        let chats: Vec<_> = entries.iter().map(|entry| entry.chat_id.as_ref()).collect();
        let reasons: Vec<_> = entries.iter().map(|entry| entry.reason.as_ref().map(Text)).collect();
        let values: Parameters<'_> = &[&ids, &times, &actors, &commands, &targets, &chats, &reasons];
        self.writers.rows(INSERT, values).await.map(drop).map_err(failure)
    }

    async fn audit_log(&self, query: &AuditQuery) -> Result<Page<AuditEntry>> {
        // Every id begins with a digit of a UUID.
        let before = Text(query.before.as_deref().unwrap_or("g"));
        let limit = one_more(query.limit);
        let found = match (&query.actor, query.target.as_ref().map(Text)) {
            (None, None) => self.readers.rows(ALL, &[&before, &limit]).await,
            (Some(actor), None) => self.readers.rows(BY_ACTOR, &[&before, &limit, actor]).await,
            (None, Some(target)) => self.readers.rows(BY_TARGET, &[&before, &limit, &target]).await,
            (Some(actor), Some(target)) => self.readers.rows(BY_BOTH, &[&before, &limit, actor, &target]).await,
        };
        let rows = found.map_err(failure)?;
        let entries = rows.iter().map(|row| PgColumns::of(row).audit_entry().map_err(failure));
        Ok(page(entries.collect::<Result<_>>()?, query.limit))
    }

    async fn forget_audit(&self, before: Timestamp, max: usize) -> Result<usize> {
        let floor = audit_floor(before);
        // Two transactions: a floor above entries that still exist does no harm.
        self.writers.rows(RAISE_FLOOR, &[&floor]).await.map_err(failure)?;
        let max = sql_limit(max);
        Ok(self.writers.rows(FORGET, &[&floor, &max]).await.map_err(failure)?.len())
    }
}
