//! The state of an outbox: its free room, and the gaps not yet reported to the client.

use std::collections::{BTreeMap, VecDeque};
use std::task::Waker;

use tokio_tungstenite::tungstenite::Message;

use super::gaps::{Gaps, Lagged};
use super::queue::{Kind, Queue};
use crate::cluster::SeqRange;
use crate::ops::telemetry;
use crate::protocol::wire;
use crate::protocol::{ChatId, Close};

/// Bytes reserved for the reply to each concurrent send except the first.
pub(super) const REPLY_RESERVE: usize = 64 << 10;
/// Bytes reserved for the reply to a running command: no reply is much larger.
pub(super) const LARGEST_REPLY: usize = 512 << 10;
/// Bytes reserved for a chat's gap, and then for its LAGGED.
pub(super) const GAP_BYTES: usize = 256;

#[derive(Debug, Default)]
pub(super) struct OutboxState {
    pub(super) queue: Queue,
    /// Bytes of the frames that the connection's task has taken and not yet passed on.
    pub(super) taken: usize,
    pub(super) lagged: BTreeMap<ChatId, SeqRange>,
    /// True if an event was lost that no chat's LAGGED covers.
    pub(super) lost: bool,
    pub(super) unanswered: usize,
    pub(super) close: Option<Close>,
    pub(super) ticked: bool,
    pub(super) shut: bool,
    pub(super) signalled: bool,
    pub(super) waker: Option<Waker>,
    pub(super) shed: u64,
    pub(super) lags: u64,
    /// True if the operating system has accepted every frame that was taken.
    pub(super) written: bool,
    pub(super) gaps: Gaps,
}

impl OutboxState {
    pub(super) fn signal(&mut self) -> Option<Waker> {
        // Only once until the task polls again: the rest of a batch finds the connection already woken.
        (!std::mem::replace(&mut self.signalled, true)).then(|| self.waker.clone()).flatten()
    }

    /// Bytes available to events.
    pub(super) fn room(&self, limit: usize) -> usize {
        let reserved = match self.unanswered {
            0 => 0,
            commands => LARGEST_REPLY + (commands - 1) * REPLY_RESERVE,
        };
        // At most half is reserved: running commands must not shut out events.
        limit.saturating_sub(self.bytes() + reserved.min(limit / 2))
    }

    /// Bytes of all frames that are not yet passed on.
    pub(super) fn bytes(&self) -> usize {
        self.queue.bytes() + self.taken
    }

    /// Moves queued frames of about `max` bytes into `frames`.
    pub(super) fn take(&mut self, frames: &mut VecDeque<Message>, max: usize) {
        let before = self.queue.bytes();
        self.queue.take(frames, max);
        self.taken += before - self.queue.bytes();
    }

    pub(super) fn note_shed(&mut self, events: u64) {
        self.shed += events;
        telemetry::count_shed(events);
    }

    fn note_lagged(&mut self) {
        self.lags += 1;
        telemetry::count_lagged();
    }

    /// Makes room by shedding ephemeral events; false if that is not enough.
    pub(super) fn make_room(&mut self, bytes: usize, limit: usize) -> bool {
        if bytes > self.room(limit) {
            let shed = self.queue.shed();
            self.note_shed(shed);
        }
        bytes <= self.room(limit)
    }

    pub(super) fn miss(&mut self, chat: &ChatId, range: SeqRange, limit: usize) {
        if self.lost {
            return;
        }
        match self.lagged.get_mut(chat) {
            // A chat's events are pushed in order, so the later range ends later.
            Some(known) => known.to = range.to,
            None => {
                self.note_lagged();
                self.lagged.insert(chat.clone(), range);
            }
        }
        // A user of very many chats would otherwise fill the outbox with gaps.
        if self.lagged.len() * GAP_BYTES > (limit / 4).max(4 * GAP_BYTES) {
            self.lose();
        }
    }

    pub(super) fn lose(&mut self) {
        if !self.lost {
            self.note_lagged();
        }
        self.lost = true;
        // The LAGGED without a chat covers them: the client then sends SYNC for every chat.
        self.lagged.clear();
    }

    /// Reports the gap of a chat before a frame with a position on its clock.
    pub(super) fn tell_gap_before(&mut self, chat: Option<&ChatId>) {
        let Some(chat) = chat else { return };
        if self.lost {
            self.tell_lost();
        } else if let Some((chat, range)) = self.lagged.remove_entry(chat) {
            self.tell_gap(chat, range);
        }
    }

    fn tell_gap(&mut self, chat: ChatId, range: SeqRange) {
        self.gaps.add(&chat);
        let lagged = Lagged { chat_id: Some(chat), from_seq: Some(range.from), to_seq: Some(range.to) };
        self.queue.push(wire::encode(&lagged), Kind::Durable);
    }

    fn tell_lost(&mut self) {
        self.lost = false;
        self.gaps.add_everywhere();
        self.queue.push(wire::encode(&Lagged::default()), Kind::Durable);
    }

    pub(super) fn tell_all_gaps(&mut self) {
        if self.lost {
            self.tell_lost();
        }
        for (chat, range) in std::mem::take(&mut self.lagged) {
            self.tell_gap(chat, range);
        }
    }
}
