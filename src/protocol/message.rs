use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{ChatId, MessageId, Seq, Timestamp, User, UserId, UserKind};

/// For whom a message speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MessageRole {
    /// A participant.
    #[default]
    User,
    /// An assistant's answer; bots only.
    Assistant,
    /// A notice; bots only.
    System,
}

/// Who sent a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Sender {
    /// The user's id.
    pub id: UserId,
    /// The user's name.
    pub username: String,
    /// What people are shown.
    pub display_name: String,
    /// Person or program.
    pub kind: UserKind,
}

impl From<&User> for Sender {
    fn from(user: &User) -> Self {
        Sender {
            id: user.id.clone(),
            username: user.username.clone(),
            display_name: user.display_name.clone(),
            kind: user.kind,
        }
    }
}

/// A file that a message points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Attachment {
    /// The file's id, where this server keeps it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `http` or `https`.
    #[schemars(length(max = 2048), regex(pattern = "^https?://"))]
    pub url: String,
    /// The file's name.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// For instance `image/png`.
    #[schemars(length(max = 127), regex(pattern = "/"))]
    pub mime_type: String,
}

/// One emoji on a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reaction {
    /// At most 32 bytes.
    pub emoji: String,
    /// How many users.
    pub count: u64,
    /// The first 50 of them.
    pub user_ids: Vec<UserId>,
    /// Whether the asking user is among them; never in events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub me: Option<bool>,
}

/// A message, or the tombstone of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Chosen by the client, or a UUIDv7.
    pub id: MessageId,
    /// Where it was said.
    pub chat_id: ChatId,
    /// Its place on the chat's clock.
    pub seq: Seq,
    /// The place of its latest change.
    pub updated_seq: Seq,
    /// Who said it.
    pub sender: Sender,
    /// For whom it speaks.
    pub role: MessageRole,
    /// The text as it was sent; empty in a tombstone.
    pub content: String,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// The message this one answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// Members named with `@`.
    pub mentions: Vec<UserId>,
    /// Emoji.
    pub reactions: Vec<Reaction>,
    /// Whatever the sender's program keeps with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// When it was committed.
    pub created_at: Timestamp,
    /// When its text was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// When it was deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
}
