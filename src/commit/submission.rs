use tokio::sync::mpsc;

use crate::domain::Change;
use crate::realtime::reply::PendingReply;

/// The largest number of changes in a batch.
const BATCH_CHANGES: usize = 256;
/// Approximate maximum size of a batch, in bytes of text.
const BATCH_BYTES: usize = 1 << 20;

/// A change waiting to be committed, with its pending reply.
#[derive(Debug)]
pub(super) struct Submission {
    pub(super) change: Box<Change>,
    pub(super) reply: PendingReply,
}

/// Changes that are committed together, each with its reply at the same index.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) changes: Vec<Change>,
    pub(super) replies: Vec<PendingReply>,
    bytes: usize,
}

impl Batch {
    /// Takes all changes that wait behind the first, up to the limits of a batch.
    pub(super) fn take(first: Submission, waiting: &mut mpsc::Receiver<Submission>) -> Self {
        let mut batch = Batch::default();
        batch.add(first);
        while batch.has_space()
            && let Ok(next) = waiting.try_recv()
        {
            batch.add(next);
        }
        batch
    }

    pub(super) fn add(&mut self, Submission { change, reply }: Submission) {
        self.bytes += change.size();
        self.changes.push(*change);
        self.replies.push(reply);
    }

    fn has_space(&self) -> bool {
        self.changes.len() < BATCH_CHANGES && self.bytes < BATCH_BYTES
    }
}
