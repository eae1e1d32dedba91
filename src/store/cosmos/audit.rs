//! The audit log: one document per entry, in one partition per month.
//!
//! The months with entries are listed in a separate partition, which is written first. A page is read backwards from
//! the newest month.

use std::collections::HashSet;

use async_trait::async_trait;
use azure_data_cosmos::Query;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::query::CosmosQuery;
use super::readable::{self, ArchivePage};
use super::{CosmosRepository, Store, queries};
use crate::protocol::{AuditEntry, AuditId, Timestamp};
use crate::store::error::{Result, StoreError};
use crate::store::repository::{Audit, AuditQuery, Page, audit_floor};

const MONTHS: &str = "audit";

/// The months that this node knows to be listed.
#[derive(Debug, Default)]
pub(super) struct Months(Mutex<HashSet<String>>);

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Month {
    id: String,
    scope: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EntryDocument {
    id: String,
    scope: String,
    audit_id: AuditId,
    #[serde(flatten)]
    entry: AuditDocument,
}

/// An entry without its id, which is reserved in documents.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AuditDocument {
    at: Timestamp,
    actor_id: crate::protocol::UserId,
    command: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chat_id: Option<crate::protocol::ChatId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl EntryDocument {
    fn new(month: &str, entry: &AuditEntry) -> Self {
        let AuditEntry { id, at, actor_id, command, target_id, chat_id, reason } = entry.clone();
        EntryDocument {
            id: id.to_string(),
            scope: month.to_owned(),
            audit_id: id,
            entry: AuditDocument { at, actor_id, command, target_id, chat_id, reason },
        }
    }

    fn entry(self) -> AuditEntry {
        let AuditDocument { at, actor_id, command, target_id, chat_id, reason } = self.entry;
        AuditEntry { id: self.audit_id, at, actor_id, command, target_id, chat_id, reason }
    }
}

#[async_trait]
impl Audit for CosmosRepository {
    async fn append_audit(&self, entries: &[AuditEntry]) -> Result<()> {
        let entries = entries.to_vec();
        self.detached(|store| async move {
            for entry in &entries {
                store.append(entry).await?;
            }
            Ok(())
        })
        .await
    }

    async fn audit_log(&self, query: &AuditQuery) -> Result<Page<AuditEntry>> {
        let newest = query.before.as_ref().map(month).transpose()?;
        let mut months: Vec<String> = self.store.settings.query(MONTHS, Query::from(queries::MONTHS), "audit").await?;
        months.retain(|month| newest.as_ref().is_none_or(|newest| month <= newest));
        months.sort_unstable_by(|one, other| other.cmp(one));
        let mut items = vec![];
        for month in months {
            items.extend(self.store.of_month(&month, query, query.limit + 1 - items.len()).await?);
            if items.len() > query.limit {
                break;
            }
        }
        let more = items.len() > query.limit;
        items.truncate(query.limit);
        Ok(Page { items, more })
    }

    async fn forget_audit(&self, before: Timestamp, max: usize) -> Result<usize> {
        let floor = audit_floor(before);
        let newest = month_at(before);
        let mut forgotten = 0;
        for month in self.store.audit_months().await?.into_iter().filter(|month| *month <= newest) {
            let remaining = max - forgotten;
            let old = self.store.audit_after(&month, "", remaining).await?;
            let is_all = old.len() < remaining;
            for entry in old.iter().filter(|entry| entry.id < floor) {
                self.store.settings.delete(&month, &entry.id, None, "audit").await?;
                forgotten += 1;
            }
            if !is_all {
                break;
            }
            // Nothing is appended to a past month.
            if month < newest {
                self.store.settings.delete(MONTHS, &month, None, "audit").await?;
                self.store.months.0.lock().remove(&month);
            }
        }
        Ok(forgotten)
    }
}

impl Store {
    /// The months with entries, oldest first.
    pub(super) async fn audit_months(&self) -> Result<Vec<String>> {
        let mut months: Vec<String> = self.settings.query(MONTHS, Query::from(queries::MONTHS), "export").await?;
        months.sort_unstable();
        Ok(months)
    }

    /// A page of one month's entries, oldest first, each if it can be read.
    pub(super) async fn archived_audit(&self, month: &str, after: &str, top: usize) -> Result<ArchivePage<AuditEntry>> {
        let question = CosmosQuery(Query::from(queries::AUDIT_AFTER)).with("@top", top)?.with("@after", after)?;
        let found: Vec<Value> = self.settings.query(month, question.0, "export").await?;
        let read = |document: &Value| Ok(readable::AUDIT.read::<EntryDocument>(document)?.entry());
        Ok(ArchivePage::of(&found, "auditId", read))
    }

    /// A page of one month's entries, oldest first.
    pub(super) async fn audit_after(&self, month: &str, after: &str, top: usize) -> Result<Vec<AuditEntry>> {
        let question = CosmosQuery(Query::from(queries::AUDIT_AFTER)).with("@top", top)?.with("@after", after)?;
        let found: Vec<EntryDocument> = self.settings.query(month, question.0, "audit").await?;
        Ok(found.into_iter().map(EntryDocument::entry).collect())
    }

    /// Writes an entry of an archive.
    pub(super) async fn restore_audit(&self, entry: &AuditEntry) -> Result<()> {
        self.append(entry).await
    }

    /// Appends an entry. If its id exists, it is the same entry repeated, because no other entry has it.
    async fn append(&self, entry: &AuditEntry) -> Result<()> {
        let scope = month(&entry.id)?;
        let is_known = self.months.0.lock().contains(&scope);
        if !is_known {
            let marker = Month { id: scope.clone(), scope: MONTHS.to_owned() };
            self.settings.create(MONTHS, &scope, &marker, "audit").await?;
            self.months.0.lock().insert(scope.clone());
        }
        let document = EntryDocument::new(&scope, entry);
        self.settings.create(&scope, &document.id, &document, "audit").await.map(drop)
    }

    async fn of_month(&self, month: &str, query: &AuditQuery, top: usize) -> Result<Vec<AuditEntry>> {
        let mut text = queries::AUDIT.to_owned();
        text.push_str(if query.actor.is_some() { queries::BY_ACTOR } else { "" });
        text.push_str(if query.target.is_some() { queries::AT_TARGET } else { "" });
        text.push_str(queries::LATEST_ENTRY_FIRST);
        let before = query.before.as_deref().unwrap_or("g");
        let mut question = CosmosQuery(Query::from(text)).with("@top", top)?.with("@before", before)?;
        if let Some(actor) = &query.actor {
            question = question.with("@actor", actor)?;
        }
        if let Some(target) = &query.target {
            question = question.with("@target", target)?;
        }
        let found: Vec<EntryDocument> = self.settings.query(month, question.0, "audit").await?;
        Ok(found.into_iter().map(EntryDocument::entry).collect())
    }
}

/// The partition of an entry, derived from the time in its id: `audit:2026-01`.
fn month(id: &AuditId) -> Result<String> {
    let time = Uuid::parse_str(id).ok().and_then(|id| id.get_timestamp());
    let (seconds, _) = time.ok_or_else(|| StoreError::internal("an audit entry without a time in its id"))?.to_unix();
    let millis = i64::try_from(seconds).unwrap_or(0).saturating_mul(1000);
    Ok(month_at(Timestamp::from_millis(millis)))
}

fn month_at(time: Timestamp) -> String {
    format!("audit:{}", &time.to_string()[..7])
}
