//! Checks the bytes of a file against its record, segment by segment.

use data_encoding::HEXLOWER;
use ring::digest;

use crate::protocol::FileId;
use crate::store::files::SEGMENT;
use crate::store::repository::StoredFile;

/// The bytes of a file that have been read so far.
pub(super) struct FileDigest {
    id: FileId,
    size: u64,
    sha256: Option<String>,
    segments: usize,
    next: usize,
    length: u64,
    whole: digest::Context,
}

impl std::fmt::Debug for FileDigest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("FileDigest").field("id", &self.id).field("next", &self.next).finish_non_exhaustive()
    }
}

impl FileDigest {
    pub(super) fn new(file: &StoredFile) -> Self {
        FileDigest {
            id: file.id.clone(),
            size: file.size,
            sha256: file.sha256.clone(),
            segments: file.segments.len(),
            next: 0,
            length: 0,
            whole: digest::Context::new(&digest::SHA256),
        }
    }

    /// The file whose bytes are read.
    pub(super) fn id(&self) -> &FileId {
        &self.id
    }

    /// Takes the next segment.
    ///
    /// # Errors
    /// Names the file if the segment does not follow the one before, or has a wrong length.
    pub(super) fn add(&mut self, index: usize, bytes: &[u8]) -> Result<(), String> {
        if index != self.next {
            return Err(self.missing());
        }
        let expected = self.size.saturating_sub(index as u64 * SEGMENT).min(SEGMENT);
        let found = bytes.len() as u64;
        if index >= self.segments || found != expected {
            let id = &self.id;
            return Err(format!("file {id}: its segment {index} has {found} bytes, expected {expected}"));
        }
        self.next += 1;
        self.length += found;
        self.whole.update(bytes);
        Ok(())
    }

    /// Describes the first segment that was not added.
    pub(super) fn missing(&self) -> String {
        format!("file {}: bytes from offset {} are missing", self.id, self.next as u64 * SEGMENT)
    }

    /// Compares everything with the record.
    ///
    /// # Errors
    /// Names the file if bytes are missing or differ from those that were uploaded.
    pub(super) fn end(self) -> Result<(), String> {
        if self.next < self.segments || self.length < self.size {
            return Err(self.missing());
        }
        let found = HEXLOWER.encode(self.whole.finish().as_ref());
        match self.sha256 {
            Some(sha256) if sha256 != found => Err(format!("file {}: its bytes do not match its SHA-256", self.id)),
            _ => Ok(()),
        }
    }
}
