//! The bounded queue of frames for one client.
//!
//! Durable events and replies are sent in the order they were pushed. Every frame counts towards the limit. A frame
//! that does not fit is handled by its kind:
//!
//! | kind | while the outbox is full |
//! |---|---|
//! | ephemeral event | queued ones are shed first, new ones are dropped |
//! | state (SETTINGS, USER_UPDATED, CHAT_MUTED, PRESENCE) | the newest replaces the queued one for the same user or
//! chat |
//! | durable event | collapses into one LAGGED per chat, which the client answers with SYNC |
//! | anything else, and gaps in too many chats | LAGGED without a chat: SYNC with the cursor |
//! | reply | always queued, but the session starts no command and reads nothing while half of the limit is used |
//!
//! Frames count until they are written, and running commands reserve room for their replies. An outbox therefore
//! exceeds its limit only by what one reply is larger than half of it.
//!
//! Pushing never waits and never wakes a task: it returns the waker of the connection's task, so that a batch of events
//! wakes each connection once.

mod gaps;
mod queue;
mod state;

use std::collections::VecDeque;
use std::task::{Context, Waker};

use parking_lot::{Mutex, MutexGuard};
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

use crate::cluster::SeqRange;
use crate::protocol::{ChatId, Seq};

pub use crate::protocol::Close;
pub use gaps::Lagged;

use queue::{Kind, cost};
use state::{GAP_BYTES, OutboxState, REPLY_RESERVE};

/// Number of bytes that the connection's task takes at a time.
const TAKE_BYTES: usize = 64 << 10;

/// The state of an outbox as the connection's task polls it.
#[derive(Debug, Default)]
pub struct Pulse {
    /// The shared tick has fired: check the deadlines.
    pub ticked: bool,
    /// End the connection once everything has been written.
    pub close: Option<Close>,
    /// The outbox is above its limit, or events were missed.
    pub full: bool,
}

/// The queue of frames for one client.
#[derive(Debug)]
pub struct Outbox {
    state: Mutex<OutboxState>,
    limit: usize,
}

impl Outbox {
    /// An empty outbox of at most `limit` bytes, if half of that is enough for every reply.
    pub fn new(limit: usize) -> Self {
        Outbox { state: Mutex::default(), limit }
    }

    fn state(&self) -> MutexGuard<'_, OutboxState> {
        self.state.lock()
    }

    /// Queues a durable event, or records that the client has missed it.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn push_event(&self, text: &Utf8Bytes, chat: &ChatId, seq: Seq) -> Option<Waker> {
        let mut state = self.state();
        // Events after a gap become part of it, or the client would see the chat's clock jump before the LAGGED.
        let is_behind_gap = state.lost || (!state.lagged.is_empty() && state.lagged.contains_key(chat));
        if !is_behind_gap && state.make_room(cost(text), self.limit) {
            state.queue.push(text.clone(), Kind::Durable);
            return state.signal();
        }
        state.miss(chat, SeqRange { from: seq, to: seq }, self.limit);
        state.signal()
    }

    /// Records events that the client has missed, before a later one is pushed.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn push_missed(&self, chat: &ChatId, range: SeqRange) -> Option<Waker> {
        let mut state = self.state();
        state.miss(chat, range, self.limit);
        state.signal()
    }

    /// Queues an ephemeral event, or drops it.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn push_ephemeral(&self, text: &Utf8Bytes) -> Option<Waker> {
        let mut state = self.state();
        let room = state.room(self.limit);
        if state.queue.replace(text, room) {
            return state.signal();
        }
        if cost(text) > room {
            state.note_shed(1);
            return None;
        }
        state.queue.push(text.clone(), Kind::Ephemeral);
        state.signal()
    }

    /// Queues an event that has no `seq` but must not be lost silently: a state, the end of a chat, or a message for
    /// the user's own devices.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn push_vital(&self, text: Utf8Bytes, chat: Option<&ChatId>) -> Option<Waker> {
        let mut state = self.state();
        let room = state.room(self.limit);
        if state.queue.replace(&text, room) {
            return state.signal();
        }
        // Includes room for a LAGGED that may have to be sent before it.
        if state.make_room(cost(&text) + GAP_BYTES, self.limit) {
            state.tell_gap_before(chat);
            state.queue.push(text, Kind::Durable);
        } else {
            state.lose();
        }
        state.signal()
    }

    /// Queues an expected reply regardless of the limit. A gap in the same chat is reported first, so that the chat's
    /// clock never goes backwards.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn push_answer(&self, text: Utf8Bytes, chat: Option<&ChatId>) -> Option<Waker> {
        let mut state = self.state();
        state.unanswered -= 1;
        // Makes room if possible; a reply is queued in any case.
        state.make_room(cost(&text), self.limit);
        state.tell_gap_before(chat);
        state.queue.push(text, Kind::Reply);
        state.signal()
    }

    /// Counts a command that is about to run.
    pub fn expect_answer(&self) {
        self.state().unanswered += 1;
    }

    /// The number of commands not yet answered.
    pub fn unanswered(&self) -> usize {
        self.state().unanswered
    }

    /// True if another command may start before the running ones are answered: all their replies have room. Half of the
    /// limit is left to events.
    pub fn may_pipeline(&self) -> bool {
        let state = self.state();
        let reserved = state.unanswered * REPLY_RESERVE;
        reserved <= self.limit / 2 && state.bytes() + reserved <= self.limit
    }

    /// Ends the connection once the queue has been written; the first reason is kept.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn close(&self, close: Close) -> Option<Waker> {
        let mut state = self.state();
        state.close.get_or_insert(close);
        state.signal()
    }

    /// Makes the connection check its deadlines.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn tick(&self) -> Option<Waker> {
        let mut state = self.state();
        state.ticked = true;
        state.signal()
    }

    /// Moves queued frames into `frames` if it is empty, and reports what else has happened. The next push wakes the
    /// task. `written` is true if the operating system has accepted everything taken before.
    pub fn poll(&self, context: &Context<'_>, frames: &mut VecDeque<Message>, written: bool) -> Pulse {
        let mut state = self.state();
        state.signalled = false;
        if state.waker.as_ref().is_none_or(|waker| !waker.will_wake(context.waker())) {
            state.waker = Some(context.waker().clone());
        }
        if frames.is_empty() {
            state.taken = 0;
            state.take(frames, TAKE_BYTES);
            // Not earlier: the reply to a SYNC sent while the outbox is still full would be lost in the next gap.
            if state.queue.is_empty() && (state.lost || !state.lagged.is_empty()) {
                state.tell_all_gaps();
                state.take(frames, TAKE_BYTES);
            }
        }
        state.written = written && frames.is_empty();
        Pulse {
            ticked: std::mem::take(&mut state.ticked),
            close: state.close.clone(),
            full: state.bytes() > self.limit || state.lost || !state.lagged.is_empty(),
        }
    }

    /// Drops replies from now on; the queue may still be written.
    pub fn shut(&self) {
        self.state().shut = true;
    }

    /// True if replies are no longer wanted.
    pub fn is_shut(&self) -> bool {
        self.state().shut
    }

    /// Bytes of the frames that are queued or being written.
    pub fn bytes(&self) -> usize {
        self.state().bytes()
    }

    /// True if replies wait for a client that does not read: half of the limit is used, the other half is kept for the
    /// reply to a command that runs.
    pub fn is_crowded(&self) -> bool {
        self.bytes() > self.limit / 2
    }

    /// True if all queued events of a chat have been written to the client.
    pub fn has_written(&self, chat: &ChatId) -> bool {
        let state = self.state();
        let is_idle = state.written && state.queue.is_empty() && state.unanswered == 0;
        is_idle && !state.lost && state.lagged.is_empty() && !state.gaps.contains(chat)
    }

    /// Records that the client has requested the events of a chat that it missed.
    pub fn forget_gap(&self, chat: &ChatId) {
        self.state().gaps.forget(chat);
    }
}

#[cfg(test)]
mod tests;
