//! Import from an archive into an empty store.

use std::io::Read;
use std::sync::Arc;

use super::reading::ArchiveReader;
use super::record::{ArchiveRecord, ArchivedSegment};
use super::writing::ArchiveSummary;
use super::{ArchiveError, ArchiveResult, ArchiveTarget};
use crate::store::files::{FileStore, SegmentKey};
use crate::store::repository::StoredFile;

/// Maximum number of records in a batch.
const RECORDS: usize = 1024;
/// Maximum bytes of a batch, not counting its last record.
const BYTES: usize = 2 << 20;

/// The outcome of an import.
#[derive(Debug)]
pub struct ImportReport {
    pub summary: ArchiveSummary,
    /// The number of records that an earlier run imported.
    pub resumed: u64,
}

/// Writes a verified archive to a store, skipping records that an earlier run imported.
///
/// # Errors
/// Fails if the store has other content or cannot be written; repeating the import resumes where it stopped.
pub async fn import<R: Read + Send>(
    input: R,
    target: &mut dyn ArchiveTarget,
    files: Option<Arc<dyn FileStore>>,
    mut told: impl FnMut(u64) + Send,
) -> ArchiveResult<ImportReport> {
    let mut reader = ArchiveReader::new(input)?;
    let resumed = target.begin(&reader.header().id).await?;
    let mut batch = RecordBatch::default();
    let mut file: Option<Box<StoredFile>> = None;
    while let Some(record) = reader.next_record()? {
        if let ArchiveRecord::File(found) = &record {
            file = Some(found.clone());
        }
        if reader.total() <= resumed {
            continue;
        }
        if let ArchiveRecord::Segment(segment) = &record {
            put(files.as_deref(), file.as_deref(), segment).await?;
        }
        if batch.add(record) {
            target.write(std::mem::take(&mut batch).records, reader.total()).await?;
            told(reader.total());
        }
    }
    if !batch.records.is_empty() {
        target.write(batch.records, reader.total()).await?;
    }
    target.finish().await?;
    Ok(ImportReport { summary: reader.summary()?, resumed })
}

#[derive(Default)]
struct RecordBatch {
    records: Vec<ArchiveRecord>,
    bytes: usize,
}

impl RecordBatch {
    /// Adds a record; true if the batch is full. The bytes of files are stored separately.
    fn add(&mut self, record: ArchiveRecord) -> bool {
        self.bytes += record.bytes();
        if !matches!(record, ArchiveRecord::Segment(_)) {
            self.records.push(record);
        }
        self.records.len() >= RECORDS || self.bytes >= BYTES
    }
}

/// Stores a segment under the name given in its file's record.
async fn put(files: Option<&dyn FileStore>, file: Option<&StoredFile>, segment: &ArchivedSegment) -> ArchiveResult<()> {
    let off = || ArchiveError::Files("the archive has files; set FILES_URL to the location for their bytes".to_owned());
    let files = files.ok_or_else(off)?;
    let known = file.filter(|file| file.id == segment.file_id);
    let writer = known.and_then(|file| file.segments.get(segment.index));
    let stray = || ArchiveError::Files(format!("the archive has bytes of the unknown file {}", segment.file_id));
    let key = SegmentKey { file: &segment.file_id, index: segment.index, writer: *writer.ok_or_else(stray)? };
    let bytes = bytes::Bytes::copy_from_slice(&segment.bytes);
    let refused = |error| match ArchiveError::from(error) {
        ArchiveError::Store(reason) => ArchiveError::Files(format!("FILES_URL cannot be written: {reason}")),
        other => other,
    };
    files.put(key, bytes).await.map_err(refused)
}
