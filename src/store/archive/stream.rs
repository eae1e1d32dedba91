//! The stream of records from a store, in batches of bounded size.

use std::collections::VecDeque;

use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::record::ArchiveRecord;
use super::unreadable::UnreadableRecord;

/// Maximum number of records in a batch.
const RECORDS: usize = 512;
/// Maximum bytes of a batch, not counting its last record.
const BYTES: usize = 1 << 20;
/// Number of batches buffered between the store and the archive.
const WAITING: usize = 2;

/// A stored record, if it can be read.
type DumpedRecord = Result<ArchiveRecord, UnreadableRecord>;

/// Creates a stream of records and its sender.
pub fn record_stream() -> (RecordSender, RecordStream) {
    let (batches, received) = channel(WAITING);
    (RecordSender { batches, batch: vec![], bytes: 0 }, RecordStream { received, batch: VecDeque::new() })
}

/// The receiver of the records is gone.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the receiver of the records is gone")]
pub struct StreamClosed;

/// Sends records. The last batch is sent by [`RecordSender::flush`] or [`RecordSender::flush_blocking`].
#[derive(Debug)]
pub struct RecordSender {
    batches: Sender<Vec<DumpedRecord>>,
    batch: Vec<DumpedRecord>,
    bytes: usize,
}

impl RecordSender {
    /// Adds a record; true if the batch is full.
    fn add(&mut self, record: DumpedRecord) -> bool {
        self.bytes += record.as_ref().map_or(0, ArchiveRecord::bytes);
        self.batch.push(record);
        self.batch.len() >= RECORDS || self.bytes >= BYTES
    }

    fn take(&mut self) -> Vec<DumpedRecord> {
        self.bytes = 0;
        std::mem::take(&mut self.batch)
    }

    /// Sends a record.
    pub async fn send(&mut self, record: ArchiveRecord) -> Result<(), StreamClosed> {
        self.pass(Ok(record)).await
    }

    /// Sends a record, or the name of one that cannot be read.
    pub async fn pass(&mut self, record: Result<ArchiveRecord, UnreadableRecord>) -> Result<(), StreamClosed> {
        if self.add(record) { self.flush().await } else { Ok(()) }
    }

    /// Sends the records of an incomplete batch.
    pub async fn flush(&mut self) -> Result<(), StreamClosed> {
        let batch = self.take();
        self.batches.send(batch).await.map_err(|_| StreamClosed)
    }

    /// Sends a record, or the name of one that cannot be read, from a thread that may block.
    pub fn pass_blocking(&mut self, record: Result<ArchiveRecord, UnreadableRecord>) -> Result<(), StreamClosed> {
        if self.add(record) { self.flush_blocking() } else { Ok(()) }
    }

    /// Sends the records of an incomplete batch, from a thread that may block.
    pub fn flush_blocking(&mut self) -> Result<(), StreamClosed> {
        let batch = self.take();
        self.batches.blocking_send(batch).map_err(|_| StreamClosed)
    }
}

/// Receives records.
#[derive(Debug)]
pub struct RecordStream {
    received: Receiver<Vec<DumpedRecord>>,
    batch: VecDeque<DumpedRecord>,
}

impl RecordStream {
    /// The next record; none after the last one.
    pub async fn next(&mut self) -> Option<Result<ArchiveRecord, UnreadableRecord>> {
        while self.batch.is_empty() {
            self.batch = self.received.recv().await?.into();
        }
        self.batch.pop_front()
    }
}
