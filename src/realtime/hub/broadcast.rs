use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::Waker;

use crate::cluster::{Audience, Broadcast, Wakers};
use crate::ops::collections::HashSet;
use crate::protocol::{ChatId, UserId};
use crate::realtime::connection::Connection;

use super::Hub;

impl Hub {
    /// Sends a frame without a `seq` to its audience, except the connection that caused it.
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
                self.note_own(user, &broadcast.text);
                for connection in users.get(user).into_iter().flatten().filter(|other| !is_caller(other)) {
                    wakers.keep(push(broadcast, connection));
                }
            }
            Audience::Member { user, chat } => {
                // Membership changes take this lock too, so that no frame follows the event that ends the membership.
                let users = self.users.lock();
                if !broadcast.ephemeral {
                    self.note_own(user, &broadcast.text);
                }
                let own = users.get(user).into_iter().flatten();
                for connection in own.filter(|other| other.hears(chat) && !is_caller(other)) {
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
            Audience::Contacts { user, chats } => {
                let small = chats.iter().filter(|chat| !self.is_large(chat));
                self.each_contact(user, small, caller, |connection| {
                    if connection.takes_presence_batches() {
                        self.presence_batches.add(connection, user, &broadcast.text);
                    } else {
                        wakers.keep(push(broadcast, connection));
                    }
                });
            }
            Audience::UserAndChats { user, chats, version } => self.profiles.tell(user, *version, || {
                self.each_contact(user, chats.iter(), caller, |connection| wakers.keep(push(broadcast, connection)));
            }),
        }
    }

    /// Notes an event for a user's own connections, which may cross one of another node.
    fn note_own(&self, user: &UserId, text: &str) {
        let has_others = self.holds_early_events.load(Ordering::Relaxed);
        self.own_events.note(user, has_others.then_some(text));
    }

    /// Visits each of a user's connections and of the subscribers of these chats once, except the caller.
    fn each_contact<'a>(
        &self,
        user: &UserId,
        chats: impl Iterator<Item = &'a ChatId>,
        caller: Option<&Connection>,
        mut look: impl FnMut(&Arc<Connection>),
    ) {
        let mut seen: HashSet<u64> = caller.iter().map(|connection| connection.number).collect();
        let own: Vec<Arc<Connection>> = self.users.lock().get(user).cloned().unwrap_or_default();
        own.iter().filter(|connection| seen.insert(connection.number)).for_each(&mut look);
        for channel in chats.filter_map(|chat| self.channel(chat)) {
            channel.lock().subscribers.iter().filter(|other| seen.insert(other.number)).for_each(&mut look);
        }
    }
}

pub(super) fn push(broadcast: &Broadcast, connection: &Connection) -> Option<Waker> {
    if broadcast.ephemeral {
        connection.outbox.push_ephemeral(&broadcast.text)
    } else {
        connection.outbox.push_vital(broadcast.text.clone(), None)
    }
}
