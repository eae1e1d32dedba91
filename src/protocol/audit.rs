use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AuditId, ChatId, Timestamp, UserId};

/// One thing that somebody did to keep order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// Names the entry; a later one has a greater id.
    pub id: AuditId,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it.
    pub actor_id: UserId,
    /// By which command.
    pub command: String,
    /// To what: the user, or the message or chat that was deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_id: Option<String>,
    /// In which chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<ChatId>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
