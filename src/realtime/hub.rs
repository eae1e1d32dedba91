//! Fan-out on this node: connections, their subscriptions, and the effect of each event on them.
//!
//! A chat's events are delivered in the order of its clock. On a single node they arrive in that order, from the chat's
//! commit queue. With other nodes they may arrive late, twice or not at all: an early event is held, together with the
//! reply to its caller, until the events before it arrive or are found in the storage. Membership takes effect at its
//! position in that order: users who join are subscribed with the event of their joining, and users who leave get that
//! event as their last.
//!
//! A connection is bound in two steps, so that it misses no event: [`Hub::bind`] registers it for its user, then the
//! chats are read from the repository, then [`Hub::attach`] subscribes it to them. If the user is removed from a chat
//! in between, the removal is recorded and the chat is not attached.
//!
//! Lock order: users, the map of channels, one channel, one connection, recent messages; recent identity changes,
//! remote users and ended chats last. None is held across an await.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;

use crate::cluster::{Arrival, Backfill, ChatSubscription, Publication, SeqRange};
use crate::ops::collections::{HashMap, HashSet};
use crate::protocol::{ChatId, LargeChats, Seq, UserId};

use super::reply::OrderedReply;

mod announcements;
mod broadcast;
mod channel;
mod delivery;
mod ended_chats;
mod identity;
mod large_chats;
mod own_events;
mod presence_batches;
mod profiles;
mod recent_messages;
mod remote_users;
#[cfg(test)]
mod tests;

pub use super::connection::Connection;
pub use crate::cluster::{Credential, Revocation, RevokedCredentials, Wakers};
pub use own_events::OwnFrame;
pub use recent_messages::RecentMessages;

use channel::{ChatChannel, PendingEvent};
use delivery::Delivery;

/// Number of chats handled under one hold of the lock on the map of channels. Events of every chat need that lock
/// briefly, so a user of very many chats must not hold it for long.
const TURN: usize = 256;

type Channels = HashMap<ChatId, Arc<Mutex<ChatChannel>>>;

/// The caller's part in an event.
#[derive(Debug, Default)]
pub struct Caller {
    /// The connection that receives the reply instead of the event.
    pub connection: Option<Arc<Connection>>,
    /// The reply, sent at the position where others get the event.
    pub reply: Option<OrderedReply>,
}

/// All connections of this node.
#[derive(Debug, Default)]
pub struct Hub {
    users: Mutex<HashMap<UserId, Vec<Arc<Connection>>>>,
    channels: Mutex<Channels>,
    /// Connections by number, so that they are woken in the order in which they were opened.
    connections: Mutex<BTreeMap<u64, Arc<Connection>>>,
    holds_early_events: AtomicBool,
    announcements: announcements::Announcements,
    recent_changes: identity::RecentChanges,
    recent: recent_messages::RecentChats,
    ended: ended_chats::EndedChats,
    remote_users: remote_users::RemoteUsers,
    profiles: profiles::SentProfiles,
    own_events: own_events::OwnEvents,
    large_chats: LargeChats,
    presence_batches: presence_batches::PresenceBatches,
}

impl Hub {
    /// A hub without connections; `large_chats` decides which chats are large.
    pub fn new(large_chats: LargeChats) -> Self {
        Hub { large_chats, ..Hub::default() }
    }

    /// Registers a connection that has no user yet.
    pub fn open(&self, connection: &Arc<Connection>) {
        self.connections.lock().insert(connection.number, connection.clone());
    }

    /// Registers a connection for its user; false if the user already has `most` connections (0: any number).
    pub fn bind(&self, connection: &Arc<Connection>, user: &UserId, most: usize) -> bool {
        let mut users = self.users.lock();
        let connections = users.entry(user.clone()).or_default();
        // Counted and bound under one lock, so that two concurrent connections cannot both take the last slot.
        let again = connections.iter().any(|other| other.number == connection.number);
        if !again && most > 0 && connections.len() + self.presence_elsewhere(user).connections >= most {
            return false;
        }
        connection.bind(user);
        if !again {
            connections.push(connection.clone());
        }
        true
    }

    /// Subscribes a connection to these chats, except those from which its user was removed after it was bound.
    pub fn attach<'a>(&self, connection: &Arc<Connection>, chats: impl IntoIterator<Item = &'a ChatSubscription>) {
        self.in_turns(chats, |channels, subscription| {
            // Under the lock on the map, which every removal takes too: a removal either happened before and was
            // recorded, or happens afterwards and finds the subscription.
            if !connection.has_left(&subscription.chat) {
                subscribe(channels, subscription, connection);
            }
        });
        connection.finish_binding();
        self.recent.attached(connection);
    }

    /// Handles each item under the lock on the map of channels, releasing it after every [`TURN`] items.
    fn in_turns<T>(&self, items: impl IntoIterator<Item = T>, mut handle: impl FnMut(&mut Channels, T)) {
        let mut items = items.into_iter().peekable();
        while items.peek().is_some() {
            let mut channels = self.channels.lock();
            items.by_ref().take(TURN).for_each(|item| handle(&mut channels, item));
        }
    }

    /// Forgets a connection, and returns the chats it was subscribed to.
    pub fn leave(&self, connection: &Arc<Connection>) -> Vec<ChatId> {
        self.connections.lock().remove(&connection.number);
        self.detach(connection)
    }

    /// Unbinds a connection from its user, as if it had never been bound.
    pub fn unbind(&self, connection: &Arc<Connection>) {
        self.detach(connection);
        connection.forget_user();
    }

    fn detach(&self, connection: &Arc<Connection>) -> Vec<ChatId> {
        let mut wakers = Wakers::default();
        let mut all = vec![];
        // Repeated, because a chat may be joined while the lock is released between two turns.
        loop {
            let chats = self.take_chats(connection);
            if chats.is_empty() {
                break;
            }
            self.in_turns(&chats, |channels, chat| unsubscribe(channels, chat, connection, &mut wakers));
            all.extend(chats);
        }
        wakers.wake();
        all
    }

    /// Takes a connection's subscriptions. If there are none left, the connection no longer belongs to its user. Until
    /// then, a removal of the user from a chat finds the connection by its user, and a joining subscribes it to a chat
    /// that the next call takes.
    fn take_chats(&self, connection: &Connection) -> Vec<ChatId> {
        let mut users = self.users.lock();
        let chats = connection.take_chats();
        if chats.is_empty()
            && let Some(user) = connection.user()
            && let Some(connections) = users.get_mut(&user)
        {
            connections.retain(|other| other.number != connection.number);
            if connections.is_empty() {
                users.remove(&user);
            }
        }
        chats
    }

    /// Holds early events from now on, because other nodes commit too.
    pub fn hold_early_events(&self) {
        self.holds_early_events.store(true, Ordering::Relaxed);
    }

    fn exclusively<T>(&self, act: impl FnOnce(&mut Delivery<'_>) -> T) -> T {
        let users = self.users.lock();
        let mut channels = self.channels.lock();
        let holds_early_events = self.holds_early_events.load(Ordering::Relaxed);
        act(&mut Delivery { users: &users, channels: &mut channels, holds_early_events })
    }

    /// Delivers an event to its recipients, after the reply to its caller, and applies membership changes.
    pub fn publish(&self, publication: Publication, caller: Caller, wakers: &mut Wakers) -> Arrival {
        let Caller { connection, reply } = caller;
        if publication.is_plain() {
            // Nearly every event takes this path: two short locks, neither of which other chats need for long.
            let Some(channel) = self.channel(&publication.chat) else {
                // Without subscribers there is no order to keep.
                reply.into_iter().for_each(|reply| self.ended.unless(&publication.chat, reply).send(false, wakers));
                return Arrival::Next;
            };
            let mut channel = channel.lock();
            // Reply and event under one lock, so that no other event of this chat is sent between them.
            if channel.arrival(publication.seq) == Arrival::Next && !channel.is_waiting() {
                reply.into_iter().for_each(|reply| reply.send(false, wakers));
                channel.deliver(&publication, connection.as_deref(), wakers);
                self.recent.note(&publication);
                return Arrival::Next;
            }
        }
        // Checked before this event is recorded as the chat's end, so that the reply to DELETE_CHAT itself is kept.
        let replies = reply.into_iter().map(|reply| self.ended.unless(&publication.chat, reply)).collect();
        if publication.seq.is_none() {
            self.ended.note(&publication.chat);
        }
        self.exclusively(|delivery| delivery.publish(PendingEvent { publication, caller: connection, replies }, wakers))
    }

    /// Sends a no-op's reply behind any replies still queued for this chat.
    pub fn reply(&self, chat: &ChatId, reply: OrderedReply, wakers: &mut Wakers) {
        let not_queued = match self.channel(chat) {
            None => Some(self.ended.unless(chat, reply)),
            Some(channel) => channel.lock().queue_behind(reply),
        };
        if let Some(reply) = not_queued {
            reply.send(false, wakers);
        }
    }

    /// Records the latest committed position of a chat; true if its subscribers wait for events that have not arrived.
    /// On a single node no more events can arrive, so the subscribers are told that they missed them: the storage
    /// committed the events but could not confirm it.
    pub fn note_head(&self, chat: &ChatId, head: Seq, wakers: &mut Wakers) -> bool {
        let Some(channel) = self.channel(chat) else { return false };
        let mut channel = channel.lock();
        if self.holds_early_events.load(Ordering::Relaxed) {
            return channel.note_head(head);
        }
        channel.send_lagged(chat, head, wakers);
        false
    }

    /// The first events of a chat that are known to be missing.
    pub fn missing(&self, chat: &ChatId) -> Option<SeqRange> {
        self.channel(chat).and_then(|channel| channel.lock().missing())
    }

    /// Brings a chat's subscribers up to the stored position; false if they are already beyond it.
    pub fn backfill(&self, chat: &ChatId, backfill: &Backfill, wakers: &mut Wakers) -> bool {
        self.exclusively(|delivery| delivery.backfill(chat, backfill, wakers))
    }

    /// Members who are connected to this node and not subscribed to the chat.
    pub fn unsubscribed_members(&self, chat: &ChatId, members: &HashSet<UserId>) -> Vec<UserId> {
        self.exclusively(|delivery| delivery.unsubscribed_members(chat, members))
    }

    /// Ends a chat whose deletion was missed.
    pub fn remove_chat(&self, chat: &ChatId, wakers: &mut Wakers) {
        self.ended.note(chat);
        self.exclusively(|delivery| delivery.remove_chat(chat, wakers));
    }

    /// Every chat with subscribers on this node, and its latest delivered event.
    pub fn latest_seqs(&self) -> Vec<(ChatId, Seq)> {
        self.channels.lock().iter().map(|(chat, channel)| (chat.clone(), channel.lock().seq)).collect()
    }

    /// The latest delivered event of a chat; 0 if it has no subscribers on this node.
    pub fn latest_seq(&self, chat: &ChatId) -> Seq {
        self.channel(chat).map_or(0, |channel| channel.lock().seq)
    }

    /// True if the chat has subscribers on this node.
    pub fn is_subscribed(&self, chat: &ChatId) -> bool {
        self.channels.lock().contains_key(chat)
    }

    /// Number of users with a connection.
    pub fn users_online(&self) -> usize {
        self.users.lock().len()
    }

    /// True if the user is connected here.
    pub fn is_connected(&self, user: &UserId) -> bool {
        self.users.lock().contains_key(user)
    }

    /// Every user who is connected to this node.
    pub fn connected_users(&self) -> Vec<UserId> {
        self.users.lock().keys().cloned().collect()
    }

    /// The subscriptions of each of a user's connections, except those still being bound.
    pub fn subscriptions_of(&self, user: &UserId) -> Vec<HashSet<ChatId>> {
        let users = self.users.lock();
        let bound = users.get(user).into_iter().flatten().filter(|connection| !connection.is_binding());
        bound.map(|connection| connection.chats().into_iter().collect()).collect()
    }

    fn channel(&self, chat: &ChatId) -> Option<Arc<Mutex<ChatChannel>>> {
        self.channels.lock().get(chat).cloned()
    }

    /// Visits every connection, with or without a user.
    pub fn each_connection(&self, mut look: impl FnMut(&Connection)) {
        self.connections.lock().values().for_each(|connection| look(connection));
    }
}

fn subscribe(channels: &mut Channels, subscription: &ChatSubscription, connection: &Arc<Connection>) {
    let ChatSubscription { chat, seq, members } = subscription;
    // The map's own id is shared with every subscription, so that a chat's id is stored once.
    let known = channels.get_key_value(chat).map(|(chat, channel)| (chat.clone(), channel.clone()));
    let (chat, channel) = known.unwrap_or_else(|| (chat.clone(), channels.entry(chat.clone()).or_default().clone()));
    if connection.subscribe(chat) {
        let mut channel = channel.lock();
        channel.add(connection.clone());
        if channel.seq == 0 {
            channel.seq = *seq;
        }
        if channel.members == 0 {
            channel.members = *members;
        }
    }
}

fn unsubscribe(channels: &mut Channels, chat: &ChatId, connection: &Connection, wakers: &mut Wakers) {
    let Some(shared) = channels.get(chat).cloned() else { return };
    let mut channel = shared.lock();
    channel.remove(connection.number);
    if channel.subscribers.is_empty() {
        channel.release_replies(wakers);
        channels.remove(chat);
    }
}
