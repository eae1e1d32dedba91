//! Fan-out on this node: who is connected, which chats they hear, and what each event does to that.
//!
//! A chat's events go out in the order of its clock. On a node that is alone they come in that order, from the lane that
//! commits them. With other nodes they may come late, twice or not at all: one that comes early waits, together with
//! the reply to its caller, until those before it have come or have been found in the storage. Membership takes effect
//! at its place in that order: those who come in begin to hear with the event that brings them in, those who go out
//! hear it as their last.
//!
//! A connection enters in two steps, so that nothing falls between: [`Hub::enter`] makes it known as its user's,
//! then the chats are read from the repository, then [`Hub::attach`] has it hear them. Who is put out of a chat in
//! between is noted, and not attached to it.
//!
//! Lock order: users, rooms, one room, one connection, what was said. None is held while waiting.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::protocol::{ChatId, Seq, UserId};

mod announcements;
mod connection;
mod elsewhere;
mod ephemeral;
mod publication;
mod revocation;
mod room;
mod said;
mod stage;
#[cfg(test)]
mod tests;

pub use connection::Connection;
pub use elsewhere::UserStanding;
pub use ephemeral::Told;
pub use publication::{Publication, Wakers};
pub use revocation::{Credential, Revocation, Which};
pub use room::{Arrival, Owed};
pub use said::Said;
pub use stage::Repair;

use revocation::Recently;
use room::{ChatChannel, Held};
use stage::{Stage, abandon};

type Rooms = HashMap<ChatId, Arc<Mutex<ChatChannel>>>;

/// Everybody connected to this node.
#[derive(Debug, Default)]
pub struct Hub {
    users: Mutex<HashMap<UserId, Vec<Arc<Connection>>>>,
    rooms: Mutex<Rooms>,
    connections: Mutex<HashMap<u64, Arc<Connection>>>,
    patient: AtomicBool,
    recently: Recently,
    announcements: announcements::Announcements,
    said: said::Heard,
    /// Locked alone, or after the users.
    elsewhere: Mutex<elsewhere::Elsewhere>,
}

fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Hub {
    /// Makes a connection known that has no user yet.
    pub fn open(&self, connection: &Arc<Connection>) {
        lock(&self.connections).insert(connection.number, connection.clone());
    }

    /// Makes a connection known as its user's; false if the user has `most` already (0: any number).
    pub fn enter(&self, connection: &Arc<Connection>, user: &UserId, most: usize) -> bool {
        let mut users = lock(&self.users);
        let connections = users.entry(user.clone()).or_default();
        let again = connections.iter().any(|other| other.number == connection.number);
        if !again && most > 0 && connections.len() + self.elsewhere(user).connections >= most {
            return false;
        }
        connection.enter(user);
        if !again {
            connections.push(connection.clone());
        }
        true
    }

    /// Has a connection hear these chats from these places on (0: from wherever they are), but for those its user has
    /// been put out of since it entered.
    pub fn attach(&self, connection: &Arc<Connection>, chats: &[(ChatId, Seq)]) {
        let mut rooms = lock(&self.rooms);
        let left = connection.attaching_ends();
        for chat in chats.iter().filter(|(chat, _)| !left.contains(chat)) {
            add_listener(&mut rooms, chat, connection);
        }
        self.said.attached(connection);
    }

    /// Forgets a connection, and gives the chats that it heard.
    pub fn leave(&self, connection: &Arc<Connection>) -> Vec<ChatId> {
        lock(&self.connections).remove(&connection.number);
        if let Some(user) = connection.user() {
            let mut users = lock(&self.users);
            if let Some(connections) = users.get_mut(&user) {
                connections.retain(|other| other.number != connection.number);
                if connections.is_empty() {
                    users.remove(&user);
                }
            }
        }
        let (mut rooms, mut wakers) = (lock(&self.rooms), Wakers::default());
        let chats = connection.take_chats();
        for chat in &chats {
            remove_listener(&mut rooms, chat, connection, &mut wakers);
        }
        drop(rooms);
        wakers.wake();
        chats
    }

    /// Has events that come early wait for those before them from here on, because other nodes commit too.
    pub fn be_patient(&self) {
        self.patient.store(true, Ordering::Relaxed);
    }

    fn staged<T>(&self, act: impl FnOnce(&mut Stage<'_>) -> T) -> T {
        let (users, mut rooms) = (lock(&self.users), lock(&self.rooms));
        act(&mut Stage { users: &users, rooms: &mut rooms, patient: self.patient.load(Ordering::Relaxed) })
    }

    /// Gives an event to everybody concerned, after the reply to its caller, and lets membership take effect.
    pub fn publish<A>(&self, publication: Publication, owed: A, wakers: &mut Wakers) -> Arrival
    where
        A: FnOnce(bool, &mut Wakers) + Send + 'static,
    {
        if publication.is_plain() {
            let Some(room) = self.room(&publication.chat) else {
                owed(false, wakers);
                return Arrival::Now;
            };
            let mut room = lock(&room);
            if room.place(publication.seq) == Arrival::Now && !room.waits() {
                owed(false, wakers);
                room.deliver(&publication, wakers);
                self.said.note(&publication);
                return Arrival::Now;
            }
        }
        let held = Held { publication, owed: vec![Box::new(owed)] };
        self.staged(|stage| stage.publish(held, wakers))
    }

    /// Gives the reply to one whose wish changed nothing, after the replies that wait for the chat's events.
    pub fn reply<A>(&self, chat: &ChatId, owed: A, wakers: &mut Wakers)
    where
        A: FnOnce(bool, &mut Wakers) + Send + 'static,
    {
        match self.room(chat).filter(|room| lock(room).waits()) {
            None => owed(false, wakers),
            Some(room) => {
                if let Some(owed) = lock(&room).queue_behind(Box::new(owed)) {
                    owed(false, wakers);
                }
            }
        }
    }

    /// Notes that a chat has come that far; true if its listeners wait for events that have not come by. Where nothing
    /// can come any more they are told that they have missed them: the storage committed them and could not say so.
    pub fn note_head(&self, chat: &ChatId, head: Seq, wakers: &mut Wakers) -> bool {
        let Some(room) = self.room(chat) else { return false };
        let mut room = lock(&room);
        if self.patient.load(Ordering::Relaxed) {
            return room.note_head(head);
        }
        room.tell_missed(chat, head, wakers);
        false
    }

    /// The events of a chat that have not come by, as far as one knows.
    pub fn missing(&self, chat: &ChatId) -> Option<(Seq, Seq)> {
        self.room(chat).and_then(|room| lock(&room).missing())
    }

    /// Brings a chat's listeners to where the storage has it; false if the hub is beyond that already.
    pub fn repair(&self, chat: &ChatId, repair: &Repair, wakers: &mut Wakers) -> bool {
        self.staged(|stage| stage.repair(chat, repair, wakers))
    }

    /// Those of a chat's members who are here and do not hear it.
    pub fn strangers(&self, chat: &ChatId, members: &HashSet<UserId>) -> Vec<UserId> {
        self.staged(|stage| stage.strangers(chat, members))
    }

    /// Ends a chat that is gone and whose end has not come by.
    pub fn vanish(&self, chat: &ChatId, wakers: &mut Wakers) {
        self.staged(|stage| stage.vanish(chat, wakers));
    }

    /// Every chat that is heard here, and how far it has come by.
    pub fn heard(&self) -> Vec<(ChatId, Seq)> {
        lock(&self.rooms).iter().map(|(chat, room)| (chat.clone(), lock(room).seq)).collect()
    }

    /// How far a chat has come by; 0 where nobody hears it.
    pub fn heard_up_to(&self, chat: &ChatId) -> Seq {
        self.room(chat).map_or(0, |room| lock(&room).seq)
    }

    /// Whether somebody here hears the chat.
    pub fn is_heard(&self, chat: &ChatId) -> bool {
        lock(&self.rooms).contains_key(chat)
    }

    /// Whether the user has a connection here.
    pub fn is_here(&self, user: &UserId) -> bool {
        lock(&self.users).contains_key(user)
    }

    /// Every user who has a connection here.
    pub fn users_here(&self) -> Vec<UserId> {
        lock(&self.users).keys().cloned().collect()
    }

    /// What each of a user's connections hears, but for those that are entering.
    pub fn heard_by(&self, user: &UserId) -> Vec<HashSet<ChatId>> {
        let users = lock(&self.users);
        let settled = users.get(user).into_iter().flatten().filter(|connection| !connection.is_entering());
        settled.map(|connection| connection.chats().into_iter().collect()).collect()
    }

    fn room(&self, chat: &ChatId) -> Option<Arc<Mutex<ChatChannel>>> {
        lock(&self.rooms).get(chat).cloned()
    }

    /// Sends an ephemeral event to everybody who is not subscribed to the chat, unless too many were sent just before.
    pub fn publish_outside(&self, chat: &ChatId, text: &Utf8Bytes, wakers: &mut Wakers) {
        if !self.announcements.take() {
            return;
        }
        for connection in lock(&self.users).values().flatten().filter(|connection| !connection.hears(chat)) {
            wakers.keep(connection.outbox.push_ephemeral(text));
        }
    }

    /// Gives a reply that one of a user's connections got to the user's others.
    pub fn publish_to_user(&self, user: &UserId, text: &Utf8Bytes, caller: Option<&Connection>) {
        let mut wakers = Wakers::default();
        for connection in lock(&self.users).get(user).into_iter().flatten() {
            if caller.is_none_or(|caller| caller.number != connection.number) {
                wakers.keep(connection.outbox.push_vital(text.clone(), None));
            }
        }
        wakers.wake();
    }

    /// Looks at every connection, with a user or without.
    pub fn each_connection(&self, mut look: impl FnMut(&Connection)) {
        lock(&self.connections).values().for_each(|connection| look(connection));
    }
}

fn add_listener(rooms: &mut Rooms, (chat, seq): &(ChatId, Seq), connection: &Arc<Connection>) {
    let (chat, room) = match rooms.get_key_value(chat) {
        Some((chat, room)) => (chat.clone(), room.clone()),
        None => (chat.clone(), rooms.entry(chat.clone()).or_default().clone()),
    };
    if connection.hear(chat) {
        let mut room = lock(&room);
        room.listeners.push(connection.clone());
        if room.seq == 0 {
            room.seq = *seq;
        }
    }
}

fn remove_listener(rooms: &mut Rooms, chat: &ChatId, connection: &Connection, wakers: &mut Wakers) {
    let Some(room) = rooms.get(chat).cloned() else { return };
    let mut room = lock(&room);
    room.listeners.retain(|listener| listener.number != connection.number);
    if room.listeners.is_empty() {
        abandon(&mut room, wakers);
        rooms.remove(chat);
    }
}

/// Chats that a user was put out of while a connection was entering.
type Ends = BTreeSet<ChatId>;
