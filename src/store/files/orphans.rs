//! Deletes bytes without a record. If bytes have no record when it is looked up after they were seen, they will never
//! have one, because a record is written before the first byte. A wrong or outdated database lacks records too, so
//! deletion is limited, delayed, and restricted to the store that belongs to the database.

use std::collections::BTreeMap;

use super::FileReviewer;
use super::ownership::{self, Ownership};
use super::review::{DAY, PAGE, later};
use crate::protocol::{FileId, Timestamp};
use crate::store::error::Result;
use crate::store::jobs;

/// Milliseconds from the run that first found an orphan to the one that deletes it.
pub const ORPHAN_MILLIS: i64 = 30 * DAY;
/// Number of orphans that crashes may explain in any store.
const FEW: u64 = 5;
/// In addition, one file in this many may be an orphan.
const SHARE: u64 = 20;
/// Maximum number of recorded orphans; others follow once these are deleted.
const NOTED: usize = 100;

/// The outcome of a search for orphans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrphanSearch {
    /// Orphans found long ago are deleted.
    Done { deleted: usize, waiting: usize },
    /// Too many to be explained by crashes: nothing is deleted.
    TooMany { orphans: u64, files: u64 },
    /// The store does not belong to this database: nothing is deleted.
    NotOwn(Ownership),
}

#[derive(Default)]
struct Found {
    files: u64,
    orphans: u64,
    /// The recorded orphans and the time at which each was first seen.
    noted: BTreeMap<FileId, Timestamp>,
}

impl FileReviewer {
    /// Records orphans, and deletes those recorded long before.
    ///
    /// # Errors
    /// `UNAVAILABLE` if the storage does not respond.
    pub async fn collect_orphans(&self, now: Timestamp) -> Result<OrphanSearch> {
        let ownership = ownership::compare(&*self.store, &*self.repository).await?;
        if ownership != Ownership::Own {
            return Ok(OrphanSearch::NotOwn(ownership));
        }
        let known = jobs::read(&*self.repository).await?.files.orphans;
        let Found { files, orphans, mut noted } = self.find(&known, now).await?;
        if orphans > FEW && orphans.saturating_mul(SHARE) > files {
            // Their time starts again once most files have a record.
            jobs::note_orphans(&*self.repository, BTreeMap::new()).await?;
            return Ok(OrphanSearch::TooMany { orphans, files });
        }
        let is_due = |first: &Timestamp| later(*first, ORPHAN_MILLIS) <= now;
        let due: Vec<FileId> = noted.iter().filter(|(_, first)| is_due(first)).map(|(file, _)| file.clone()).collect();
        for file in &due {
            tracing::info!(file = %file, "deleting bytes of a file that is not in the database");
            self.store.delete(file).await?;
            noted.remove(file);
        }
        let waiting = noted.len();
        if noted != known {
            jobs::note_orphans(&*self.repository, noted).await?;
        }
        Ok(OrphanSearch::Done { deleted: due.len(), waiting })
    }

    async fn find(&self, known: &BTreeMap<FileId, Timestamp>, now: Timestamp) -> Result<Found> {
        let mut found = Found::default();
        let mut room = NOTED.saturating_sub(known.len());
        let mut after: Option<FileId> = None;
        loop {
            let page = self.store.stored(after.as_ref(), PAGE).await?;
            for file in &page {
                found.files += 1;
                if self.repository.file(file).await?.is_some() {
                    continue;
                }
                found.orphans += 1;
                if let Some(first) = known.get(file) {
                    found.noted.insert(file.clone(), *first);
                } else if room > 0 {
                    room -= 1;
                    tracing::warn!(file = %file, "a stored file is not in the database; its bytes are deleted in 30 days");
                    found.noted.insert(file.clone(), now);
                }
            }
            after = page.last().cloned();
            if page.len() < PAGE {
                return Ok(found);
            }
        }
    }
}
