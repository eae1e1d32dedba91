//! One batch, one transaction.

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use super::save::save;
use super::{accounts, chats, failure, heads, messages, reactions};
use crate::domain::{Change, Needs, Outcome, State, decide};
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
    let mut state = State::default();
    let mut results = Vec::with_capacity(batch.len());
    for change in batch {
        load(&transaction, &mut state, change)?;
        results.push(decide(&mut state, change, at));
    }
    if save(&transaction, &state)? > 0 {
        transaction.commit()?;
    }
    Ok(results)
}

/// Looks up what must be known to decide the change and is not known from those before it.
fn load(transaction: &Transaction<'_>, state: &mut State, change: &Change) -> rusqlite::Result<()> {
    let chat = &change.chat_id;
    if !state.knows_chat(chat) {
        state.load_chat(chat, chats::chat_row(transaction, chat)?.map(|row| row.record));
    }
    if state.lacks_end(change) {
        state.load_end(chat, heads::has_ended(transaction, chat)?);
    }
    let needs = change.needs();
    for user in &needs.members {
        if !state.knows_member(chat, user) {
            state.load_member(chat, user, chats::member(transaction, chat, user)?);
        }
    }
    for message in &needs.messages {
        if !state.knows_message(chat, message) {
            state.load_message(chat, message, messages::message(transaction, chat, message)?);
        }
    }
    if let Some(key) = &needs.channel
        && !state.knows_channel(key)
    {
        state.load_channel(key.clone(), chats::channel_named(transaction, key)?);
    }
    for name in needs.names.iter().cloned() {
        load_name(transaction, state, (chat, name))?;
    }
    load_around(transaction, state, change)?;
    load_view(transaction, state, change, &needs)
}

/// Looks up who has a username, and how they stand in the chat.
fn load_name(
    transaction: &Transaction<'_>,
    state: &mut State,
    (chat, name): (&ChatId, String),
) -> rusqlite::Result<()> {
    if !state.knows_name(&name) {
        let user = accounts::id_of(transaction, &name)?;
        state.load_name(name.clone(), user);
    }
    if let Some(user) = state.name(&name).cloned()
        && !state.knows_member(chat, &user)
    {
        let member = chats::member(transaction, chat, &user)?;
        state.load_member(chat, &user, member);
    }
    Ok(())
}

/// Looks up what a change of a message depends on beside it. What is looked up among other changes is looked up in the
/// tables, which must hold what this batch has done so far; saving again is harmless.
fn load_around(transaction: &Transaction<'_>, state: &mut State, change: &Change) -> rusqlite::Result<()> {
    let chat = &change.chat_id;
    if let Some(key) = state.lacks_reaction(change) {
        let since = reactions::since(transaction, chat, &key)?;
        state.load_reaction(chat, key, since);
    }
    if let Some(reaction) = state.lacks_next_reactor(change) {
        save(transaction, state)?;
        let next = reactions::next(transaction, chat, reaction)?;
        state.load_next_reactor(chat, next);
    }
    Ok(())
}

/// Looks up what only an answer shows: the last message, and what the actor alone is told.
fn load_view(
    transaction: &Transaction<'_>,
    state: &mut State,
    change: &Change,
    needs: &Needs<'_>,
) -> rusqlite::Result<()> {
    let (chat, actor) = (&change.chat_id, &change.actor.id);
    if needs.last_message && state.lacks_last_message(chat) {
        let last_message = chats::last_message(transaction, chat)?;
        state.load_last_message(chat, last_message);
    }
    if let Some(last) = state.lacks_previous(change) {
        save(transaction, state)?;
        let previous = messages::undeleted_before(transaction, chat, last)?;
        state.load_previous(chat, previous);
    }
    if needs.viewer && state.member(chat, actor).is_some_and(|member| member.role.is_some()) {
        // Counts come from the tables too.
        save(transaction, state)?;
        if let (Some(record), member) = (state.chat(chat), state.member(chat, actor)) {
            let viewer = chats::viewer(transaction, &record.chat, actor, member.cloned())?;
            state.load_viewer(chat, actor, viewer);
        }
    }
    Ok(())
}
