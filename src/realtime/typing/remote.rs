//! Users who are typing on other nodes. Those nodes announce the end of typing; it is tracked here only so that typing
//! ends if a node is lost.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::cluster::{Audience, Broadcast, Wakers};
use crate::ops::collections::HashMap;
use crate::protocol::wire;
use crate::protocol::{ChatId, Typing, User, UserId};
use crate::realtime::hub::Hub;

use super::{TYPING_LASTS, millis};

/// The time by which a node's message may be late.
const GRACE_MILLIS: u64 = 2_000;

/// A user on another node who is typing, or has stopped.
#[derive(Debug)]
pub(in crate::realtime) struct TypingNotice {
    pub(in crate::realtime) node: u64,
    pub(in crate::realtime) chat: ChatId,
    pub(in crate::realtime) user: User,
    pub(in crate::realtime) typing: bool,
}

/// A user who is typing on another node.
#[derive(Debug)]
struct RemoteTypingUser {
    node: u64,
    user: User,
    /// The time at which typing expires, in milliseconds of the server's uptime.
    ends: u64,
}

/// Users who are typing on other nodes.
#[derive(Debug)]
pub(in crate::realtime) struct RemoteTyping {
    hub: Arc<Hub>,
    users: Mutex<HashMap<(ChatId, UserId), RemoteTypingUser>>,
}

impl RemoteTyping {
    pub(in crate::realtime) fn new(hub: Arc<Hub>) -> Self {
        RemoteTyping { hub, users: Mutex::default() }
    }

    /// Records a message from a node and the time of its arrival.
    pub(in crate::realtime) fn note(&self, notice: TypingNotice, now: u64) {
        let TypingNotice { node, chat, user, typing } = notice;
        let key = (chat, user.id.clone());
        let mut users = self.users.lock();
        if typing {
            users.insert(key, RemoteTypingUser { node, user, ends: now + millis(TYPING_LASTS) + GRACE_MILLIS });
        } else {
            users.remove(&key);
        }
    }

    /// The number of users typing in a chat, other than this one.
    pub(in crate::realtime) fn count_others(&self, chat: &ChatId, user: &UserId) -> usize {
        self.users.lock().keys().filter(|(other, known)| other == chat && known != user).count()
    }

    /// Ends the typing of a lost node's users for the subscribers on this node.
    pub(in crate::realtime) fn end_of_node(&self, node: u64) {
        self.end_where(|known| known.node == node);
    }

    /// Ends typing that was not renewed.
    pub(in crate::realtime) fn expire(&self, now: u64) {
        self.end_where(|known| known.ends <= now);
    }

    pub(in crate::realtime) fn forget(&self, chat: &ChatId) {
        self.users.lock().retain(|(known, _), _| known != chat);
    }

    fn end_where(&self, ends: impl Fn(&RemoteTypingUser) -> bool) {
        let mut users = self.users.lock();
        let mut wakers = Wakers::default();
        for ((chat_id, _), RemoteTypingUser { user, .. }) in users.extract_if(|_, known| ends(known)) {
            let audience = Audience::Chat(chat_id.clone());
            let stopped = Typing { chat_id, user, typing: false, expires_at: None, duplicate: false };
            let broadcast = Broadcast { audience, ephemeral: true, text: wire::encode(&stopped) };
            self.hub.broadcast(&broadcast, None, &mut wakers);
        }
        drop(users);
        wakers.wake();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{ServerRole, Timestamp, UserKind};

    fn user(id: &str) -> User {
        User {
            id: id.into(),
            username: id.into(),
            display_name: id.into(),
            avatar_url: None,
            kind: UserKind::Human,
            role: ServerRole::Member,
            status: Default::default(),
            last_seen_at: None,
            created_at: Timestamp::from_millis(0),
            email: None,
            version: 1,
        }
    }

    #[test]
    fn remote_typing_ends_by_node_loss_expiry_or_stop() {
        let remote = RemoteTyping::new(Arc::default());
        let note = |node: u64, name: &str, typing: bool, now: u64| {
            remote.note(TypingNotice { node, chat: "c".into(), user: user(name), typing }, now);
        };
        for (node, name, now) in [(1, "ann", 0), (1, "ben", 0), (2, "cem", 0), (2, "dan", 5_000)] {
            note(node, name, true, now);
        }
        let left = || {
            let mut left: Vec<_> = remote.users.lock().keys().map(|(_, user)| user.to_string()).collect();
            left.sort();
            left
        };
        note(1, "ann", false, 1_000);
        assert_eq!(left(), ["ben", "cem", "dan"]);
        remote.end_of_node(1);
        assert_eq!(left(), ["cem", "dan"]);
        remote.expire(12_000);
        assert_eq!(left(), ["dan"]);
        remote.forget(&"c".into());
        assert!(left().is_empty());
    }
}
