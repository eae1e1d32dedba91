use std::fmt::Debug;
use std::sync::Arc;
use std::task::Waker;

use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::ops::collections::{HashMap, HashSet};
use crate::protocol::{ChatId, LargeChats, Seq, User, UserId};
use crate::store::own_changes::PersonalState;
use crate::store::repository::ChangedUser;

use super::message::{ClusterMessage, NodeSnapshot, Publication};
use super::revocation::{HeldCredential, Revocation};

/// The node that the cluster runs on: its subscriptions, its connections and its live features.
pub trait LocalNode: Debug + Send + Sync + 'static {
    /// Delivers another node's event to the subscribers here.
    fn publish(&self, publication: Publication, wakers: &mut Wakers) -> Arrival;

    /// Applies any other message of another node.
    fn receive(&self, from: u64, message: ClusterMessage, wakers: &mut Wakers);

    /// Hands every part of this node's snapshot to `send`, in order. A user's state is read and sent under one lock, so
    /// that what is sent last is what was true last.
    fn snapshot(&self, rejoined: bool, send: &mut dyn FnMut(NodeSnapshot));

    /// Forgets another node that has stopped.
    fn node_left(&self, node: u64);

    /// Forgets another node that fell silent, and publishes here what ended with it.
    fn node_lost(&self, node: u64);

    /// Forgets the text of other nodes' streams, in these chats or in all, because pieces may have been missed.
    fn invalidate_streams(&self, chats: Option<&[ChatId]>);

    /// Every chat with subscribers here, and its latest event that was delivered.
    fn latest_seqs(&self) -> Vec<(ChatId, Seq)>;

    /// A chat's latest event that was delivered here; 0 if none was.
    fn latest_seq(&self, chat: &ChatId) -> Seq;

    /// True if the chat has subscribers here.
    fn is_subscribed(&self, chat: &ChatId) -> bool;

    /// Those of these chats of which this node does not know the number of members.
    fn unsized_chats(&self, chats: &[ChatId]) -> HashSet<ChatId>;

    /// The chats that are large.
    fn large_chats(&self) -> LargeChats;

    /// Notes how far a chat has come; true if events are missing here.
    fn note_head(&self, chat: &ChatId, head: Seq, wakers: &mut Wakers) -> bool;

    /// The events of a chat that are known to be missing.
    fn missing(&self, chat: &ChatId) -> Option<SeqRange>;

    /// Brings a chat's subscribers to where the storage has it; false if they are beyond that already.
    fn backfill(&self, chat: &ChatId, backfill: &Backfill, wakers: &mut Wakers) -> bool;

    /// The members of a chat who are connected here and not subscribed to it.
    fn unsubscribed_members(&self, chat: &ChatId, members: &HashSet<UserId>) -> Vec<UserId>;

    /// Ends a chat that is gone and whose end was missed.
    fn remove_chat(&self, chat: &ChatId, wakers: &mut Wakers);

    /// True if the user is connected here.
    fn is_connected(&self, user: &UserId) -> bool;

    /// Every user who is connected here.
    fn connected_users(&self) -> Vec<UserId>;

    /// The subscriptions of each of a user's connections that is fully bound.
    fn subscriptions_of(&self, user: &UserId) -> Vec<HashSet<ChatId>>;

    /// The credentials that keep a user's connections open.
    fn credentials_of(&self, user: &UserId) -> Vec<HeldCredential>;

    /// Ends the connections that these credentials keep open.
    fn revoke(&self, revocation: &Revocation);

    /// True if the user's connections here act as this user already.
    fn knows(&self, user: &User) -> bool;

    /// Makes a user's connections act as the storage had the user at that time, and tells the connections here that
    /// share these chats with the user; does nothing where something newer is known.
    fn correct_user(&self, user: &Arc<User>, chats: &[ChatId], read_at: Instant);

    /// Tells a user's connections of changed profiles, except those of which everybody here has been told.
    fn show_profiles(&self, to: &UserId, changed: &[ChangedUser]);

    /// Notes that everybody here has been told of these profiles.
    fn note_profiles(&self, shown: &HashMap<UserId, u64>);

    /// Tells a user's connections what the storage had at that time of what is the user's own; false if they may have
    /// been told something newer since.
    fn tell_personal_state(&self, user: &UserId, own: &PersonalState, read_at: Instant) -> bool;
}

/// A chat that a connection subscribes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatSubscription {
    /// The chat.
    pub chat: ChatId,
    /// The last event already covered; 0: from wherever the chat is.
    pub seq: Seq,
    /// The number of members; 0: as far as it is known here.
    pub members: u64,
}

impl ChatSubscription {
    /// From wherever the chat is.
    pub fn anywhere(chat: ChatId) -> Self {
        ChatSubscription { chat, seq: 0, members: 0 }
    }
}

/// Where an event that has arrived belongs in its chat's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It was next, and was delivered.
    Next,
    /// It was delivered before.
    Repeated,
    /// It is held until the events before it arrive.
    Early,
    /// It was delivered although events before it are missing: the membership has to be read.
    Forced,
}

/// Some consecutive events, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeqRange {
    /// The first.
    pub from: Seq,
    /// The last.
    pub to: Seq,
}

impl SeqRange {
    /// The number of positions.
    pub fn count(self) -> u64 {
        self.to + 1 - self.from
    }
}

/// The stored state of a chat, to fill a gap with.
#[derive(Debug, Default)]
pub struct Backfill {
    /// The event up to which the gap is filled.
    pub to: Seq,
    /// The events that were found; subscribers are told that they have missed the others.
    pub found: HashMap<Seq, Utf8Bytes>,
    /// The members at that place; none: nobody joined or left.
    pub members: Option<HashSet<UserId>>,
    /// The event for members who were not subscribed.
    pub welcome: Option<Utf8Bytes>,
    /// True if an event may be missing although none was delivered yet: subscribers are told that they missed the last.
    pub is_doubted: bool,
}

/// The wakers of connections that have something new, so that a batch of events wakes each connection once.
#[derive(Debug, Default)]
pub struct Wakers(Vec<Waker>);

impl Wakers {
    /// Keeps a waker for later.
    pub fn keep(&mut self, waker: Option<Waker>) {
        self.0.extend(waker);
    }

    /// Wakes them all.
    pub fn wake(self) {
        self.0.into_iter().for_each(Waker::wake);
    }
}
