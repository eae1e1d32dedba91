//! The server's jobs and the node that runs them, in one stored document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::protocol::{FileId, Timestamp};
use crate::store::error::{Result, StoreError};
use crate::store::repository::{Document, Repository};
use crate::store::scrub::ScrubPlace;

/// The key of the document.
pub(in crate::store) const DOCUMENT: &str = "jobs";
/// Attempts to save the document while other nodes save it.
const ATTEMPTS: u32 = 12;
/// Milliseconds for which a node holds the lease unless it renews it. After that, another node replaces a crashed one.
pub const LEASE_MILLIS: i64 = 30_000;

/// The stored document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct JobsRecord {
    /// The node that runs due jobs.
    pub lease: Option<Lease>,
    /// The figures of each job, by name.
    pub jobs: BTreeMap<String, JobFigures>,
    /// The position of the scrub.
    pub scrub: ScrubPlace,
    /// The file store that belongs to this database.
    pub files: OwnFileStore,
}

/// A database's record of its file store. Archives and backups leave it out: a copy of the database does not own the
/// files of the original.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OwnFileStore {
    /// The id in both the store and the database.
    pub store_id: Option<String>,
    /// Files with bytes but no record, and the time each was first found.
    pub orphans: BTreeMap<FileId, Timestamp>,
}

/// A node's permission to run jobs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lease {
    pub node: String,
    pub until: Timestamp,
}

/// The runs of a job on all nodes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct JobFigures {
    pub runs: u64,
    pub failures: u64,
    /// The start of the latest run.
    pub last_run_at: Option<Timestamp>,
    /// The start of the latest successful run.
    pub last_success_at: Option<Timestamp>,
    /// Duration of the latest run in milliseconds.
    pub last_millis: u64,
}

/// A finished run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobRun<'a> {
    /// The job.
    pub name: &'a str,
    /// The start.
    pub at: Timestamp,
    pub millis: u64,
    pub is_success: bool,
}

/// The current document.
///
/// # Errors
/// Fails if the store fails.
pub async fn read(repository: &dyn Repository) -> Result<JobsRecord> {
    Ok(stored(repository).await?.record)
}

/// Takes or renews the lease for a node, and returns the document if the node holds the lease. A lease with more than
/// half of its time left is not written again.
///
/// # Errors
/// Fails if the store fails.
pub async fn lead(repository: &dyn Repository, node: &str, now: Timestamp) -> Result<Option<JobsRecord>> {
    let StoredJobs { mut record, version } = stored(repository).await?;
    if let Some(lease) = &record.lease {
        let left = lease.until.millis() - now.millis();
        if lease.node != node && left > 0 {
            return Ok(None);
        }
        if lease.node == node && left > LEASE_MILLIS / 2 {
            return Ok(Some(record));
        }
    }
    record.lease = Some(Lease { node: node.to_owned(), until: Timestamp::from_millis(now.millis() + LEASE_MILLIS) });
    // If several nodes find the lease free, the first to save it gets it.
    Ok(save(repository, &record, version).await?.then_some(record))
}

/// Releases the lease, if the node holds it.
///
/// # Errors
/// Fails if the store fails.
pub async fn resign(repository: &dyn Repository, node: &str) -> Result<()> {
    let StoredJobs { mut record, version } = stored(repository).await?;
    if record.lease.as_ref().is_some_and(|lease| lease.node == node) {
        record.lease = None;
        // If another node saved the document in between, the lease expires a little later instead.
        save(repository, &record, version).await?;
    }
    Ok(())
}

/// Adds a run to the figures of its job, and returns the document.
///
/// # Errors
/// Fails if the store fails, or if other nodes win the race to save every time.
pub async fn note(repository: &dyn Repository, run: JobRun<'_>) -> Result<JobsRecord> {
    for _ in 0..ATTEMPTS {
        let StoredJobs { mut record, version } = stored(repository).await?;
        let figures = record.jobs.entry(run.name.to_owned()).or_default();
        figures.runs += 1;
        figures.failures += u64::from(!run.is_success);
        figures.last_run_at = figures.last_run_at.max(Some(run.at));
        if run.is_success {
            figures.last_success_at = figures.last_success_at.max(Some(run.at));
        }
        figures.last_millis = run.millis;
        if save(repository, &record, version).await? {
            return Ok(record);
        }
    }
    Err(StoreError::Conflict(None))
}

/// Saves the position of the scrub; false if another node has continued from the same position.
///
/// # Errors
/// Fails if the store fails, or if other nodes win the race to save every time.
pub async fn advance_scrub(repository: &dyn Repository, from: &ScrubPlace, to: &ScrubPlace) -> Result<bool> {
    for _ in 0..ATTEMPTS {
        let StoredJobs { mut record, version } = stored(repository).await?;
        if record.scrub != *from {
            return Ok(false);
        }
        record.scrub = to.clone();
        if save(repository, &record, version).await? {
            return Ok(true);
        }
    }
    Err(StoreError::Conflict(None))
}

/// The id of the file store that belongs to the database: the recorded one, or else the given one.
///
/// # Errors
/// Fails if the store fails, or if other nodes win the race to save every time.
pub async fn file_store_id(repository: &dyn Repository, new: &str) -> Result<String> {
    for _ in 0..ATTEMPTS {
        let StoredJobs { mut record, version } = stored(repository).await?;
        let id = record.files.store_id.get_or_insert_with(|| new.to_owned()).clone();
        if save(repository, &record, version).await? {
            return Ok(id);
        }
    }
    Err(StoreError::Conflict(None))
}

/// Records the orphans among the stored files.
///
/// # Errors
/// Fails if the store fails, or if other nodes win the race to save every time.
pub async fn note_orphans(repository: &dyn Repository, orphans: BTreeMap<FileId, Timestamp>) -> Result<()> {
    for _ in 0..ATTEMPTS {
        let StoredJobs { mut record, version } = stored(repository).await?;
        record.files.orphans.clone_from(&orphans);
        if save(repository, &record, version).await? {
            return Ok(());
        }
    }
    Err(StoreError::Conflict(None))
}

struct StoredJobs {
    record: JobsRecord,
    version: u64,
}

async fn stored(repository: &dyn Repository) -> Result<StoredJobs> {
    let Some(found) = repository.document(DOCUMENT).await? else {
        return Ok(StoredJobs { record: JobsRecord::default(), version: 0 });
    };
    let record = serde_json::from_str(&found.text).map_err(StoreError::internal)?;
    Ok(StoredJobs { record, version: found.version })
}

async fn save(repository: &dyn Repository, record: &JobsRecord, version: u64) -> Result<bool> {
    let text = serde_json::to_string(record).map_err(StoreError::internal)?;
    repository.save_document(DOCUMENT, &Document { version: version + 1, text }).await
}
