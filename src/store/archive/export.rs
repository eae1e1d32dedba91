//! Export from a store to an archive.

use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

use super::file_digest::FileDigest;
use super::format::ArchiveHeader;
use super::record::{ArchiveRecord, ArchivedSegment};
use super::stream::record_stream;
use super::writing::{ArchiveSummary, ArchiveWriter};
use super::{ArchiveError, ArchiveResult, ArchiveSource};
use crate::protocol::Timestamp;
use crate::store::files::{FileHold, FileStore, SEGMENT, SegmentKey};
use crate::store::repository::StoredFile;

/// The outcome of an export.
#[derive(Debug)]
pub struct ExportReport<W> {
    /// The destination of the archive.
    pub out: W,
    pub summary: ArchiveSummary,
}

/// Writes the whole store to `out`. `told` is called with the number of records from time to time.
///
/// # Errors
/// Fails if the store or the file store cannot be read, or `out` cannot be written.
pub async fn export<W: Write + Send>(
    source: Box<dyn ArchiveSource>,
    files: Option<Arc<dyn FileStore>>,
    out: W,
    at: Timestamp,
    mut told: impl FnMut(u64) + Send,
) -> ArchiveResult<ExportReport<W>> {
    let begun = Instant::now();
    // Before the store is read: a file that is deleted afterwards keeps its bytes. Where the file store cannot be
    // written, no server deletes anything.
    let mut hold = match &files {
        Some(files) => FileHold::begin(files.clone(), at).await.ok(),
        None => None,
    };
    let mut writer = ArchiveWriter::new(out, &ArchiveHeader::new(source.kind(), at))?;
    let (sender, mut records) = record_stream();
    let dump = tokio::spawn(source.dump(sender));
    while let Some(record) = records.next().await {
        let record = record?;
        writer.record(&record)?;
        if let ArchiveRecord::File(file) = &record {
            segments(files.as_deref(), file, &mut writer).await?;
        }
        if let Some(hold) = &mut hold {
            hold.renew(at.plus(begun.elapsed())).await?;
        }
        if writer.total().is_multiple_of(1024) {
            told(writer.total());
        }
    }
    dump.await.map_err(|error| ArchiveError::Store(error.to_string()))??;
    let (out, summary) = writer.finish()?;
    if let Some(hold) = hold {
        // One that cannot be removed ends by itself.
        let _ = hold.end().await;
    }
    Ok(ExportReport { out, summary })
}

/// Adds the bytes of a file.
async fn segments<W: Write>(
    files: Option<&dyn FileStore>,
    file: &StoredFile,
    writer: &mut ArchiveWriter<W>,
) -> ArchiveResult<()> {
    if file.size == 0 && file.segments.is_empty() {
        return Ok(());
    }
    let off = || ArchiveError::Files("the store has files; set FILES_URL to the location of their bytes".to_owned());
    let files = files.ok_or_else(off)?;
    let damaged = |finding: String| ArchiveError::Files(format!("FILES_URL: {finding}; run pichat verify"));
    let mut whole = FileDigest::new(file);
    for (index, number) in file.segments.iter().enumerate() {
        let start = index as u64 * SEGMENT;
        let length = file.size.saturating_sub(start).min(SEGMENT);
        let key = SegmentKey { file: &file.id, index, writer: *number };
        let bytes = files.get(key, 0..length).await.map_err(|_| damaged(whole.missing()))?.to_vec();
        whole.add(index, &bytes).map_err(damaged)?;
        writer.record(&ArchiveRecord::Segment(Box::new(ArchivedSegment { file_id: file.id.clone(), index, bytes })))?;
    }
    whole.end().map_err(damaged)
}
