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
    /// Delivers another node's event to the subscribers here.
    fn publish(&self, publication: Publication, wakers: &mut Wakers) -> Arrival;

    /// Applies any other message of another node.
    fn receive(&self, from: u64, message: ClusterMessage, wakers: &mut Wakers);

    /// Passes every part of this node's snapshot to `send`, in order. A user's state is read and sent under one lock,
    /// so the last state sent is the latest one.
    fn snapshot(&self, rejoined: bool, send: &mut dyn FnMut(NodeSnapshot));

    /// Forgets another node that has stopped.
    fn node_left(&self, node: u64);

    /// Forgets a lost node, and announces the end of its users' presence, typing and streams here.
    fn node_lost(&self, node: u64);

    /// Forgets the text of other nodes' streams, in these chats or in all, because pieces may have been missed.
    fn invalidate_streams(&self, chats: Option<&[ChatId]>);

    /// Every chat with subscribers here, and its latest event that was delivered.
    fn latest_seqs(&self) -> Vec<(ChatId, Seq)>;

    /// The latest event of a chat delivered here; 0 if none was.
    fn latest_seq(&self, chat: &ChatId) -> Seq;

    /// True if the chat has subscribers here.
    fn is_subscribed(&self, chat: &ChatId) -> bool;

    /// The chats among these with an unknown number of members.
    fn unsized_chats(&self, chats: &[ChatId]) -> HashSet<ChatId>;

    /// The chats that are large.
    fn large_chats(&self) -> LargeChats;

    /// Notes the latest committed position of a chat; true if events are missing here.
    fn note_head(&self, chat: &ChatId, head: Seq, wakers: &mut Wakers) -> bool;

    /// The events of a chat that are known to be missing.
    fn missing(&self, chat: &ChatId) -> Option<SeqRange>;

    /// Brings a chat's subscribers up to the stored position; false if they are beyond it already.
    fn backfill(&self, chat: &ChatId, backfill: &Backfill, wakers: &mut Wakers) -> bool;

    /// Tells a chat's subscribers here how far members have read, and the authors of messages how far these have been
    /// delivered.
    fn show_marks(&self, chat: &ChatId, moved: &MovedMarks);

    /// The members of a chat who are connected here and not subscribed to it.
    fn unsubscribed_members(&self, chat: &ChatId, members: &HashSet<UserId>) -> Vec<UserId>;

    /// Ends a chat that was deleted and whose end was missed.
    fn remove_chat(&self, chat: &ChatId, wakers: &mut Wakers);

    /// True if the user is connected here.
    fn is_connected(&self, user: &UserId) -> bool;

    /// Every user who is connected here.
    fn connected_users(&self) -> Vec<UserId>;

    /// The subscriptions of each of a user's connections that is fully bound.
    fn subscriptions_of(&self, user: &UserId) -> Vec<HashSet<ChatId>>;

    /// The credentials that a user's connections depend on.
    fn credentials_of(&self, user: &UserId) -> Vec<HeldCredential>;

    /// Closes the connections that depend on these credentials.
    fn revoke(&self, revocation: &Revocation);

    /// Takes the users whose own events came at once some time ago: what was told last may not be what is stored.
    fn take_crossed(&self) -> Vec<UserId>;

    /// True if the user's connections here have this profile and role already.
    fn knows(&self, user: &User) -> bool;

    /// Applies a user's stored profile and role to their connections, and announces them to connections here that share
    /// these chats; does nothing if newer ones are known.
    fn correct_user(&self, user: &Arc<User>, chats: &[ChatId], read_at: Instant);

    /// Sends changed profiles to a user's connections, except those that were announced to everybody here.
    fn show_profiles(&self, to: &UserId, changed: &[ChangedUser]);

    /// Notes that these profiles were announced to everybody here.
    fn note_profiles(&self, shown: &HashMap<UserId, u64>);

    /// Sends a user's connections the user's own state as stored at a time; false if they may have received newer state
    /// since.
    fn tell_personal_state(&self, user: &UserId, own: &PersonalState, read_at: Instant) -> bool;
}

/// A chat that a connection subscribes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatSubscription {
    /// The chat.
    pub chat: ChatId,
    /// The last event already covered; 0: from the chat's current position.
    pub seq: Seq,
    /// The number of members; 0: the number known here.
    pub members: u64,
}

impl ChatSubscription {
    /// From the chat's current position.
    pub fn anywhere(chat: ChatId) -> Self {
        ChatSubscription { chat, seq: 0, members: 0 }
    }
}

/// The place of an arrived event in its chat's order.
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
    /// The events that were found; the others become LAGGED.
    pub found: HashMap<Seq, Utf8Bytes>,
    /// The members at that position; none: nobody joined or left.
    pub members: Option<HashSet<UserId>>,
    /// The event for members who were not subscribed.
    pub welcome: Option<Utf8Bytes>,
    /// True if an event may be missing although none was delivered yet: subscribers get LAGGED for the last.
    pub is_doubted: bool,
}

/// The marks in a chat that may have moved unheard.
#[derive(Debug)]
pub struct MovedMarks {
    /// Where they are now.
    pub marks: Vec<MovedMark>,
    /// The position that every member who can read has read.
    pub read_by_all: Seq,
    /// The authors of the latest messages.
    pub authors: Vec<UserId>,
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
