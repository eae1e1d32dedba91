use schemars::JsonSchema;
use serde::Serialize;

use super::{ChatId, Seq, Timestamp, UserId};

/// A member has read up to `seq`, which is a position, not a tick. In a large chat only the member's own devices learn
/// it.
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
    /// The position that every human member who can still read has read; one's own messages count as read. Absent in a
    /// large chat, where GET_READ_STATE counts the readers of a message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_by_all_seq: Option<Seq>,
    /// True if the position was already that far or further, and no unread mark was cleared.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub duplicate: bool,
}

/// Messages up to `seq` were delivered to a member; sent to their authors. `seq` is a position, not a tick. In a large
/// chat only the member's own devices learn it, and only of MARK_DELIVERED.
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
    /// True if the position was already that far or further.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub duplicate: bool,
}

/// The user marked a chat unread from a message on; sent to own devices only. GET_CHAT has the counts.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CHAT_MARKED_UNREAD", rename_all = "camelCase")]
pub struct ChatMarkedUnread {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The first message that is marked unread; a position, not a tick.
    pub unread_from_seq: Seq,
    /// True if the chat was already marked from there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub duplicate: bool,
}

/// The user muted or unmuted a chat; sent to own devices only.
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
