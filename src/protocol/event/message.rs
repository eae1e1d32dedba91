use schemars::JsonSchema;
use serde::Serialize;

use super::is_false;
use crate::protocol::{ChatId, Message, MessageId, Reaction, Seq, User, UserId};

/// Tells of a changed text.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_EDITED", rename_all = "camelCase")]
pub struct MessageEdited {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The place on the chat's clock.
    pub seq: Seq,
    /// The message as it is now.
    pub message: Message,
    /// It said so already.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells of a message of which only a tombstone is left.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_DELETED", rename_all = "camelCase")]
pub struct MessageDeleted {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The place on the chat's clock.
    pub seq: Seq,
    /// Which message.
    pub message_id: MessageId,
    /// The tombstone.
    pub message: Message,
    /// Who did it.
    pub by: UserId,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// It was deleted already.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells of a message that stays in sight.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_PINNED", rename_all = "camelCase")]
pub struct MessagePinned {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The place on the chat's clock.
    pub seq: Seq,
    /// Which message.
    pub message_id: MessageId,
    /// Who did it.
    pub by: UserId,
    /// All that are pinned now, oldest pin first.
    pub pinned: Vec<MessageId>,
    /// It was pinned already.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells of a message that is pinned no more.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_UNPINNED", rename_all = "camelCase")]
pub struct MessageUnpinned {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The place on the chat's clock.
    pub seq: Seq,
    /// Which message.
    pub message_id: MessageId,
    /// Who did it.
    pub by: UserId,
    /// All that are pinned now, oldest pin first.
    pub pinned: Vec<MessageId>,
    /// It was not pinned.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells of an emoji on a message.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "REACTION_ADDED", rename_all = "camelCase")]
pub struct ReactionAdded {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The place on the chat's clock.
    pub seq: Seq,
    /// Which message.
    pub message_id: MessageId,
    /// Which emoji.
    pub emoji: String,
    /// Who did it.
    pub user: User,
    /// All reactions to the message as they are now.
    pub reactions: Vec<Reaction>,
    /// It was there already.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells of an emoji that is taken back.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "REACTION_REMOVED", rename_all = "camelCase")]
pub struct ReactionRemoved {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The place on the chat's clock.
    pub seq: Seq,
    /// Which message.
    pub message_id: MessageId,
    /// Which emoji.
    pub emoji: String,
    /// Who did it.
    pub user: User,
    /// All reactions to the message as they are now.
    pub reactions: Vec<Reaction>,
    /// It was not there.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells a member of a message that names them; never stored, and the first to be dropped.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MENTION", rename_all = "camelCase")]
pub struct Mention {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The message.
    pub message: Message,
}
