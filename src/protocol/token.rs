use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Timestamp, TokenId, UserId};

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Commands that only look.
    Read,
    /// Commands that change something.
    Write,
    /// Commands that run the server; only for those who are admins.
    Admin,
}

impl Scope {
    /// The scope as it stands on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Write => "write",
            Scope::Admin => "admin",
        }
    }
}

/// An API token without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Token {
    /// Names the token, for instance to revoke it.
    pub id: TokenId,
    /// What its maker called it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// Whom it authenticates.
    pub user_id: UserId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working; absent: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// When it last authenticated, to the minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
}
