//! Archives: everything in a store, as one stream of records that any store can write and read.
//!
//! An [`ArchiveSource`] reads a whole store in the canonical order of [`ArchiveRecord`], an [`ArchiveTarget`] fills an
//! empty one. Each backend implements both; clients' commands use neither. Begin reading at [`export`] and [`import`].

mod check;
mod export;
mod file_digest;
mod format;
mod import;
mod occupancy;
mod progress;
mod reading;
mod record;
mod record_key;
mod stream;
mod unreadable;
mod verify;
mod writing;

use async_trait::async_trait;

pub use check::check;
pub use export::{ExportReport, export};
pub use format::{ArchiveHeader, FORMAT, RecordCounts};
pub use import::{ImportReport, import};
pub use occupancy::StoreOccupancy;
pub use progress::ImportProgress;
pub use reading::ArchiveReader;
pub use record::{
    ArchiveRecord, ArchivedAudit, ArchivedChat, ArchivedDocument, ArchivedEnd, ArchivedMember, ArchivedMention,
    ArchivedMessage, ArchivedReactor, ArchivedSegment, ArchivedSession, ArchivedSpentToken, ArchivedToken,
    ArchivedUser,
};
pub use stream::{RecordSender, RecordStream, StreamClosed, record_stream};
pub use unreadable::UnreadableRecord;
pub use verify::RecordVerifier;
pub use writing::{ArchiveSummary, ArchiveWriter};

use crate::store::error::StoreError;

/// The name of the document that marks an unfinished import.
pub const UNFINISHED: &str = "import";

/// The result of an operation on an archive.
pub type ArchiveResult<T> = Result<T, ArchiveError>;

/// The reason why an archive cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The input is something else.
    #[error("this is not a PiChat archive; expected a file written by pichat export")]
    Foreign,
    /// A later version wrote it.
    #[error("the archive has format {found} and this version reads up to {FORMAT}; import it with a newer pichat")]
    Newer {
        /// The format of the archive.
        found: u64,
    },
    /// The end is missing.
    #[error("the archive is truncated after record {records}; copy it or export it again")]
    Truncated {
        /// Number of records before the end.
        records: u64,
    },
    /// The archive's content was altered.
    #[error("the archive is damaged at record {record}: {reason}; copy it or export it again")]
    Damaged {
        /// The number of the record, counted from 1.
        record: u64,
        /// The problem.
        reason: String,
    },
    /// The store already has content.
    #[error("the store is not empty: it has {found}; import into a new one")]
    NotEmpty {
        /// The kind of content that was found.
        found: &'static str,
    },
    /// A different archive was being imported.
    #[error(
        "an import of another archive into this store is not finished; finish that one, or import into a new store"
    )]
    OtherUnfinished,
    /// The store contains only part of an archive.
    #[error("an import into this store is not finished; run the same pichat import again")]
    Unfinished,
    /// The bytes of a file cannot be read or written.
    #[error("{0}")]
    Files(String),
    /// The archive file cannot be read or written.
    #[error("{what}: {source}")]
    Io {
        /// The operation that failed.
        what: &'static str,
        /// The system's message.
        source: std::io::Error,
    },
    /// The store failed.
    #[error("the store failed: {0}")]
    Store(String),
}

/// The words of the innermost cause of an error.
pub(in crate::store) fn cause(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), cause)
}

impl From<UnreadableRecord> for ArchiveError {
    fn from(unreadable: UnreadableRecord) -> Self {
        ArchiveError::Store(unreadable.to_string())
    }
}

impl From<StoreError> for ArchiveError {
    fn from(error: StoreError) -> Self {
        // The cause says what to do, for example if the disk is full.
        let mut told = cause(&error);
        if told.contains("disk is full") {
            told = "the disk is full".to_owned();
        }
        ArchiveError::Store(told.replace('\n', " "))
    }
}

/// Reads everything from a store, as of a single point in time.
#[async_trait]
pub trait ArchiveSource: std::fmt::Debug + Send {
    /// The name of the kind of store.
    fn kind(&self) -> &'static str;

    /// True if an import into the store has not finished.
    async fn is_unfinished(&mut self) -> Result<bool, StoreError>;

    /// The approximate number of records.
    async fn size(&mut self) -> Result<u64, StoreError>;

    /// Inconsistencies that the records do not show, one per line.
    async fn inspect(&mut self) -> Result<Vec<String>, StoreError>;

    /// Sends every record except file segments, in the canonical order. A record that cannot be read is sent as such, and
    /// the rest follows.
    ///
    /// # Errors
    /// Fails if the store fails; stops silently if the receiver is gone.
    async fn dump(self: Box<Self>, out: RecordSender) -> Result<(), StoreError>;
}

/// Fills an empty store.
///
/// Rules for every backend:
/// 1. [`ArchiveTarget::begin`] MUST refuse a store that has content, unless an import of the same archive was started
///    there.
/// 2. The records of a batch and the progress MUST become durable together, or writing the records MUST come first and
///    be idempotent.
#[async_trait]
pub trait ArchiveTarget: std::fmt::Debug + Send {
    /// The number of this archive's records that the store already has.
    ///
    /// # Errors
    /// Fails if the store has other content.
    async fn begin(&mut self, archive: &str) -> ArchiveResult<u64>;

    /// Writes records; `done` is the number of the archive's records in the store afterwards.
    async fn write(&mut self, records: Vec<ArchiveRecord>, done: u64) -> ArchiveResult<()>;

    /// Writes data derived from the records, and ends the import.
    async fn finish(&mut self) -> ArchiveResult<()>;
}
