use std::sync::Arc;

use serde::Serialize;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::api::own_turns::OwnTurn;
use crate::auth::Identity;
use crate::cluster::ChatSubscription;
use crate::domain::Change;
use crate::protocol::wire;
use crate::protocol::{ChatId, User, UserId};
use crate::realtime::hub::Revocation;
use crate::realtime::outbox::Close;

/// The result of a successful command: its reply of type `R`, and its side effects.
///
/// A handler only describes the result. Encoding, sending and publishing happen in [`dispatch`](crate::api::dispatch).
#[derive(Debug)]
pub struct Response<R>(Content<R>);

#[derive(Debug)]
enum Content<R> {
    Reply(R, Effects),
    /// A reply of another type than `R`.
    Other(Utf8Bytes),
    Commit(Box<Change>),
}

/// The consequences of a reply.
#[derive(Debug, Default)]
pub struct Effects {
    /// Other recipients of the same frame.
    pub also_to: Vec<ReplyAudience>,
    /// Credentials that are revoked after the reply.
    pub revoke: Vec<Revocation>,
    /// Closes the calling connection after the reply.
    pub close: Option<Close>,
    /// Binds the calling connection to an identity.
    pub bind: Option<NewBinding>,
    /// The outcome that is kept for repetitions instead of the reply, which has a secret.
    pub kept: Option<String>,
    /// The caller's turn at changing their own state, which ends once the reply is published.
    pub turn: Option<OwnTurn>,
}

/// Connections that receive a reply as an event.
#[derive(Debug)]
pub enum ReplyAudience {
    /// The caller's other connections.
    OwnConnections,
    /// The same for an event of a chat: none after the caller has left it.
    OwnConnectionsIn(ChatId),
    /// All connections of another user.
    User(UserId),
    /// Subscribers of a chat; the event is ephemeral.
    Chat(ChatId),
    /// Everybody who shares a chat with the changed user, and the user's own connections.
    Contacts {
        user: Arc<User>,
        /// The chats of the user.
        chats: Vec<ChatId>,
    },
}

/// The connection's new identity, and its subscriptions.
#[derive(Debug)]
pub struct NewBinding {
    pub identity: Arc<Identity>,
    /// The chats to subscribe to.
    pub chats: Vec<ChatSubscription>,
}

impl<R> Response<R> {
    /// A reply for the caller alone.
    pub fn reply(reply: R) -> Self {
        Response(Content::Reply(reply, Effects::default()))
    }

    /// A reply of a type other than the command's usual one; the command's documentation says when.
    pub fn instead<T: Serialize>(reply: &T) -> Self {
        Response(Content::Other(wire::encode(reply)))
    }

    /// A reply that the caller's other connections receive too.
    pub fn to_own_connections(reply: R) -> Self {
        Response::reply(reply).also_to(ReplyAudience::OwnConnections)
    }

    /// The same for a reply about a chat: nobody receives anything of a chat they have left.
    pub fn to_own_connections_in(chat: ChatId, reply: R) -> Self {
        Response::reply(reply).also_to(ReplyAudience::OwnConnectionsIn(chat))
    }

    /// A change to a chat: the commit queue sends the reply once the change is durable. [`Context::commit`] creates it,
    /// and checks that the change yields an `R`.
    ///
    /// [`Context::commit`]: crate::api::context::Context::commit
    pub(in crate::api) fn commit(change: Box<Change>) -> Self {
        Response(Content::Commit(change))
    }

    /// Sends the reply to this audience too.
    pub fn also_to(self, audience: ReplyAudience) -> Self {
        self.with(|effects| effects.also_to.push(audience))
    }

    /// Revokes these credentials after the reply.
    pub fn revoking(self, revocations: impl IntoIterator<Item = Revocation>) -> Self {
        self.with(|effects| effects.revoke.extend(revocations))
    }

    /// Closes the calling connection after the reply.
    pub fn closing(self, close: Close) -> Self {
        self.with(|effects| effects.close = Some(close))
    }

    /// Binds the calling connection to an identity.
    pub fn binding(self, binding: NewBinding) -> Self {
        self.with(|effects| effects.bind = Some(binding))
    }

    /// Keeps this for repetitions instead of the reply, and nothing of its secret.
    pub fn keeping(self, kept: String) -> Self {
        self.with(|effects| effects.kept = Some(kept))
    }

    /// Keeps the caller's turn until the reply is published.
    pub fn holding(self, turn: OwnTurn) -> Self {
        self.with(|effects| effects.turn = Some(turn))
    }

    fn with(mut self, change: impl FnOnce(&mut Effects)) -> Self {
        if let Content::Reply(_, effects) = &mut self.0 {
            change(effects);
        }
        self
    }
}

impl<R: Serialize> Response<R> {
    /// The response without its type: the reply encoded as text.
    pub(super) fn encode(self) -> Encoded {
        match self.0 {
            Content::Reply(reply, effects) => Encoded::Reply(EncodedReply { text: wire::encode(&reply), effects }),
            Content::Other(text) => Encoded::Reply(EncodedReply { text, effects: Effects::default() }),
            Content::Commit(change) => Encoded::Commit(change),
        }
    }
}

/// A response with its reply encoded.
#[derive(Debug)]
pub enum Encoded {
    /// A reply that dispatch sends.
    Reply(EncodedReply),
    /// A change that the commit queue answers.
    Commit(Box<Change>),
}

/// A frame and its side effects.
#[derive(Debug)]
pub struct EncodedReply {
    pub text: Utf8Bytes,
    pub effects: Effects,
}
