use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;

use crate::cluster::Publication;
use crate::ops::collections::HashMap;
use crate::protocol::{ChatId, Seq, UserId};
use crate::realtime::connection::Connection;

use super::Hub;

/// The latest delivered messages of a chat.
#[derive(Clone, Debug)]
pub struct RecentMessages {
    latest: Seq,
    latest_sender: UserId,
    /// The latest message of any other sender; 0 if there is none.
    latest_of_others: Seq,
    /// Connections that subscribed after this count have not received it.
    moment: u64,
}

impl RecentMessages {
    /// The latest message of another user that the connection received.
    pub fn latest_for(&self, user: &UserId, connection: &Connection) -> Option<Seq> {
        let seq = if self.latest_sender == *user { self.latest_of_others } else { self.latest };
        (seq > 0 && connection.attached.load(Ordering::Acquire) <= self.moment).then_some(seq)
    }
}

/// The messages delivered since they were last taken; one entry per chat, however many subscribers it has.
#[derive(Debug, Default)]
pub(super) struct RecentChats {
    moment: AtomicU64,
    chats: Mutex<HashMap<ChatId, RecentMessages>>,
}

impl RecentChats {
    /// Records that a connection has been subscribed to its chats.
    pub(super) fn attached(&self, connection: &Connection) {
        let moment = self.moment.fetch_add(1, Ordering::AcqRel) + 1;
        connection.attached.store(moment, Ordering::Release);
    }

    /// Records a delivered message.
    pub(super) fn note(&self, publication: &Publication) {
        let (Some(sender), Some(seq)) = (&publication.sender, publication.seq) else { return };
        let moment = self.moment.load(Ordering::Acquire);
        let mut chats = self.chats.lock();
        let latest_of_others = match chats.get(&publication.chat) {
            Some(recent) if recent.latest_sender != *sender => recent.latest,
            Some(recent) => recent.latest_of_others,
            None => 0,
        };
        let recent = RecentMessages { latest: seq, latest_sender: sender.clone(), latest_of_others, moment };
        chats.insert(publication.chat.clone(), recent);
    }
}

impl Hub {
    /// Takes the messages delivered since the last call.
    pub fn take_recent_messages(&self) -> HashMap<ChatId, RecentMessages> {
        std::mem::take(&mut *self.recent.chats.lock())
    }

    /// Visits every subscriber of a chat.
    pub fn each_subscriber(&self, chat: &ChatId, mut look: impl FnMut(&Arc<Connection>)) {
        if let Some(channel) = self.channel(chat) {
            channel.lock().subscribers.iter().for_each(&mut look);
        }
    }
}
