use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::protocol::{ChatId, Seq, UserId};

use super::room::{ChatChannel, Held};
use super::{Arrival, Connection, Publication, Rooms, Wakers, lock};

/// How a chat stands in the storage, to make good what has not come by.
#[derive(Debug, Default)]
pub struct Repair {
    /// Up to where it is made good.
    pub to: Seq,
    /// The events that are known; of the others the listeners are told that they have missed them.
    pub found: HashMap<Seq, Utf8Bytes>,
    /// Everybody who is in at that place; none: nobody has come or gone.
    pub members: Option<HashSet<UserId>>,
    /// What those hear who are in and did not hear the chat.
    pub welcome: Option<Utf8Bytes>,
}

/// Everything that must stand still while somebody comes or goes, or an event waits for another.
pub(super) struct Stage<'a> {
    pub(super) users: &'a HashMap<UserId, Vec<Arc<Connection>>>,
    pub(super) rooms: &'a mut Rooms,
    /// Whether events may come later than those after them.
    pub(super) patient: bool,
}

impl Stage<'_> {
    /// Has an event take its place.
    pub(super) fn publish(&mut self, held: Held, wakers: &mut Wakers) -> Arrival {
        let chat = held.publication.chat.clone();
        let Some(room) = self.rooms.get(&chat).cloned() else {
            self.open(held, wakers);
            return Arrival::Now;
        };
        let mut room = lock(&room);
        let seq = held.publication.seq;
        let place = match (room.place(seq), seq) {
            (Arrival::Late, _) => {
                held.owed.into_iter().for_each(|owed| owed(true, wakers));
                return Arrival::Late;
            }
            (Arrival::Early, Some(seq)) if self.patient && room.has_space() => {
                room.hold(seq, held);
                return Arrival::Early;
            }
            (Arrival::Early, _) => Arrival::Forced,
            (place, _) => place,
        };
        if let Some(seq) = seq {
            self.give_up(&mut room, &chat, seq - 1, wakers);
        }
        self.play(&mut room, held, wakers);
        self.go_on(&mut room, &chat, seq.is_none(), wakers);
        place
    }

    /// Makes the first events of a chat heard that nobody here heard until now.
    fn open(&mut self, held: Held, wakers: &mut Wakers) {
        let chat = held.publication.chat.clone();
        let mut room = ChatChannel::default();
        let ends = held.publication.seq.is_none();
        self.play(&mut room, held, wakers);
        if !room.listeners.is_empty() && !ends {
            self.rooms.insert(chat, Arc::new(std::sync::Mutex::new(room)));
        }
    }

    /// Tells the listeners that what is before that place will not come by, what waits there excepted.
    fn give_up(&self, room: &mut ChatChannel, chat: &ChatId, to: Seq, wakers: &mut Wakers) {
        while let Some((_, last)) = room.missing().filter(|(_, last)| *last < to) {
            room.tell_missed(chat, last, wakers);
            while let Some(held) = room.take_ripe() {
                self.play(room, held, wakers);
            }
        }
        room.tell_missed(chat, to, wakers);
    }

    /// Has what waits follow; ends the room with the chat or with its last listener.
    fn go_on(&mut self, room: &mut ChatChannel, chat: &ChatId, mut ends: bool, wakers: &mut Wakers) {
        while !ends && let Some(held) = room.take_ripe() {
            ends = held.publication.seq.is_none();
            self.play(room, held, wakers);
        }
        if ends {
            room.listeners.drain(..).for_each(|listener| listener.forget_chat(chat));
        }
        if room.listeners.is_empty() {
            abandon(room, wakers);
            self.rooms.remove(chat);
        }
    }

    /// Answers the caller, tells everybody concerned and lets membership take effect.
    fn play(&self, room: &mut ChatChannel, held: Held, wakers: &mut Wakers) {
        let Held { publication, owed } = held;
        let late = room.place(publication.seq) == Arrival::Late;
        owed.into_iter().for_each(|owed| owed(late, wakers));
        if late {
            return;
        }
        room.deliver(&publication, wakers);
        self.admit(room, &publication, wakers);
        self.expel(room, &publication.chat, &publication.left);
    }

    /// Has the connections of those hear the chat who come in with an event.
    fn admit(&self, room: &mut ChatChannel, publication: &Publication, wakers: &mut Wakers) {
        let text = publication.welcome.as_ref().unwrap_or(&publication.text);
        for connection in publication.joined.iter().filter_map(|user| self.users.get(user)).flatten() {
            if connection.hear(publication.chat.clone()) {
                room.listeners.push(connection.clone());
                if !publication.is_callers(connection) {
                    wakers.keep(connection.deliver(text, &publication.chat, publication.seq));
                }
            }
        }
    }

    /// Has the connections of those who are out hear the chat no more.
    fn expel(&self, room: &mut ChatChannel, chat: &ChatId, left: &[UserId]) {
        if left.is_empty() {
            return;
        }
        for connection in left.iter().filter_map(|user| self.users.get(user)).flatten() {
            connection.forget_chat(chat);
        }
        room.listeners.retain(|listener| !listener.user().is_some_and(|user| left.contains(&user)));
    }

    /// Brings a chat's listeners to where the storage has it; false if the hub is beyond that already.
    pub(super) fn repair(&mut self, chat: &ChatId, repair: &Repair, wakers: &mut Wakers) -> bool {
        let shared = self.rooms.entry(chat.clone()).or_default().clone();
        let mut room = lock(&shared);
        if repair.members.is_some() && room.seq > repair.to {
            return false;
        }
        self.make_good(&mut room, chat, repair, wakers);
        room.seq = room.seq.max(repair.to);
        if let Some(members) = &repair.members {
            let users = room.listeners.iter().filter_map(|listener| listener.user());
            let out: Vec<_> = users.filter(|user| !members.contains(user)).collect();
            self.expel(&mut room, chat, &out);
            if let Some(text) = &repair.welcome {
                let joined = self.strangers(chat, members);
                let seq = Some(repair.to);
                let (chat, text) = (chat.clone(), text.clone());
                let news =
                    Publication { chat, seq, text, welcome: None, joined, left: vec![], caller: None, sender: None };
                self.admit(&mut room, &news, wakers);
            }
        }
        self.go_on(&mut room, chat, false, wakers);
        true
    }

    /// Gives the listeners what was found, and tells them of the rest.
    fn make_good(&self, room: &mut ChatChannel, chat: &ChatId, repair: &Repair, wakers: &mut Wakers) {
        while room.seq > 0 && room.seq < repair.to {
            if let Some(held) = room.take_ripe() {
                self.play(room, held, wakers);
                continue;
            }
            let seq = room.seq + 1;
            match repair.found.get(&seq) {
                Some(text) => room.deliver_found(chat, (seq, text), wakers),
                None => room.tell_missed(chat, seq, wakers),
            }
        }
    }

    /// Those of the users who are here and do not hear the chat.
    pub(super) fn strangers(&self, chat: &ChatId, members: &HashSet<UserId>) -> Vec<UserId> {
        let deaf = |connections: &Vec<Arc<Connection>>| {
            connections.iter().any(|connection| !connection.is_entering() && !connection.hears(chat))
        };
        let here = |user: &&UserId| self.users.get(*user).is_some_and(deaf);
        members.iter().filter(here).cloned().collect()
    }

    /// Ends a chat that is gone and whose end has not come by.
    pub(super) fn vanish(&mut self, chat: &ChatId, wakers: &mut Wakers) {
        let Some(shared) = self.rooms.get(chat).cloned() else { return };
        let mut room = lock(&shared);
        let next = room.seq + 1;
        room.tell_missed(chat, next, wakers);
        self.go_on(&mut room, chat, true, wakers);
    }
}

/// Answers those who wait for events that nobody will hear.
pub(super) fn abandon(room: &mut ChatChannel, wakers: &mut Wakers) {
    for held in room.take_all() {
        held.owed.into_iter().for_each(|owed| owed(false, wakers));
    }
}
