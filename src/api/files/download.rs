use std::sync::Arc;

use bytes::Bytes;

use crate::protocol::error::{Error, Result};
use crate::store::files::{FileStore, SEGMENT, SegmentKey};
use crate::store::repository::StoredFile;

/// Bytes that a download reads at a time.
const PIECE: u64 = 128 << 10;

/// Reads a complete file piece by piece.
#[derive(Clone, Debug)]
pub struct FileReader {
    store: Arc<dyn FileStore>,
    file: Arc<StoredFile>,
}

impl FileReader {
    /// A reader of this file.
    pub fn new(store: Arc<dyn FileStore>, file: StoredFile) -> FileReader {
        FileReader { store, file: Arc::new(file) }
    }

    /// Some bytes after `from`, none beyond `to`; empty at the end.
    ///
    /// # Errors
    /// `UNAVAILABLE` if the store does not respond, or the file has been deleted.
    pub async fn read(&self, from: u64, to: u64) -> Result<Bytes> {
        let to = to.min(self.file.received);
        if from >= to {
            return Ok(Bytes::new());
        }
        let index = usize::try_from(from / SEGMENT).map_err(Error::internal)?;
        let writer = *self.file.segments.get(index).ok_or_else(|| Error::internal("a segment of a file is missing"))?;
        let begins = index as u64 * SEGMENT;
        let end = to.min(begins + SEGMENT).min(from + PIECE);
        let key = SegmentKey { file: &self.file.id, index, writer };
        Ok(self.store.get(key, from - begins..end - begins).await?)
    }
}
