use schemars::JsonSchema;
use serde::Serialize;

use super::is_false;
use crate::protocol::{ChatId, Message, MessageId, Reaction, Seq, User, UserId};

/// The text of a message changed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_EDITED", rename_all = "camelCase")]
pub struct MessageEdited {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The event's `seq`.
    pub seq: Seq,
    /// The message as it is now.
    pub message: Message,
    /// True if the request changed nothing.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// A message was deleted and replaced with a tombstone.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_DELETED", rename_all = "camelCase")]
pub struct MessageDeleted {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The event's `seq`.
    pub seq: Seq,
    /// The message's id.
    pub message_id: MessageId,
    /// The tombstone.
    pub message: Message,
    /// The user who deleted it.
    pub by: UserId,
    /// The reason given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The messages that are still pinned, if the deleted message was pinned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned: Option<Vec<MessageId>>,
    /// True if the message was already deleted.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// A message was pinned.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_PINNED", rename_all = "camelCase")]
pub struct MessagePinned {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The event's `seq`.
    pub seq: Seq,
    /// The message's id.
    pub message_id: MessageId,
    /// The user who pinned it.
    pub by: UserId,
    /// All pinned messages, oldest pin first.
    pub pinned: Vec<MessageId>,
    /// True if the message was already pinned.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// A message was unpinned.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_UNPINNED", rename_all = "camelCase")]
pub struct MessageUnpinned {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The event's `seq`.
    pub seq: Seq,
    /// The message's id.
    pub message_id: MessageId,
    /// The user who unpinned it.
    pub by: UserId,
    /// All pinned messages, oldest pin first.
    pub pinned: Vec<MessageId>,
    /// True if the message was not pinned.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// A reaction was added.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "REACTION_ADDED", rename_all = "camelCase")]
pub struct ReactionAdded {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The event's `seq`.
    pub seq: Seq,
    /// The message's id.
    pub message_id: MessageId,
    /// The emoji.
    pub emoji: String,
    /// The user who reacted.
    pub user: User,
    /// All reactions to the message now.
    pub reactions: Vec<Reaction>,
    /// True if the user already had this reaction.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// A reaction was removed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "REACTION_REMOVED", rename_all = "camelCase")]
pub struct ReactionRemoved {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The event's `seq`.
    pub seq: Seq,
    /// The message's id.
    pub message_id: MessageId,
    /// The emoji.
    pub emoji: String,
    /// The user who removed the reaction.
    pub user: User,
    /// All reactions to the message now.
    pub reactions: Vec<Reaction>,
    /// True if the user did not have this reaction.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// A message mentions the receiving member; never stored, and among the first dropped from a full queue.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MENTION", rename_all = "camelCase")]
pub struct Mention {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The message.
    pub message: Message,
}
