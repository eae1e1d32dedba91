use async_trait::async_trait;

use crate::protocol::{ChatId, MessageId, UserId};
use crate::store::error::Result;

/// Finds a user's data in chats, for the export of the user's data.
#[async_trait]
pub trait OwnData {
    /// Every undeleted chat that the user is or was a member of, by id.
    async fn chats_ever_joined(&self, user: &UserId) -> Result<Vec<ChatId>>;

    /// The user's reactions in a chat, on undeleted messages.
    async fn reactions_in(&self, chat: &ChatId, user: &UserId) -> Result<Vec<OwnReaction>>;
}

/// A reaction of the caller.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnReaction {
    /// The message that the reaction is on.
    pub message: MessageId,
    /// The emoji.
    pub emoji: String,
}
