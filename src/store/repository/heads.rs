use async_trait::async_trait;

use crate::protocol::{ChatId, Seq};
use crate::store::error::Result;

/// A chat's clock, and its number of members at that position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChatSize {
    pub seq: Seq,
    pub members: u64,
}

/// Reads the clocks of chats, many at once.
#[async_trait]
pub trait Heads {
    /// The clock of each of these chats; none if the chat does not exist. It MUST include everything committed before
    /// the call began, by any node.
    async fn heads(&self, chats: &[ChatId]) -> Result<Vec<Option<Seq>>>;

    /// The clock and the number of members of each of these chats, under the same rule.
    async fn sizes(&self, chats: &[ChatId]) -> Result<Vec<Option<ChatSize>>>;

    /// The ids of the next chats after this one, in order.
    async fn every_chat(&self, after: Option<&ChatId>, limit: usize) -> Result<Vec<ChatId>>;

    /// True if a chat with this id existed and was deleted. Its id MUST NOT be given to another chat.
    async fn has_ended(&self, chat: &ChatId) -> Result<bool>;
}
