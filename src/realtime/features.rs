//! What is never stored: who is there, who is typing, which answers are being streamed, as far as this node knows.
//!
//! Each part keeps its own state and has the [`hub`](crate::realtime::hub) tell of its changes, while its lock is held, so that
//! events leave in the order of what they tell. Nothing here asks the storage: who hears a chat, the hub knows.
//!
//! Lock order: a part's own lock, then those of the hub.

use std::sync::{Arc, Weak};
use std::time::Duration;

use crate::cluster::Bus;
use crate::ops::clock::{self, Clock};
use crate::protocol::{ChatEvent, ChatId, PresenceChanged, PresenceStatus, Timestamp, Typing, User, UserId};
use crate::realtime::hub::{Connection, Hub};

mod notes;
mod presence;
mod streams;
mod typing;

pub use presence::Seen;
pub use streams::{Author, STREAM_BYTES, Streams, Unfinished, unknown_stream};

/// How long typing lasts where nobody says that it goes on.
const TYPING_LASTS: Duration = Duration::from_secs(10);

/// Everything that is never stored.
#[derive(Debug)]
pub struct RealtimeFeatures {
    hub: Arc<Hub>,
    bus: Arc<Bus>,
    clock: Arc<Clock>,
    presence: presence::Presences,
    typing: typing::Typists,
    typing_elsewhere: typing::Elsewhere,
    /// Answers that are being streamed.
    pub streams: Streams,
}

impl RealtimeFeatures {
    /// Nobody is there yet.
    pub fn new(hub: Arc<Hub>, bus: Arc<Bus>, clock: Arc<Clock>) -> Arc<Self> {
        let streams = Streams::new(bus.clone());
        let (presence, typing, typing_elsewhere) = Default::default();
        let features = Arc::new(RealtimeFeatures { hub, bus, clock, presence, typing, typing_elsewhere, streams });
        let notes: Weak<RealtimeFeatures> = Arc::downgrade(&features);
        features.bus.note_in(notes);
        features
    }

    /// The user with what is known now: whether they are there, and when they last were.
    pub fn present(&self, mut user: User) -> User {
        user.status = self.hub.status(&user.id);
        user.last_seen_at = match user.status {
            PresenceStatus::Offline => user.last_seen_at.max(self.presence.last_seen(&user.id)),
            _ => None,
        };
        user
    }

    /// A connection hears its chats from here on: its user may have come.
    pub fn entered(&self, connection: &Connection, user: &Arc<User>) {
        self.bus.tell_standing(&user.id);
        self.presence.entered((&self.hub, &self.bus), (connection, &connection.chats()), user);
    }

    /// A connection that heard these chats has ended: its user may have gone, and types no more there.
    pub fn left(&self, connection: &Connection, chats: &[ChatId]) {
        for chat in chats {
            self.typing.end_of_connection(&self.bus, chat, connection);
        }
        if let Some(user) = connection.user() {
            self.bus.tell_standing(&user);
            self.presence.left((&self.hub, &self.bus), (connection, chats), (&user, &self.clock));
        }
    }

    /// The connection's user looks away from it, or back to it.
    pub fn set_away(&self, connection: &Connection, user: &Arc<User>, away: bool) -> PresenceChanged {
        connection.set_away(away);
        self.bus.tell_standing(&user.id);
        self.presence.entered((&self.hub, &self.bus), (connection, &connection.chats()), user)
    }

    /// The user types in a chat that the connection hears, or stops.
    pub fn set_typing(&self, connection: &Arc<Connection>, (user, chat): (&User, &ChatId), typing: bool) -> Typing {
        let user = self.present(user.clone());
        let now = clock::uptime_millis();
        if !typing {
            let told = self.typing.end(&self.bus, (chat, &user.id), Some(connection));
            return Typing { chat_id: chat.clone(), user, typing, expires_at: None, duplicate: !told };
        }
        let expires_at = Timestamp::from_millis(self.clock.now().millis() + TYPING_LASTS.as_millis() as i64);
        let expires_at = Some(expires_at);
        let begun = Typing { chat_id: chat.clone(), user, typing, expires_at, duplicate: false };
        let told = self.typing.begin(&self.bus, &begun, (connection, now));
        Typing { duplicate: !told, ..begun }
    }

    /// Something is about to be told of a chat: who said something or goes out, types no more, and a
    /// streamed message has its place.
    pub fn changed(&self, event: &ChatEvent, caller: Option<&Connection>) {
        match event {
            ChatEvent::NewMessage(event) => {
                self.typing.end(&self.bus, (&event.chat_id, &event.message.sender.id), caller);
                self.streams.finished(&event.message);
            }
            ChatEvent::MembersRemoved(event) => {
                for user in &event.user_ids {
                    self.expelled((&event.chat_id, user), caller);
                }
            }
            ChatEvent::MemberBanned(event) => {
                self.expelled((&event.chat_id, &event.user_id), caller);
            }
            ChatEvent::ChatDeleted(event) => {
                self.forget_chat(&event.chat_id);
            }
            _ => {}
        }
    }

    fn forget_chat(&self, chat: &ChatId) {
        self.typing.forget(chat);
        self.typing_elsewhere.forget(chat);
        self.streams.forget(chat);
    }

    fn expelled(&self, (chat, user): (&ChatId, &UserId), caller: Option<&Connection>) {
        self.typing.end(&self.bus, (chat, user), caller);
        self.streams.expel(chat, user, caller);
    }

    /// Ends what has lasted its time.
    pub fn tick(&self) {
        let now = clock::uptime_millis();
        self.typing.expire(&self.bus, now);
        self.typing_elsewhere.expire(&self.hub, now);
    }

    /// Who has gone and when, as far as the storage does not know yet.
    pub fn seen(&self) -> Vec<Seen> {
        self.presence.seen()
    }

    /// The storage knows these now.
    pub fn forget_seen(&self, kept: &[(UserId, Timestamp)]) {
        self.presence.forget_seen(kept);
    }
}
