//! Ordinals of messages as this node knows them from its last write, so that those of a new message need not be read.
//!
//! An entry is valid while nobody else has advanced the chat's clock.

use std::collections::HashMap;

use quick_cache::sync::Cache;

use crate::domain::ChatRecord;
use crate::protocol::{ChatId, Seq, Timestamp, UserId};

/// Chats that are known at most.
const CHATS: usize = 10_000;
/// Senders of one chat that are known at most.
const SENDERS: usize = 100;

/// The ordinals of a chat.
#[derive(Clone, Debug, Default)]
pub(super) struct Count {
    /// Where the chat's clock stood, and when the chat was made.
    seen: Option<(Seq, Timestamp)>,
    /// The number of messages ever sent.
    pub(super) all: i64,
    /// The number of messages per sender.
    pub(super) own: HashMap<UserId, i64>,
}

/// A new message, and how many the chat and its sender there have had with it.
#[derive(Debug)]
pub(super) struct Tally {
    pub(super) chat: ChatId,
    pub(super) sender: UserId,
    pub(super) all: i64,
    pub(super) own: i64,
}

impl Count {
    /// True if it belongs to this chat and not to an earlier one with the same id.
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
    /// Takes the entry of a chat if it matches the tables. The caller puts it back after changing it.
    pub(super) fn take(&self, record: &ChatRecord) -> Option<Count> {
        let (_, count) = self.0.remove(&record.chat.id)?;
        (count.seen == Some((record.chat.seq, record.chat.created_at))).then_some(count)
    }

    /// Remembers a chat as the tables have it now.
    pub(super) fn put(&self, record: &ChatRecord, mut count: Count) {
        if count.own.len() > SENDERS {
            count.own.clear();
        }
        count.seen = Some((record.chat.seq, record.chat.created_at));
        self.0.insert(record.chat.id.clone(), count);
    }
}
