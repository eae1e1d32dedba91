use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::domain::{Action, Change};
use crate::ops::fault::{self, Fault};
use crate::protocol::error::Error;
use crate::realtime::hub::{Publication, Wakers};
use crate::realtime::reply::PendingReply;

use super::Committer;

/// Every so many messages are lost.
const EVERY: u64 = 40;

impl Committer {
    /// Does wrong what a test wants done wrong; gives what is left to be committed.
    pub(super) fn go_wrong(
        &self,
        changes: Vec<Change>,
        answers: Vec<PendingReply>,
    ) -> (Vec<Change>, Vec<PendingReply>) {
        let mut left = (vec![], vec![]);
        for (mut change, answer) in changes.into_iter().zip(answers) {
            if fault::is(Fault::DoubleOnRetry) {
                forget(&mut change);
            }
            if let Some(answer) = self.lose(&change, answer) {
                left.0.push(change);
                left.1.push(answer);
            }
        }
        left
    }

    /// Gives the answer back where the change is not lost.
    fn lose(&self, change: &Change, answer: PendingReply) -> Option<PendingReply> {
        static SENT: AtomicU64 = AtomicU64::new(1);
        let (ack, publish) = (fault::is(Fault::AckBeforeCommit), fault::is(Fault::PublishBeforeCommit));
        let Action::Send(draft) = &change.action else { return Some(answer) };
        if !(ack || publish) || !SENT.fetch_add(1, Ordering::Relaxed).is_multiple_of(EVERY) {
            return Some(answer);
        }
        let seq = self.bus.heard_up_to(&change.chat_id) + 1;
        let message = serde_json::json!({"id":draft.id,"seq":seq,"updatedSeq":seq,"content":draft.content});
        let event = serde_json::json!({"type":"NEW_MESSAGE","chatId":change.chat_id,"seq":seq,"message":message});
        let (text, mut wakers) = (Utf8Bytes::from(event.to_string()), Wakers::default());
        if ack {
            answer.send(Ok(text), None, &mut wakers);
        } else {
            let chat = change.chat_id.clone();
            let told = Publication {
                chat,
                seq: Some(seq),
                text,
                welcome: None,
                joined: vec![],
                left: vec![],
                caller: None,
                sender: None,
            };
            self.bus.publish(told, |_, _| {}, &mut wakers);
            answer.send(Err(Error::unavailable("a fault on purpose")), None, &mut wakers);
        }
        wakers.wake();
        None
    }
}

/// Has a message that was here before look like a new one.
fn forget(change: &mut Change) {
    static SEEN: Mutex<Option<HashSet<String>>> = Mutex::new(None);
    let Action::Send(draft) = &mut change.action else { return };
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    let seen = seen.get_or_insert_default();
    if !seen.insert(draft.id.to_string()) {
        draft.id = format!("{}-{}", draft.id, seen.len()).into();
        seen.insert(draft.id.to_string());
    }
}
