//! The bounded queue in front of one client.
//!
//! Durable events and replies leave in the order they were pushed. Every frame counts. A frame that does not fit is
//! handled by its kind:
//!
//! | kind | while the outbox is full |
//! |---|---|
//! | ephemeral event | waiting ones are shed first, new ones are dropped |
//! | state (SETTINGS, USER_UPDATED, CHAT_MUTED, PRESENCE) | the newest replaces the waiting one of the same user or chat |
//! | durable event | collapses into one LAGGED per chat, which the client answers with SYNC |
//! | anything else, and gaps in too many chats | LAGGED without a chat: SYNC with the cursor |
//! | reply | always queued, but the session begins no command and reads nothing |
//!
//! So the outbox holds at most its limit and one frame. Sends in flight together reserve room for their replies.
//!
//! Pushing never waits and never wakes: it returns the waker of the connection's task, so that a batch of events wakes
//! each connection once.

mod gaps;
mod queue;

use std::collections::{BTreeMap, VecDeque};
use std::task::{Context, Waker};

use parking_lot::{Mutex, MutexGuard};
use serde::Serialize;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

use crate::cluster::SeqRange;
use crate::ops::telemetry;
use crate::protocol::wire;
use crate::protocol::{ChatId, Seq};

pub use crate::protocol::Close;

use gaps::Gaps;
use queue::{Kind, Queue, cost};

/// Bytes taken at a time by the connection's task.
const TAKE_BYTES: usize = 64 << 10;
/// Room reserved for the reply of each send in flight but the first, which is the one frame over the limit.
const REPLY_RESERVE: usize = 64 << 10;
/// Bytes that a gap of a chat costs until it is told, and its LAGGED then.
const GAP_BYTES: usize = 256;

/// Tells a client which events it missed. Without a chat: events of any kind; SYNC with the latest cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(tag = "type", rename = "LAGGED", rename_all = "camelCase")]
pub struct Lagged {
    /// The chat whose events were missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<ChatId>,
    /// The first event missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_seq: Option<Seq>,
    /// The last event missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_seq: Option<Seq>,
}

/// The state of an outbox when the connection's task looks at it.
#[derive(Debug, Default)]
pub struct Pulse {
    /// The shared tick has passed: check the deadlines.
    pub ticked: bool,
    /// End the connection once everything has been written.
    pub close: Option<Close>,
    /// The outbox is over its limit, or events were missed.
    pub full: bool,
}

#[derive(Debug, Default)]
struct OutboxState {
    queue: Queue,
    lagged: BTreeMap<ChatId, SeqRange>,
    /// Something was lost that no LAGGED of a chat tells.
    lost: bool,
    unanswered: usize,
    close: Option<Close>,
    ticked: bool,
    shut: bool,
    signalled: bool,
    waker: Option<Waker>,
    shed: u64,
    lags: u64,
    /// The operating system has everything that was taken.
    written: bool,
    gaps: Gaps,
}

/// The queue in front of one client.
#[derive(Debug)]
pub struct Outbox {
    state: Mutex<OutboxState>,
    limit: usize,
}

impl Outbox {
    /// An empty outbox that holds at most `limit` bytes and one frame.
    pub fn new(limit: usize) -> Self {
        Outbox { state: Mutex::default(), limit }
    }

    fn state(&self) -> MutexGuard<'_, OutboxState> {
        self.state.lock()
    }

    /// Queues a durable event, or notes that the client has missed it.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn push_event(&self, text: &Utf8Bytes, chat: &ChatId, seq: Seq) -> Option<Waker> {
        let mut state = self.state();
        // Events behind a gap are part of it, or the client would see the chat's clock jump before it is told.
        let is_behind_gap = state.lost || (!state.lagged.is_empty() && state.lagged.contains_key(chat));
        if !is_behind_gap && state.make_room(cost(text), self.limit) {
            state.queue.push(text.clone(), Kind::Durable);
            return state.signal();
        }
        state.miss(chat, SeqRange { from: seq, to: seq }, self.limit);
        state.signal()
    }

    /// Notes events that the client has missed, before a later one.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn push_missed(&self, chat: &ChatId, range: SeqRange) -> Option<Waker> {
        let mut state = self.state();
        state.miss(chat, range, self.limit);
        state.signal()
    }

    /// Queues an event that is never stored, or drops it.
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

    /// Queues an event that has no place on a chat's clock but must not be lost silently: a state, the end of a chat,
    /// news of the user's own devices.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn push_vital(&self, text: Utf8Bytes, chat: Option<&ChatId>) -> Option<Waker> {
        let mut state = self.state();
        let room = state.room(self.limit);
        if state.queue.replace(&text, room) {
            return state.signal();
        }
        // With room for the LAGGED that may have to go before it.
        if state.make_room(cost(&text) + GAP_BYTES, self.limit) {
            state.tell_gap_before(chat);
            state.queue.push(text, Kind::Durable);
        } else {
            state.lose();
        }
        state.signal()
    }

    /// Queues the reply that was expected, whatever else waits. A gap in the same chat is told before it, so that the
    /// chat's clock never goes back.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn push_answer(&self, text: Utf8Bytes, chat: Option<&ChatId>) -> Option<Waker> {
        let mut state = self.state();
        state.unanswered -= 1;
        // Makes room if it can; a reply is queued all the same.
        state.make_room(cost(&text), self.limit);
        state.tell_gap_before(chat);
        state.queue.push(text, Kind::Durable);
        state.signal()
    }

    /// Counts a command that is about to run.
    pub fn expect_answer(&self) {
        self.state().unanswered += 1;
    }

    /// The number of commands that are not answered yet.
    pub fn unanswered(&self) -> usize {
        self.state().unanswered
    }

    /// True if another command may begin before those in flight are answered: all their replies have room. Half of the
    /// limit is left to events.
    pub fn may_pipeline(&self) -> bool {
        let state = self.state();
        let reserved = state.unanswered * REPLY_RESERVE;
        reserved <= self.limit / 2 && state.queue.bytes() + reserved <= self.limit
    }

    /// Ends the connection once the queue has been written; the first reason stands.
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

    /// Moves waiting frames into `frames` if it is empty, and reports what else has happened. The task is woken by the
    /// next push. `written`: the operating system has everything that was taken before.
    pub fn poll(&self, context: &Context<'_>, frames: &mut VecDeque<Message>, written: bool) -> Pulse {
        let mut state = self.state();
        state.signalled = false;
        if state.waker.as_ref().is_none_or(|waker| !waker.will_wake(context.waker())) {
            state.waker = Some(context.waker().clone());
        }
        if frames.is_empty() {
            state.queue.take(frames, TAKE_BYTES);
            // Not earlier: a SYNC that is answered while the outbox is still full would be lost in the next gap.
            if state.queue.is_empty() && (state.lost || !state.lagged.is_empty()) {
                state.tell_all_gaps();
                state.queue.take(frames, TAKE_BYTES);
            }
        }
        state.written = written && frames.is_empty();
        Pulse {
            ticked: std::mem::take(&mut state.ticked),
            close: state.close.clone(),
            full: state.queue.bytes() > self.limit || state.lost || !state.lagged.is_empty(),
        }
    }

    /// Notes that replies are no longer wanted; the queue may still be written.
    pub fn shut(&self) {
        self.state().shut = true;
    }

    /// True if replies are no longer wanted.
    pub fn is_shut(&self) -> bool {
        self.state().shut
    }

    /// Bytes that wait.
    pub fn bytes(&self) -> usize {
        self.state().queue.bytes()
    }

    /// True if everything of a chat that was due to the client has been written to it.
    pub fn has_written(&self, chat: &ChatId) -> bool {
        let state = self.state();
        let is_idle = state.written && state.queue.is_empty() && state.unanswered == 0;
        is_idle && !state.lost && state.lagged.is_empty() && !state.gaps.contains(chat)
    }

    /// Notes that the client has asked for what it missed of a chat.
    pub fn forget_gap(&self, chat: &ChatId) {
        self.state().gaps.forget(chat);
    }
}

impl OutboxState {
    fn signal(&mut self) -> Option<Waker> {
        // Once until the task polls again: the rest of a batch finds the connection woken already.
        (!std::mem::replace(&mut self.signalled, true)).then(|| self.waker.clone()).flatten()
    }

    /// Bytes that events may still take.
    fn room(&self, limit: usize) -> usize {
        let reserved = self.unanswered.saturating_sub(1) * REPLY_RESERVE;
        limit.saturating_sub(self.queue.bytes() + reserved.min(limit / 2))
    }

    fn note_shed(&mut self, events: u64) {
        self.shed += events;
        telemetry::count_shed(events);
    }

    fn note_lagged(&mut self) {
        self.lags += 1;
        telemetry::count_lagged();
    }

    /// Makes room by shedding ephemeral events; false if that is not enough.
    fn make_room(&mut self, bytes: usize, limit: usize) -> bool {
        if bytes > self.room(limit) {
            let shed = self.queue.shed();
            self.note_shed(shed);
        }
        bytes <= self.room(limit)
    }

    fn miss(&mut self, chat: &ChatId, range: SeqRange, limit: usize) {
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

    fn lose(&mut self) {
        if !self.lost {
            self.note_lagged();
        }
        self.lost = true;
        self.lagged.clear();
    }

    /// Tells the gap of a chat before a frame that has a place on its clock.
    fn tell_gap_before(&mut self, chat: Option<&ChatId>) {
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

    fn tell_all_gaps(&mut self) {
        if self.lost {
            self.tell_lost();
        }
        for (chat, range) in std::mem::take(&mut self.lagged) {
            self.tell_gap(chat, range);
        }
    }
}

#[cfg(test)]
mod tests;
