use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};

use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

/// Overhead of a queued frame in bytes. A shared text counts in every queue that holds it.
pub(super) const FRAME_OVERHEAD: usize = 64;
/// Types of events that carry a complete state, of which only the newest matters.
const STATES: [&str; 4] = ["SETTINGS", "USER_UPDATED", "CHAT_MUTED", "PRESENCE"];

/// The kind of a frame, which decides how it is treated while the outbox is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Durable,
    Ephemeral,
    /// The reply to a command, which no newer state replaces.
    Reply,
}

#[derive(Debug)]
struct Frame {
    text: Utf8Bytes,
    kind: Kind,
}

/// The queued frames, and the positions of the states among them.
#[derive(Debug, Default)]
pub(super) struct Queue {
    frames: VecDeque<Frame>,
    /// Number of frames taken so far, which is the number of the first queued frame.
    taken: u64,
    bytes: usize,
    /// Bytes of the replies among them.
    replies: usize,
    ephemeral: usize,
    states: States,
}

/// The numbers of queued states by the hashes of their keys.
#[derive(Debug, Default)]
struct States {
    hasher: Option<RandomState>,
    numbers: HashMap<u64, u64>,
}

pub(super) fn cost(text: &Utf8Bytes) -> usize {
    text.len() + FRAME_OVERHEAD
}

/// The start of a PRESENCE with several users, which is not a state and is never replaced.
const PRESENCE_BATCH: &str = r#"{"type":"PRESENCE","users""#;

/// The key of a state: its text up to the first id, which names the user or the chat. SETTINGS belong to the user.
pub(super) fn state_key(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("{\"type\":\"")?;
    let kind = STATES.into_iter().find(|kind| rest.strip_prefix(kind).is_some_and(|rest| rest.starts_with('"')))?;
    if text.starts_with(PRESENCE_BATCH) {
        return None;
    }
    if kind == "SETTINGS" {
        return text.get(..text.len() - rest.len() + kind.len());
    }
    let id = ["\"id\":\"", "\"userId\":\"", "\"chatId\":\""]
        .into_iter()
        .filter_map(|name| Some(text.find(name)? + name.len()));
    let begin = id.min()?;
    // Ids contain no quotes.
    let end = begin + text[begin..].find('"')?;
    text.get(..end)
}

impl Queue {
    pub(super) fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn replies(&self) -> usize {
        self.replies
    }

    pub(super) fn push(&mut self, text: Utf8Bytes, kind: Kind) {
        self.states.note(&text, kind, self.taken + self.frames.len() as u64);
        self.bytes += cost(&text);
        self.replies += if kind == Kind::Reply { cost(&text) } else { 0 };
        self.ephemeral += usize::from(kind == Kind::Ephemeral);
        self.frames.push_back(Frame { text, kind });
    }

    /// Replaces the queued state with a newer one; false if none is queued or `room` is too small for it.
    pub(super) fn replace(&mut self, text: &Utf8Bytes, room: usize) -> bool {
        let Some(key) = state_key(text) else { return false };
        let Some(place) = self.states.get(key).and_then(|number| usize::try_from(number.checked_sub(self.taken)?).ok())
        else {
            return false;
        };
        // Two keys may have the same hash, so the frame's own key decides.
        let Some(frame) = self.frames.get_mut(place).filter(|frame| state_key(&frame.text) == Some(key)) else {
            return false;
        };
        // A replaced frame keeps its position, so only the difference in length needs room.
        if text.len() > frame.text.len() + room {
            return false;
        }
        self.bytes = self.bytes + text.len() - frame.text.len();
        frame.text = text.clone();
        true
    }

    /// Drops the ephemeral events and returns their number.
    pub(super) fn shed(&mut self) -> u64 {
        if self.ephemeral == 0 {
            return 0;
        }
        let shed = std::mem::take(&mut self.ephemeral);
        self.frames.retain(|frame| frame.kind != Kind::Ephemeral);
        self.bytes = self.frames.iter().map(|frame| cost(&frame.text)).sum();
        // Dropping frames changes the positions of all frames behind them.
        self.states.numbers.clear();
        for (place, frame) in self.frames.iter().enumerate() {
            self.states.note(&frame.text, frame.kind, self.taken + place as u64);
        }
        shed as u64
    }

    /// Moves frames of about `max` bytes into `frames`.
    pub(super) fn take(&mut self, frames: &mut VecDeque<Message>, max: usize) {
        let mut taken = 0;
        while taken < max
            && let Some(frame) = self.frames.pop_front()
        {
            if let Some(key) = state_key(&frame.text) {
                self.states.remove(key, self.taken);
            }
            self.taken += 1;
            taken += cost(&frame.text);
            self.replies -= if frame.kind == Kind::Reply { cost(&frame.text) } else { 0 };
            self.ephemeral -= usize::from(frame.kind == Kind::Ephemeral);
            frames.push_back(Message::Text(frame.text));
        }
        self.bytes -= taken;
        if self.frames.is_empty() && self.frames.capacity() > 32 {
            // An idle connection keeps no memory from its busiest time.
            self.frames = VecDeque::new();
            self.states = States::default();
        }
    }
}

impl States {
    fn hash(&mut self, key: &str) -> u64 {
        self.hasher.get_or_insert_default().hash_one(key)
    }

    fn get(&self, key: &str) -> Option<u64> {
        self.numbers.get(&self.hasher.as_ref()?.hash_one(key)).copied()
    }

    /// Records the number of a state that a newer one may replace.
    fn note(&mut self, text: &str, kind: Kind, number: u64) {
        let Some(key) = state_key(text) else { return };
        let hash = self.hash(key);
        if kind == Kind::Reply {
            // A newer state must follow the reply, so it cannot replace one queued before it.
            self.numbers.remove(&hash);
        } else {
            self.numbers.insert(hash, number);
        }
    }

    fn remove(&mut self, key: &str, number: u64) {
        let hash = self.hash(key);
        if self.numbers.get(&hash) == Some(&number) {
            self.numbers.remove(&hash);
        }
    }
}
