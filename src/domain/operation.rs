use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, OperationId, Seq, Timestamp, UserId};

/// The `opId` of a command, and a fingerprint of the command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Unique per user.
    pub id: OperationId,
    /// Differs between commands whose type or fields differ.
    pub fingerprint: Arc<str>,
}

/// The first outcome of an operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredOperation {
    /// The caller.
    pub user_id: UserId,
    /// Unique per user.
    pub id: OperationId,
    /// See [`Operation::fingerprint`].
    pub fingerprint: String,
    /// The chat that was changed; none if the command changed no chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<ChatId>,
    /// The position of the change on the chat's clock.
    pub seq: Seq,
    /// The reply that a repetition gets, with `duplicate:true`.
    pub outcome: String,
    /// Time of the commit, or of the claim.
    pub at: Timestamp,
    /// The one who runs the command now; none once there is an outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
}

/// Says who runs a command that carries an `opId`. Of those who send it at once, one gets the claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationClaim {
    /// The caller.
    pub user_id: UserId,
    /// The `opId`.
    pub id: OperationId,
    /// Unique per claim.
    pub by: String,
}

impl OperationClaim {
    /// The refusal of a write whose claim somebody else has taken over. Nothing was written.
    pub fn lost() -> Error {
        Error::passing("this command runs elsewhere under the same opId; try again with the same opId")
    }

    /// The refusal of an `opId` that belongs to another command.
    pub fn used() -> Error {
        Error::conflict("you have used this opId for another command; use a new one").at("opId")
    }
}

impl StoredOperation {
    /// Checks that the operation is the same command.
    ///
    /// # Errors
    /// CONFLICT at `opId` if it is a different command.
    pub fn require_same(&self, operation: &Operation) -> Result<()> {
        if self.fingerprint == *operation.fingerprint {
            return Ok(());
        }
        Err(OperationClaim::used())
    }
}

/// The cause of an error for an operation that already has an outcome.
#[derive(Debug, thiserror::Error)]
#[error("the operation has an outcome")]
pub struct RepeatedOperation(pub StoredOperation);

impl RepeatedOperation {
    /// The error for a change whose operation already has an outcome.
    pub fn error(found: StoredOperation) -> Error {
        let mut error = Error::conflict("this opId was used before").at("opId");
        error.cause = Some(Box::new(RepeatedOperation(found)));
        error
    }

    /// The recorded outcome, if the change was refused because of it.
    pub fn of(error: &Error) -> Option<&StoredOperation> {
        error.cause.as_ref()?.downcast_ref::<RepeatedOperation>().map(|RepeatedOperation(found)| found)
    }
}
