//! The outcomes of commands with an `opId`.
//!
//! The outcome of a change is stored in its chat's partition, in the same batch as the change. A document in the user's
//! partition, written before, names that chat. Cosmos deletes both when their time to live expires. A claimed change of a
//! member is stored in one batch with such a document in the chat's partition, without an outcome.

use async_trait::async_trait;
use azure_data_cosmos::Query;
use azure_data_cosmos::models::TransactionalBatch;
use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};

use super::chat_operation::{ChatOperation, TIME_TO_LIVE};
use super::container::{Batched, WriteResult};
use super::documents::MemberDocument;
use super::failure::contended;
use super::partition::with_member;
use super::{CONCURRENT, CosmosRepository, Store, ids, queries};
use crate::domain::{Change, OperationClaim, RepeatedOperation, StoredOperation};
use crate::protocol::{ChatId, Mute, OperationId, Seq, Timestamp, UserId};
use crate::store::error::{Result, StoreError};
use crate::store::repository::{Account, Accounts, Document, Documents, OperationUsage, Operations};

/// Attempts to write a document that others write too.
const ATTEMPTS: usize = 10;
/// The name that the requests are counted under.
const OPERATION: &str = "operation";

/// An operation in the partition of its user: with its outcome, or with the chat that has it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserOperation {
    id: String,
    user_id: UserId,
    operation: StoredOperation,
    /// The bytes of the outcome; an estimate if it stands in the chat.
    #[serde(default)]
    operation_bytes: u64,
    ttl: u32,
    #[serde(rename = "_etag", default, skip_serializing)]
    etag: String,
}

impl UserOperation {
    fn new(operation: StoredOperation) -> Self {
        let id = by_user(&operation.id);
        let operation_bytes = operation.outcome.len() as u64;
        let user_id = operation.user_id.clone();
        UserOperation { id, user_id, operation, operation_bytes, ttl: TIME_TO_LIVE, etag: String::new() }
    }

    fn has_claim(&self, claim: &OperationClaim) -> bool {
        self.operation.claim.as_ref() == Some(&claim.by)
    }
}

#[async_trait]
impl Operations for CosmosRepository {
    async fn operation(&self, user: &UserId, id: &OperationId) -> Result<Option<StoredOperation>> {
        self.store.operation_of(user, id).await
    }

    async fn keep_operation(&self, operation: &StoredOperation) -> Result<()> {
        let document = UserOperation::new(operation.clone());
        self.store.users.create(&operation.user_id, &document.id, &document, OPERATION).await.map(drop)
    }

    async fn claim_operation(
        &self,
        operation: &StoredOperation,
        expired: Timestamp,
        over: Option<&str>,
    ) -> Result<Option<StoredOperation>> {
        let users = &self.store.users;
        let document = UserOperation::new(operation.clone());
        for _ in 0..ATTEMPTS {
            let made = users.create(&operation.user_id, &document.id, &document, OPERATION).await?;
            if let WriteResult::Done(_) = made {
                return Ok(None);
            }
            let Some(found) = self.store.user_operation(&operation.user_id, &operation.id).await? else { continue };
            // The request may have been sent twice.
            if found.operation.claim == operation.claim {
                return Ok(None);
            }
            let etag = found.etag.clone();
            if let Some(found) = self.store.in_the_way(found.operation, expired, over).await? {
                return Ok(Some(found));
            }
            let replaced = users.replace(&operation.user_id, &document.id, &document, &etag, OPERATION).await?;
            if let WriteResult::Done(_) = replaced {
                return Ok(None);
            }
        }
        Err(contended())
    }

    async fn finish_operation(&self, claim: &OperationClaim, outcome: &str) -> Result<()> {
        let users = &self.store.users;
        for _ in 0..ATTEMPTS {
            let found = self.store.user_operation(&claim.user_id, &claim.id).await?;
            let Some(found) = found.filter(|found| found.has_claim(claim)) else { return Ok(()) };
            let operation = StoredOperation { claim: None, outcome: outcome.to_owned(), ..found.operation };
            let done = UserOperation::new(operation);
            if let WriteResult::Done(_) = users.replace(&claim.user_id, &done.id, &done, &found.etag, OPERATION).await?
            {
                return Ok(());
            }
        }
        Err(contended())
    }

    async fn release_operation(&self, claim: &OperationClaim) -> Result<()> {
        let found = self.store.user_operation(&claim.user_id, &claim.id).await?;
        let Some(found) = found.filter(|found| found.has_claim(claim)) else { return Ok(()) };
        // A claim that has changed meanwhile is not this one any more.
        self.store.users.delete(&claim.user_id, &found.id, Some(&found.etag), OPERATION).await.map(drop)
    }

    async fn forget_operations(&self, _: Timestamp) -> Result<()> {
        Ok(())
    }

    async fn operation_usage(&self, user: &UserId) -> Result<OperationUsage> {
        let users = &self.store.users;
        let counts: Vec<u64> = users.query(user, Query::from(queries::OPERATION_COUNT), OPERATION).await?;
        // The sum of nothing is null.
        let bytes: Vec<Option<u64>> = users.query(user, Query::from(queries::OPERATION_BYTES), OPERATION).await?;
        Ok(OperationUsage { count: counts.into_iter().sum(), bytes: bytes.into_iter().flatten().sum() })
    }

    /// No transaction of Cosmos reaches beyond one partition of one container.
    fn ends_claims_with_writes(&self) -> bool {
        false
    }

    async fn update_account_once(&self, account: &Account, claim: &OperationClaim) -> Result<bool> {
        self.store.require_claim(claim).await?;
        self.update_account(account).await
    }

    async fn save_document_once(&self, place: &str, document: &Document, claim: &OperationClaim) -> Result<bool> {
        self.store.require_claim(claim).await?;
        self.save_document(place, document).await
    }

    async fn mute_once(
        &self,
        chat: &ChatId,
        user: &UserId,
        mute: Mute,
        claim: &OperationClaim,
    ) -> Result<Option<Mute>> {
        let mut old = mute;
        let change = |member: &mut MemberDocument| old = member.set_mute(mute);
        let changed = self.store.change_member_once(chat, user, claim, change).await?;
        // Of a repetition there is nothing to tell.
        Ok(changed.map(|changed| if changed == MemberChange::Made { old } else { mute }))
    }

    async fn mark_unread_once(
        &self,
        chat: &ChatId,
        user: &UserId,
        from: Seq,
        claim: &OperationClaim,
    ) -> Result<Option<bool>> {
        let mut is_new = false;
        let change = |member: &mut MemberDocument| is_new = member.set_unread_from(Some(from)) != Some(from);
        let changed = self.store.change_member_once(chat, user, claim, change).await?;
        Ok(changed.map(|changed| is_new && changed == MemberChange::Made))
    }
}

/// The outcome of a change of a member that is made once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MemberChange {
    /// This claim made it.
    Made,
    /// An earlier claim of the same operation had made it.
    MadeBefore,
}

impl Store {
    async fn operation_of(&self, user: &UserId, id: &OperationId) -> Result<Option<StoredOperation>> {
        let Some(UserOperation { operation, .. }) = self.user_operation(user, id).await? else { return Ok(None) };
        self.outcome_of(operation).await
    }

    async fn user_operation(&self, user: &UserId, id: &OperationId) -> Result<Option<UserOperation>> {
        self.users.read(user, &by_user(id), OPERATION).await
    }

    /// An operation of a user's partition, with its outcome if that stands in a chat; none if that is not there.
    async fn outcome_of(&self, operation: StoredOperation) -> Result<Option<StoredOperation>> {
        let Some(chat) = &operation.chat_id else { return Ok(Some(operation)) };
        let id = ids::operation(&operation.user_id, &operation.id);
        let done: Option<ChatOperation> = self.messages.read(chat, &id, OPERATION).await?;
        Ok(done.map(|done| done.operation))
    }

    /// The operation, if it keeps another from being claimed.
    async fn in_the_way(
        &self,
        found: StoredOperation,
        expired: Timestamp,
        over: Option<&str>,
    ) -> Result<Option<StoredOperation>> {
        if let Some(claim) = &found.claim {
            return Ok(Some(found.clone()).filter(|_| over != Some(claim)));
        }
        Ok(self.outcome_of(found).await?.filter(|found| found.at >= expired))
    }

    async fn require_claim(&self, claim: &OperationClaim) -> Result<StoredOperation> {
        let found = self.user_operation(&claim.user_id, &claim.id).await?;
        let held = found.filter(|found| found.has_claim(claim)).map(|found| found.operation);
        held.ok_or_else(|| StoreError::Refused(OperationClaim::lost()))
    }

    /// Changes a member of a chat in one batch with a document that the operation can create there once: of an operation
    /// whose claim was taken over, or given back, the change is made once too. None for a user who is not a member.
    async fn change_member_once(
        &self,
        chat: &ChatId,
        user: &UserId,
        claim: &OperationClaim,
        mut change: impl FnMut(&mut MemberDocument) + Send,
    ) -> Result<Option<MemberChange>> {
        let claimed = self.require_claim(claim).await?;
        let done = ChatOperation::new(chat, &claimed);
        let ids = [ids::member(user), done.id.clone()];
        for _ in 0..ATTEMPTS {
            let mut look = self.look(chat, &ids, OPERATION).await?;
            let is_living = look.living().is_some();
            if let Some(found) = look.operations.remove(&done.id) {
                return made_by(&found.operation, &claimed).map(Some);
            }
            let Some(member) = look.members.get_mut(user).filter(|member| is_living && member.present) else {
                return Ok(None);
            };
            change(member);
            let batch = with_member(TransactionalBatch::new(chat.to_string()), member)?;
            let batch = batch.create_item(&done).map_err(StoreError::internal)?;
            if let Batched::Done(_) = self.messages.batch(batch, OPERATION).await? {
                return Ok(Some(MemberChange::Made));
            }
        }
        Err(contended())
    }

    /// Records where the outcomes of these changes will be stored; an error for each change that must not be made.
    /// `size` estimates the bytes of an outcome.
    pub(super) async fn begin_operations(
        &self,
        batch: &[Change],
        at: Timestamp,
        size: fn(&Change) -> usize,
    ) -> Vec<Result<()>> {
        let begun = batch.iter().map(|change| self.begin_operation(change, at, size));
        stream::iter(begun.collect::<Vec<_>>()).buffered(CONCURRENT).collect().await
    }

    async fn begin_operation(&self, change: &Change, at: Timestamp, size: fn(&Change) -> usize) -> Result<()> {
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
            claim: None,
        });
        let document = UserOperation { operation_bytes: size(change) as u64, ..document };
        if let WriteResult::Done(_) = self.users.create(user, &document.id, &document, OPERATION).await? {
            return Ok(());
        }
        if let Some(found) = self.operation_of(user, &operation.id).await? {
            found.require_same(operation)?;
            return Err(RepeatedOperation::error(found).into());
        }
        self.users.upsert(user, &document.id, &document, OPERATION).await.map(drop)
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
        Ok(matches!(self.messages.batch(batch, OPERATION).await?, Batched::Done(_)))
    }
}

/// Tells who has made a change of a member: the request of this claim may have been sent twice.
fn made_by(found: &StoredOperation, claimed: &StoredOperation) -> Result<MemberChange> {
    if found.fingerprint != claimed.fingerprint {
        return Err(StoreError::Refused(OperationClaim::used()));
    }
    let is_own = found.claim == claimed.claim;
    Ok(if is_own { MemberChange::Made } else { MemberChange::MadeBefore })
}

fn by_user(id: &OperationId) -> String {
    format!("operation:{}", ids::encoded(id))
}
