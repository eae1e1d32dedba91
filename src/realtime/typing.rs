//! Typing users by chat. The start, the end and, every few seconds, the continuation of typing are announced.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;

use crate::cluster::Wakers;
use crate::ops::collections::HashMap;
use crate::protocol::wire;
use crate::protocol::{ChatId, Typing, User, UserId};

use super::bus::Bus;
use super::connection::Connection;

mod remote;

pub(super) use remote::{RemoteTyping, TypingNotice};

/// The time after which typing ends unless it is renewed.
pub(super) const TYPING_LASTS: Duration = Duration::from_secs(10);
/// The interval at which typing is announced again, well before it would end for others.
const ANNOUNCED_AGAIN: Duration = Duration::from_secs(5);

/// Maximum number of users of a large chat whose typing is announced at the same time.
pub(super) const TYPING_IN_LARGE_CHATS: usize = 5;

/// A user who is typing on this node.
#[derive(Debug)]
struct TypingUser {
    user: User,
    /// The connection where the user types.
    connection: Arc<Connection>,
    /// The time at which typing expires, in milliseconds of the server's uptime.
    ends: u64,
    /// The time of the latest TYPING sent to others; none if too many users are typing.
    announced_at: Option<u64>,
}

/// The connections that receive the end of a user's typing.
#[derive(Clone, Copy)]
enum TypingAudience<'a> {
    /// All, because typing ended without the user's action.
    All,
    /// All except the calling connection, which gets the reply.
    AllBut(&'a Connection),
    /// All except the connection where the user was typing.
    AllButTypist,
}

/// Users who are typing on this node, by chat.
#[derive(Debug)]
pub(super) struct LocalTyping {
    bus: Arc<Bus>,
    chats: Mutex<HashMap<ChatId, Vec<TypingUser>>>,
}

impl LocalTyping {
    pub(super) fn new(bus: Arc<Bus>) -> Self {
        LocalTyping { bus, chats: Mutex::default() }
    }

    /// Records that the user is typing; false if this was announced recently, or `max` users are already announced.
    pub(super) fn begin(&self, typing: &Typing, connection: &Arc<Connection>, max: usize, now: u64) -> bool {
        let mut chats = self.chats.lock();
        let users = chats.entry(typing.chat_id.clone()).or_default();
        let has_room = users.iter().filter(|known| known.announced_at.is_some()).count() < max;
        let place = users.iter().position(|known| known.user.id == typing.user.id);
        let place = place.unwrap_or_else(|| {
            let user = typing.user.clone();
            users.push(TypingUser { user, connection: connection.clone(), ends: 0, announced_at: None });
            users.len() - 1
        });
        let known = &mut users[place];
        known.connection = connection.clone();
        known.ends = now + millis(TYPING_LASTS);
        let is_announced = match known.announced_at {
            Some(at) => now.saturating_sub(at) >= millis(ANNOUNCED_AGAIN),
            None => has_room,
        };
        if is_announced {
            known.announced_at = Some(now);
            self.tell(typing, Some(connection));
        }
        is_announced
    }

    /// The number of users in a chat whose typing is announced.
    pub(super) fn count(&self, chat: &ChatId) -> usize {
        self.chats.lock().get(chat).map_or(0, |users| users.iter().filter(|known| known.announced_at.is_some()).count())
    }

    /// Records that the user has stopped typing; false if the user was not typing.
    pub(super) fn end(&self, chat: &ChatId, user: &UserId, caller: Option<&Connection>) -> bool {
        let audience = caller.map_or(TypingAudience::AllButTypist, TypingAudience::AllBut);
        self.end_where(chat, audience, |known| known.user.id == *user)
    }

    /// Ends the typing of these users and announces it to everybody, including them.
    pub(super) fn end_for_all(&self, chat: &ChatId, ends: impl Fn(&UserId) -> bool) {
        self.end_where(chat, TypingAudience::All, |known| ends(&known.user.id));
    }

    /// Ends the typing of a connection.
    pub(super) fn end_of_connection(&self, chat: &ChatId, connection: &Connection) {
        self.end_where(chat, TypingAudience::AllButTypist, |known| known.connection.number == connection.number);
    }

    /// Ends typing that was not renewed.
    pub(super) fn expire(&self, now: u64) {
        let chats: Vec<ChatId> = self.chats.lock().keys().cloned().collect();
        for chat in chats {
            self.end_where(&chat, TypingAudience::AllButTypist, |known| known.ends <= now);
        }
    }

    /// Forgets a deleted chat without an announcement.
    pub(super) fn forget(&self, chat: &ChatId) {
        self.chats.lock().remove(chat);
    }

    fn end_where(&self, chat: &ChatId, audience: TypingAudience<'_>, ends: impl Fn(&TypingUser) -> bool) -> bool {
        let mut chats = self.chats.lock();
        let Some(users) = chats.get_mut(chat) else { return false };
        let ended: Vec<TypingUser> = users.extract_if(.., |known| ends(known)).collect();
        if users.is_empty() {
            chats.remove(chat);
        }
        // Typing that was never announced needs no end.
        for TypingUser { user, connection, .. } in ended.iter().filter(|known| known.announced_at.is_some()) {
            let chat_id = chat.clone();
            let user = user.clone();
            let stopped = Typing { chat_id, user, typing: false, expires_at: None, duplicate: false };
            let but = match audience {
                TypingAudience::All => None,
                TypingAudience::AllBut(caller) => Some(caller),
                TypingAudience::AllButTypist => Some(&**connection),
            };
            self.tell(&stopped, but);
        }
        !ended.is_empty()
    }

    /// Publishes while the lock is held, so that events are sent in the order of the changes.
    fn tell(&self, typing: &Typing, caller: Option<&Connection>) {
        let mut wakers = Wakers::default();
        self.bus.publish_ephemeral(&typing.chat_id, &wire::encode(typing), caller, &mut wakers);
        wakers.wake();
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
