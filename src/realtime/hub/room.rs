use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::ops::fault::{self, Fault};
use crate::protocol::{ChatId, Seq};

use super::{Connection, Publication, Wakers};

/// How many events wait for earlier ones; where there are more, the earlier ones are given up.
const HELD_EVENTS: usize = 512;
/// About how many bytes they have.
const HELD_BYTES: usize = 1 << 20;

/// Gives the caller of a change its reply; true: the event has gone out without it, which the reply must say.
pub type Owed = Box<dyn FnOnce(bool, &mut Wakers) + Send>;

/// Where an event belongs that has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It was next, and has gone out.
    Now,
    /// It has gone out before.
    Late,
    /// It waits for earlier ones that have not come.
    Early,
    /// It has gone out although earlier ones had not come: who is in must be looked up.
    Forced,
}

/// An event that waits, and the replies that come with it.
pub(super) struct Held {
    pub(super) publication: Publication,
    pub(super) owed: Vec<Owed>,
}

impl fmt::Debug for Held {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Held").field("publication", &self.publication).finish_non_exhaustive()
    }
}

/// What a chat waits for.
#[derive(Debug, Default)]
struct Waiting {
    /// The latest event that is known to have been committed.
    head: Seq,
    bytes: usize,
    held: BTreeMap<Seq, Held>,
}

/// Those who hear a chat, and the last event they were told of; 0: none yet.
#[derive(Debug, Default)]
pub(super) struct ChatChannel {
    pub(super) listeners: Vec<Arc<Connection>>,
    pub(super) seq: Seq,
    waiting: Option<Box<Waiting>>,
}

impl ChatChannel {
    /// Where an event belongs; the end of a chat belongs after everything.
    pub(super) fn place(&self, seq: Option<Seq>) -> Arrival {
        match seq {
            Some(seq) if self.seq > 0 && seq <= self.seq => Arrival::Late,
            Some(seq) if self.seq > 0 && seq > self.seq + 1 => Arrival::Early,
            _ => Arrival::Now,
        }
    }

    pub(super) fn waits(&self) -> bool {
        self.waiting.is_some()
    }

    /// Gives an event to everybody who is in, but for its caller.
    pub(super) fn deliver(&mut self, publication: &Publication, wakers: &mut Wakers) {
        self.seq = publication.seq.unwrap_or(0);
        for listener in self.listeners.iter().filter(|listener| !publication.is_callers(listener)) {
            wakers.keep(listener.deliver(publication.text_for(listener), &publication.chat, publication.seq));
        }
    }

    /// Gives everybody who is in the next event, as it was found in the storage.
    pub(super) fn deliver_found(&mut self, chat: &ChatId, (seq, text): (Seq, &Utf8Bytes), wakers: &mut Wakers) {
        self.seq = seq;
        for listener in &self.listeners {
            wakers.keep(listener.outbox.push_event(text, chat, seq));
        }
    }

    /// Tells everybody who is in of the events up to there that will not come by.
    pub(super) fn tell_missed(&mut self, chat: &ChatId, to: Seq, wakers: &mut Wakers) {
        if self.seq > 0 && to > self.seq {
            for listener in self.listeners.iter().filter(|_| !fault::is(Fault::NoRepair)) {
                wakers.keep(listener.outbox.push_missed(chat, (self.seq + 1, to)));
            }
            self.seq = to;
        }
    }

    /// Whether another event may wait.
    pub(super) fn has_space(&self) -> bool {
        let full = |waiting: &Waiting| waiting.held.len() >= HELD_EVENTS || waiting.bytes >= HELD_BYTES;
        !self.waiting.as_deref().is_some_and(full)
    }

    /// Keeps an event until those before it have come.
    pub(super) fn hold(&mut self, seq: Seq, held: Held) {
        let waiting = self.waiting.get_or_insert_default();
        match waiting.held.get_mut(&seq) {
            Some(there) => there.owed.extend(held.owed),
            None => {
                waiting.bytes += held.publication.size();
                waiting.held.insert(seq, held);
            }
        }
    }

    /// Has a reply wait for those that wait already; gives it back where none does.
    pub(super) fn queue_behind(&mut self, owed: Owed) -> Option<Owed> {
        match self.waiting.as_mut().and_then(|waiting| waiting.held.last_entry()) {
            Some(mut last) => {
                last.get_mut().owed.push(owed);
                None
            }
            None => Some(owed),
        }
    }

    /// Notes that the chat has come that far; true if something is missing here.
    pub(super) fn note_head(&mut self, head: Seq) -> bool {
        let missing = self.seq > 0 && head > self.seq;
        if missing {
            let waiting = self.waiting.get_or_insert_default();
            waiting.head = waiting.head.max(head);
        }
        missing
    }

    /// The events that have not come, as far as one knows.
    pub(super) fn missing(&self) -> Option<(Seq, Seq)> {
        let waiting = self.waiting.as_ref()?;
        let to = waiting.held.first_key_value().map_or(waiting.head, |(first, _)| first - 1);
        (self.seq > 0 && to > self.seq).then_some((self.seq + 1, to))
    }

    /// What waits and is no longer early.
    pub(super) fn take_ripe(&mut self) -> Option<Held> {
        let waiting = self.waiting.as_mut()?;
        let ripe = waiting.held.first_entry().filter(|first| *first.key() <= self.seq + 1).map(|first| first.remove());
        if let Some(held) = &ripe {
            waiting.bytes -= held.publication.size();
        }
        if waiting.held.is_empty() && waiting.head <= self.seq {
            self.waiting = None;
        }
        ripe
    }

    /// Everything that waits, because nobody is left to wait for it.
    pub(super) fn take_all(&mut self) -> Vec<Held> {
        self.waiting.take().map_or_else(Vec::new, |waiting| waiting.held.into_values().collect())
    }
}
