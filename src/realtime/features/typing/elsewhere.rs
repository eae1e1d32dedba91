//! Who types at other nodes. They say themselves when it ends; here it is only known so that it ends with a node that
//! can say nothing any more.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::protocol::wire;
use crate::protocol::{ChatId, Typing, User, UserId};
use crate::realtime::hub::{Hub, Wakers};

use super::{TYPING_LASTS, millis};

/// How long beyond its end one waits to be told of it.
const BEYOND_MILLIS: u64 = 2_000;

#[derive(Debug)]
struct Typist {
    node: u64,
    user: User,
    /// In milliseconds of the server's life.
    ends: u64,
}

#[derive(Debug, Default)]
pub(in crate::realtime::features) struct Elsewhere(Mutex<HashMap<(ChatId, UserId), Typist>>);

impl Elsewhere {
    fn typists(&self) -> MutexGuard<'_, HashMap<(ChatId, UserId), Typist>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what a node has said at that moment.
    pub(in crate::realtime::features) fn note(
        &self,
        (node, now): (u64, u64),
        chat: ChatId,
        (user, typing): (User, bool),
    ) {
        let key = (chat, user.id.clone());
        let mut typists = self.typists();
        if typing {
            typists.insert(key, Typist { node, user, ends: now + millis(TYPING_LASTS) + BEYOND_MILLIS });
        } else {
            typists.remove(&key);
        }
    }

    /// Ends, for those who are here, what went on at a node that has ended.
    pub(in crate::realtime::features) fn end_of_node(&self, hub: &Hub, node: u64) {
        self.end_where(hub, |typist| typist.node == node);
    }

    /// Ends what nobody has said would go on.
    pub(in crate::realtime::features) fn expire(&self, hub: &Hub, now: u64) {
        self.end_where(hub, |typist| typist.ends <= now);
    }

    pub(in crate::realtime::features) fn forget(&self, chat: &ChatId) {
        self.typists().retain(|(known, _), _| known != chat);
    }

    fn end_where(&self, hub: &Hub, ends: impl Fn(&Typist) -> bool) {
        let mut typists = self.typists();
        let mut wakers = Wakers::default();
        for ((chat_id, _), Typist { user, .. }) in typists.extract_if(|_, typist| ends(typist)) {
            let stopped = Typing { chat_id, user, typing: false, expires_at: None, duplicate: false };
            hub.publish_ephemeral(&stopped.chat_id, &wire::encode(&stopped), None, &mut wakers);
        }
        drop(typists);
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
        }
    }

    #[test]
    fn it_ends_with_its_node_or_its_time_or_when_that_is_said() {
        let (elsewhere, hub, chat) = (Elsewhere::default(), Hub::default(), || ChatId::from("c"));
        for (node, name, now) in [(1, "ann", 0), (1, "ben", 0), (2, "cem", 0), (2, "dan", 5_000)] {
            elsewhere.note((node, now), chat(), (user(name), true));
        }
        let left = || {
            let mut left: Vec<_> = elsewhere.typists().keys().map(|(_, user)| user.to_string()).collect();
            left.sort();
            left
        };
        elsewhere.note((1, 1_000), chat(), (user("ann"), false));
        assert_eq!(left(), ["ben", "cem", "dan"]);
        elsewhere.end_of_node(&hub, 1);
        assert_eq!(left(), ["cem", "dan"]);
        elsewhere.expire(&hub, 12_000);
        assert_eq!(left(), ["dan"]);
        elsewhere.forget(&chat());
        assert!(left().is_empty());
    }
}
