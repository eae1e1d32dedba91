//! The progress of an import, stored in the target store.

use serde::{Deserialize, Serialize};

use super::{ArchiveError, ArchiveResult};

/// The document at [`UNFINISHED`](super::UNFINISHED).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportProgress {
    archive: String,
    records: u64,
}

impl ImportProgress {
    /// Progress after this many records of an archive.
    pub fn new(archive: &str, records: u64) -> Self {
        ImportProgress { archive: archive.to_owned(), records }
    }

    /// The document's text.
    pub fn text(&self) -> String {
        serde_json::to_string(self).expect("a text and a number can be encoded")
    }

    /// The number of records that a store already has, according to its document.
    ///
    /// # Errors
    /// Fails if the records belong to another archive.
    pub fn resumed(text: &str, archive: &str) -> ArchiveResult<u64> {
        let progress = serde_json::from_str::<ImportProgress>(text).ok();
        let own = progress.filter(|progress| progress.archive == archive);
        own.map(|progress| progress.records).ok_or(ArchiveError::OtherUnfinished)
    }
}
