//! The loop that loads the records a batch needs, shared by all backends.
//!
//! [`decide_all`] fetches all records known to be needed in one go, then decides the changes in order. A few decisions
//! need more, depending on the changes before them: [`load_rest`] looks those records up just before the decision. A
//! backend only answers look-ups; it does not know why a record is needed.

use std::collections::BTreeSet;

use crate::domain::{Action, Change, Outcome, ReactionKey, State, decide};
use crate::protocol::{ChatId, Message, MessageId, OperationId, Seq, Timestamp, UserId, Viewer};
use crate::store::error::{Result, StoreError};

/// The records that a batch is known to need before its first decision, without duplicates.
#[derive(Debug, Default)]
pub(super) struct Wanted<'a> {
    pub(super) chats: BTreeSet<&'a ChatId>,
    pub(super) members: BTreeSet<(&'a ChatId, &'a UserId)>,
    pub(super) messages: BTreeSet<(&'a ChatId, &'a MessageId)>,
    /// Chats whose last message is shown in a reply.
    pub(super) last_messages: BTreeSet<&'a ChatId>,
    /// Keys of channel names.
    pub(super) channels: BTreeSet<String>,
    /// Lower-case usernames that may be mentioned; their users' membership in the chat is needed too.
    pub(super) names: BTreeSet<(&'a ChatId, String)>,
    /// Operations that may already have an outcome.
    pub(super) operations: BTreeSet<(&'a UserId, &'a OperationId)>,
}

impl<'a> Wanted<'a> {
    pub(super) fn of(batch: &'a [Change]) -> Self {
        let mut wanted = Wanted::default();
        for change in batch {
            let chat = &change.chat_id;
            let needs = change.needs();
            wanted.chats.insert(chat);
            wanted.operations.extend(change.operation.as_ref().map(|operation| (&change.actor.id, &operation.id)));
            wanted.members.extend(needs.members.iter().map(|user| (chat, *user)));
            wanted.messages.extend(needs.messages.iter().map(|message| (chat, *message)));
            wanted.channels.extend(needs.channels);
            wanted.names.extend(needs.names.into_iter().map(|name| (chat, name)));
            if needs.last_message {
                wanted.last_messages.insert(chat);
            }
        }
        wanted
    }
}

/// A reaction of a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReactionOf<'a> {
    pub(super) message: &'a MessageId,
    pub(super) emoji: &'a str,
}

/// A backend's look-ups of records for decisions, within the transaction that writes the outcome.
///
/// The futures are `Send` so that backends may wait for a server; a backend that answers immediately returns
/// [`std::future::ready`].
pub(super) trait Lookup {
    type Error;

    /// The state that is loaded and changed.
    fn state(&mut self) -> &mut State;

    /// Loads all records in `wanted` into the state, including the fact that a record does not exist.
    fn fetch(&mut self, wanted: &Wanted<'_>) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Makes the decisions so far visible to the look-ups below. Saving twice is harmless.
    fn save(&mut self) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// True if a chat with this id existed and was deleted.
    fn has_ended(&mut self, chat: &ChatId) -> impl Future<Output = Result<bool, Self::Error>> + Send;

    /// The last undeleted message before a position.
    fn last_before(
        &mut self,
        chat: &ChatId,
        seq: Seq,
    ) -> impl Future<Output = Result<Option<Message>, Self::Error>> + Send;

    /// The oldest messages sent before a time, in order and including tombstones; as many as can be removed in one go.
    fn oldest(
        &mut self,
        chat: &ChatId,
        before: Timestamp,
    ) -> impl Future<Output = Result<Vec<Message>, Self::Error>> + Send;

    /// The position at which a user added a reaction to a message.
    fn reacted_since(
        &mut self,
        chat: &ChatId,
        key: &ReactionKey,
    ) -> impl Future<Output = Result<Option<Seq>, Self::Error>> + Send;

    /// The first user of a reaction after those that the message lists.
    fn next_reactor(
        &mut self,
        chat: &ChatId,
        reaction: ReactionOf<'_>,
    ) -> impl Future<Output = Result<Option<UserId>, Self::Error>> + Send;

    /// The actor's own view of the chat.
    fn viewer(&mut self, change: &Change) -> impl Future<Output = Result<Option<Viewer>, Self::Error>> + Send;
}

/// Decides every change of a batch in order; the outcomes are in the look-up's state, ready to be saved.
///
/// # Errors
/// Fails only if a lookup fails. A refused change is an `Err` among the results.
pub(super) async fn decide_all<L: Lookup>(
    lookup: &mut L,
    batch: &[Change],
    at: Timestamp,
) -> Result<Vec<Result<Outcome>>, L::Error> {
    lookup.fetch(&Wanted::of(batch)).await?;
    let mut results = Vec::with_capacity(batch.len());
    for change in batch {
        load_rest(lookup, change, at).await?;
        results.push(decide(lookup.state(), change, at).map_err(StoreError::from));
    }
    Ok(results)
}

/// True if the decision needs look-ups that must see the outcome of earlier changes.
pub(super) fn needs_saved(state: &State, change: &Change) -> bool {
    shows_viewer(state, change)
        || matches!(change.action, Action::Trim(_))
        || state.lacks_previous(change).is_some()
        || state.lacks_next_reactor(change).is_some()
}

/// Loads records that depend on the outcome of earlier changes.
pub(super) async fn load_rest<L: Lookup>(lookup: &mut L, change: &Change, at: Timestamp) -> Result<(), L::Error> {
    let chat = &change.chat_id;
    if lookup.state().lacks_end(change) {
        let has_ended = lookup.has_ended(chat).await?;
        lookup.state().load_end(chat, has_ended);
    }
    if needs_saved(lookup.state(), change) {
        lookup.save().await?;
    }
    if let Some(last) = lookup.state().lacks_previous(change) {
        let previous = lookup.last_before(chat, last).await?;
        lookup.state().load_previous(chat, previous);
    }
    if let Some(before) = lookup.state().lacks_oldest(change, at) {
        let oldest = lookup.oldest(chat, before).await?;
        lookup.state().load_oldest(chat, oldest);
    }
    if let Some(key) = lookup.state().lacks_reaction(change) {
        let since = lookup.reacted_since(chat, &key).await?;
        lookup.state().load_reaction(chat, key, since);
    }
    if let Some((message, emoji)) = lookup.state().lacks_next_reactor(change) {
        let next = lookup.next_reactor(chat, ReactionOf { message, emoji: &emoji }).await?;
        lookup.state().load_next_reactor(chat, next);
    }
    if shows_viewer(lookup.state(), change)
        && let Some(viewer) = lookup.viewer(change).await?
    {
        lookup.state().load_viewer(chat, &change.actor.id, viewer);
    }
    Ok(())
}

/// True if the reply shows the actor's own view of the chat; users who are not members yet have none.
fn shows_viewer(state: &State, change: &Change) -> bool {
    let member = state.member(&change.chat_id, &change.actor.id);
    change.needs().viewer && member.is_some_and(|member| member.role.is_some())
}

/// The same error for every change of a batch.
pub(super) fn fail_all(error: StoreError, count: usize) -> Vec<Result<Outcome>> {
    let mut results: Vec<_> = (1..count).map(|_| Err(error.repeated())).collect();
    results.insert(0, Err(error));
    results.truncate(count);
    results
}
