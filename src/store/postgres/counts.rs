//! Ordinals of messages known from this node's last write, so that those of a new message need not be read.
//!
//! An entry is valid as long as no one else has advanced the chat's clock.

use std::collections::HashMap;

use quick_cache::sync::Cache;

use crate::domain::ChatRecord;
use crate::protocol::{ChatId, Seq, Timestamp, UserId};

/// Maximum number of cached chats.
const CHATS: usize = 10_000;
/// Maximum number of cached senders per chat.
const SENDERS: usize = 100;

/// The ordinals of a chat.
#[derive(Clone, Debug, Default)]
pub(super) struct Count {
    /// The chat's clock at that time, and when the chat was created.
    seen: Option<(Seq, Timestamp)>,
    /// The number of messages ever sent.
    pub(super) all: i64,
    /// The number of messages per sender.
    pub(super) own: HashMap<UserId, i64>,
}

/// A new message, and the number of messages in the chat and by its sender, including it.
#[derive(Debug)]
pub(super) struct Tally {
    pub(super) chat: ChatId,
    pub(super) sender: UserId,
    pub(super) all: i64,
    pub(super) own: i64,
}

impl Count {
    /// True if the entry belongs to this chat and not to an earlier one with the same id.
    pub(super) fn is_of(&self, record: &ChatRecord) -> bool {
        self.seen.is_some_and(|(_, created_at)| created_at == record.chat.created_at)
    }
}

/// The chats.
#[derive(Debug)]
pub(super) struct OrdinalCache(Cache<ChatId, Count>);

impl Default for OrdinalCache {
    fn default() -> Self {
        OrdinalCache(Cache::new(CHATS))
    }
}

impl OrdinalCache {
    /// Takes the entry of a chat if it matches the tables. The caller returns it after changing it.
    pub(super) fn take(&self, record: &ChatRecord) -> Option<Count> {
        let (_, count) = self.0.remove(&record.chat.id)?;
        (count.seen == Some((record.chat.seq, record.chat.created_at))).then_some(count)
    }

    /// Caches the current state of a chat in the tables.
    pub(super) fn put(&self, record: &ChatRecord, mut count: Count) {
        if count.own.len() > SENDERS {
            count.own.clear();
        }
        count.seen = Some((record.chat.seq, record.chat.created_at));
        self.0.insert(record.chat.id.clone(), count);
    }
}
