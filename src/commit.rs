//! Commit queues, which put durable changes into batches and in order.
//!
//! All changes of a chat go through one queue, chosen by its shard key. The queue's [`CommitWorker`] takes every
//! waiting change, commits them as one batch, and passes each outcome to the [`Publisher`], in order. A single change
//! is committed immediately; under load, one disk flush covers many. The caller's connection gets its reply in the same
//! position of the chat's order as other connections get the event.
//!
//! Invariants:
//!
//! 1. Nothing is answered or published before the storage has committed it.
//! 2. A chat's outcomes are answered and published in the order of its `seq`; a queue has at most one batch in
//!    progress.
//! 3. The audit entry of a change is written before the change is published.
//! 4. Every reply is sent exactly once, even if a batch panics: a dropped [`PendingReply`] answers INTERNAL.
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

/// Maximum number of changes in a queue before callers have to wait.
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
    /// submitted, without waiting for each other: on a single node, all those of one queue; with other nodes, where a
    /// chat's replies may be held back behind its events, only those of one chat.
    pub fn shard_key(&self, chat: &str) -> u64 {
        if self.is_alone { hash(chat) % self.queues.len() as u64 } else { hash(chat) }
    }

    fn queue_of(&self, chat: &str) -> &mpsc::Sender<Submission> {
        let queue = usize::try_from(hash(chat) % self.queues.len() as u64);
        &self.queues[queue.expect("less than the number of queues")]
    }

    /// Submits a change; the queue's worker answers.
    pub async fn submit(&self, change: Box<Change>, reply: PendingReply) {
        // This waits while the queue is full. The session then starts no further command and stops reading its socket.
        let queue = self.queue_of(&change.chat_id);
        if let Err(mpsc::error::SendError(submission)) = queue.send(Submission { change, reply }).await {
            let mut wakers = Wakers::default();
            submission.reply.send(Err(Error::unavailable("the server is shutting down")), None, &mut wakers);
            wakers.wake();
        }
    }
}

fn hash(chat: &str) -> u64 {
    // The hasher has fixed keys, because a chat must keep its queue for as long as the process runs.
    let mut hasher = DefaultHasher::new();
    chat.hash(&mut hasher);
    hasher.finish()
}
