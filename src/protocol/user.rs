use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Timestamp, UserId};

/// The id and username of the built-in administrator, who has no password.
pub const BUILT_IN_ADMIN: &str = "admin";

/// Distinguishes people from bots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UserKind {
    /// A person.
    Human,
    /// A program.
    Bot,
}

/// A user's role on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ServerRole {
    /// Has no authority over others.
    Member,
    /// Moderates the whole server.
    Moderator,
    /// Administers the whole server.
    Admin,
}

/// A user's presence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PresenceStatus {
    /// Connected.
    Online,
    /// Connected but inactive.
    Away,
    /// Not connected.
    #[default]
    Offline,
}

/// A person or a bot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Never changes.
    pub id: UserId,
    /// Unique, ignoring case.
    pub username: String,
    /// The name shown to people.
    pub display_name: String,
    /// A picture: an http or https address, or a path on this server that needs no credentials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// Person or bot.
    pub kind: UserKind,
    /// The user's role on the server.
    pub role: ServerRole,
    /// The user's presence; `offline` to those who share no chat with the user.
    pub status: PresenceStatus,
    /// Time of the last connection; only to those who share a chat with the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen_at: Option<Timestamp>,
    /// Time of creation.
    pub created_at: Timestamp,
    /// The e-mail address; visible only to the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Increases with every change of the profile, so the higher version is the newer one.
    #[serde(default)]
    pub version: u64,
}
