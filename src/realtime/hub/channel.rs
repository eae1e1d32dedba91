use std::collections::BTreeMap;
use std::sync::Arc;

use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::cluster::{Arrival, Publication, SeqRange, Wakers};
use crate::ops::fault::{self, Fault};
use crate::ops::work;
use crate::protocol::{ChatId, Seq, UserId};
use crate::realtime::connection::Connection;
use crate::realtime::reply::OrderedReply;

/// Maximum number of a chat's events that are held for earlier ones; beyond it, the earlier ones count as missed.
const HELD_EVENTS: usize = 512;
/// Maximum size of the held events, in bytes, approximately.
const HELD_BYTES: usize = 1 << 20;

/// An event that is delivered or held, and the replies to send with it.
#[derive(Debug)]
pub(super) struct PendingEvent {
    pub(super) publication: Publication,
    /// The calling connection, which gets its reply instead of the event.
    pub(super) caller: Option<Arc<Connection>>,
    /// The reply to the caller, then no-ops' replies that were queued after it.
    pub(super) replies: Vec<OrderedReply>,
}

/// Events that are held for earlier ones.
#[derive(Debug, Default)]
struct HeldEvents {
    /// The latest event known to be committed.
    head: Seq,
    bytes: usize,
    events: BTreeMap<Seq, PendingEvent>,
    /// Replies that wait until the chat reaches its head.
    replies: Vec<OrderedReply>,
}

/// A chat's subscribers on this node, and the last event delivered to them; 0 if none was.
#[derive(Debug, Default)]
pub(super) struct ChatChannel {
    /// Sorted by number, so that one of very many is found by binary search.
    pub(super) subscribers: Vec<Arc<Connection>>,
    pub(super) seq: Seq,
    /// The number of the chat's members at that position, wherever they are connected; 0 if unknown.
    pub(super) members: u64,
    held: Option<Box<HeldEvents>>,
}

/// The text of the event for a user: users who join with it may get a different one.
fn text_for(publication: &Publication, user: Option<UserId>) -> &Utf8Bytes {
    match &publication.welcome {
        Some(welcome) if user.is_some_and(|user| publication.joined.contains(&user)) => welcome,
        _ => &publication.text,
    }
}

impl ChatChannel {
    /// Adds a subscriber, once. New connections have the highest numbers, so they nearly always go at the end.
    pub(super) fn add(&mut self, connection: Arc<Connection>) {
        if let Err(place) = self.place(connection.number) {
            self.subscribers.insert(place, connection);
        }
    }

    /// Removes the subscriber with this number.
    pub(super) fn remove(&mut self, number: u64) {
        if let Ok(place) = self.place(number) {
            self.subscribers.remove(place);
        }
    }

    fn place(&self, number: u64) -> Result<usize, usize> {
        self.subscribers.binary_search_by(|subscriber| {
            work::step();
            subscriber.number.cmp(&number)
        })
    }

    /// Compares an event with the chat's position. The end of a chat is later than every event.
    pub(super) fn arrival(&self, seq: Option<Seq>) -> Arrival {
        // At 0 nothing has been delivered yet: the first event sets the position, whatever it is.
        match seq {
            Some(seq) if self.seq > 0 && seq <= self.seq => Arrival::Repeated,
            Some(seq) if self.seq > 0 && seq > self.seq + 1 => Arrival::Early,
            _ => Arrival::Next,
        }
    }

    /// True if events are held, or known to be missing.
    pub(super) fn is_waiting(&self) -> bool {
        self.held.is_some()
    }

    /// Sends an event to every subscriber except its caller. This is the inner loop of fan-out: one lock for all
    /// subscribers, one shared text, no allocation.
    pub(super) fn deliver(&mut self, publication: &Publication, caller: Option<&Connection>, wakers: &mut Wakers) {
        // The end of a chat has no `seq`: back at 0, the channel accepts any event, and is about to be closed.
        self.seq = publication.seq.unwrap_or(0);
        self.members = publication.members.unwrap_or(self.members);
        let caller = caller.map_or(0, |caller| caller.number);
        for subscriber in self.subscribers.iter().filter(|subscriber| subscriber.number != caller) {
            let text = match &publication.welcome {
                None => &publication.text,
                Some(_) => text_for(publication, subscriber.user()),
            };
            wakers.keep(subscriber.deliver(text, &publication.chat, publication.seq));
        }
    }

    /// Sends every subscriber an event that was found in the storage.
    pub(super) fn deliver_found(&mut self, chat: &ChatId, seq: Seq, text: &Utf8Bytes, wakers: &mut Wakers) {
        self.seq = seq;
        for subscriber in &self.subscribers {
            wakers.keep(subscriber.outbox.push_event(text, chat, seq));
        }
    }

    /// Marks the events up to a position as missed for every subscriber.
    pub(super) fn send_lagged(&mut self, chat: &ChatId, to: Seq, wakers: &mut Wakers) {
        if self.seq > 0 && to > self.seq {
            for subscriber in self.subscribers.iter().filter(|_| !fault::is(Fault::NoRepair)) {
                wakers.keep(subscriber.outbox.push_missed(chat, SeqRange { from: self.seq + 1, to }));
            }
            // An event of this range that still arrives late counts as repeated, because clients fetch it with SYNC.
            self.seq = to;
        }
    }

    /// True if another event may be held.
    pub(super) fn has_space(&self) -> bool {
        let is_full = |held: &HeldEvents| held.events.len() >= HELD_EVENTS || held.bytes >= HELD_BYTES;
        !self.held.as_deref().is_some_and(is_full)
    }

    /// Holds an event until the events before it arrive.
    pub(super) fn hold(&mut self, seq: Seq, event: PendingEvent) {
        let held = self.held.get_or_insert_default();
        match held.events.get_mut(&seq) {
            // The same event twice: it is delivered once, with the replies of both.
            Some(known) => known.replies.extend(event.replies),
            None => {
                held.bytes += event.publication.size();
                held.events.insert(seq, event);
            }
        }
    }

    /// Queues a reply behind held replies, or behind events known to be missing; returns it if there are none.
    pub(super) fn queue_behind(&mut self, reply: OrderedReply) -> Option<OrderedReply> {
        let Some(held) = &mut self.held else { return Some(reply) };
        match held.events.last_entry() {
            // Attached to the last event rather than `replies`, which wait until no event is held at all.
            Some(mut last) if *last.key() >= held.head => last.get_mut().replies.push(reply),
            _ if held.head > self.seq => held.replies.push(reply),
            _ => return Some(reply),
        }
        None
    }

    /// Sends the replies that waited for the chat to reach its head.
    pub(super) fn release_reached(&mut self, wakers: &mut Wakers) {
        if let Some(held) = self.held.take_if(|held| held.events.is_empty() && held.head <= self.seq) {
            held.replies.into_iter().for_each(|reply| reply.send(false, wakers));
        }
    }

    /// Records the latest committed position; true if events are missing here.
    pub(super) fn note_head(&mut self, head: Seq) -> bool {
        let missing = self.seq > 0 && head > self.seq;
        if missing {
            let held = self.held.get_or_insert_default();
            held.head = held.head.max(head);
        }
        missing
    }

    /// The first range of events known to be missing.
    pub(super) fn missing(&self) -> Option<SeqRange> {
        let held = self.held.as_ref()?;
        // Only up to the first held event; events missing after that form the next gap.
        let to = held.events.first_key_value().map_or(held.head, |(first, _)| first - 1);
        (self.seq > 0 && to > self.seq).then_some(SeqRange { from: self.seq + 1, to })
    }

    /// Takes a held event that is no longer early.
    pub(super) fn take_ready(&mut self) -> Option<PendingEvent> {
        let held = self.held.as_mut()?;
        let first = held.events.first_entry().filter(|first| *first.key() <= self.seq + 1);
        let ready = first.map(|first| first.remove());
        if let Some(event) = &ready {
            held.bytes -= event.publication.size();
        }
        ready
    }

    /// Sends the held replies, because no subscriber waits for the events before them any more.
    pub(super) fn release_replies(&mut self, wakers: &mut Wakers) {
        let Some(held) = self.held.take() else { return };
        let replies = held.events.into_values().flat_map(|event| event.replies).chain(held.replies);
        replies.for_each(|reply| reply.send(false, wakers));
    }
}
