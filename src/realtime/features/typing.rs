//! Who is typing where. Others are told when it begins and when it ends, and now and then that it goes on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::cluster::Bus;
use crate::protocol::wire;
use crate::protocol::{ChatId, Typing, User, UserId};
use crate::realtime::hub::{Connection, Wakers};

use super::TYPING_LASTS;

mod elsewhere;

pub(super) use elsewhere::Elsewhere;

/// How often others are told that typing goes on; well before it would end for them.
const TOLD_AGAIN: Duration = Duration::from_secs(5);

#[derive(Debug)]
struct Typist {
    user: User,
    /// Where the user types.
    connection: Arc<Connection>,
    /// When it ends by itself, and when others were last told, in milliseconds of the server's life.
    ends: u64,
    told: u64,
}

#[derive(Debug, Default)]
pub(super) struct Typists(Mutex<HashMap<ChatId, Vec<Typist>>>);

impl Typists {
    fn chats(&self) -> MutexGuard<'_, HashMap<ChatId, Vec<Typist>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that the user types; false where others were told a moment ago.
    pub(super) fn begin(&self, bus: &Bus, typing: &Typing, (connection, now): (&Arc<Connection>, u64)) -> bool {
        let mut chats = self.chats();
        let typists = chats.entry(typing.chat_id.clone()).or_default();
        let ends = now + millis(TYPING_LASTS);
        let known = typists.iter_mut().find(|typist| typist.user.id == typing.user.id);
        match known {
            Some(typist) => {
                (typist.connection, typist.ends) = (connection.clone(), ends);
                if now.saturating_sub(typist.told) < millis(TOLD_AGAIN) {
                    return false;
                }
                typist.told = now;
            }
            None => typists.push(Typist { user: typing.user.clone(), connection: connection.clone(), ends, told: now }),
        }
        tell(bus, typing, Some(connection));
        true
    }

    /// Notes that the user types no more; false where it was so already.
    pub(super) fn end(&self, bus: &Bus, (chat, user): (&ChatId, &UserId), caller: Option<&Connection>) -> bool {
        self.end_where(bus, (chat, caller), |typist| typist.user.id == *user)
    }

    /// Notes that nobody types at this connection any more.
    pub(super) fn end_of_connection(&self, bus: &Bus, chat: &ChatId, connection: &Connection) {
        self.end_where(bus, (chat, None), |typist| typist.connection.number == connection.number);
    }

    /// Ends what nobody said would go on.
    pub(super) fn expire(&self, bus: &Bus, now: u64) {
        let chats: Vec<ChatId> = self.chats().keys().cloned().collect();
        for chat in chats {
            self.end_where(bus, (&chat, None), |typist| typist.ends <= now);
        }
    }

    /// Nobody types in a chat that is gone, and nobody needs to be told.
    pub(super) fn forget(&self, chat: &ChatId) {
        self.chats().remove(chat);
    }

    /// The caller's connection is told by its reply; where nobody called, the typist's knows best.
    fn end_where(&self, bus: &Bus, told: (&ChatId, Option<&Connection>), ends: impl Fn(&Typist) -> bool) -> bool {
        let ((chat, caller), mut chats) = (told, self.chats());
        let Some(typists) = chats.get_mut(chat) else { return false };
        let ended: Vec<Typist> = typists.extract_if(.., |typist| ends(typist)).collect();
        if typists.is_empty() {
            chats.remove(chat);
        }
        for Typist { user, connection, .. } in &ended {
            let (chat_id, user) = (chat.clone(), user.clone());
            let stopped = Typing { chat_id, user, typing: false, expires_at: None, duplicate: false };
            tell(bus, &stopped, caller.or(Some(connection)));
        }
        !ended.is_empty()
    }
}

fn tell(bus: &Bus, typing: &Typing, caller: Option<&Connection>) {
    let mut wakers = Wakers::default();
    bus.publish_ephemeral(&typing.chat_id, &wire::encode(typing), caller, &mut wakers);
    wakers.wake();
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
