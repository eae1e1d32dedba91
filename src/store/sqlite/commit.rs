//! Commits one batch in one transaction.

use std::collections::{HashMap, HashSet};
use std::future::ready;

use futures_util::FutureExt;
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use super::journal::append::ChatBase;
use super::journal::fold::fold;
use super::journal::{JournalIndex, Staged};
use super::save::save;
use super::view::ChatsView;
use super::{accounts, chats, failure, heads, messages, operations, reactions, retention};
use crate::domain::{Change, ChangedRecord, ChatRecord, Outcome, ReactionKey, State};
use crate::protocol::{ChatId, Message, Seq, Timestamp, UserId, Viewer};
use crate::store::error::Result;
use crate::store::loader::{Lookup, ReactionOf, Wanted, decide_all, fail_all};

/// Makes a batch durable. If a constraint refuses what the rules allowed, each change is committed separately, so that
/// one does not affect the others.
pub(super) fn commit(
    connection: &mut Connection,
    journal: &JournalIndex,
    batch: &[Change],
    at: Timestamp,
) -> Vec<Result<Outcome>> {
    match attempt(connection, journal, batch, at) {
        Ok(results) => results,
        Err(error) if batch.len() > 1 && is_refused(&error) => {
            let alone = |change| commit(connection, journal, std::slice::from_ref(change), at);
            batch.iter().flat_map(alone).collect()
        }
        Err(error) => fail_all(failure(error), batch.len()),
    }
}

fn is_refused(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
}

fn attempt(
    connection: &mut Connection,
    journal: &JournalIndex,
    batch: &[Change],
    at: Timestamp,
) -> rusqlite::Result<Vec<Result<Outcome>>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let captured = journal.capture(batch.iter().map(|change| &change.chat_id));
    let mut tables = SqliteTables {
        view: ChatsView::of_writer(&transaction, captured),
        transaction: &transaction,
        staged: journal.stage(),
        found: HashMap::new(),
        direct: HashSet::new(),
        state: State::default(),
    };
    let decided = decide_all(&mut tables, batch, at).now_or_never();
    let results = decided.expect("SQLite answers every lookup at once")?;
    let is_changed = tables.write(Way::Journal)?;
    let staged = tables.staged;
    if is_changed {
        transaction.commit()?;
        journal.apply(staged);
    }
    Ok(results)
}

/// Look-ups in the tables, within the writing transaction.
struct SqliteTables<'a> {
    transaction: &'a Transaction<'a>,
    view: ChatsView<'a>,
    staged: Staged,
    /// The chats before the batch.
    found: HashMap<ChatId, ChatBase>,
    /// Chats that are written to the ordered tables, to which all of their pending rows have been moved.
    direct: HashSet<ChatId>,
    state: State,
}

/// The destination of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// The journal, for changes that it can take.
    Journal,
    /// The ordered tables for all changes, so that statements find them.
    Tables,
}

/// The changes of a batch to a chat.
#[derive(Debug, Default)]
struct ChatChanges<'a> {
    record: Option<&'a ChatRecord>,
    messages: Vec<&'a Message>,
    /// True if there are changes of other kinds.
    others: bool,
}

impl<'a> ChatChanges<'a> {
    fn add(&mut self, record: ChangedRecord<'a>) {
        match record {
            ChangedRecord::Chat(record) => self.record = Some(record),
            ChangedRecord::Message(message) => self.messages.push(message),
            ChangedRecord::NoChat(_)
            | ChangedRecord::Trimmed(..)
            | ChangedRecord::Member(..)
            | ChangedRecord::Reaction(..)
            | ChangedRecord::Operation(_) => self.others = true,
        }
    }

    /// True if the only changes are new messages without mentions. Edits and deletions of a message sent in the same
    /// batch have also taken a tick, so there are then fewer messages than ticks.
    fn are_plain_messages(&self, before: &ChatBase) -> bool {
        let is_plain = |message: &&Message| {
            message.seq > before.seq && message.updated_seq == message.seq && message.mentions.is_empty()
        };
        let Some(record) = self.record.filter(|_| !self.others) else { return false };
        record.changed_seq == before.changed_seq
            && record.chat.seq == before.seq + self.messages.len() as u64
            && self.messages.iter().all(is_plain)
    }
}

impl SqliteTables<'_> {
    /// Writes the decisions; false if there is nothing to write. Writing twice is harmless.
    fn write(&mut self, way: Way) -> rusqlite::Result<bool> {
        let SqliteTables { transaction, view, staged, found, direct, state } = self;
        let mut by_chat: HashMap<&ChatId, ChatChanges<'_>> = HashMap::new();
        let mut is_changed = false;
        for record in state.changed() {
            is_changed = true;
            if let Some(chat) = record.chat_id() {
                by_chat.entry(chat).or_default().add(record);
            }
        }
        by_chat.retain(|chat, changes| {
            let before = found.get(*chat).filter(|_| way == Way::Journal && !direct.contains(*chat));
            before.is_some_and(|before| changes.are_plain_messages(before))
        });
        // The outcomes of operations too: in this transaction, wherever their messages are written.
        let is_journaled = |record: &ChangedRecord<'_>| record.chat_id().is_some_and(|chat| by_chat.contains_key(chat));
        let others = || state.changed().filter(|record| !is_journaled(record));
        for record in others() {
            let Some(chat) = record.chat_id() else { continue };
            if direct.insert(chat.clone())
                && let Some(pending) = view.take(chat)
            {
                staged.settled.push(chat.clone());
                if !matches!(record, ChangedRecord::NoChat(_)) {
                    fold(transaction, chat, &pending)?;
                }
            }
        }
        save(transaction, others())?;
        for (chat, mut changes) in by_chat {
            changes.messages.sort_unstable_by_key(|message| message.seq);
            for message in changes.messages {
                staged.message(transaction, &found[chat], message)?;
            }
        }
        Ok(is_changed)
    }

    fn load(&mut self, wanted: &Wanted<'_>) -> rusqlite::Result<()> {
        let SqliteTables { transaction, view, found, state, .. } = self;
        for chat in wanted.chats.iter().copied() {
            let record = chats::chat_row(view, chat)?.map(|row| row.record);
            if let Some(record) = &record {
                found.insert(chat.clone(), ChatBase::of(record));
            }
            state.load_chat(chat, record);
        }
        for (chat, user) in wanted.members.iter().copied() {
            if !state.knows_member(chat, user) {
                state.load_member(chat, user, chats::member(view, chat, user)?);
            }
        }
        for (chat, message) in wanted.messages.iter().copied() {
            if !state.knows_message(chat, message) {
                state.load_message(chat, message, messages::message(view, chat, message)?);
            }
        }
        for chat in wanted.last_messages.iter().copied() {
            if state.lacks_last_message(chat) {
                state.load_last_message(chat, chats::last_message(view, chat)?);
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
                state.load_member(chat, &user, chats::member(view, chat, &user)?);
            }
        }
        Ok(())
    }

    fn viewer_of(&self, change: &Change) -> rusqlite::Result<Option<Viewer>> {
        let Some(record) = self.state.chat(&change.chat_id) else { return Ok(None) };
        let member = self.state.member(&change.chat_id, &change.actor.id).cloned();
        chats::viewer(&self.view, &record.chat, &change.actor.id, member).map(Some)
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
        ready(self.write(Way::Tables).map(drop))
    }

    fn has_ended(&mut self, chat: &ChatId) -> impl Future<Output = rusqlite::Result<bool>> + Send {
        ready(heads::has_ended(self.transaction, chat))
    }

    fn last_before(
        &mut self,
        chat: &ChatId,
        seq: Seq,
    ) -> impl Future<Output = rusqlite::Result<Option<Message>>> + Send {
        ready(messages::undeleted_before(&self.view, chat, seq))
    }

    fn oldest(
        &mut self,
        chat: &ChatId,
        before: Timestamp,
    ) -> impl Future<Output = rusqlite::Result<Vec<Message>>> + Send {
        ready(retention::oldest(&self.view, chat, before))
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
