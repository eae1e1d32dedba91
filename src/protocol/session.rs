use schemars::JsonSchema;
use serde::Serialize;

use super::Timestamp;

/// Warns a connection that its token is about to expire; AUTHENTICATE with a new token keeps it open.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "TOKEN_EXPIRING", rename_all = "camelCase")]
pub struct TokenExpiring {
    /// The time at which the connection closes with 4401.
    pub expires_at: Timestamp,
}
