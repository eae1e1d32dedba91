//! The statistics that all nodes of a server add up in one stored document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ops::stats::{NodeFigures, StatsCounter, Totals};
use crate::store::error::{Result, StoreError};
use crate::store::repository::{Document, Repository};

/// The key of the document. Earlier versions called it this, so it stays.
const DOCUMENT: &str = "census";
/// Attempts to save the document while other nodes save it too.
const ATTEMPTS: u32 = 12;
/// Milliseconds after which a node that has not reported is dropped.
const SILENT_MILLIS: i64 = 60_000;

/// The stored document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StatsRecord {
    /// The totals of all nodes together.
    pub totals: Totals,
    /// The last report of each node, by its name.
    pub nodes: BTreeMap<String, NodeFigures>,
}

/// A node's report about itself.
#[derive(Clone, Debug)]
pub struct NodeReport {
    /// The node's name.
    pub name: String,
    /// Its figures.
    pub stats: NodeFigures,
}

/// Adds what was counted to the stored totals; writes nothing if nothing was counted.
///
/// # Errors
/// Fails if the store does, or if other nodes keep winning the race to save. The counts are kept for the next attempt.
pub async fn save(counter: &StatsCounter, repository: &dyn Repository) -> Result<()> {
    if counter.is_empty() {
        return Ok(());
    }
    merge(counter, repository, None).await.map(drop)
}

/// Adds what was counted, and this node's report, to the stored document and returns it.
///
/// # Errors
/// As for [`save`].
pub async fn merge(
    counter: &StatsCounter,
    repository: &dyn Repository,
    report: Option<NodeReport>,
) -> Result<StatsRecord> {
    let counted = counter.take();
    let merged = add(repository, &counted, report).await;
    if merged.is_err() {
        counter.add(&counted);
    }
    merged
}

async fn add(repository: &dyn Repository, counted: &Totals, report: Option<NodeReport>) -> Result<StatsRecord> {
    for _ in 0..ATTEMPTS {
        let found = repository.document(DOCUMENT).await?;
        let version = found.as_ref().map_or(0, |found| found.version);
        let mut record: StatsRecord = match &found {
            Some(found) => serde_json::from_str(&found.text).map_err(StoreError::internal)?,
            None => StatsRecord::default(),
        };
        if counted.is_empty() && report.is_none() {
            return Ok(record);
        }
        record.totals.add(counted);
        if let Some(NodeReport { name, stats }) = report.clone() {
            record.nodes.retain(|_, other| stats.at.millis() - other.at.millis() < SILENT_MILLIS);
            record.nodes.insert(name, stats);
        }
        let text = serde_json::to_string(&record).map_err(StoreError::internal)?;
        if repository.save_document(DOCUMENT, &Document { version: version + 1, text }).await? {
            return Ok(record);
        }
    }
    Err(StoreError::Conflict(None))
}
