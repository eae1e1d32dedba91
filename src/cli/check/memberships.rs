use crate::ops::collections::{HashMap, HashSet};

use serde_json::Value;

/// The client's memberships according to its events: when they began and ended.
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
    /// Starts a new connection.
    pub(super) fn begin(&mut self) {
        self.left.clear();
    }

    /// Records that the client has joined a chat.
    pub(super) fn joined(&mut self, chat: &str) {
        self.left.remove(chat);
        self.changed(chat);
    }

    /// Records that the client has left a chat, with the last event it receives from it.
    pub(super) fn left(&mut self, chat: &str) {
        self.left.insert(chat.to_owned());
        self.changed(chat);
    }

    /// Records that SYNC no longer includes the chat, or includes it again.
    pub(super) fn changed(&mut self, chat: &str) {
        *self.changes.entry(chat.to_owned()).or_default() += 1;
    }

    /// Applies the client's own entry in a list of members: a new time of joining reveals a missed departure.
    pub(super) fn take_members(&mut self, chat: &str, user: &str, members: &Value) {
        let own = members.as_array().into_iter().flatten().find(|member| member["user"]["id"] == user);
        let Some(at) = own.and_then(|member| member["joinedAt"].as_str()) else { return };
        let before = self.joined.insert(chat.to_owned(), at.to_owned());
        if before.is_some_and(|before| before != at) {
            self.changed(chat);
        }
    }

    /// True if nothing from the chat may arrive any more.
    pub(super) fn has_left(&self, chat: &str) -> bool {
        self.left.contains(chat)
    }

    /// A number that changes when the client leaves the chat and joins it again.
    pub(super) fn epoch(&self, chat: &str) -> u64 {
        self.changes.get(chat).copied().unwrap_or(0)
    }
}
