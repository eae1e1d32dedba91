//! Fan-out on this node: who is connected, which chats they hear, and what each event does to that.
//!
//! The events of a chat are published one after another by the lane that commits them, so each connection gets them
//! in the order of the chat's clock. Membership takes effect at its place in that order: those who come in begin to
//! hear with the event that brings them in, those who go out hear it as their last.
//!
//! A connection enters in two steps, so that nothing falls between: [`Hub::enter`] makes it known as its user's,
//! then the chats are read from the repository, then [`Hub::attach`] has it hear them. Who is put out of a chat in
//! between is noted, and not attached to it.
//!
//! Lock order: users, rooms, one room, one connection. None is held while waiting.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::model::{ChatId, Seq, TokenId, UserId};
use crate::outbox::Close;

mod connection;

pub use connection::Connection;

/// One event on its way to everybody concerned, encoded once.
#[derive(Debug)]
pub struct Publication {
    /// Whose clock.
    pub chat: ChatId,
    /// The place on it; none at its end.
    pub seq: Option<Seq>,
    /// What those hear who are in.
    pub text: Utf8Bytes,
    /// What those hear who come in with it, if not the same.
    pub welcome: Option<Utf8Bytes>,
    /// Those who come in with it.
    pub joined: Vec<UserId>,
    /// Those for whom it is the last.
    pub left: Vec<UserId>,
    /// The caller's connection, which gets the reply instead.
    pub caller: Option<Arc<Connection>>,
}

/// Credentials that are no longer good.
#[derive(Clone, Debug)]
pub struct Revocation {
    /// Whose.
    pub user: UserId,
    /// Only connections opened with this token; none: all.
    pub token: Option<TokenId>,
    /// What those connections are told.
    pub close: Close,
}

impl Publication {
    fn text_for(&self, listener: &Connection) -> &Utf8Bytes {
        match &self.welcome {
            Some(welcome) if listener.user().is_some_and(|user| self.joined.contains(&user)) => welcome,
            _ => &self.text,
        }
    }
}

/// The wakers of connections that have something new, each once.
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

/// Those who hear a chat, and the last event they were told of; 0: none yet.
#[derive(Debug, Default)]
struct Room {
    listeners: Vec<Arc<Connection>>,
    seq: Seq,
}

type Rooms = HashMap<ChatId, Arc<Mutex<Room>>>;

/// Everybody connected to this node.
#[derive(Debug, Default)]
pub struct Hub {
    users: Mutex<HashMap<UserId, Vec<Arc<Connection>>>>,
    rooms: Mutex<Rooms>,
    connections: Mutex<HashMap<u64, Arc<Connection>>>,
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
        if !again && most > 0 && connections.len() >= most {
            return false;
        }
        connection.enter(user);
        if !again {
            connections.push(connection.clone());
        }
        true
    }

    /// Has a connection hear these chats, but for those its user has been put out of since it entered.
    pub fn attach(&self, connection: &Arc<Connection>, chats: &[ChatId]) {
        let mut rooms = lock(&self.rooms);
        let left = connection.attaching_ends();
        for chat in chats.iter().filter(|chat| !left.contains(*chat)) {
            add_listener(&mut rooms, chat, connection);
        }
    }

    /// Forgets a connection.
    pub fn leave(&self, connection: &Arc<Connection>) {
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
        let mut rooms = lock(&self.rooms);
        for chat in connection.take_chats() {
            remove_listeners(&mut rooms, &chat, |listener| listener.number == connection.number);
        }
    }

    /// Tells a chat's listeners that they have missed the events before `next`, where those never came by: the
    /// storage committed them and could not say so, or another node did.
    pub fn catch_up(&self, chat: &ChatId, next: Seq, wakers: &mut Wakers) {
        let Some(room) = lock(&self.rooms).get(chat).cloned() else { return };
        let mut room = lock(&room);
        if room.seq > 0 && next > room.seq + 1 {
            for listener in &room.listeners {
                wakers.keep(listener.outbox.push_missed(chat, (room.seq + 1, next - 1)));
            }
            room.seq = next - 1;
        }
    }

    /// Gives an event to everybody concerned and lets membership take effect.
    pub fn publish(&self, publication: &Publication, wakers: &mut Wakers) {
        let (chat, caller) = (&publication.chat, publication.caller.as_ref().map(|connection| connection.number));
        let room = lock(&self.rooms).get(chat).cloned();
        if let Some(room) = room {
            let mut room = lock(&room);
            room.seq = publication.seq.unwrap_or(0);
            for listener in room.listeners.iter().filter(|listener| Some(listener.number) != caller) {
                wakers.keep(listener.deliver(publication.text_for(listener), chat, publication.seq));
            }
        }
        if !publication.joined.is_empty() {
            self.admit(publication, caller, wakers);
        }
        if !publication.left.is_empty() {
            self.expel(chat, &publication.left);
        }
        if publication.seq.is_none() {
            self.close_room(chat);
        }
    }

    fn admit(&self, publication: &Publication, caller: Option<u64>, wakers: &mut Wakers) {
        let text = publication.welcome.as_ref().unwrap_or(&publication.text);
        let users = lock(&self.users);
        let mut rooms = lock(&self.rooms);
        for connection in publication.joined.iter().filter_map(|user| users.get(user)).flatten() {
            if !connection.hears(&publication.chat) {
                add_listener(&mut rooms, &publication.chat, connection);
                if Some(connection.number) != caller {
                    wakers.keep(connection.deliver(text, &publication.chat, publication.seq));
                }
            }
        }
        if let Some(room) = rooms.get(&publication.chat) {
            lock(room).seq = publication.seq.unwrap_or(0);
        }
    }

    fn expel(&self, chat: &ChatId, left: &[UserId]) {
        let users = lock(&self.users);
        let mut rooms = lock(&self.rooms);
        for connection in left.iter().filter_map(|user| users.get(user)).flatten() {
            connection.forget_chat(chat);
        }
        remove_listeners(&mut rooms, chat, |listener| listener.user().is_some_and(|user| left.contains(&user)));
    }

    fn close_room(&self, chat: &ChatId) {
        if let Some(room) = lock(&self.rooms).remove(chat) {
            lock(&room).listeners.iter().for_each(|listener| listener.forget_chat(chat));
        }
    }

    /// Gives an event that is never stored to a chat's listeners, but for the one who caused it.
    pub fn publish_ephemeral(&self, chat: &ChatId, text: &Utf8Bytes, caller: Option<&Connection>, wakers: &mut Wakers) {
        let Some(room) = lock(&self.rooms).get(chat).cloned() else { return };
        let room = lock(&room);
        let others = room.listeners.iter().filter(|other| caller.is_none_or(|caller| caller.number != other.number));
        others.for_each(|listener| wakers.keep(listener.outbox.push_ephemeral(text)));
    }

    /// Gives an event that is never stored to a user's connections.
    pub fn publish_ephemeral_to_user(&self, user: &UserId, text: &Utf8Bytes, wakers: &mut Wakers) {
        for connection in lock(&self.users).get(user).into_iter().flatten() {
            wakers.keep(connection.outbox.push_ephemeral(text));
        }
    }

    /// Gives an event that is never stored to everybody who does not hear the chat itself.
    pub fn publish_outside(&self, chat: &ChatId, text: &Utf8Bytes, wakers: &mut Wakers) {
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

    /// Ends the connections whose credentials are no longer good.
    pub fn revoke(&self, revocation: &Revocation) {
        let mut wakers = Wakers::default();
        for connection in lock(&self.users).get(&revocation.user).into_iter().flatten() {
            if revocation.token.is_none() || connection.token() == revocation.token {
                wakers.keep(connection.outbox.close(revocation.close.clone()));
            }
        }
        wakers.wake();
    }

    /// Whether the user has a connection here.
    pub fn is_online(&self, user: &UserId) -> bool {
        lock(&self.users).contains_key(user)
    }

    /// Looks at every connection, with a user or without.
    pub fn each_connection(&self, mut look: impl FnMut(&Connection)) {
        lock(&self.connections).values().for_each(|connection| look(connection));
    }
}

fn add_listener(rooms: &mut Rooms, chat: &ChatId, connection: &Arc<Connection>) {
    let (chat, room) = match rooms.get_key_value(chat) {
        Some((chat, room)) => (chat.clone(), room.clone()),
        None => (chat.clone(), rooms.entry(chat.clone()).or_default().clone()),
    };
    if connection.hear(chat) {
        lock(&room).listeners.push(connection.clone());
    }
}

fn remove_listeners(rooms: &mut Rooms, chat: &ChatId, condition: impl Fn(&Connection) -> bool) {
    let Some(room) = rooms.get(chat) else { return };
    let mut inside = lock(room);
    inside.listeners.retain(|listener| !condition(listener));
    let empty = inside.listeners.is_empty();
    drop(inside);
    if empty {
        rooms.remove(chat);
    }
}

/// Chats that a user was put out of while a connection was entering.
type Ends = BTreeSet<ChatId>;
