use schemars::JsonSchema;
use serde::Serialize;

use super::{ChatId, Message, MessageId, UserId};

/// Tells of an answer that is about to be streamed; carries no tick.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "STREAM_STARTED", rename_all = "camelCase")]
pub struct StreamStarted {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The id that the message will have.
    pub message_id: MessageId,
    /// The message as far as it goes; its `seq` is 0 until it has a place on the chat's clock.
    pub message: Message,
    /// It runs already, and nobody was told again.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells of a part of an answer; carries no tick. Where parts are missing, SYNC has what there is so far.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_CHUNK", rename_all = "camelCase")]
pub struct MessageChunk {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The id that the message will have.
    pub message_id: MessageId,
    /// What comes after what there was.
    pub content: String,
    /// Counts the parts of this message from 0.
    pub index: u64,
}

/// A part of an answer is on its way to the others.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "STREAM_APPENDED", rename_all = "camelCase")]
pub struct StreamAppended {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The id that the message will have.
    pub message_id: MessageId,
    /// Counts the parts of this message from 0.
    pub index: u64,
}

/// The author is asked to stop; to members: the stream has ended without a message.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "STREAM_STOPPED", rename_all = "camelCase")]
pub struct StreamStopped {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The id that the message has or would have had.
    pub message_id: MessageId,
    /// The author had been asked already, or the stream had ended.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Asks the author of a stream to end it; the first who asks is named.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "STOP_REQUESTED", rename_all = "camelCase")]
pub struct StopRequested {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The id that the message will have.
    pub message_id: MessageId,
    /// Who asks.
    pub by: UserId,
}

/// An answer that is being streamed, as far as it goes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StreamedMessage {
    /// The message; its `seq` is 0 until it has a place on the chat's clock.
    #[serde(flatten)]
    pub message: Message,
    /// The index of the first MESSAGE_CHUNK that is not in `content`.
    pub next_index: u64,
}

fn is_false(flag: &bool) -> bool {
    !flag
}
