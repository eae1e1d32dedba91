use std::collections::HashSet;
use std::sync::Arc;

use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::protocol::{ChatId, UserId};

use super::{Connection, Hub, Wakers, lock};

/// The connection that caused an event and gets nothing, and the wakers of those that do.
pub type Told<'a> = (Option<&'a Connection>, &'a mut Wakers);

/// Events that are never stored.
impl Hub {
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

    /// Gives an event that is never stored to everybody who hears one of these chats, and to all of a user's own
    /// connections; to each once, but for the one that caused it.
    pub fn publish_ephemeral_around(&self, around: (&UserId, &[ChatId]), text: &Utf8Bytes, (caller, wakers): Told<'_>) {
        let (user, chats) = around;
        let mut told: HashSet<u64> = caller.iter().map(|connection| connection.number).collect();
        let own: Vec<Arc<Connection>> = lock(&self.users).get(user).cloned().unwrap_or_default();
        for connection in own.iter().filter(|connection| told.insert(connection.number)) {
            wakers.keep(connection.outbox.push_ephemeral(text));
        }
        for chat in chats {
            let Some(room) = lock(&self.rooms).get(chat).cloned() else { continue };
            for listener in lock(&room).listeners.iter().filter(|listener| told.insert(listener.number)) {
                wakers.keep(listener.outbox.push_ephemeral(text));
            }
        }
    }
}
