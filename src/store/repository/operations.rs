use async_trait::async_trait;

use crate::domain::{OperationClaim, StoredOperation};
use crate::protocol::{ChatId, Mute, OperationId, Seq, Timestamp, UserId};
use crate::store::error::Result;

use super::{Account, Document};

/// Keeps the first outcome of each operation for as long as a client may repeat it.
///
/// 1. The outcome of a change to a chat MUST be kept in the transaction of that change.
/// 2. Of two changes with one operation, at most one MUST be committed, whichever nodes they arrive at.
/// 3. Of those who claim one operation at once, one MUST get it. A claim that was taken over MUST NOT be ended, kept or
///    released by its former owner.
/// 4. A write that ends a claim MUST NOT happen without it. If [`Operations::ends_claims_with_writes`] is true, both are
///    one transaction.
#[async_trait]
pub trait Operations {
    /// The first outcome of a user's operation, or its claim; none if there is neither, or if it was forgotten.
    async fn operation(&self, user: &UserId, id: &OperationId) -> Result<Option<StoredOperation>>;

    /// Keeps the outcome of an operation that nobody claimed; an earlier one stays.
    async fn keep_operation(&self, operation: &StoredOperation) -> Result<()>;

    /// Claims an operation, as its `claim` says, and returns `None`; else returns what is in the way. An outcome from
    /// before the given time is not, and neither is the claim of the given owner.
    async fn claim_operation(
        &self,
        operation: &StoredOperation,
        expired: Timestamp,
        over: Option<&str>,
    ) -> Result<Option<StoredOperation>>;

    /// Keeps the outcome of a claimed operation and ends the claim, unless somebody else has it. The claim may have been
    /// ended by a write.
    async fn finish_operation(&self, claim: &OperationClaim, outcome: &str) -> Result<()>;

    /// Gives an operation back that had no effect, unless its claim has ended.
    async fn release_operation(&self, claim: &OperationClaim) -> Result<()>;

    /// Forgets outcomes from before that time. A store that forgets by itself does nothing.
    async fn forget_operations(&self, before: Timestamp) -> Result<()>;

    /// The number and size of the outcomes that are kept for a user.
    async fn operation_usage(&self, user: &UserId) -> Result<OperationUsage>;

    /// True if the following writes end the claim in their own transaction, so that a claim without an outcome means that
    /// nothing was written. In any case [`Operations::mute_once`] and [`Operations::mark_unread_once`] write once.
    fn ends_claims_with_writes(&self) -> bool;

    /// As [`Accounts::update_account`](super::Accounts::update_account). `Refused` if the claim is lost.
    async fn update_account_once(&self, account: &Account, claim: &OperationClaim) -> Result<bool>;

    /// As [`Documents::save_document`](super::Documents::save_document). `Refused` if the claim is lost.
    async fn save_document_once(&self, place: &str, document: &Document, claim: &OperationClaim) -> Result<bool>;

    /// As [`ReadCursors::mute`](super::ReadCursors::mute). `Refused` if the claim is lost. It MUST be made once for an
    /// operation, also if its claim was taken over or given back; a repetition reports that nothing changed.
    async fn mute_once(&self, chat: &ChatId, user: &UserId, mute: Mute, claim: &OperationClaim)
    -> Result<Option<Mute>>;

    /// As [`ReadCursors::mark_unread`](super::ReadCursors::mark_unread), with the rules of [`Operations::mute_once`].
    async fn mark_unread_once(
        &self,
        chat: &ChatId,
        user: &UserId,
        from: Seq,
        claim: &OperationClaim,
    ) -> Result<Option<bool>>;
}

/// The outcomes that are kept for a user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OperationUsage {
    /// The number of operations.
    pub count: u64,
    /// The bytes of their outcomes.
    pub bytes: u64,
}
