use std::collections::BTreeMap;

use parking_lot::{Mutex, MutexGuard};
use serde_json::Value;

use crate::ops::collections::HashMap;

use super::promise::Promise;

/// Everything that the clients have seen.
#[derive(Debug, Default)]
pub(super) struct Ledger(Mutex<MessageState>);

type EventPosition = (String, u64);

#[derive(Debug, Default)]
struct MessageState {
    /// The event at each position of a chat's clock.
    events: HashMap<EventPosition, SeenEvent>,
    /// The positions of messages by chat and id, as acknowledged to their senders.
    acknowledged: HashMap<(String, String), u64>,
    /// The first outcome of each operation by its `opId`.
    outcomes: HashMap<String, OperationOutcome>,
    counts: BTreeMap<&'static str, u64>,
    faults: BTreeMap<Promise, Vec<String>>,
}

impl MessageState {
    fn fault(&mut self, promise: Promise, fault: String) {
        self.faults.entry(promise).or_default().push(fault);
    }
}

/// The part of a reply that a repetition of its command must return again.
#[derive(Clone, Debug, PartialEq)]
struct OperationOutcome {
    kind: String,
    seq: Option<u64>,
}

/// An event as its first recipient saw it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SeenEvent {
    /// Everything except the fields for the caller alone.
    text: String,
    /// The message concerned, and its content after that change.
    pub(super) message: Option<(String, String)>,
}

impl SeenEvent {
    fn new(event: &Value) -> SeenEvent {
        let mut plain = event.clone();
        if let Some(fields) = plain.as_object_mut() {
            fields.shift_remove("requestId");
        }
        forget_profiles(&mut plain);
        let text = |path: &str| event.pointer(path).and_then(Value::as_str).map(str::to_owned);
        SeenEvent { text: plain.to_string(), message: text("/message/id").zip(text("/message/content")) }
    }
}

/// Removes the fields of users that may change from an event: an event read from the storage later has the users'
/// current profiles.
fn forget_profiles(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if fields.contains_key("username") {
                for name in ["displayName", "version", "status", "lastSeenAt"] {
                    fields.shift_remove(name);
                }
            }
            fields.values_mut().for_each(forget_profiles);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_profiles),
        _ => {}
    }
}

impl Ledger {
    fn state(&self) -> MutexGuard<'_, MessageState> {
        self.0.lock()
    }

    pub(super) fn count(&self, what: &'static str) {
        *self.state().counts.entry(what).or_default() += 1;
    }

    /// Records a violation of a promise.
    pub(super) fn fault(&self, promise: Promise, fault: String) {
        self.state().fault(promise, fault);
    }

    /// Records an event, which must be the same for everybody.
    pub(super) fn event(&self, chat: &str, seq: u64, event: &Value) {
        let seen = SeenEvent::new(event);
        let mut state = self.state();
        *state.counts.entry("events and replies seen").or_default() += 1;
        let first = state.events.entry((chat.to_owned(), seq)).or_insert_with(|| seen.clone());
        if *first != seen {
            let fault = format!("{chat} has two events at {seq}: {} and {}", first.text, seen.text);
            state.fault(Promise::Order, fault);
        }
    }

    /// Records an acknowledgement, which must be the same every time.
    pub(super) fn acknowledged(&self, chat: &str, id: &str, seq: u64) {
        let mut state = self.state();
        *state.counts.entry("messages acknowledged").or_default() += 1;
        let first = *state.acknowledged.entry((chat.to_owned(), id.to_owned())).or_insert(seq);
        if first != seq {
            state.fault(Promise::Once, format!("{id} in {chat} was acknowledged at {first} and at {seq}"));
        }
    }

    /// Records the reply to a command with an `opId`. After it has succeeded, every repetition must return the same
    /// outcome.
    pub(super) fn outcome(&self, operation: &str, reply: &Value) {
        let kind = reply["type"].as_str().unwrap_or_default().to_owned();
        let outcome = OperationOutcome { kind, seq: reply["seq"].as_u64() };
        let mut state = self.state();
        match state.outcomes.get(operation).cloned() {
            None if outcome.kind == "ERROR" => {}
            None => drop(state.outcomes.insert(operation.to_owned(), outcome)),
            Some(first) if first == outcome => *state.counts.entry("operations repeated").or_default() += 1,
            Some(first) => {
                state.fault(Promise::Once, format!("{operation} was answered with {first:?}, and later with {reply}"));
            }
        }
    }

    /// The acknowledged messages of a chat, with their positions.
    pub(super) fn acknowledged_in(&self, chat: &str) -> Vec<(String, u64)> {
        let state = self.state();
        let of_chat = state.acknowledged.iter().filter(|((other, _), _)| other == chat);
        of_chat.map(|((_, id), seq)| (id.clone(), *seq)).collect()
    }

    /// The events that any client received in a chat, by position.
    pub(super) fn received_in(&self, chat: &str) -> BTreeMap<u64, SeenEvent> {
        let state = self.state();
        let of_chat = state.events.iter().filter(|((other, _), _)| other == chat);
        of_chat.map(|((_, seq), seen)| (*seq, seen.clone())).collect()
    }

    /// A one-line summary of the progress.
    pub(super) fn summary(&self) -> String {
        let state = self.state();
        let count = |what: &str| state.counts.get(what).copied().unwrap_or(0);
        format!(
            "{} messages acknowledged, {} events seen, {} connections closed, guarantees broken {} times",
            count("messages acknowledged"),
            count("events and replies seen"),
            count("connections closed"),
            state.faults.values().map(Vec::len).sum::<usize>()
        )
    }

    /// The counts and the violations.
    pub(super) fn read(&self) -> (BTreeMap<&'static str, u64>, BTreeMap<Promise, Vec<String>>) {
        let state = self.state();
        (state.counts.clone(), state.faults.clone())
    }
}
