use serde::{Deserialize, Serialize};

use super::ids;
use crate::domain::StoredOperation;
use crate::protocol::ChatId;

/// Seconds for which an outcome is kept.
pub(super) const TIME_TO_LIVE: u32 = 25 * 60 * 60;

/// An outcome in the partition of its chat.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChatOperation {
    pub(super) id: String,
    chat_id: ChatId,
    pub(super) operation: StoredOperation,
    ttl: u32,
}

impl ChatOperation {
    pub(super) fn new(chat: &ChatId, operation: &StoredOperation) -> Self {
        ChatOperation {
            id: ids::operation(&operation.user_id, &operation.id),
            chat_id: chat.clone(),
            operation: operation.clone(),
            ttl: TIME_TO_LIVE,
        }
    }
}
