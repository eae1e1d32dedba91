use std::collections::HashSet;
use std::sync::Arc;
use std::task::Waker;

use crate::cluster::{Audience, Broadcast, Wakers};
use crate::realtime::connection::Connection;

use super::Hub;

impl Hub {
    /// Gives a frame outside every chat's clock to its audience, but not to the connection that caused it.
    pub fn broadcast(&self, broadcast: &Broadcast, caller: Option<&Connection>, wakers: &mut Wakers) {
        let is_caller = |other: &Connection| caller.is_some_and(|caller| caller.number == other.number);
        match &broadcast.audience {
            Audience::Chat(chat) => {
                let Some(channel) = self.channel(chat) else { return };
                let channel = channel.lock();
                for connection in channel.subscribers.iter().filter(|other| !is_caller(other)) {
                    wakers.keep(push(broadcast, connection));
                }
            }
            Audience::User(user) => {
                let users = self.users.lock();
                for connection in users.get(user).into_iter().flatten().filter(|other| !is_caller(other)) {
                    wakers.keep(push(broadcast, connection));
                }
            }
            Audience::Member { user, chat } => {
                // Membership changes under this lock too: nothing follows the event that ends it.
                let users = self.users.lock();
                for connection in users.get(user).into_iter().flatten().filter(|other| other.hears(chat)) {
                    wakers.keep(push(broadcast, connection));
                }
            }
            Audience::OutsideChat(chat) => {
                if !self.announcements.take() {
                    return;
                }
                let users = self.users.lock();
                for connection in users.values().flatten().filter(|other| !other.hears(chat) && !is_caller(other)) {
                    wakers.keep(push(broadcast, connection));
                }
            }
            Audience::UserAndChats { user, version, .. } if !self.profiles.is_news(user, *version) => {}
            Audience::UserAndChats { user, chats, .. } => {
                let mut told: HashSet<u64> = caller.iter().map(|connection| connection.number).collect();
                let own: Vec<Arc<Connection>> = self.users.lock().get(user).cloned().unwrap_or_default();
                for connection in own.iter().filter(|connection| told.insert(connection.number)) {
                    wakers.keep(push(broadcast, connection));
                }
                for channel in chats.iter().filter_map(|chat| self.channel(chat)) {
                    let channel = channel.lock();
                    for connection in channel.subscribers.iter().filter(|other| told.insert(other.number)) {
                        wakers.keep(push(broadcast, connection));
                    }
                }
            }
        }
    }
}

fn push(broadcast: &Broadcast, connection: &Connection) -> Option<Waker> {
    if broadcast.ephemeral {
        connection.outbox.push_ephemeral(&broadcast.text)
    } else {
        connection.outbox.push_vital(broadcast.text.clone(), None)
    }
}
