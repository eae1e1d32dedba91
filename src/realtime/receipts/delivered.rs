//! Seeing whose sockets have taken what they were given, and telling the authors.

use std::collections::HashMap;
use std::sync::Arc;

use crate::protocol::wire;
use crate::protocol::{ChatId, MessageDelivered, Seq, Timestamp, UserId};
use crate::realtime::hub::{Connection, Wakers};
use crate::store::repository::Advance;

use super::entry::Entry;
use super::{Receipts, Which, lock};

/// How many connections are looked at again because they had not taken everything; of more, the marks come with the
/// next message.
const LATE_MOST: usize = 10_000;

/// Connections that have not taken everything yet.
#[derive(Debug, Default)]
pub(super) struct Late(Vec<Given>);

/// Whom messages have reached, and when.
type Reached = Vec<(UserId, Timestamp)>;

/// What a connection was given.
#[derive(Debug)]
struct Given {
    connection: Arc<Connection>,
    chat: ChatId,
    user: UserId,
    seq: Seq,
}

impl Given {
    fn is_written(&self) -> bool {
        self.connection.outbox.has_written(&self.chat)
    }
}

impl Receipts {
    /// Notes that a connection is about to be answered with messages up to there.
    pub fn answers(&self, connection: &Arc<Connection>, chat: &ChatId, (user, seq): (&UserId, Seq)) {
        let (connection, chat, user) = (connection.clone(), chat.clone(), user.clone());
        self.keep(vec![Given { connection, chat, user, seq }]);
    }

    /// Writes marks whose time has come, and looks which messages have arrived.
    pub async fn tick(&self) {
        self.look();
        self.write_quietly(Which::Due).await;
        self.tell_authors().await;
        self.tidy();
    }

    fn keep(&self, given: Vec<Given>) {
        let mut late = lock(&self.late);
        let room = LATE_MOST.saturating_sub(late.0.len());
        late.0.extend(given.into_iter().take(room));
    }

    fn look(&self) {
        let mut given = std::mem::take(&mut lock(&self.late).0);
        given.retain(|given| !given.connection.outbox.is_shut());
        for (chat, said) in self.hub.take_said() {
            self.hub.each_listener(&chat, |connection| {
                let Some(user) = connection.user() else { return };
                let Some(seq) = said.to(&user, connection) else { return };
                given.push(Given { connection: connection.clone(), chat: chat.clone(), user, seq });
            });
        }
        let (written, late): (Vec<_>, Vec<_>) = given.into_iter().partition(Given::is_written);
        self.keep(late);
        if !written.is_empty() {
            self.arrive(written, self.clock.now());
        }
    }

    fn arrive(&self, written: Vec<Given>, at: Timestamp) {
        let mut entries = lock(&self.entries);
        for Given { chat, user, seq, .. } in written {
            let step = Advance { chat, user, read: 0, delivered: seq, at };
            let users = entries.entry(step.chat.clone()).or_default();
            match users.get_mut(&step.user) {
                Some(entry) => entry.arrive(&step),
                None => drop(users.insert(step.user.clone(), Entry::arrived(&step))),
            }
        }
    }

    async fn tell_authors(&self) {
        let mut of_messages: HashMap<(ChatId, (Seq, Seq)), Reached> = HashMap::new();
        for (chat, users) in lock(&self.entries).iter_mut() {
            for (user, entry) in users {
                if let Some((between, at)) = entry.take_untold() {
                    of_messages.entry((chat.clone(), between)).or_default().push((user.clone(), at));
                }
            }
        }
        for ((chat, between), reached) in of_messages {
            match self.repository.authors(&chat, between).await {
                Ok(authors) => self.tell(&chat, between.1, (&authors, &reached)),
                Err(error) => tracing::debug!(error = %error, "authors are not told that their messages have arrived"),
            }
        }
    }

    fn tell(&self, chat: &ChatId, seq: Seq, (authors, reached): (&[UserId], &[(UserId, Timestamp)])) {
        let mut wakers = Wakers::default();
        for (user, at) in reached {
            let (chat_id, user_id) = (chat.clone(), user.clone());
            let event = MessageDelivered { chat_id, user_id, seq, at: *at, duplicate: false };
            self.publish_delivered(&event, authors, &mut wakers);
        }
        wakers.wake();
    }

    /// Tells the authors of messages how far they have reached somebody else.
    pub fn publish_delivered(&self, event: &MessageDelivered, authors: &[UserId], wakers: &mut Wakers) {
        let text = wire::encode(event);
        for author in authors.iter().filter(|author| **author != event.user_id) {
            self.bus.publish_ephemeral_to_user(author, &text, wakers);
        }
    }
}
