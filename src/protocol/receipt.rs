use schemars::JsonSchema;
use serde::Serialize;

use super::{ChatId, Seq, Timestamp, UserId};

/// Tells how far a member has read. `seq` is a position and takes no tick.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_READ", rename_all = "camelCase")]
pub struct MessageRead {
    /// The chat's id.
    pub chat_id: ChatId,
    /// Who has read.
    pub user_id: UserId,
    /// How far.
    pub seq: Seq,
    /// Since when.
    pub at: Timestamp,
    /// How far every member has read; one's own messages count as read.
    pub read_by_all_seq: Seq,
    /// The mark stood there already, or further.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub duplicate: bool,
}

/// Tells the authors how far messages have reached a member. `seq` is a position and takes no tick.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_DELIVERED", rename_all = "camelCase")]
pub struct MessageDelivered {
    /// The chat's id.
    pub chat_id: ChatId,
    /// Whom they have reached.
    pub user_id: UserId,
    /// How far.
    pub seq: Seq,
    /// Since when.
    pub at: Timestamp,
    /// The mark stood there already, or further.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub duplicate: bool,
}

/// Tells one's own devices whether one wants no notifications of a chat.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CHAT_MUTED", rename_all = "camelCase")]
pub struct ChatMuted {
    /// The chat's id.
    pub chat_id: ChatId,
    /// No notifications are wanted.
    pub muted: bool,
    /// Until when; absent while muted: for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// It was so already.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub duplicate: bool,
}
