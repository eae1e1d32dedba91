//! What this node remembers of chats, so that a message that is sent costs one request. It is true exactly as long as
//! the head's etag is: every write says which head it was decided on, and is refused if that has changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::documents::{Head, MemberDocument};
use super::partition::Look;
use crate::domain::ChatRecord;
use crate::protocol::{ChatId, Message, UserId};

/// Chats that are remembered at most.
const CHATS: usize = 10_000;
/// Members of one chat that are remembered at most.
const MEMBERS: usize = 2_000;

/// What is remembered of a chat.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// None: there is no such document.
    pub(super) head: Option<Head>,
    pub(super) last_message: Option<Message>,
    /// None: was never in.
    pub(super) members: HashMap<UserId, Option<MemberDocument>>,
    /// How many messages these have sent; none where they were not counted from the first on.
    pub(super) sent: HashMap<UserId, Option<u64>>,
}

impl Known {
    /// The chat as it is decided on.
    pub(super) fn record(&self) -> Option<ChatRecord> {
        let mut record = self.head.as_ref()?.record()?;
        record.chat.last_message = self.last_message.clone().map(Box::new);
        Some(record)
    }

    pub(super) fn etag(&self) -> &str {
        self.head.as_ref().map_or("", |head| &head.etag)
    }

    /// How many messages a user has sent to the chat; nothing where that is not known.
    pub(super) fn sent_by(&self, user: &UserId) -> Option<u64> {
        match &self.head {
            None => Some(0),
            Some(head) if head.sent == Some(0) => Some(0),
            Some(_) => self.sent.get(user).copied().flatten(),
        }
    }

    /// Whether that has to be looked up.
    pub(super) fn lacks_sent_by(&self, user: &UserId) -> bool {
        let counted = self.head.as_ref().filter(|head| head.chat.is_some()).and_then(|head| head.sent);
        counted.is_some_and(|sent| sent > 0) && !self.sent.contains_key(user)
    }

    /// Takes over what was found now; what is remembered of members stays as long as no membership has changed.
    pub(super) fn learn(&mut self, look: Look, users: &[UserId]) {
        let etag = look.head.as_ref().map_or("", |head| head.etag.as_str());
        if etag != self.etag() {
            let place = |head: &Option<Head>| {
                let head = head.as_ref()?;
                Some((head.members_seq, head.chat.as_ref()?.created_at))
            };
            if place(&self.head).is_none() || place(&self.head) != place(&look.head) || self.members.len() > MEMBERS {
                self.members.clear();
            }
            self.last_message = None;
            self.sent.clear();
        }
        self.head = look.head;
        let mut found = look.members;
        for user in users {
            let member = found.remove(user);
            self.members.insert(user.clone(), member);
        }
    }
}

/// One chat's place; whoever writes to the chat holds it, so that writers of one node do not hinder each other.
pub(super) type Slot = Arc<tokio::sync::Mutex<Option<Known>>>;

/// The chats that are remembered.
#[derive(Debug, Default)]
pub(super) struct Cache(Mutex<HashMap<ChatId, Slot>>);

impl Cache {
    pub(super) fn slot(&self, chat: &ChatId) -> Slot {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= CHATS && !slots.contains_key(chat) {
            // Nobody waits for a place that only the table holds; every other one of them is forgotten.
            let mut keep = false;
            slots.retain(|_, slot| {
                keep = !keep;
                keep || Arc::strong_count(slot) > 1
            });
        }
        slots.entry(chat.clone()).or_default().clone()
    }
}
