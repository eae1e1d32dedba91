use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::store::error::Result;

/// The number of different emoji that [`Totals`] lists.
pub const MOST_EMOJI: usize = 50;

/// The totals of the storage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Number of undeleted accounts.
    pub users: u64,
    /// Number of chats, including archived ones.
    pub chats: u64,
    /// Number of undeleted messages.
    pub messages: u64,
    /// Reactions on those messages by emoji: the [`MOST_EMOJI`] most frequent.
    pub reactions: BTreeMap<String, u64>,
}

/// Counts the stored records.
#[async_trait]
pub trait StoredCounts {
    /// Counts current records, excluding those deleted with their message, chat or account. The cost grows with the
    /// number of users, chats and reactions.
    ///
    /// # Errors
    /// `UNAVAILABLE` if the storage does not respond.
    async fn totals(&self) -> Result<Totals>;
}
