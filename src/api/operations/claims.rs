//! Commands that change no chat: each claims its `opId` in the storage before it runs, and keeps its outcome after.
//!
//! On one node those who send the same `opId` take turns; between nodes the storage gives the claim to one. A claim
//! without an outcome whose owner has died is taken over, unless running the command again could overwrite later changes.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::sleep;

use super::room;
use super::turns::{HeldClaim, running};
use crate::api::command::{Encoded, Prepared, Repetition};
use crate::api::context::Context;
use crate::domain::{Operation, OperationClaim, StoredOperation};
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{Timestamp, wire};

/// The time after which another node's claim counts as abandoned: more than any command takes.
const LEASE: Duration = Duration::from_secs(20);
/// The pauses between looks at a command that runs on another node.
const PAUSES: [u64; 6] = [20, 50, 100, 300, 600, 900];
/// The greatest outcome that is kept, in bytes. Of a longer one the repetition is answered from the state.
const MOST: usize = 4 << 10;

fn in_doubt() -> Error {
    let sentence = "this command was interrupted, and it is unknown if it took effect; \
        look at the present state, then use a new opId";
    Error::conflict(sentence).at("opId")
}

/// The result of an attempt to claim an operation.
enum Claimed {
    /// It has this outcome already.
    Done(StoredOperation),
    /// It is to be run. True if somebody else has tried.
    Mine(OperationClaim, bool),
}

/// Runs a command under its claim, or answers with its first outcome.
///
/// # Errors
/// The command's own error. At `opId` CONFLICT for an id of another command, for one too many, and for one whose outcome
/// is unknown; `UNAVAILABLE` while the command runs elsewhere.
pub async fn run(mut context: Context, mut command: Box<dyn Prepared>) -> Result<Encoded> {
    let services = context.services.clone();
    let user = context.user()?.id.clone();
    let repetition = command.repetition();
    let again = command.take_again();
    let Some(operation) = context.operation.clone() else { return command.run(context).await };
    let _turn = services.operations.enter((user, operation.id.clone())).await?;
    if let Err(error) = room::require_room(&context).await {
        return match super::first_outcome(&context).await? {
            Some(found) if found.claim.is_none() => answer_again(context, found, again).await,
            _ => Err(error),
        };
    }
    let (claim, is_resumed) = match claim(&context, &operation, repetition).await? {
        Claimed::Done(found) => return answer_again(context, found, again).await,
        Claimed::Mine(claim, is_resumed) => (claim, is_resumed),
    };
    let held = Arc::new(HeldClaim::new(claim));
    context.claim = Some(held.clone());
    let error = match command.run(context.clone()).await {
        Ok(reply) => return finish(&context, &held, repetition, reply).await,
        Err(error) => error,
    };
    let has_no_effect = !matches!(error.code, Code::Unavailable | Code::Internal);
    if has_no_effect || may_resume(&context, repetition) {
        release(&context, held.claim()).await;
    }
    // The write may have been made and not answered.
    if let Ok(Some(found)) = super::first_outcome(&context).await
        && found.claim.is_none()
    {
        return answer_again(context, found, again).await;
    }
    match again.filter(|_| is_resumed && repetition == Repetition::Harmless && error.code == Code::NotFound) {
        // The one who was interrupted had done it.
        Some(again) => repeated(again.repeat(context).await),
        None => Err(error),
    }
}

/// True if an abandoned claim without an outcome may be run again.
fn may_resume(context: &Context, repetition: Repetition) -> bool {
    match repetition {
        Repetition::Harmless | Repetition::WithMembership => true,
        Repetition::WithWrite => context.services.repository.ends_claims_with_writes(),
        Repetition::WithChange | Repetition::Doubtful => false,
    }
}

async fn claim(context: &Context, operation: &Operation, repetition: Repetition) -> Result<Claimed> {
    let services = &context.services;
    let user = &context.user()?.id;
    let claim = OperationClaim {
        user_id: user.clone(),
        id: operation.id.clone(),
        by: format!("{}:{}", services.node, uuid::Uuid::new_v4().simple()),
    };
    let mut over: Option<String> = None;
    let mut pauses = PAUSES.iter();
    loop {
        let now = services.clock.look();
        let wanted = StoredOperation {
            user_id: user.clone(),
            id: operation.id.clone(),
            fingerprint: operation.fingerprint.to_string(),
            chat_id: None,
            seq: 0,
            outcome: String::new(),
            at: now,
            claim: Some(claim.by.clone()),
        };
        let asked = services.repository.claim_operation(&wanted, super::oldest(now), over.as_deref()).await;
        if asked.is_err() {
            // It may have been claimed without an answer.
            release(context, &claim).await;
        }
        let Some(found) = asked? else { return Ok(Claimed::Mine(claim, over.is_some())) };
        found.require_same(operation)?;
        let Some(other) = found.claim.clone() else { return Ok(Claimed::Done(found)) };
        let left = lease_left(&other, found.at, now, &services.node);
        if left.is_zero() && over.as_ref() != Some(&other) {
            if !may_resume(context, repetition) {
                return Err(in_doubt());
            }
            over = Some(other);
            continue;
        }
        match pauses.next() {
            Some(pause) => sleep(Duration::from_millis(*pause)).await,
            None => return Err(running(left.min(Duration::from_secs(1)))),
        }
    }
}

/// The time until a claim counts as abandoned. A claim of this node is: whoever runs the operation here has the turn.
fn lease_left(claim: &str, since: Timestamp, now: Timestamp, node: &str) -> Duration {
    let is_nobodys = claim.is_empty() || claim.split_once(':').is_some_and(|(owner, _)| owner == node);
    if is_nobodys {
        return Duration::ZERO;
    }
    let age = Duration::from_millis(u64::try_from(now.millis() - since.millis()).unwrap_or(0));
    LEASE.saturating_sub(age)
}

/// Keeps the outcome before the command is answered.
async fn finish(context: &Context, held: &HeldClaim, repetition: Repetition, reply: Encoded) -> Result<Encoded> {
    let Encoded::Reply(encoded) = &reply else {
        release(context, held.claim()).await;
        return Err(Error::internal("a command that claims its opId changed a chat"));
    };
    let outcome = match &encoded.effects.kept {
        Some(kept) => kept.as_str().into(),
        None => wire::repeated(&encoded.text),
    };
    let kept = if outcome.len() <= MOST { outcome.as_str() } else { "" };
    let Err(error) = context.services.repository.finish_operation(held.claim(), kept).await else {
        context.services.operation_usage.note(&held.claim().user_id, kept.len());
        return Ok(reply);
    };
    // Nothing was written, so a repetition would run: it must not after it was answered.
    if repetition == Repetition::WithWrite && context.services.repository.ends_claims_with_writes() && !held.is_ended()
    {
        return Err(error.into());
    }
    // The change is made and has to be answered.
    tracing::warn!(error = %error, "the outcome of an opId could not be kept");
    Ok(reply)
}

async fn release(context: &Context, claim: &OperationClaim) {
    if let Err(error) = context.services.repository.release_operation(claim).await {
        tracing::debug!(error = %error, "a claim of an opId stays until it expires");
    }
}

/// The first outcome: as it was kept, or from the present state.
async fn answer_again(context: Context, found: StoredOperation, again: Option<Box<dyn Prepared>>) -> Result<Encoded> {
    if let Some(refused) = again.as_ref().and_then(|again| again.refuse_again(&found.outcome)) {
        return Err(refused);
    }
    match again.filter(|_| found.outcome.is_empty()) {
        Some(again) => repeated(again.repeat(context).await),
        None => super::repeat(&context, &found),
    }
}

/// The reply to a repetition.
fn repeated(result: Result<Encoded>) -> Result<Encoded> {
    let mut encoded = result?;
    if let Encoded::Reply(reply) = &mut encoded {
        reply.text = wire::repeated(&reply.text).as_str().into();
    }
    Ok(encoded)
}
