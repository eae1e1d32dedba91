//! One batch, one transaction.

use std::future::ready;

use futures_util::FutureExt;
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use super::save::save;
use super::{accounts, chats, failure, heads, messages, operations, reactions};
use crate::domain::{Change, Outcome, ReactionKey, State};
use crate::protocol::{ChatId, Message, Seq, Timestamp, UserId, Viewer};
use crate::store::error::Result;
use crate::store::loader::{Lookup, ReactionOf, Wanted, decide_all, fail_all};

/// Makes a batch durable. If a constraint refuses what the rules allowed, each change is committed on its own, so that
/// one does not spoil its neighbours.
pub(super) fn commit(connection: &mut Connection, batch: &[Change], at: Timestamp) -> Vec<Result<Outcome>> {
    match attempt(connection, batch, at) {
        Ok(results) => results,
        Err(error) if batch.len() > 1 && is_refused(&error) => {
            batch.iter().flat_map(|change| commit(connection, std::slice::from_ref(change), at)).collect()
        }
        Err(error) => fail_all(failure(error), batch.len()),
    }
}

fn is_refused(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
}

fn attempt(connection: &mut Connection, batch: &[Change], at: Timestamp) -> rusqlite::Result<Vec<Result<Outcome>>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut tables = SqliteTables { transaction: &transaction, state: State::default() };
    let decided = decide_all(&mut tables, batch, at).now_or_never();
    let results = decided.expect("SQLite answers every lookup at once")?;
    if save(&transaction, &tables.state)? > 0 {
        transaction.commit()?;
    }
    Ok(results)
}

/// Lookups in the tables, within the writing transaction.
struct SqliteTables<'a> {
    transaction: &'a Transaction<'a>,
    state: State,
}

impl SqliteTables<'_> {
    fn load(&mut self, wanted: &Wanted<'_>) -> rusqlite::Result<()> {
        let SqliteTables { transaction, state } = self;
        for chat in wanted.chats.iter().copied() {
            state.load_chat(chat, chats::chat_row(transaction, chat)?.map(|row| row.record));
        }
        for (chat, user) in wanted.members.iter().copied() {
            if !state.knows_member(chat, user) {
                state.load_member(chat, user, chats::member(transaction, chat, user)?);
            }
        }
        for (chat, message) in wanted.messages.iter().copied() {
            if !state.knows_message(chat, message) {
                state.load_message(chat, message, messages::message(transaction, chat, message)?);
            }
        }
        for chat in wanted.last_messages.iter().copied() {
            if state.lacks_last_message(chat) {
                state.load_last_message(chat, chats::last_message(transaction, chat)?);
            }
        }
        for (user, id) in wanted.operations.iter().copied() {
            state.load_operation(user, id, operations::operation(transaction, user, id)?);
        }
        for key in &wanted.channels {
            state.load_channel(key.clone(), chats::channel_holder(transaction, key)?);
        }
        for (chat, name) in &wanted.names {
            if !state.knows_name(name) {
                state.load_name(name.clone(), accounts::id_of(transaction, name)?);
            }
            if let Some(user) = state.name(name).cloned()
                && !state.knows_member(chat, &user)
            {
                state.load_member(chat, &user, chats::member(transaction, chat, &user)?);
            }
        }
        Ok(())
    }

    fn viewer_of(&self, change: &Change) -> rusqlite::Result<Option<Viewer>> {
        let Some(record) = self.state.chat(&change.chat_id) else { return Ok(None) };
        let member = self.state.member(&change.chat_id, &change.actor.id).cloned();
        chats::viewer(self.transaction, &record.chat, &change.actor.id, member).map(Some)
    }
}

impl Lookup for SqliteTables<'_> {
    type Error = rusqlite::Error;

    fn state(&mut self) -> &mut State {
        &mut self.state
    }

    fn fetch(&mut self, wanted: &Wanted<'_>) -> impl Future<Output = rusqlite::Result<()>> + Send {
        ready(self.load(wanted))
    }

    fn save(&mut self) -> impl Future<Output = rusqlite::Result<()>> + Send {
        ready(save(self.transaction, &self.state).map(drop))
    }

    fn has_ended(&mut self, chat: &ChatId) -> impl Future<Output = rusqlite::Result<bool>> + Send {
        ready(heads::has_ended(self.transaction, chat))
    }

    fn last_before(
        &mut self,
        chat: &ChatId,
        seq: Seq,
    ) -> impl Future<Output = rusqlite::Result<Option<Message>>> + Send {
        ready(messages::undeleted_before(self.transaction, chat, seq))
    }

    fn reacted_since(
        &mut self,
        chat: &ChatId,
        key: &ReactionKey,
    ) -> impl Future<Output = rusqlite::Result<Option<Seq>>> + Send {
        ready(reactions::since(self.transaction, chat, key))
    }

    fn next_reactor(
        &mut self,
        chat: &ChatId,
        reaction: ReactionOf<'_>,
    ) -> impl Future<Output = rusqlite::Result<Option<UserId>>> + Send {
        ready(reactions::next(self.transaction, chat, reaction))
    }

    fn viewer(&mut self, change: &Change) -> impl Future<Output = rusqlite::Result<Option<Viewer>>> + Send {
        ready(self.viewer_of(change))
    }
}
