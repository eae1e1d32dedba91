//! One batch, one transaction.

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use super::save::save;
use super::{accounts, chats, failure, heads, messages, reactions};
use crate::domain::{Change, Facts, Needs, Outcome, decide};
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, Timestamp};

/// Makes the batch durable. A change that the tables do not allow, though the rules did, is taken alone.
pub(super) fn commit(connection: &mut Connection, batch: &[Change], at: Timestamp) -> Vec<Result<Outcome>> {
    match attempt(connection, batch, at) {
        Ok(results) => results,
        Err(error) if batch.len() > 1 && is_refused(&error) => {
            batch.iter().flat_map(|change| commit(connection, std::slice::from_ref(change), at)).collect()
        }
        Err(error) => refuse(failure(error), batch.len()),
    }
}

/// The same failure for every change of a batch.
pub(super) fn refuse(error: Error, count: usize) -> Vec<Result<Outcome>> {
    let mut results: Vec<_> = (1..count).map(|_| Err(error.repeated())).collect();
    results.insert(0, Err(error));
    results.truncate(count);
    results
}

fn is_refused(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
}

fn attempt(connection: &mut Connection, batch: &[Change], at: Timestamp) -> rusqlite::Result<Vec<Result<Outcome>>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut facts = Facts::default();
    let mut results = Vec::with_capacity(batch.len());
    for change in batch {
        load(&transaction, &mut facts, change)?;
        results.push(decide(&mut facts, change, at));
    }
    if save(&transaction, &facts)? > 0 {
        transaction.commit()?;
    }
    Ok(results)
}

/// Looks up what must be known to decide the change and is not known from those before it.
fn load(transaction: &Transaction<'_>, facts: &mut Facts, change: &Change) -> rusqlite::Result<()> {
    let chat = &change.chat_id;
    if !facts.knows_chat(chat) {
        facts.load_chat(chat, chats::chat_row(transaction, chat)?.map(|row| row.record));
    }
    if facts.lacks_end(change) {
        facts.load_end(chat, heads::has_ended(transaction, chat)?);
    }
    let needs = change.needs();
    for user in &needs.members {
        if !facts.knows_member(chat, user) {
            facts.load_member(chat, user, chats::member(transaction, chat, user)?);
        }
    }
    for message in &needs.messages {
        if !facts.knows_message(chat, message) {
            facts.load_message(chat, message, messages::message(transaction, chat, message)?);
        }
    }
    if let Some(key) = &needs.channel
        && !facts.knows_channel(key)
    {
        facts.load_channel(key.clone(), chats::channel_named(transaction, key)?);
    }
    for name in needs.names.iter().cloned() {
        load_name(transaction, facts, (chat, name))?;
    }
    load_around(transaction, facts, change)?;
    load_view(transaction, facts, change, &needs)
}

/// Looks up who has a username, and how they stand in the chat.
fn load_name(
    transaction: &Transaction<'_>,
    facts: &mut Facts,
    (chat, name): (&ChatId, String),
) -> rusqlite::Result<()> {
    if !facts.knows_name(&name) {
        let user = accounts::id_of(transaction, &name)?;
        facts.load_name(name.clone(), user);
    }
    if let Some(user) = facts.name(&name).cloned()
        && !facts.knows_member(chat, &user)
    {
        let member = chats::member(transaction, chat, &user)?;
        facts.load_member(chat, &user, member);
    }
    Ok(())
}

/// Looks up what a change of a message depends on beside it. What is looked up among other changes is looked up in the
/// tables, which must hold what this batch has done so far; saving again is harmless.
fn load_around(transaction: &Transaction<'_>, facts: &mut Facts, change: &Change) -> rusqlite::Result<()> {
    let chat = &change.chat_id;
    if let Some(key) = facts.lacks_reaction(change) {
        let since = reactions::since(transaction, chat, &key)?;
        facts.load_reaction(chat, key, since);
    }
    if let Some(reaction) = facts.lacks_next_reactor(change) {
        save(transaction, facts)?;
        let next = reactions::next(transaction, chat, reaction)?;
        facts.load_next_reactor(chat, next);
    }
    Ok(())
}

/// Looks up what only an answer shows: the last message, and what the actor alone is told.
fn load_view(
    transaction: &Transaction<'_>,
    facts: &mut Facts,
    change: &Change,
    needs: &Needs<'_>,
) -> rusqlite::Result<()> {
    let (chat, actor) = (&change.chat_id, &change.actor.id);
    if needs.last_message && facts.lacks_last_message(chat) {
        let last_message = chats::last_message(transaction, chat)?;
        facts.load_last_message(chat, last_message);
    }
    if let Some(last) = facts.lacks_previous(change) {
        save(transaction, facts)?;
        let previous = messages::undeleted_before(transaction, chat, last)?;
        facts.load_previous(chat, previous);
    }
    if needs.viewer && facts.member(chat, actor).is_some_and(|member| member.role.is_some()) {
        // Counts come from the tables too.
        save(transaction, facts)?;
        if let (Some(record), member) = (facts.chat(chat), facts.member(chat, actor)) {
            let viewer = chats::viewer(transaction, &record.chat, actor, member.cloned())?;
            facts.load_viewer(chat, actor, viewer);
        }
    }
    Ok(())
}
