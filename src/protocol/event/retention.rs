use schemars::JsonSchema;
use serde::Serialize;

use super::is_false;
use crate::protocol::{ChatId, Seq, UserId};

/// Retention removed the oldest messages of a chat. They leave no tombstones: discard messages below `beforeSeq`, and
/// fetch the chat again for its counts and pinned messages.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "HISTORY_TRIMMED", rename_all = "camelCase")]
pub struct HistoryTrimmed {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The event's `seq`.
    pub seq: Seq,
    /// The chat's `firstSeq` from now on.
    pub before_seq: Seq,
}

/// An admin of the server put the chat on hold, or released it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "HOLD_CHANGED", rename_all = "camelCase")]
pub struct HoldChanged {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The event's `seq`.
    pub seq: Seq,
    /// True if nothing in the chat may be edited, deleted or removed by retention.
    pub hold: bool,
    /// The user who did it.
    pub by: UserId,
    /// True if the request changed nothing.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}
