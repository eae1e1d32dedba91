use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};

use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

/// Overhead of a queued frame in bytes. Shared texts count in every queue that holds them.
pub(super) const FRAME_OVERHEAD: usize = 64;
/// Types whose events hold a whole state: only the newest matters.
const STATES: [&str; 4] = ["SETTINGS", "USER_UPDATED", "CHAT_MUTED", "PRESENCE"];

/// The treatment of a frame while the outbox is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Durable,
    Ephemeral,
    /// The one reply to a command: no newer state takes its place.
    Reply,
}

#[derive(Debug)]
struct Frame {
    text: Utf8Bytes,
    kind: Kind,
}

/// The waiting frames, and the places of the states among them.
#[derive(Debug, Default)]
pub(super) struct Queue {
    frames: VecDeque<Frame>,
    /// Frames taken so far: the number of the first waiting frame.
    taken: u64,
    bytes: usize,
    ephemeral: usize,
    states: States,
}

/// The numbers of waiting states by the hashes of their keys.
#[derive(Debug, Default)]
struct States {
    hasher: Option<RandomState>,
    numbers: HashMap<u64, u64>,
}

pub(super) fn cost(text: &Utf8Bytes) -> usize {
    text.len() + FRAME_OVERHEAD
}

/// The beginning of a PRESENCE of several users, which is not a state and is never replaced.
const PRESENCE_BATCH: &str = r#"{"type":"PRESENCE","users""#;

/// The key of a state: its text up to the first id, which names the user or the chat. SETTINGS are the user's own.
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

    pub(super) fn push(&mut self, text: Utf8Bytes, kind: Kind) {
        self.states.note(&text, kind, self.taken + self.frames.len() as u64);
        self.bytes += cost(&text);
        self.ephemeral += usize::from(kind == Kind::Ephemeral);
        self.frames.push_back(Frame { text, kind });
    }

    /// Puts a newer state in the place of the waiting one; false if none waits or `room` is too small for it.
    pub(super) fn replace(&mut self, text: &Utf8Bytes, room: usize) -> bool {
        let Some(key) = state_key(text) else { return false };
        let Some(place) = self.states.get(key).and_then(|number| usize::try_from(number.checked_sub(self.taken)?).ok())
        else {
            return false;
        };
        // Two keys may share a hash, so the frame's own key decides.
        let Some(frame) = self.frames.get_mut(place).filter(|frame| state_key(&frame.text) == Some(key)) else {
            return false;
        };
        if text.len() > frame.text.len() + room {
            return false;
        }
        self.bytes = self.bytes + text.len() - frame.text.len();
        frame.text = text.clone();
        true
    }

    /// Drops the ephemeral events; returns their number.
    pub(super) fn shed(&mut self) -> u64 {
        if self.ephemeral == 0 {
            return 0;
        }
        let shed = std::mem::take(&mut self.ephemeral);
        self.frames.retain(|frame| frame.kind != Kind::Ephemeral);
        self.bytes = self.frames.iter().map(|frame| cost(&frame.text)).sum();
        // Dropping frames moves the places of all frames behind them.
        self.states.numbers.clear();
        for (place, frame) in self.frames.iter().enumerate() {
            self.states.note(&frame.text, frame.kind, self.taken + place as u64);
        }
        shed as u64
    }

    /// Moves frames of about `most` bytes into `frames`.
    pub(super) fn take(&mut self, frames: &mut VecDeque<Message>, most: usize) {
        let mut taken = 0;
        while taken < most
            && let Some(frame) = self.frames.pop_front()
        {
            if let Some(key) = state_key(&frame.text) {
                self.states.remove(key, self.taken);
            }
            self.taken += 1;
            taken += cost(&frame.text);
            self.ephemeral -= usize::from(frame.kind == Kind::Ephemeral);
            frames.push_back(Message::Text(frame.text));
        }
        self.bytes -= taken;
        if self.frames.is_empty() && self.frames.capacity() > 32 {
            // An idle connection keeps no memory of its busiest moment.
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

    /// Notes the number of a state that a newer one may replace.
    fn note(&mut self, text: &str, kind: Kind, number: u64) {
        let Some(key) = state_key(text) else { return };
        let hash = self.hash(key);
        if kind == Kind::Reply {
            // A newer state must follow the reply, so it cannot replace one that waits before it.
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
