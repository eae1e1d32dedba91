//! The bounded queue in front of one client.
//!
//! Durable events and replies leave in the order they came. When more bytes wait than may, events that are never
//! stored go first; then the durable events of a chat collapse into one LAGGED, which the client answers with SYNC at
//! its own speed. Replies are never dropped: the session stops reading commands while its outbox is full.
//!
//! Pushing never waits and never wakes: it hands back the waker of the connection's task, so that a batch of events
//! wakes each connection once.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::task::{Context, Waker};

use parking_lot::{Mutex, MutexGuard};
use serde::{Deserialize, Serialize};
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

use crate::protocol::wire;
use crate::protocol::{ChatId, Seq};

/// How many bytes the connection's task takes at a time.
const TAKE_BYTES: usize = 64 << 10;
/// What a queued frame costs beside its text, shared texts counted for every queue they are in.
const FRAME_OVERHEAD: usize = 64;

/// Why the server ends a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Close {
    /// The close code.
    pub code: u16,
    /// A few words for people; other nodes have their own.
    #[serde(skip, default = "elsewhere")]
    pub reason: &'static str,
}

/// Tells a client which events it did not get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(tag = "type", rename = "LAGGED", rename_all = "camelCase")]
pub struct Lagged {
    /// In which chat.
    pub chat_id: ChatId,
    /// The first event missed.
    pub from_seq: Seq,
    /// The last event missed.
    pub to_seq: Seq,
}

/// What the connection's task finds when it looks.
#[derive(Debug, Default)]
pub struct Pulse {
    /// The shared tick has gone by: look at the deadlines.
    pub ticked: bool,
    /// End the connection once everything has been written.
    pub close: Option<Close>,
    /// More bytes wait than may.
    pub full: bool,
}

#[derive(Debug)]
struct Frame {
    text: Utf8Bytes,
    ephemeral: bool,
}

#[derive(Debug, Default)]
struct QueueState {
    queue: VecDeque<Frame>,
    bytes: usize,
    ephemeral: usize,
    lagged: BTreeMap<ChatId, (Seq, Seq)>,
    unanswered: usize,
    close: Option<Close>,
    ticked: bool,
    shut: bool,
    signalled: bool,
    waker: Option<Waker>,
    shed: u64,
    lags: u64,
    /// Everything that was taken is with the operating system.
    written: bool,
    /// Chats of which the client was told that it has missed something, and has not asked for it yet.
    gaps: BTreeSet<ChatId>,
}

/// The queue in front of one client.
#[derive(Debug)]
pub struct Outbox {
    state: Mutex<QueueState>,
    limit: usize,
}

impl Outbox {
    /// An empty queue that holds about `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Outbox { state: Mutex::default(), limit }
    }

    fn state(&self) -> MutexGuard<'_, QueueState> {
        self.state.lock()
    }

    /// Queues a durable event, or notes that the client has missed it.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn push_event(&self, text: &Utf8Bytes, chat: &ChatId, seq: Seq) -> Option<Waker> {
        let mut state = self.state();
        if state.lagged.is_empty() || !state.lagged.contains_key(chat) {
            if state.has_room(text, self.limit) {
                return state.queue(text.clone(), false);
            }
            state.lags += 1;
        }
        state.lagged.entry(chat.clone()).or_insert((seq, seq)).1 = seq;
        state.signal()
    }

    /// Notes events that the client has missed, before one that comes after them.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn push_missed(&self, chat: &ChatId, (from, to): (Seq, Seq)) -> Option<Waker> {
        let mut state = self.state();
        state.lags += 1;
        state.lagged.entry(chat.clone()).or_insert((from, to)).1 = to;
        state.signal()
    }

    /// Queues an event that is never stored, or drops it.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn push_ephemeral(&self, text: &Utf8Bytes) -> Option<Waker> {
        let mut state = self.state();
        if state.bytes + cost(text) > self.limit {
            state.shed += 1;
            return None;
        }
        state.queue(text.clone(), true)
    }

    /// Queues what must not be lost: a reply, or the end of a chat. An event of the same chat that the client has
    /// missed is told of first, so that its clock never goes back.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn push_vital(&self, text: Utf8Bytes, chat: Option<&ChatId>) -> Option<Waker> {
        let mut state = self.state();
        if let Some((chat, range)) = chat.and_then(|chat| state.lagged.remove_entry(chat)) {
            state.tell_lagged(chat, range);
        }
        state.queue(text, false)
    }

    /// Queues the reply that was expected.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn push_answer(&self, text: Utf8Bytes, chat: Option<&ChatId>) -> Option<Waker> {
        let waker = self.push_vital(text, chat);
        let mut state = self.state();
        state.unanswered -= 1;
        waker.or_else(|| state.signal())
    }

    /// Counts a command that is about to run.
    pub fn expect_answer(&self) {
        self.state().unanswered += 1;
    }

    /// How many commands are not answered yet.
    pub fn unanswered(&self) -> usize {
        self.state().unanswered
    }

    /// Ends the connection once what is queued has been written; the first reason stands.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn close(&self, close: Close) -> Option<Waker> {
        let mut state = self.state();
        state.close.get_or_insert(close);
        state.signal()
    }

    /// Has the connection look at its deadlines.
    #[must_use = "the connection sleeps until it is woken"]
    pub fn tick(&self) -> Option<Waker> {
        let mut state = self.state();
        state.ticked = true;
        state.signal()
    }

    /// Moves what waits into `frames` and tells what else has happened; the task is woken for the next push. `written`:
    /// what was taken before is with the operating system.
    pub fn poll(&self, context: &Context<'_>, frames: &mut VecDeque<Message>, written: bool) -> Pulse {
        let mut state = self.state();
        state.signalled = false;
        if state.waker.as_ref().is_none_or(|waker| !waker.will_wake(context.waker())) {
            state.waker = Some(context.waker().clone());
        }
        if frames.is_empty() {
            state.take(frames);
            if state.queue.is_empty() && !state.lagged.is_empty() {
                state.tell_all_lagged();
                state.take(frames);
            }
        }
        state.written = written && frames.is_empty();
        Pulse {
            ticked: std::mem::take(&mut state.ticked),
            close: state.close.clone(),
            full: state.bytes > self.limit || !state.lagged.is_empty(),
        }
    }

    /// Notes that nobody waits for answers any more; what is queued may still be written.
    pub fn shut(&self) {
        self.state().shut = true;
    }

    /// Whether nobody waits for answers any more.
    pub fn is_shut(&self) -> bool {
        self.state().shut
    }

    /// Bytes that wait.
    pub fn bytes(&self) -> usize {
        self.state().bytes
    }

    /// Whether the client has been sent everything of a chat that it was to get.
    pub fn has_written(&self, chat: &ChatId) -> bool {
        let state = self.state();
        let idle = state.written && state.queue.is_empty() && state.unanswered == 0;
        idle && state.lagged.is_empty() && !state.gaps.contains(chat)
    }

    /// Notes that the client has asked for what it had missed of a chat.
    pub fn forget_gap(&self, chat: &ChatId) {
        self.state().gaps.remove(chat);
    }

    /// How many events were shed and how often a chat has lagged since the last call.
    pub fn take_losses(&self) -> (u64, u64) {
        let mut state = self.state();
        (std::mem::take(&mut state.shed), std::mem::take(&mut state.lags))
    }
}

fn elsewhere() -> &'static str {
    "these credentials are no longer good"
}

fn cost(text: &Utf8Bytes) -> usize {
    text.len() + FRAME_OVERHEAD
}

impl QueueState {
    fn signal(&mut self) -> Option<Waker> {
        (!std::mem::replace(&mut self.signalled, true)).then(|| self.waker.clone()).flatten()
    }

    fn queue(&mut self, text: Utf8Bytes, ephemeral: bool) -> Option<Waker> {
        self.bytes += cost(&text);
        self.ephemeral += usize::from(ephemeral);
        self.queue.push_back(Frame { text, ephemeral });
        self.signal()
    }

    /// Makes room by shedding what is never stored.
    fn has_room(&mut self, text: &Utf8Bytes, limit: usize) -> bool {
        if self.bytes + cost(text) > limit && self.ephemeral > 0 {
            self.shed += self.ephemeral as u64;
            self.ephemeral = 0;
            self.queue.retain(|frame| !frame.ephemeral);
            self.bytes = self.queue.iter().map(|frame| cost(&frame.text)).sum();
        }
        self.bytes + cost(text) <= limit
    }

    fn tell_lagged(&mut self, chat_id: ChatId, (from_seq, to_seq): (Seq, Seq)) {
        self.gaps.insert(chat_id.clone());
        let text = wire::encode(&Lagged { chat_id, from_seq, to_seq });
        self.bytes += cost(&text);
        self.queue.push_back(Frame { text, ephemeral: false });
    }

    fn tell_all_lagged(&mut self) {
        for (chat, range) in std::mem::take(&mut self.lagged) {
            self.tell_lagged(chat, range);
        }
    }

    fn take(&mut self, frames: &mut VecDeque<Message>) {
        let mut taken = 0;
        while taken < TAKE_BYTES
            && let Some(frame) = self.queue.pop_front()
        {
            taken += cost(&frame.text);
            self.ephemeral -= usize::from(frame.ephemeral);
            frames.push_back(Message::Text(frame.text));
        }
        self.bytes -= taken;
        if self.queue.is_empty() && self.queue.capacity() > 32 {
            self.queue = VecDeque::new();
        }
    }
}
