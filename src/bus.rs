//! The one place where this node says something: to its own [`Hub`], and to the other nodes.
//!
//! What concerns connections here goes to the hub at once, within the call. What the other nodes must know is handed
//! to a [`Carrier`] as a [`Letter`] that borrows everything: a node that is alone pays nothing for it. Nothing here
//! waits, so a lane may publish between two commits.

use std::fmt::Debug;
use std::sync::Arc;

use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::hub::{Connection, Hub, Publication, Revocation, Told, Wakers};
use crate::model::{ChatId, Seq, UserId};

mod local;

pub use local::Alone;

/// What the other nodes must know.
#[derive(Clone, Copy, Debug)]
pub enum Letter<'a> {
    /// An event on a chat's clock, or its end.
    Event(&'a Publication),
    /// What a chat's listeners hear and nobody stores.
    Passing {
        /// Who hears it.
        chat: &'a ChatId,
        /// What they hear.
        text: &'a Utf8Bytes,
    },
    /// What everybody hears who hears one of these chats, and the user's own connections, once each; nobody stores it.
    Around {
        /// Whom it is about.
        user: &'a UserId,
        /// Where that is known.
        chats: &'a [ChatId],
        /// What they hear.
        text: &'a Utf8Bytes,
    },
    /// What all of a user's connections hear.
    Personal {
        /// Who hears it.
        user: &'a UserId,
        /// What they hear.
        text: &'a Utf8Bytes,
        /// Nobody stores it: it is the first to be dropped.
        ephemeral: bool,
    },
    /// What everybody hears who does not hear the chat itself.
    Outside {
        /// Who does not hear it.
        chat: &'a ChatId,
        /// What the others hear.
        text: &'a Utf8Bytes,
    },
    /// Credentials that are no longer good.
    Revoked(&'a Revocation),
}

/// Takes letters to the other nodes.
pub trait Carrier: Debug + Send + Sync + 'static {
    /// Takes a letter along. It never waits; what cannot be taken along is dropped and made good by the reader.
    fn carry(&self, letter: Letter<'_>);
}

/// Where events are published.
#[derive(Debug)]
pub struct Bus {
    hub: Arc<Hub>,
    carrier: Arc<dyn Carrier>,
}

impl Bus {
    /// Publishes to the hub, and by the carrier to the other nodes.
    pub fn new(hub: Arc<Hub>, carrier: Arc<dyn Carrier>) -> Self {
        Bus { hub, carrier }
    }

    /// Whether there are no other nodes.
    pub fn is_alone(&self) -> bool {
        true
    }

    /// Has what is said to a user come to this node.
    pub async fn hear_user(&self, _user: &UserId) {}

    /// Has the events of these chats come to this node; tells from which place on (0: from wherever they are).
    pub async fn hear_chats(&self, chats: Vec<ChatId>) -> Vec<(ChatId, Seq)> {
        chats.into_iter().map(|chat| (chat, 0)).collect()
    }

    /// Gives an event on a chat's clock to everybody concerned, after the reply that is owed to its caller, and lets
    /// membership take effect. Where the event has gone out already, the reply is told so.
    pub fn publish<A>(&self, publication: Publication, owed: A, wakers: &mut Wakers)
    where
        A: FnOnce(bool, &mut Wakers) + Send + 'static,
    {
        self.carrier.carry(Letter::Event(&publication));
        self.hub.publish(publication, owed, wakers);
    }

    /// Gives the reply to one whose wish changed nothing, after those that wait for events of the chat.
    pub fn reply<A>(&self, chat: &ChatId, owed: A, wakers: &mut Wakers)
    where
        A: FnOnce(bool, &mut Wakers) + Send + 'static,
    {
        self.hub.reply(chat, owed, wakers);
    }

    /// Notes that a chat has come that far.
    pub fn note_head(&self, chat: &ChatId, head: Seq, wakers: &mut Wakers) {
        self.hub.note_head(chat, head, wakers);
    }

    /// Gives what is never stored to a chat's listeners, but for the one who caused it.
    pub fn publish_ephemeral(&self, chat: &ChatId, text: &Utf8Bytes, caller: Option<&Connection>, wakers: &mut Wakers) {
        self.hub.publish_ephemeral(chat, text, caller, wakers);
        self.carrier.carry(Letter::Passing { chat, text });
    }

    /// Gives what is never stored to all who hear one of these chats and to the user's own connections, once each.
    pub fn publish_ephemeral_around(&self, around: (&UserId, &[ChatId]), text: &Utf8Bytes, told: Told<'_>) {
        let (user, chats) = around;
        self.hub.publish_ephemeral_around(around, text, told);
        self.carrier.carry(Letter::Around { user, chats, text });
    }

    /// Gives what is never stored to everybody who does not hear the chat itself.
    pub fn publish_outside(&self, chat: &ChatId, text: &Utf8Bytes, wakers: &mut Wakers) {
        self.hub.publish_outside(chat, text, wakers);
        self.carrier.carry(Letter::Outside { chat, text });
    }

    /// Gives a reply that one of a user's connections got to the user's others.
    pub fn publish_to_user(&self, user: &UserId, text: &Utf8Bytes, caller: Option<&Connection>) {
        self.hub.publish_to_user(user, text, caller);
        self.carrier.carry(Letter::Personal { user, text, ephemeral: false });
    }

    /// Gives what is never stored to a user's connections.
    pub fn publish_ephemeral_to_user(&self, user: &UserId, text: &Utf8Bytes, wakers: &mut Wakers) {
        self.hub.publish_ephemeral_to_user(user, text, wakers);
        self.carrier.carry(Letter::Personal { user, text, ephemeral: true });
    }

    /// Ends the connections whose credentials are no longer good.
    pub fn revoke(&self, revocation: &Revocation) {
        self.hub.revoke(revocation);
        self.carrier.carry(Letter::Revoked(revocation));
    }
}
