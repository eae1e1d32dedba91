//! The reports of all of a server's nodes, in one stored document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ops::stats::NodeFigures;
use crate::store::error::{Result, StoreError};
use crate::store::repository::{Document, Repository};

/// The key of the document, which keeps the name from earlier versions.
const DOCUMENT: &str = "census";
/// Attempts to save the document while other nodes save it too.
const ATTEMPTS: u32 = 12;
/// Milliseconds after which a node that has not reported is dropped.
const SILENT_MILLIS: i64 = 60_000;

/// The stored document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StatsRecord {
    /// The latest report of each node, by name.
    pub nodes: BTreeMap<String, NodeFigures>,
}

/// A node's report about itself.
#[derive(Clone, Debug)]
pub struct NodeReport {
    /// The node's name.
    pub name: String,
    /// The node's figures.
    pub stats: NodeFigures,
}

/// Stores this node's report and returns the reports of all nodes.
///
/// # Errors
/// Fails if the store fails, or if other nodes win the race to save every time.
pub async fn merge(repository: &dyn Repository, report: NodeReport) -> Result<StatsRecord> {
    let NodeReport { name, stats } = report;
    for _ in 0..ATTEMPTS {
        let found = repository.document(DOCUMENT).await?;
        let version = found.as_ref().map_or(0, |found| found.version);
        let mut record: StatsRecord = match &found {
            Some(found) => serde_json::from_str(&found.text).map_err(StoreError::internal)?,
            None => StatsRecord::default(),
        };
        record.nodes.retain(|_, other| stats.at.millis() - other.at.millis() < SILENT_MILLIS);
        record.nodes.insert(name.clone(), stats.clone());
        let text = serde_json::to_string(&record).map_err(StoreError::internal)?;
        if repository.save_document(DOCUMENT, &Document { version: version + 1, text }).await? {
            return Ok(record);
        }
    }
    Err(StoreError::Conflict(None))
}
