use async_trait::async_trait;

use crate::domain::RetentionPolicy;
use crate::protocol::{ChatId, Timestamp};
use crate::store::error::Result;

use super::Page;

/// Finds the chats from which [`Action::Trim`](crate::domain::Action::Trim) would remove messages.
///
/// Rules for every backend:
/// 1. A trim MUST remove messages in the order of their `seq`, with their reactions, mentions and index entries, in the
///    transaction that advances the chat's clock.
/// 2. A backend MAY remove only some of the due messages, as many as one transaction takes; the chat is then listed
///    again.
#[async_trait]
pub trait Retention: std::fmt::Debug + Send + Sync + 'static {
    /// A page of chats, ordered by id, whose oldest message is past the chat's retention period. Chats on hold are left
    /// out. A page may be shorter than `limit` even if more follow.
    async fn expired_chats(
        &self,
        policy: RetentionPolicy,
        now: Timestamp,
        after: Option<&ChatId>,
        limit: usize,
    ) -> Result<Page<ChatId>>;
}
