use async_trait::async_trait;

use crate::domain::StoredOperation;
use crate::protocol::{OperationId, Timestamp, UserId};
use crate::store::error::Result;

/// Stores the first outcome of each operation for as long as a client may repeat it.
///
/// 1. The outcome of a change to a chat MUST be stored in the transaction of that change.
/// 2. Of two changes for one operation, at most one MUST be committed, whichever nodes they arrive at.
#[async_trait]
pub trait Operations {
    /// The first outcome of a user's operation; none if none was committed, or if it has been forgotten.
    async fn operation(&self, user: &UserId, id: &OperationId) -> Result<Option<StoredOperation>>;

    /// Stores the outcome of an operation that changed no chat; an earlier one is kept.
    async fn keep_operation(&self, operation: &StoredOperation) -> Result<()>;

    /// Deletes outcomes from before this time. A store that expires them itself does nothing.
    async fn forget_operations(&self, before: Timestamp) -> Result<()>;
}
