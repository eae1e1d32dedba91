use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Timestamp, UserId};

/// Tells people from programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UserKind {
    /// A person.
    Human,
    /// A program.
    Bot,
}

/// What a user may do on the whole server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ServerRole {
    /// Uses the server.
    Member,
    /// Keeps order.
    Moderator,
    /// Runs the server.
    Admin,
}

/// Whether a user is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PresenceStatus {
    /// Connected.
    Online,
    /// Connected, but not looking.
    Away,
    /// Not connected.
    #[default]
    Offline,
}

/// A person or a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Never changes.
    pub id: UserId,
    /// Unique without regard to case.
    pub username: String,
    /// What people are shown.
    pub display_name: String,
    /// A picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// Person or program.
    pub kind: UserKind,
    /// What the user may do on the whole server.
    pub role: ServerRole,
    /// Whether the user is there now.
    pub status: PresenceStatus,
    /// When the user was last connected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen_at: Option<Timestamp>,
    /// When the account was made.
    pub created_at: Timestamp,
    /// Only on one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}
