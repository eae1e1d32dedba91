use schemars::JsonSchema;
use serde::Serialize;

use super::{ChatId, Seq, Timestamp, UserId};

/// A member has read up to `seq`, which is a position and does not advance the chat's `seq`. In a large chat only the
/// member's own devices receive this.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_READ", rename_all = "camelCase")]
pub struct MessageRead {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The member.
    pub user_id: UserId,
    /// The new position.
    pub seq: Seq,
    /// Time of reading.
    pub at: Timestamp,
    /// The position that every human member who can still read has read; a user's own messages count as read. Absent in
    /// a large chat, where GET_READ_STATE counts the readers of a message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_by_all_seq: Option<Seq>,
    /// True if the position was already at or beyond `seq`, and no unread mark was cleared.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub duplicate: bool,
}

/// Messages up to `seq` were delivered to a member; sent to their authors. `seq` is a position and does not advance the
/// chat's `seq`. In a large chat only the member's own devices receive this, and only for MARK_DELIVERED.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_DELIVERED", rename_all = "camelCase")]
pub struct MessageDelivered {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The member.
    pub user_id: UserId,
    /// The new position.
    pub seq: Seq,
    /// Time of delivery.
    pub at: Timestamp,
    /// True if the position was already at or beyond `seq`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub duplicate: bool,
}

/// The user marked a chat as unread from a message on; sent only to the user's own devices. GET_CHAT has the counts.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CHAT_MARKED_UNREAD", rename_all = "camelCase")]
pub struct ChatMarkedUnread {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The first message marked as unread; a position that does not advance the chat's `seq`.
    pub unread_from_seq: Seq,
    /// True if the chat was already marked from that message.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub duplicate: bool,
}

/// The user muted or unmuted a chat; sent only to the user's own devices.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CHAT_MUTED", rename_all = "camelCase")]
pub struct ChatMuted {
    /// The chat's id.
    pub chat_id: ChatId,
    /// No notifications.
    pub muted: bool,
    /// Time at which the mute ends; absent if permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// True if the request changed nothing.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub duplicate: bool,
}
