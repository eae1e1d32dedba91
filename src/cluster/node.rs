use std::fmt::Debug;
use std::sync::Arc;
use std::task::Waker;

use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::ops::collections::{HashMap, HashSet};
use crate::protocol::{ChatId, LargeChats, Seq, User, UserId};
use crate::store::own_changes::PersonalState;
use crate::store::repository::{ChangedUser, MovedMark};

use super::message::{ClusterMessage, NodeSnapshot, Publication};
use super::revocation::{HeldCredential, Revocation};

/// The node that the cluster runs on: its subscriptions, its connections and its live features.
pub trait LocalNode: Debug + Send + Sync + 'static {
    /// Delivers another node's event to subscribers on this node.
    fn publish(&self, publication: Publication, wakers: &mut Wakers) -> Arrival;

    /// Applies any other message from another node.
    fn receive(&self, from: u64, message: ClusterMessage, wakers: &mut Wakers);

    /// Passes every part of this node's snapshot to `send`, in order. A user's state is read and sent under one lock,
    /// so the last state sent is the latest one.
    fn snapshot(&self, rejoined: bool, send: &mut dyn FnMut(NodeSnapshot));

    /// Forgets another node that has stopped.
    fn node_left(&self, node: u64);

    /// Forgets a lost node, and announces on this node the end of its users' presence, typing and streams.
    fn node_lost(&self, node: u64);

    /// Forgets the text of other nodes' streams, in these chats or in all, because pieces may have been missed.
    fn invalidate_streams(&self, chats: Option<&[ChatId]>);

    /// Every chat with subscribers on this node, and its latest delivered event.
    fn latest_seqs(&self) -> Vec<(ChatId, Seq)>;

    /// The latest event of a chat delivered on this node; 0 if none was.
    fn latest_seq(&self, chat: &ChatId) -> Seq;

    /// True if the chat has subscribers on this node.
    fn is_subscribed(&self, chat: &ChatId) -> bool;

    /// The chats among these whose number of members is unknown.
    fn unsized_chats(&self, chats: &[ChatId]) -> HashSet<ChatId>;

    /// The chats that are large.
    fn large_chats(&self) -> LargeChats;

    /// Records the latest committed position of a chat; true if events are missing here.
    fn note_head(&self, chat: &ChatId, head: Seq, wakers: &mut Wakers) -> bool;

    /// The events of a chat that are known to be missing.
    fn missing(&self, chat: &ChatId) -> Option<SeqRange>;

    /// Brings a chat's subscribers up to the stored position; false if they are already beyond it.
    fn backfill(&self, chat: &ChatId, backfill: &Backfill, wakers: &mut Wakers) -> bool;

    /// Reports to a chat's subscribers here the positions up to which members have read, and to the authors of messages
    /// up to which they were delivered.
    fn show_marks(&self, chat: &ChatId, moved: &MovedMarks);

    /// Members of a chat who are connected to this node and not subscribed to the chat.
    fn unsubscribed_members(&self, chat: &ChatId, members: &HashSet<UserId>) -> Vec<UserId>;

    /// Ends a chat whose deletion was missed.
    fn remove_chat(&self, chat: &ChatId, wakers: &mut Wakers);

    /// True if the user is connected here.
    fn is_connected(&self, user: &UserId) -> bool;

    /// Every user who is connected to this node.
    fn connected_users(&self) -> Vec<UserId>;

    /// The subscriptions of each of a user's connections that is fully bound.
    fn subscriptions_of(&self, user: &UserId) -> Vec<HashSet<ChatId>>;

    /// The credentials that a user's connections depend on.
    fn credentials_of(&self, user: &UserId) -> Vec<HeldCredential>;

    /// Closes the connections that depend on these credentials.
    fn revoke(&self, revocation: &Revocation);

    /// Takes the users whose own events came at once some time ago: what was told last may not be what is stored.
    fn take_crossed(&self) -> Vec<UserId>;

    /// True if the user's connections on this node already have this profile and role.
    fn is_current(&self, user: &User) -> bool;

    /// Applies a user's stored profile and role to their connections, and announces them to connections on this node
    /// that share these chats; does nothing if newer ones are known.
    fn correct_user(&self, user: &Arc<User>, chats: &[ChatId], read_at: Instant);

    /// Sends changed profiles to a user's connections, except those already announced to everybody here.
    fn show_profiles(&self, to: &UserId, changed: &[ChangedUser]);

    /// Records that these profiles were announced to everybody here.
    fn note_profiles(&self, shown: &HashMap<UserId, u64>);

    /// Sends a user's connections the user's own state as stored at a given time; false if they may have received newer
    /// state since.
    fn tell_personal_state(&self, user: &UserId, own: &PersonalState, read_at: Instant) -> bool;
}

/// A chat that a connection subscribes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatSubscription {
    /// The chat.
    pub chat: ChatId,
    /// The last event already covered; 0 means from the chat's current position.
    pub seq: Seq,
    /// The number of members; 0 means the number already known here.
    pub members: u64,
}

#[cfg(test)]
impl ChatSubscription {
    /// A subscription from the chat's current position.
    pub fn anywhere(chat: ChatId) -> Self {
        ChatSubscription { chat, seq: 0, members: 0 }
    }
}

/// The position of an arriving event in its chat's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// The event was next, and was delivered.
    Next,
    /// The event was already delivered.
    Repeated,
    /// The event is held until the events before it arrive.
    Early,
    /// The event was delivered although events before it are missing, so the membership must be read.
    Forced,
}

/// A range of consecutive events, both ends included.
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

/// The stored state of a chat, used to fill a gap.
#[derive(Debug, Default)]
pub struct Backfill {
    /// The event up to which the gap is filled.
    pub to: Seq,
    /// The events found in the storage; the others become LAGGED.
    pub found: HashMap<Seq, Utf8Bytes>,
    /// The members at that position; none if nobody joined or left.
    pub members: Option<HashSet<UserId>>,
    /// The events for members who were not subscribed.
    pub welcomes: Vec<Welcome>,
    /// True if an event may be missing although none was delivered yet: subscribers then get LAGGED for the last one.
    pub is_doubted: bool,
}

/// The event that announces a chat to a member who was not subscribed.
#[derive(Clone, Debug)]
pub struct Welcome {
    /// The member.
    pub user: UserId,
    /// The position of the event. The member may have missed what came after it.
    pub seq: Seq,
    /// The event.
    pub text: Utf8Bytes,
}

/// The marks in a chat that may have moved unnoticed.
#[derive(Debug)]
pub struct MovedMarks {
    /// The members whose read position has moved.
    pub read: Vec<MovedMark>,
    /// The members whose delivered position has moved.
    pub delivered: Vec<MovedMark>,
    /// The position that every member who can read has read.
    pub read_by_all: Seq,
    /// The authors of the latest messages.
    pub authors: Vec<UserId>,
}

/// The wakers of connections with new frames, collected so that a batch of events wakes each connection once.
#[derive(Debug, Default)]
pub struct Wakers(Vec<Waker>);

impl Wakers {
    /// Keeps a waker for later.
    pub fn keep(&mut self, waker: Option<Waker>) {
        self.0.extend(waker);
    }

    /// Wakes all collected wakers.
    pub fn wake(self) {
        self.0.into_iter().for_each(Waker::wake);
    }
}
