//! The content of a store before an import.

use super::{ArchiveError, ArchiveResult, ImportProgress};
use crate::store::jobs::JobsRecord;

/// The parts of a store that decide about an import, read without changing the store. A built-in administrator without
/// other content, as the first start of a server creates, does not count; the import replaces that account.
#[derive(Clone, Debug, Default)]
pub struct StoreOccupancy {
    /// The document of an import that was interrupted.
    pub(in crate::store) progress: Option<String>,
    /// The first kind of content, in words.
    pub(in crate::store) content: Option<&'static str>,
    /// The document of the jobs.
    pub(in crate::store) jobs: Option<String>,
}

impl StoreOccupancy {
    /// The number of records of an archive that the store has already.
    ///
    /// # Errors
    /// Fails if the store has other content.
    pub fn admit(&self, archive: &str) -> ArchiveResult<u64> {
        match (&self.progress, self.content) {
            (Some(progress), _) => ImportProgress::resumed(progress, archive),
            (None, Some(found)) => Err(ArchiveError::NotEmpty { found }),
            (None, None) => Ok(0),
        }
    }

    /// The id of the file store that belongs to the database.
    pub fn file_store(&self) -> Option<String> {
        serde_json::from_str::<JobsRecord>(self.jobs.as_deref()?).ok()?.files.store_id
    }
}
