use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ChatId, ClientJson, MessageId, Seq, Timestamp, User, UserId, UserKind};

/// The role of a message in a conversation with an assistant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MessageRole {
    /// An ordinary member.
    #[default]
    User,
    /// An assistant's answer; bots only.
    Assistant,
    /// A notice; bots only.
    System,
}

/// A message's sender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Sender {
    /// The user's id.
    pub id: UserId,
    /// The username at the time of reading.
    pub username: String,
    /// The name shown to people.
    pub display_name: String,
    /// Person or bot.
    pub kind: UserKind,
    /// The version of the profile that has this name; a higher version is newer.
    // Nodes of version 0.2.0 omit it in messages between nodes.
    #[serde(default)]
    #[schemars(!default)]
    pub version: u64,
}

impl From<&User> for Sender {
    fn from(user: &User) -> Self {
        Sender {
            id: user.id.clone(),
            username: user.username.clone(),
            display_name: user.display_name.clone(),
            kind: user.kind,
            version: user.version,
        }
    }
}

/// A file that a message points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Attachment {
    /// The file's id, if this server stores it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `http` or `https`; for a file that this server stores, its path `/files/ID`.
    #[schemars(length(max = 2048), regex(pattern = "^(https?://|/files/)"))]
    pub url: String,
    /// The file's name.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// The media type, for example `image/png`.
    #[schemars(length(max = 127), regex(pattern = "/"))]
    pub mime_type: String,
    /// Width of an image in pixels, if its sender declared it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100_000))]
    pub width: Option<u32>,
    /// Height of an image in pixels, if its sender declared it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100_000))]
    pub height: Option<u32>,
}

/// The reactions with one emoji.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reaction {
    /// An emoji in its full form, or a name such as `:shipit:`.
    pub emoji: String,
    /// Number of users.
    pub count: u64,
    /// The first 50 users.
    pub user_ids: Vec<UserId>,
    /// True if the asking user is among them; never in events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub me: Option<bool>,
}

/// A message, or the tombstone of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Chosen by the client, or a UUIDv7.
    pub id: MessageId,
    /// The message's chat.
    pub chat_id: ChatId,
    /// The position in the chat.
    pub seq: Seq,
    /// The `seq` of its latest change.
    pub updated_seq: Seq,
    /// The sender.
    pub sender: Sender,
    /// The message's role: `user`, `assistant` or `system`.
    pub role: MessageRole,
    /// The text as sent; empty in a tombstone.
    pub content: String,
    /// Attached files.
    pub attachments: Vec<Attachment>,
    /// The message this one replies to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// Members named with `@`.
    pub mentions: Vec<UserId>,
    /// Emoji.
    pub reactions: Vec<Reaction>,
    /// Data of the sender's application, as it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<ClientJson>,
    /// Time of sending.
    pub created_at: Timestamp,
    /// Time of the latest edit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// Time of deletion; only in a tombstone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
}
