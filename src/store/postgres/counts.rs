//! How many messages chats have had, as this node knows it from what it wrote last: so that the place of a new one
//! among them need not be looked up. It holds while nobody else has moved the chat's clock.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::domain::ChatRecord;
use crate::protocol::{ChatId, Seq, Timestamp, UserId};

/// Chats that are known at most; of more, all are forgotten.
const CHATS: usize = 10_000;
/// Senders of one chat that are known at most.
const SENDERS: usize = 100;

/// What is known of a chat.
#[derive(Debug, Default)]
pub(super) struct Count {
    /// Where the chat's clock stood, and when the chat was made.
    seen: Option<(Seq, Timestamp)>,
    /// How many messages it has had.
    pub(super) all: i64,
    /// How many of them each sender sent.
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
    /// Whether it was counted in that chat, and not in one before of the same id.
    pub(super) fn is_of(&self, record: &ChatRecord) -> bool {
        self.seen.is_some_and(|(_, created_at)| created_at == record.chat.created_at)
    }
}

/// The chats.
#[derive(Debug, Default)]
pub(super) struct Counts(Mutex<HashMap<ChatId, Count>>);

impl Counts {
    fn lock(&self) -> MutexGuard<'_, HashMap<ChatId, Count>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of a chat as it stands in the tables. Whoever takes it puts it back when that has been changed.
    pub(super) fn take(&self, record: &ChatRecord) -> Option<Count> {
        let count = self.lock().remove(&record.chat.id)?;
        (count.seen == Some((record.chat.seq, record.chat.created_at))).then_some(count)
    }

    /// Remembers a chat as the tables have it now.
    pub(super) fn put(&self, record: &ChatRecord, mut count: Count) {
        if count.own.len() > SENDERS {
            count.own.clear();
        }
        count.seen = Some((record.chat.seq, record.chat.created_at));
        let mut chats = self.lock();
        if chats.len() >= CHATS {
            chats.clear();
        }
        chats.insert(record.chat.id.clone(), count);
    }
}
