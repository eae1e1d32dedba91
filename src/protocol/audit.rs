use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AuditId, ChatId, Timestamp, UserId};

/// An entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// The entry's id; later entries have greater ids.
    pub id: AuditId,
    /// Time of the entry.
    pub at: Timestamp,
    /// The user who ran the command.
    pub actor_id: UserId,
    /// The command.
    pub command: String,
    /// The user, message or chat that the command acted on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_id: Option<String>,
    /// The chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<ChatId>,
    /// The reason, as given by the actor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
