//! Import from an archive into an empty store.

use std::collections::BTreeSet;
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

/// Reads an archive completely, without a store.
///
/// # Errors
/// Fails if the archive is incomplete or damaged.
pub fn check(input: impl Read) -> ArchiveResult<ArchiveSummary> {
    let mut reader = ArchiveReader::new(input)?;
    let mut order = ArchiveOrder::default();
    while let Some(record) = reader.next_record()? {
        let at = reader.total();
        order.follow(&record).map_err(|reason| ArchiveError::Damaged { record: at, reason })?;
    }
    reader.summary()
}

/// The records that must precede a record, so that no store refuses it halfway.
#[derive(Debug, Default)]
struct ArchiveOrder {
    users: BTreeSet<[u8; 16]>,
    place: usize,
}

impl ArchiveOrder {
    fn follow(&mut self, record: &ArchiveRecord) -> Result<(), String> {
        let place = match record {
            // Members and messages come with their chat, segments with their file.
            ArchiveRecord::Member(_) | ArchiveRecord::Message(_) => 4,
            ArchiveRecord::Segment(_) => 8,
            other => other.place(),
        };
        if place < self.place {
            return Err("the records are out of order".to_owned());
        }
        self.place = place;
        match record {
            ArchiveRecord::User(user) => {
                self.users.insert(short(&user.id));
                user.owner_id.as_ref().map_or(Ok(()), |owner| self.knows(owner))
            }
            ArchiveRecord::Session(session) => self.knows(&session.user_id),
            ArchiveRecord::Token(token) => self.knows(&token.user_id).and_then(|()| self.knows(&token.maker_id)),
            ArchiveRecord::Member(member) => self.knows(&member.user_id),
            ArchiveRecord::Message(message) => self.knows(&message.sender_id),
            _ => Ok(()),
        }
    }

    fn knows(&self, user: &str) -> Result<(), String> {
        if self.users.contains(&short(user)) { Ok(()) } else { Err(format!("it refers to the unknown user {user}")) }
    }
}

/// Half of a digest: enough to distinguish users, and small if there are many.
fn short(user: &str) -> [u8; 16] {
    let digest = crate::ops::crypto::sha256(user.as_bytes());
    std::array::from_fn(|place| digest[place])
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
