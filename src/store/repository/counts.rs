use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::store::error::Result;

/// The number of different emoji that [`Totals`] lists.
pub const MOST_EMOJI: usize = 50;

/// The totals of the storage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Accounts that are not deleted.
    pub users: u64,
    /// Chats, including archived ones.
    pub chats: u64,
    /// Messages that are not deleted.
    pub messages: u64,
    /// Reactions on those messages by emoji: the [`MOST_EMOJI`] most frequent.
    pub reactions: BTreeMap<String, u64>,
}

/// Counts what is stored.
#[async_trait]
pub trait StoredCounts {
    /// Counts current records, without those deleted with their message, chat or account. The cost grows with the
    /// number of users, chats and reactions.
    ///
    /// # Errors
    /// `UNAVAILABLE` if the storage does not answer.
    async fn totals(&self) -> Result<Totals>;
}
