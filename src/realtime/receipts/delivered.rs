//! Delivered marks: observes which sockets have accepted their messages, and reports them to the authors.

use std::sync::Arc;

use crate::cluster::Wakers;
use crate::ops::collections::HashMap;
use crate::protocol::wire;
use crate::protocol::{ChatId, MessageDelivered, Seq, Timestamp, UserId};
use crate::realtime::connection::Connection;
use crate::store::repository::Advance;

use super::entry::{Arrived, ReceiptEntry};
use super::{Receipts, Selection};

/// Maximum number of deliveries that are checked again because the client has not accepted them yet; beyond it, the
/// marks follow with the next message.
const LATE_MOST: usize = 10_000;

/// Deliveries that the client has not accepted yet.
#[derive(Debug, Default)]
pub(super) struct LateDeliveries(Vec<Delivered>);

/// A user to whom messages were delivered.
#[derive(Debug)]
struct Reached {
    user: UserId,
    at: Timestamp,
}

/// Messages of a chat: those after `from`, up to `to`.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Messages {
    chat: ChatId,
    from: Seq,
    to: Seq,
}

/// The latest message of a chat sent to a connection.
#[derive(Debug)]
struct Delivered {
    connection: Arc<Connection>,
    chat: ChatId,
    user: UserId,
    seq: Seq,
}

impl Delivered {
    fn is_written(&self) -> bool {
        self.connection.outbox.has_written(&self.chat)
    }
}

impl Receipts {
    /// Records that a connection is about to be sent messages up to this position.
    pub fn answers(&self, connection: &Arc<Connection>, chat: &ChatId, user: &UserId, seq: Seq) {
        let connection = connection.clone();
        self.keep(vec![Delivered { connection, chat: chat.clone(), user: user.clone(), seq }]);
    }

    /// Checks which messages have arrived, and writes the marks that are due.
    pub async fn tick(&self) {
        self.look();
        self.write_quietly(Selection::Due).await;
        self.tell_authors().await;
        self.tell_found().await;
        self.tidy();
    }

    fn keep(&self, deliveries: Vec<Delivered>) {
        let mut late = self.late.lock();
        let room = LATE_MOST.saturating_sub(late.0.len());
        late.0.extend(deliveries.into_iter().take(room));
    }

    fn look(&self) {
        let mut deliveries = std::mem::take(&mut self.late.lock().0);
        deliveries.retain(|delivery| !delivery.connection.outbox.is_shut());
        for (chat, recent) in self.hub.take_recent_messages() {
            self.hub.each_subscriber(&chat, |connection| {
                let Some(user) = connection.user() else { return };
                let Some(seq) = recent.latest_for(&user, connection) else { return };
                deliveries.push(Delivered { connection: connection.clone(), chat: chat.clone(), user, seq });
            });
        }
        let (written, late): (Vec<_>, Vec<_>) = deliveries.into_iter().partition(Delivered::is_written);
        self.keep(late);
        if !written.is_empty() {
            self.arrive(written, self.clock.now());
        }
    }

    fn arrive(&self, written: Vec<Delivered>, at: Timestamp) {
        let mut entries = self.entries.lock();
        for Delivered { chat, user, seq, .. } in written {
            let advance = Advance { chat, user, read: 0, delivered: seq, at, clears_unread: false };
            match entries.get_mut(&advance.chat, &advance.user) {
                Some(entry) => entry.arrive(&advance),
                None => entries.insert(&advance.chat, &advance.user, ReceiptEntry::arrived(&advance)),
            }
        }
    }

    async fn tell_authors(&self) {
        let mut arrived: HashMap<Messages, Vec<Reached>> = HashMap::default();
        for (chat, users) in self.entries.lock().chats_mut() {
            for (user, entry) in users {
                if let Some(Arrived { from, to, at }) = entry.take_unreported() {
                    let messages = Messages { chat: chat.clone(), from, to };
                    arrived.entry(messages).or_default().push(Reached { user: user.clone(), at });
                }
            }
        }
        // Clients query the deliveries in a large chat with GET_READ_STATE.
        let arrived = arrived.into_iter().filter(|(messages, _)| !self.hub.is_large(&messages.chat));
        for (Messages { chat, from, to }, reached) in arrived {
            match self.repository.authors(&chat, from, to).await {
                Ok(authors) => self.tell(&chat, to, &authors, reached),
                Err(error) => tracing::debug!(error = %error, "deliveries could not be reported to the authors"),
            }
        }
    }

    fn tell(&self, chat: &ChatId, seq: Seq, authors: &[UserId], reached: Vec<Reached>) {
        let mut wakers = Wakers::default();
        for Reached { user, at } in reached {
            let event = MessageDelivered { chat_id: chat.clone(), user_id: user, seq, at, duplicate: false };
            self.publish_delivered(&event, authors, &mut wakers);
        }
        wakers.wake();
    }

    /// Reports to the authors up to which of their messages were delivered to another member.
    pub fn publish_delivered(&self, event: &MessageDelivered, authors: &[UserId], wakers: &mut Wakers) {
        let text = wire::encode(event);
        for author in authors.iter().filter(|author| **author != event.user_id) {
            self.bus.publish_ephemeral_to_member(author, &event.chat_id, &text, wakers);
        }
    }
}
