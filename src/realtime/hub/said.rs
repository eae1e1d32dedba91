use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::protocol::{ChatId, Seq, UserId};

use super::{Connection, Hub, Publication, lock};

/// The latest messages of a chat that its listeners were given.
#[derive(Clone, Debug)]
pub struct Said {
    /// The latest, and whose it is.
    last: (Seq, UserId),
    /// The latest of anybody else; 0: none.
    other: Seq,
    /// Who began to hear after this moment has not heard it.
    moment: u64,
}

impl Said {
    /// The latest that is not the user's own, of those that the connection has heard.
    pub fn to(&self, user: &UserId, connection: &Connection) -> Option<Seq> {
        let seq = if self.last.1 == *user { self.other } else { self.last.0 };
        (seq > 0 && connection.attached.load(Ordering::Acquire) <= self.moment).then_some(seq)
    }
}

/// What was said since it was last looked at; one note a message, however many hear it.
#[derive(Debug, Default)]
pub(super) struct Heard {
    moment: AtomicU64,
    chats: Mutex<HashMap<ChatId, Said>>,
}

impl Heard {
    /// Notes that a connection has begun to hear its chats.
    pub(super) fn attached(&self, connection: &Connection) {
        let moment = self.moment.fetch_add(1, Ordering::AcqRel) + 1;
        connection.attached.store(moment, Ordering::Release);
    }

    /// Notes a message that has gone out.
    pub(super) fn note(&self, publication: &Publication) {
        let (Some(sender), Some(seq)) = (&publication.sender, publication.seq) else { return };
        let moment = self.moment.load(Ordering::Acquire);
        let mut chats = lock(&self.chats);
        let other = match chats.get(&publication.chat) {
            Some(said) if said.last.1 != *sender => said.last.0,
            Some(said) => said.other,
            None => 0,
        };
        chats.insert(publication.chat.clone(), Said { last: (seq, sender.clone()), other, moment });
    }
}

impl Hub {
    /// What was said since this was last asked.
    pub fn take_said(&self) -> HashMap<ChatId, Said> {
        std::mem::take(&mut *lock(&self.said.chats))
    }

    /// Looks at everybody who hears a chat here.
    pub fn each_listener(&self, chat: &ChatId, mut look: impl FnMut(&Arc<Connection>)) {
        if let Some(room) = self.room(chat) {
            lock(&room).listeners.iter().for_each(&mut look);
        }
    }
}
