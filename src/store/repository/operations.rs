use async_trait::async_trait;

use crate::domain::StoredOperation;
use crate::protocol::{OperationId, Timestamp, UserId};
use crate::store::error::Result;

/// Keeps the first outcome of each operation for as long as a client may repeat it.
///
/// 1. The outcome of a change to a chat MUST be kept in the transaction of that change.
/// 2. Of two changes with one operation, at most one MUST be committed, whichever nodes they arrive at.
#[async_trait]
pub trait Operations {
    /// The first outcome of a user's operation; none if none was committed, or if it was forgotten.
    async fn operation(&self, user: &UserId, id: &OperationId) -> Result<Option<StoredOperation>>;

    /// Keeps the outcome of an operation that changed no chat; an earlier one stays.
    async fn keep_operation(&self, operation: &StoredOperation) -> Result<()>;

    /// Forgets outcomes from before that time. A store that forgets by itself does nothing.
    async fn forget_operations(&self, before: Timestamp) -> Result<()>;
}
