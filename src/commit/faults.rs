use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::cluster::{Publication, Wakers};
use crate::domain::{Action, Change};
use crate::ops::fault::{self, Fault};
use crate::protocol::error::Error;
use crate::realtime::hub::Caller;
use crate::realtime::reply::PendingReply;

use super::submission::{Batch, Submission};
use super::worker::CommitWorker;

/// One message in this many is lost.
const EVERY: u64 = 40;

impl CommitWorker {
    /// Injects the faults that a test requests; returns the changes that are still to be committed.
    pub(super) fn inject_faults(&self, batch: Batch) -> Batch {
        let mut left = Batch::default();
        for (mut change, reply) in batch.changes.into_iter().zip(batch.replies) {
            if fault::is(Fault::DoubleOnRetry) {
                forget(&mut change);
            }
            if let Some(reply) = self.lose(&change, reply) {
                left.add(Submission { change: Box::new(change), reply });
            }
        }
        left
    }

    /// Loses a change occasionally; returns its reply if it was not lost.
    fn lose(&self, change: &Change, reply: PendingReply) -> Option<PendingReply> {
        static SENT: AtomicU64 = AtomicU64::new(1);
        let acknowledges = fault::is(Fault::AckBeforeCommit);
        let publishes = fault::is(Fault::PublishBeforeCommit);
        let Action::Send(draft) = &change.action else { return Some(reply) };
        if !(acknowledges || publishes) || !SENT.fetch_add(1, Ordering::Relaxed).is_multiple_of(EVERY) {
            return Some(reply);
        }
        let seq = self.publisher.bus.latest_seq(&change.chat_id) + 1;
        let message = serde_json::json!({"id":draft.id,"seq":seq,"updatedSeq":seq,"content":draft.content});
        let event = serde_json::json!({"type":"NEW_MESSAGE","chatId":change.chat_id,"seq":seq,"message":message});
        let text = Utf8Bytes::from(event.to_string());
        let mut wakers = Wakers::default();
        if acknowledges {
            reply.send(Ok(text), None, &mut wakers);
        } else {
            let chat = change.chat_id.clone();
            let publication = Publication {
                chat,
                seq: Some(seq),
                text,
                welcome: None,
                joined: vec![],
                left: vec![],
                sender: None,
                members: None,
            };
            self.publisher.bus.publish(publication, Caller::default(), &mut wakers);
            reply.send(Err(Error::unavailable("an injected fault")), None, &mut wakers);
        }
        wakers.wake();
        None
    }
}

/// Makes a message that was already sent look like a new one.
fn forget(change: &mut Change) {
    static SEEN: Mutex<Option<HashSet<String>>> = Mutex::new(None);
    let Action::Send(draft) = &mut change.action else { return };
    let mut seen = SEEN.lock();
    let seen = seen.get_or_insert_default();
    if !seen.insert(draft.id.to_string()) {
        draft.id = format!("{}-{}", draft.id, seen.len()).into();
        seen.insert(draft.id.to_string());
    }
}
