//! The bytes of uploaded files: in a folder or a cloud container. The records of files are in the database.
//!
//! A file is stored in segments of [`SEGMENT`] bytes, the last one shorter. A segment is written as a whole and never
//! changed, so a crash leaves no partial segment, an upload can continue on any node, and nothing holds more than a
//! segment in memory. The database is written before the first byte and after the last one is deleted: bytes without a
//! record are orphans.

use std::ops::Range;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;

use crate::ops::config::{BadSetting, FileLocation};
use crate::protocol::FileId;
use crate::store::error::Result;

#[cfg(any(feature = "azure-files", feature = "s3-files"))]
mod cloud;
mod folder;
mod hold;
mod orphans;
mod ownership;
mod review;
#[cfg(test)]
mod tests;

pub use hold::FileHold;
pub use orphans::{ORPHAN_MILLIS, OrphanSearch};
pub use ownership::{MARK, Ownership, claim};
pub use review::{CLAIM_MILLIS, FileReviewer, ReviewHint, ReviewQueue};

/// Size of a segment in bytes.
pub const SEGMENT: u64 = 512 << 10;

/// A segment of a file, by its index and by the request that wrote it: a request that lost the upload to another one
/// cannot overwrite the other's segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentKey<'a> {
    pub file: &'a FileId,
    /// 0 for the first [`SEGMENT`] bytes.
    pub index: usize,
    /// The writer's number.
    pub writer: u32,
}

impl SegmentKey<'_> {
    /// The name within the file's folder.
    fn name(&self) -> String {
        format!("{:06}-{}", self.index, self.writer)
    }
}

/// Stores segments.
///
/// Rules for every store:
/// 1. A stored segment MUST be durable and readable from every node when the call returns.
/// 2. Deleting missing bytes MUST succeed.
/// 3. A failure MUST be [`Code::Unavailable`](crate::protocol::error::Code::Unavailable).
#[async_trait]
pub trait FileStore: std::fmt::Debug + Send + Sync + 'static {
    /// Checks that the store can be written to.
    async fn prepare(&self) -> Result<()>;

    /// Stores a segment.
    async fn put(&self, key: SegmentKey<'_>, bytes: Bytes) -> Result<()>;

    /// Reads these bytes of a segment.
    async fn get(&self, key: SegmentKey<'_>, range: Range<u64>) -> Result<Bytes>;

    /// Deletes one segment.
    async fn discard(&self, key: SegmentKey<'_>) -> Result<()>;

    /// Deletes every segment of a file.
    async fn delete(&self, file: &FileId) -> Result<()>;

    /// Some of the files with stored bytes, in order of id, after the given one.
    async fn stored(&self, after: Option<&FileId>, limit: usize) -> Result<Vec<FileId>>;

    /// The id of the database that the store belongs to.
    async fn owner(&self) -> Result<Option<String>>;

    /// Adds a [hold](FileHold) with this name.
    async fn add_hold(&self, name: &str) -> Result<()>;

    /// Removes a hold, if it is there.
    async fn remove_hold(&self, name: &str) -> Result<()>;

    /// The names of all holds.
    async fn holds(&self) -> Result<Vec<String>>;

    /// Records the database that the store belongs to, unless another one is already recorded.
    async fn claim(&self, owner: &str) -> Result<()>;
}

/// Opens the store named by the settings, without sending it a request.
///
/// # Errors
/// `FILES_URL`, if it or its credentials cannot be used.
pub fn open(location: &FileLocation) -> Result<Option<Arc<dyn FileStore>>, BadSetting> {
    match location {
        FileLocation::Off => Ok(None),
        FileLocation::Folder(path) => Ok(Some(Arc::new(folder::FolderStore::new(path.clone())))),
        #[cfg(feature = "azure-files")]
        FileLocation::Azure(place) => cloud::azure(place).map(Some),
        #[cfg(feature = "s3-files")]
        FileLocation::S3(place) => cloud::s3(place).map(Some),
    }
}
