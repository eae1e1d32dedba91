//! Reports read and delivered marks to clients that may have missed them.
//!
//! Marks take no `seq`, so the clock of a chat does not show that one is missing. When messages between nodes may have
//! been lost, the marks that have moved since, in all chats with subscribers here, are read from the storage and sent.
//! Clients keep the higher of two positions, so sending one twice does no harm; within a series of passes each is sent
//! once. In a large chat marks are sent to nobody, as always.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;

use crate::ops::clock::Clock;
use crate::ops::collections::HashMap;
use crate::protocol::error::Result;
use crate::protocol::{ChatId, Seq, Timestamp, UserId};
use crate::store::repository::{AUTHORED_MOST, MovedMark, Progress, Repository};

use super::node::{LocalNode, MovedMarks};

/// The time before the latest sound pass from which marks are read: their times come from other nodes' clocks, and a
/// delivered mark is written a second late.
const MOVED_BEFORE: Duration = Duration::from_secs(60);

/// Finds the marks that this node has missed.
#[derive(Debug)]
pub(super) struct MarkReview {
    node: Arc<dyn LocalNode>,
    repository: Arc<dyn Repository>,
    clock: Arc<Clock>,
    /// The start of the latest sound pass over all chats: no message was missed before it.
    sound_at: Mutex<Timestamp>,
    /// The marks reported since then.
    sent: Mutex<HashMap<ChatId, HashMap<UserId, Progress>>>,
}

impl MarkReview {
    pub(super) fn new(node: Arc<dyn LocalNode>, repository: Arc<dyn Repository>, clock: Arc<Clock>) -> Self {
        let sound_at = Mutex::new(clock.look());
        MarkReview { node, repository, clock, sound_at, sent: Mutex::default() }
    }

    /// Records that no message was missed before this time.
    pub(super) fn note_sound(&self, at: Timestamp) {
        *self.sound_at.lock() = at;
        self.sent.lock().clear();
    }

    /// Sends the marks in these chats that have moved since the latest sound pass.
    pub(super) async fn check(&self, chats: &[(ChatId, Seq)]) -> Result<()> {
        let since = self.sound_at.lock().minus(MOVED_BEFORE);
        let chats: Vec<ChatId> = chats.iter().map(|(chat, _)| chat.clone()).collect();
        let sizes = self.repository.sizes(&chats).await?;
        let large = self.node.large_chats();
        let is_small = |members: u64| !large.include(members);
        let small =
            chats.into_iter().zip(sizes).filter(|(_, size)| size.as_ref().is_some_and(|size| is_small(size.members)));
        let small: Vec<ChatId> = small.map(|(chat, _)| chat).collect();
        let moved = self.repository.moved_marks(&small, since).await?;
        for (chat, marks) in self.unsent(moved) {
            self.tell(chat, marks, since).await?;
        }
        Ok(())
    }

    /// The marks that this node has not sent yet, by chat.
    fn unsent(&self, moved: Vec<MovedMark>) -> HashMap<ChatId, Vec<MovedMark>> {
        let sent = self.sent.lock();
        let mut unsent: HashMap<ChatId, Vec<MovedMark>> = HashMap::default();
        for mark in moved {
            let known = sent.get(&mark.chat).and_then(|users| users.get(&mark.user));
            if known != Some(&mark.now) {
                unsent.entry(mark.chat.clone()).or_default().push(mark);
            }
        }
        unsent
    }

    async fn tell(&self, chat: ChatId, marks: Vec<MovedMark>, since: Timestamp) -> Result<()> {
        let read_by_all = self.repository.read_by_all(&chat, &[], self.clock.now()).await?;
        let furthest = marks.iter().map(|mark| mark.now.delivered).max().unwrap_or(0);
        let authors = self.repository.authors(&chat, furthest.saturating_sub(AUTHORED_MOST), furthest).await?;
        // A message that has arrived moves one position only: nobody is told that it was read.
        let read = marks.iter().filter(|mark| mark.now.read > 0 && mark.now.read_at > since).cloned().collect();
        let delivered = marks.iter().filter(|mark| mark.now.delivered_at > since).cloned().collect();
        self.node.show_marks(&chat, &MovedMarks { read, delivered, read_by_all, authors });
        let mut sent = self.sent.lock();
        let users = sent.entry(chat).or_default();
        users.extend(marks.into_iter().map(|mark| (mark.user, mark.now)));
        Ok(())
    }
}
