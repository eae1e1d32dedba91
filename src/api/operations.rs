//! Commands with an `opId`: each runs once, and a repetition gets the first outcome.
//!
//! The outcome of a change to a chat is kept by the storage in the transaction of the change. Any other command
//! claims its `opId` before it runs.

mod claims;
mod room;
mod turns;
mod usage;

use std::time::Duration;

use serde_json::Value;
use serde_json::value::RawValue;
use tokio_tungstenite::tungstenite::Utf8Bytes;

pub use turns::{HeldClaim, OperationTurns};
pub use usage::OperationUsages;

use crate::api::command::{Effects, Encoded, EncodedReply, Prepared, Repetition, Row};
use crate::api::context::{Context, Services};
use crate::domain::{Action, Operation, StoredOperation};
use crate::ops::crypto;
use crate::ops::fault::{self, Fault};
use crate::protocol::error::{Error, Result};
use crate::protocol::wire::{self, Request};
use crate::protocol::{OperationId, Timestamp};

/// The time for which outcomes are kept.
const KEPT: Duration = Duration::from_secs(25 * 60 * 60);
/// The greatest length of an `opId`.
const LONGEST: usize = 64;

/// The operation of a request; none if it has no `opId`.
///
/// # Errors
/// INVALID_ARGUMENT at `opId` if the command takes none or the `opId` is malformed.
pub fn of_request(row: &Row, request: &Request<'_>) -> Result<Option<Operation>> {
    let Some(raw) = request.op_id.filter(|_| !fault::is(Fault::ForgetOperations)) else { return Ok(None) };
    if !row.takes_op_id {
        let sentence = format!("opId is for commands that change something durable; {} takes none", row.name);
        return Err(Error::invalid("opId", sentence));
    }
    let id: Option<String> = serde_json::from_str(raw.get()).ok();
    let is_valid = |id: &String| {
        (1..=LONGEST).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte))
    };
    let id = id.filter(is_valid).ok_or_else(|| {
        Error::invalid("opId", format!("opId must be a string of 1 to {LONGEST} characters of A-Z a-z 0-9 _ . : -"))
    })?;
    Ok(Some(Operation { id: OperationId::from(id), fingerprint: fingerprint(row, request).into() }))
}

/// A fingerprint of a command's type and fields, independent of field order and white space.
fn fingerprint(row: &Row, request: &Request<'_>) -> String {
    // A fast hash of a password must not be stored, so two commands that differ only in passwords count as one.
    let kept = request.fields.iter().filter(|(name, _)| !name.to_ascii_lowercase().ends_with("password"));
    let mut fields: Vec<(&str, String)> = kept.map(|(name, value)| (&**name, canonical(value))).collect();
    fields.sort_unstable();
    let mut text = row.name.to_owned();
    for (name, value) in fields {
        text.push('\n');
        text.push_str(name);
        text.push('=');
        text.push_str(&value);
    }
    crypto::sha256(text.as_bytes())[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// JSON with sorted names and without white space, followed by its numbers as they were written, because a double does
/// not keep all their digits. The work is linear in the length for any nesting, because clients control both.
fn canonical(raw: &RawValue) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(raw.get()) else { return raw.get().to_owned() };
    value.sort_all_objects();
    let mut numbers = numbers(raw.get());
    numbers.sort_unstable();
    format!("{value} {}", numbers.join(" "))
}

/// The numbers in a JSON text, outside its strings.
fn numbers(json: &str) -> Vec<&str> {
    let mut in_string = false;
    let mut is_escaped = false;
    let mut is_part = |character: char| {
        if is_escaped {
            is_escaped = false;
        } else if in_string && character == '\\' {
            is_escaped = true;
        } else if character == '"' {
            in_string = !in_string;
        }
        !in_string && (character.is_ascii_digit() || matches!(character, '-' | '+' | '.' | 'e' | 'E'))
    };
    let words = json.split(|character| !is_part(character));
    words.filter(|word| word.bytes().any(|byte| byte.is_ascii_digit())).collect()
}

/// Runs a command, unless its `opId` has an outcome already.
///
/// # Errors
/// The command's own error, and CONFLICT at `opId` if that was used for another command or for too many.
pub async fn run_once(context: Context, command: Box<dyn Prepared>) -> Result<Encoded> {
    if command.repetition() != Repetition::WithChange {
        return claims::run(context, command).await;
    }
    if let Some(found) = first_outcome(&context).await? {
        return repeat(&context, &found);
    }
    room::require_room(&context).await?;
    let result = command.run(context.clone()).await;
    match &result {
        Ok(Encoded::Commit(_)) => context.services.operation_usage.note(&context.user()?.id, 0),
        Ok(Encoded::Reply(reply)) => keep(&context, &reply.text).await,
        // The same command may have finished during this look-up.
        Err(_) => {
            if let Ok(Some(found)) = first_outcome(&context).await {
                return repeat(&context, &found);
            }
        }
    }
    result
}

fn repeat(context: &Context, found: &StoredOperation) -> Result<Encoded> {
    Ok(match repetition(context, found)? {
        Some(change) => Encoded::Commit(change),
        None => Encoded::Reply(EncodedReply { text: found.outcome.as_str().into(), effects: Effects::default() }),
    })
}

/// The first outcome of the command, or its claim, if it has one.
///
/// # Errors
/// CONFLICT at `opId` if that was used for another command.
async fn first_outcome(context: &Context) -> Result<Option<StoredOperation>> {
    let Some(operation) = &context.operation else { return Ok(None) };
    let user = &context.user()?.id;
    let found = context.services.repository.operation(user, &operation.id).await?;
    let since = oldest(context.services.clock.look());
    let Some(found) = found.filter(|found| found.at >= since) else { return Ok(None) };
    found.require_same(operation)?;
    Ok(Some(found))
}

/// Keeps the outcome of a command that usually changes a chat, and did not.
async fn keep(context: &Context, reply: &Utf8Bytes) {
    let (Some(operation), Ok(user)) = (&context.operation, context.user()) else { return };
    let kept = StoredOperation {
        user_id: user.id.clone(),
        id: operation.id.clone(),
        fingerprint: operation.fingerprint.to_string(),
        chat_id: None,
        seq: 0,
        outcome: wire::repeated(reply).to_string(),
        at: context.services.clock.look(),
        claim: None,
    };
    // The change is already made and must be answered; only its repetition will not be recognised.
    if let Err(error) = context.services.repository.keep_operation(&kept).await {
        tracing::warn!(error = %error, "the outcome of an opId could not be stored");
    }
}

/// The change that answers with the first outcome, in its place among the changes of its chat.
fn repetition(context: &Context, found: &StoredOperation) -> Result<Option<Box<crate::domain::Change>>> {
    found.chat_id.clone().map(|chat| context.change(chat, Action::Repeat)).transpose()
}

/// Deletes expired outcomes.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond.
pub async fn forget_expired(services: &Services) -> Result<()> {
    Ok(services.repository.forget_operations(oldest(services.clock.look())).await?)
}

fn oldest(now: Timestamp) -> Timestamp {
    now.minus(KEPT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_equal_ignoring_whitespace_and_key_order() {
        let of = |text: &str| canonical(serde_json::from_str::<&RawValue>(text).expect("JSON"));
        assert_eq!(of(r#"{ "b": [1, "x\u0041"], "a": null }"#), of(r#"{"a":null,"b":[1,"xA"]}"#));
        assert_ne!(of(r#"{"a":"1"}"#), of(r#"{"a":1}"#));
        assert_ne!(of(r#"{"n":12345678901234567890123}"#), of(r#"{"n":12345678901234567890124}"#));
        assert_ne!(of("0.1"), of("0.10000000000000000001"));
    }

    #[test]
    fn numbers_inside_strings_are_ignored() {
        let json = r#"{"a 1":[-1.5e+3,0],"b":"2 \" 3 \\","c":4,"d":false}"#;
        assert_eq!(numbers(json), ["-1.5e+3", "0", "4"]);
    }
}
