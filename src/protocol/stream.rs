use schemars::JsonSchema;
use serde::Serialize;

use super::{ChatId, Message, MessageId, UserId};

/// A stream began; takes no `seq`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "STREAM_STARTED", rename_all = "camelCase")]
pub struct StreamStarted {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The id of the future message.
    pub message_id: MessageId,
    /// The message so far; its `seq` is 0 until the stream ends.
    pub message: Message,
    /// True if the stream was already running; nothing was published.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// A piece of a stream; takes no `seq`. If pieces are missing, SYNC has the text so far.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_CHUNK", rename_all = "camelCase")]
pub struct MessageChunk {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The id of the future message.
    pub message_id: MessageId,
    /// The next piece of the text.
    pub content: String,
    /// Index of the piece, from 0.
    pub index: u64,
}

/// A piece of a stream was accepted and published.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "STREAM_APPENDED", rename_all = "camelCase")]
pub struct StreamAppended {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The id of the future message.
    pub message_id: MessageId,
    /// Index of the piece, from 0.
    pub index: u64,
}

/// The author is asked to stop. For members: the stream ended without a message.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "STREAM_STOPPED", rename_all = "camelCase")]
pub struct StreamStopped {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The message's id.
    pub message_id: MessageId,
    /// True if the author had already been asked, or the stream had ended.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Asks the author of a stream to stop; names the first user who asked.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "STOP_REQUESTED", rename_all = "camelCase")]
pub struct StopRequested {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The id of the future message.
    pub message_id: MessageId,
    /// The first user who asked.
    pub by: UserId,
}

/// A message being streamed, with its text so far.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StreamedMessage {
    /// The message; its `seq` is 0 until the stream ends.
    #[serde(flatten)]
    pub message: Message,
    /// The index of the first MESSAGE_CHUNK that is not in `content`.
    pub next_index: u64,
}

fn is_false(flag: &bool) -> bool {
    !flag
}
