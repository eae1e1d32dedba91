use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Timestamp, TokenId, UserId};

/// A permission of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Commands that only read, and events; every token has it.
    Read,
    /// Commands that write.
    Write,
    /// Admin commands; only for admins.
    Admin,
}

impl Scope {
    /// The scope on the wire.
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
    /// The token's id, which REVOKE_API_TOKEN takes.
    pub id: TokenId,
    /// The token's name.
    pub name: String,
    /// The permissions of the token.
    pub scopes: Vec<Scope>,
    /// The user or bot that the token authenticates.
    pub user_id: UserId,
    /// Time of creation.
    pub created_at: Timestamp,
    /// Time at which it expires; absent if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Time of last use, rounded to the minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
}
