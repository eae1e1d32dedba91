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
        for (chat, marks) in self.unsent(moved, since) {
            self.tell(chat, marks).await?;
        }
        Ok(())
    }

    /// The marks that this node has not sent yet, by chat.
    fn unsent(&self, moved: Vec<MovedMark>, since: Timestamp) -> HashMap<ChatId, NewMarks> {
        let sent = self.sent.lock();
        let mut unsent: HashMap<ChatId, NewMarks> = HashMap::default();
        for mark in moved {
            let known = sent.get(&mark.chat).and_then(|users| users.get(&mark.user));
            unsent.entry(mark.chat.clone()).or_default().add(mark, known, since);
        }
        unsent.retain(|_, marks| !marks.read.is_empty() || !marks.delivered.is_empty());
        unsent
    }

    async fn tell(&self, chat: ChatId, marks: NewMarks) -> Result<()> {
        let NewMarks { read, delivered } = marks;
        let read_by_all = self.repository.read_by_all(&chat, &[], self.clock.now()).await?;
        let furthest = delivered.iter().map(|mark| mark.now.delivered).max().unwrap_or(0);
        let authors = self.repository.authors(&chat, furthest.saturating_sub(AUTHORED_MOST), furthest).await?;
        let moved = MovedMarks { read, delivered, read_by_all, authors };
        self.node.show_marks(&chat, &moved);
        let mut sent = self.sent.lock();
        let users = sent.entry(chat).or_default();
        users.extend(moved.read.into_iter().chain(moved.delivered).map(|mark| (mark.user, mark.now)));
        Ok(())
    }
}

/// The marks of a chat that have not been sent yet.
#[derive(Debug, Default)]
struct NewMarks {
    read: Vec<MovedMark>,
    delivered: Vec<MovedMark>,
}

impl NewMarks {
    /// Adds a mark for each of its positions that has moved since this time and was not sent yet.
    fn add(&mut self, mark: MovedMark, sent: Option<&Progress>, since: Timestamp) {
        let Progress { read, read_at, delivered, delivered_at } = mark.now;
        // A message that has arrived moves one position only: nobody is told that it was read.
        if read > 0 && read_at > since && sent.is_none_or(|sent| sent.read != read) {
            self.read.push(mark.clone());
        }
        if delivered_at > since && sent.is_none_or(|sent| sent.delivered != delivered) {
            self.delivered.push(mark);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_position_is_sent_once() {
        let at = Timestamp::from_millis;
        let since = at(100);
        let mark = |read, read_at, delivered, delivered_at| MovedMark {
            chat: "c".into(),
            user: "ann".into(),
            now: Progress { read, read_at: at(read_at), delivered, delivered_at: at(delivered_at) },
        };
        let new = |mark: MovedMark, sent: Option<&MovedMark>| {
            let mut new = NewMarks::default();
            new.add(mark, sent.map(|sent| &sent.now), since);
            [!new.read.is_empty(), !new.delivered.is_empty()]
        };
        let first = mark(4, 150, 4, 150);
        assert_eq!(new(first.clone(), None), [true, true]);
        assert_eq!(new(first.clone(), Some(&first)), [false, false]);
        assert_eq!(new(mark(4, 150, 5, 160), Some(&first)), [false, true], "a delivery repeats no read position");
        assert_eq!(new(mark(5, 160, 5, 160), Some(&first)), [true, true]);
        assert_eq!(new(mark(4, 50, 5, 160), None), [false, true], "it was read before");
        assert_eq!(new(mark(0, 150, 1, 150), None), [false, true], "nothing was read");
    }
}
