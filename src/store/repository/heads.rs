use async_trait::async_trait;

use crate::protocol::error::Result;
use crate::protocol::{ChatId, Seq};

/// Tells how far chats have come, many at once.
#[async_trait]
pub trait Heads {
    /// The clock of each of these chats; none where there is no such chat. It MUST NOT be behind what was committed
    /// before the call began, by whichever node.
    async fn heads(&self, chats: &[ChatId]) -> Result<Vec<Option<Seq>>>;

    /// Whether a chat of this id has been there and was deleted. Its id MUST NOT be given to another.
    async fn has_ended(&self, chat: &ChatId) -> Result<bool>;
}
