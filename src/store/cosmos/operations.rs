//! The outcomes of commands with an `opId`.
//!
//! The outcome of a change is stored in its chat's partition, in the same batch as the change. A document in the user's
//! partition, written before, names that chat. Cosmos deletes both when their time to live expires.

use async_trait::async_trait;
use azure_data_cosmos::models::TransactionalBatch;
use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};

use super::container::WriteResult;
use super::{CONCURRENT, CosmosRepository, Store, ids};
use crate::domain::{Change, RepeatedOperation, StoredOperation};
use crate::protocol::{ChatId, OperationId, Timestamp, UserId};
use crate::store::error::{Result, StoreError};
use crate::store::repository::Operations;

/// Seconds for which an outcome is kept.
const TIME_TO_LIVE: u32 = 25 * 60 * 60;

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

/// An operation in the partition of its user: with its outcome, or with the chat that has it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserOperation {
    id: String,
    user_id: UserId,
    operation: StoredOperation,
    ttl: u32,
}

impl UserOperation {
    fn new(operation: StoredOperation) -> Self {
        let id = by_user(&operation.id);
        UserOperation { id, user_id: operation.user_id.clone(), operation, ttl: TIME_TO_LIVE }
    }
}

#[async_trait]
impl Operations for CosmosRepository {
    async fn operation(&self, user: &UserId, id: &OperationId) -> Result<Option<StoredOperation>> {
        self.store.operation_of(user, id).await
    }

    async fn keep_operation(&self, operation: &StoredOperation) -> Result<()> {
        let document = UserOperation::new(operation.clone());
        self.store.users.create(&operation.user_id, &document.id, &document, "operation").await.map(drop)
    }

    async fn forget_operations(&self, _: Timestamp) -> Result<()> {
        Ok(())
    }
}

impl Store {
    async fn operation_of(&self, user: &UserId, id: &OperationId) -> Result<Option<StoredOperation>> {
        let begun: Option<UserOperation> = self.users.read(user, &by_user(id), "operation").await?;
        let Some(UserOperation { operation, .. }) = begun else { return Ok(None) };
        let Some(chat) = &operation.chat_id else { return Ok(Some(operation)) };
        let done: Option<ChatOperation> = self.messages.read(chat, &ids::operation(user, id), "operation").await?;
        Ok(done.map(|done| done.operation))
    }

    /// Records where the outcomes of these changes will be stored; an error for each change that must not be made.
    pub(super) async fn begin_operations(&self, batch: &[Change], at: Timestamp) -> Vec<Result<()>> {
        let begun = batch.iter().map(|change| self.begin_operation(change, at));
        stream::iter(begun.collect::<Vec<_>>()).buffered(CONCURRENT).collect().await
    }

    async fn begin_operation(&self, change: &Change, at: Timestamp) -> Result<()> {
        let Some(operation) = &change.operation else { return Ok(()) };
        let user = &change.actor.id;
        let document = UserOperation::new(StoredOperation {
            user_id: user.clone(),
            id: operation.id.clone(),
            fingerprint: operation.fingerprint.to_string(),
            chat_id: Some(change.chat_id.clone()),
            seq: 0,
            outcome: String::new(),
            at,
        });
        if let WriteResult::Done(_) = self.users.create(user, &document.id, &document, "operation").await? {
            return Ok(());
        }
        if let Some(found) = self.operation_of(user, &operation.id).await? {
            found.require_same(operation)?;
            return Err(RepeatedOperation::error(found).into());
        }
        self.users.upsert(user, &document.id, &document, "operation").await.map(drop)
    }

    /// Stores the outcomes of no-op changes; false if one of the operations already has an outcome.
    pub(super) async fn keep_in_chat(&self, chat: &ChatId, operations: &[ChatOperation]) -> Result<bool> {
        if operations.is_empty() {
            return Ok(true);
        }
        let mut batch = TransactionalBatch::new(chat.to_string());
        for operation in operations {
            batch = batch.create_item(operation).map_err(StoreError::internal)?;
        }
        Ok(matches!(self.messages.batch(batch, "operation").await?, super::container::Batched::Done(_)))
    }
}

fn by_user(id: &OperationId) -> String {
    format!("operation:{}", ids::encoded(id))
}
