use crate::ops::collections::{HashMap, HashSet};

use serde_json::Value;

/// The client's memberships according to its events: their beginnings and ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Memberships {
    /// Chats whose last event has arrived on this connection.
    left: HashSet<String>,
    /// The number of times membership in a chat began or ended.
    changes: HashMap<String, u64>,
    /// The times of joining, by chat.
    joined: HashMap<String, String>,
}

impl Memberships {
    /// Begins a new connection.
    pub(super) fn begin(&mut self) {
        self.left.clear();
    }

    /// Notes that the client has joined a chat.
    pub(super) fn joined(&mut self, chat: &str) {
        self.left.remove(chat);
        self.changed(chat);
    }

    /// Notes that the client has left a chat, with an event that is its last one there.
    pub(super) fn left(&mut self, chat: &str) {
        self.left.insert(chat.to_owned());
        self.changed(chat);
    }

    /// Notes that SYNC no longer has the chat, or has it again.
    pub(super) fn changed(&mut self, chat: &str) {
        *self.changes.entry(chat.to_owned()).or_default() += 1;
    }

    /// Applies the client's own entry in a list of members: a new time of joining reveals a departure that was missed.
    pub(super) fn take_members(&mut self, chat: &str, user: &str, members: &Value) {
        let own = members.as_array().into_iter().flatten().find(|member| member["user"]["id"] == user);
        let Some(at) = own.and_then(|member| member["joinedAt"].as_str()) else { return };
        let before = self.joined.insert(chat.to_owned(), at.to_owned());
        if before.is_some_and(|before| before != at) {
            self.changed(chat);
        }
    }

    /// True if nothing of the chat may arrive any more.
    pub(super) fn has_left(&self, chat: &str) -> bool {
        self.left.contains(chat)
    }

    /// A number that is another one once the client has left the chat and come back.
    pub(super) fn epoch(&self, chat: &str) -> u64 {
        self.changes.get(chat).copied().unwrap_or(0)
    }
}
