use schemars::JsonSchema;
use serde::Serialize;

use super::{ChatId, PresenceStatus, Timestamp, User, UserId};

/// Tells that somebody began to type, or stopped; carries no tick.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "TYPING", rename_all = "camelCase")]
pub struct Typing {
    /// In which chat.
    pub chat_id: ChatId,
    /// Who.
    pub user: User,
    /// Whether they type.
    pub typing: bool,
    /// When it ends by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// The others know already, and were not told again.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells that somebody came, went, or looks away; carries no tick.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "PRESENCE", rename_all = "camelCase")]
pub struct PresenceChanged {
    /// Who.
    pub user: User,
    /// Whether they are there: online while any of their connections is, then away, then offline.
    pub status: PresenceStatus,
    /// When they were last connected, for one who is offline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen_at: Option<Timestamp>,
    /// It was so already, and nobody was told.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Whether one user is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Presence {
    /// Who.
    pub user_id: UserId,
    /// Whether they are there.
    pub status: PresenceStatus,
    /// When they were last connected, for one who is offline.
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
