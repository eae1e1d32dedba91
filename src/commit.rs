//! Commit queues: where durable changes become batches, and where their order is made.
//!
//! All changes of a chat go through one queue, chosen by its shard key. The queue's [`CommitWorker`] takes every
//! waiting change, commits them as one batch, and passes each outcome to the [`Publisher`], in order. A single change
//! is committed at once; under load, one disk flush covers many. The caller's connection gets its reply at the position
//! at which the others get the event.
//!
//! Invariants:
//!
//! 1. Nothing is answered or published before the storage has committed it.
//! 2. A chat's outcomes are answered and published in the order of its `seq`; a queue never has two batches under way.
//! 3. The audit entry of a change is written before the change is published.
//! 4. Every reply is sent exactly once, also if a batch panics: a dropped [`PendingReply`] answers INTERNAL.
//!
//! This room knows the storage, the hub and the live features; it knows nothing of commands. Begin reading at
//! [`CommitQueues::submit`].

use std::hash::{DefaultHasher, Hash, Hasher};

use tokio::sync::mpsc;
use tokio_util::task::TaskTracker;

use crate::cluster::Wakers;
use crate::domain::Change;
use crate::protocol::error::Error;
use crate::realtime::reply::PendingReply;

mod faults;
mod publisher;
mod submission;
mod worker;

pub use publisher::Publisher;
pub use worker::CommitWorker;

use submission::Submission;

/// Changes that a queue holds before callers have to wait.
const WAITING: usize = 1024;

/// The commit queues of this node.
#[derive(Debug)]
pub struct CommitQueues {
    queues: Vec<mpsc::Sender<Submission>>,
    is_alone: bool,
}

impl CommitQueues {
    /// Starts as many workers as the repository can use; they end when the queues are dropped.
    pub fn start(worker: &CommitWorker, tasks: &TaskTracker) -> Self {
        let start = |_| {
            let (sender, receiver) = mpsc::channel(WAITING);
            tasks.spawn(worker.clone().run(receiver));
            sender
        };
        let queues = (0..worker.repository.commit_queues().max(1)).map(start).collect();
        CommitQueues { queues, is_alone: worker.publisher.bus.is_alone() }
    }

    /// The shard key of a chat. Changes of one connection with the same key are answered in the order they were
    /// submitted, without waiting for each other: those of one queue, or with other nodes, where a chat's replies may
    /// be held for its events, those of one chat.
    pub fn shard_key(&self, chat: &str) -> u64 {
        if self.is_alone { hash(chat) % self.queues.len() as u64 } else { hash(chat) }
    }

    fn queue_of(&self, chat: &str) -> &mpsc::Sender<Submission> {
        let queue = usize::try_from(hash(chat) % self.queues.len() as u64);
        &self.queues[queue.expect("less than the number of queues")]
    }

    /// Submits a change; the queue's worker answers.
    pub async fn submit(&self, change: Box<Change>, reply: PendingReply) {
        // This waits while the queue is full. The session then begins no further command and stops reading its socket.
        let queue = self.queue_of(&change.chat_id);
        if let Err(mpsc::error::SendError(submission)) = queue.send(Submission { change, reply }).await {
            let mut wakers = Wakers::default();
            submission.reply.send(Err(Error::unavailable("the server stops")), None, &mut wakers);
            wakers.wake();
        }
    }
}

fn hash(chat: &str) -> u64 {
    // Its keys are fixed: a chat must keep its queue for as long as the process runs.
    let mut hasher = DefaultHasher::new();
    chat.hash(&mut hasher);
    hasher.finish()
}
