use schemars::JsonSchema;
use serde::Serialize;

use super::{ChatId, PresenceStatus, Timestamp, User, UserId};

/// A member started or stopped typing; takes no `seq`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "TYPING", rename_all = "camelCase")]
pub struct Typing {
    /// The chat.
    pub chat_id: ChatId,
    /// The user.
    pub user: User,
    /// True while the member is typing.
    pub typing: bool,
    /// Time at which the typing state expires.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// True if it was already published.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// A user's presence changed; takes no `seq`. A connection that asked for batches with SET_CAPABILITIES gets
/// simultaneous changes as `users`, instead of the fields of one user.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "PRESENCE", rename_all = "camelCase")]
pub struct PresenceChanged {
    /// The user.
    pub user: User,
    /// The user's presence: online while any connection is, then away, then offline.
    pub status: PresenceStatus,
    /// Time of the last connection, if offline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen_at: Option<Timestamp>,
    /// The changes of several users, one each; for connections that asked for batches with SET_CAPABILITIES.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<PresenceUpdate>,
    /// True if the request changed nothing; nothing was published.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// One user's presence in a batch of simultaneous changes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PresenceUpdate {
    /// The user.
    pub user: User,
    /// The user's presence.
    pub status: PresenceStatus,
    /// Time of the last connection, if offline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen_at: Option<Timestamp>,
}

/// The presence of one user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Presence {
    /// The user.
    pub user_id: UserId,
    /// The user's presence.
    pub status: PresenceStatus,
    /// Time of the last connection, if offline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen_at: Option<Timestamp>,
}

impl From<User> for Presence {
    fn from(user: User) -> Self {
        Presence { user_id: user.id, status: user.status, last_seen_at: user.last_seen_at }
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}
