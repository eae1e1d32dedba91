//! Plans the changes of a chat: decides as many as fit in one batch.

use std::collections::{HashMap, HashSet};

use futures_util::{StreamExt, TryStreamExt, stream};

use super::chat_operation::ChatOperation;
use super::documents::{DeletionsDocument, HeadDocument, MemberDocument, MessageDocument};
use super::known::CachedState;
use super::messages::END;
use super::weights::{BYTES, share, size};
use super::{CONCURRENT, Store, ids};
use crate::domain::{Action, Change, ChannelHolder, Draft, Needs, Outcome, ReactionKey, State, decide, name_key};
use crate::protocol::error::Error;
use crate::protocol::{ChatId, ChatKind, Message, MessageId, Seq, Timestamp, User, UserId, Viewer};
use crate::store::error::{Result, StoreError};
use crate::store::loader::{Lookup, ReactionOf, Wanted, load_rest, needs_saved};

/// Decided changes of one chat.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) state: State,
    pub(super) results: Vec<Result<Outcome>>,
    /// The documents of users who join.
    pub(super) users: HashMap<UserId, User>,
    /// The messages that were looked up and exist.
    pub(super) messages: HashMap<String, MessageDocument>,
    /// The operations that were looked up and have an outcome.
    pub(super) operations: HashMap<String, ChatOperation>,
    /// The ids of the users with the usernames that were looked up.
    pub(super) names: HashMap<String, Option<UserId>>,
    /// The documents that count deletions.
    pub(super) deletions: Vec<DeletionsDocument>,
    /// Ids of the documents of removed messages and their reactions.
    pub(super) trimmed: Vec<String>,
    /// True if the plan is based on a fresh read instead of the cache.
    pub(super) is_fresh: bool,
}

impl Plan {
    /// The outcomes of the plan's operations.
    pub(super) fn chat_operations(&self, chat: &ChatId) -> Vec<ChatOperation> {
        self.state.written_operations().map(|operation| ChatOperation::new(chat, operation)).collect()
    }
}

pub(super) struct Planner<'a> {
    pub(super) store: &'a Store,
    pub(super) chat: &'a ChatId,
    pub(super) at: Timestamp,
    /// True if the ids of new messages and operations are looked up first, because one of them was taken.
    pub(super) checks_ids: bool,
}

impl Planner<'_> {
    pub(super) async fn plan(&self, known: &mut Option<CachedState>, changes: &[&Change]) -> Result<Plan> {
        let changes = &changes[..share(changes)];
        let mut plan = self.learn(known, changes).await?;
        let Some(known) = known.as_mut() else { return Err(StoreError::internal("the chat was not loaded")) };
        plan.state.load_chat(self.chat, known.record());
        plan.state.load_end(self.chat, known.head.as_ref().is_some_and(|head| head.chat.is_none()));
        let was_there = plan.state.chat(self.chat).is_some();
        let mut wrote = false;
        let mut bytes = 0;
        for change in changes {
            let needs = change.needs();
            load(&mut plan, change, &needs, known);
            bytes += size(change) + self.target_bytes(&plan.state, change);
            if wrote && (needs_saved(&plan.state, change) || bytes > BYTES) {
                // The remaining changes wait for the next plan, because the decisions so far must be stored first.
                break;
            }
            let result = match self.load_dependent(&mut plan, change, &needs, known).await? {
                Some(refusal) => Err(refusal.into()),
                None => decide(&mut plan.state, change, self.at).map_err(StoreError::from),
            };
            wrote |= result.as_ref().is_ok_and(|outcome| !outcome.duplicate);
            plan.results.push(result);
            if was_there && plan.state.chat(self.chat).is_none() {
                break;
            }
            if wrote && matches!(change.action, Action::Trim(_)) {
                // The removed documents fill the rest of the batch.
                plan.trimmed = self.store.trimmed(self.chat, known, &plan.state).await?;
                break;
            }
        }
        if plan.state.chat(self.chat).is_some() && known.head.as_ref().is_none_or(|head| head.counts_deletions) {
            plan.deletions = self.store.deletions(self.chat, &plan.state, &plan.messages).await?;
        }
        Ok(plan)
    }

    /// Looks up everything that is not cached, in one request; returns a plan without decisions.
    async fn learn(&self, known: &mut Option<CachedState>, changes: &[&Change]) -> Result<Plan> {
        let mut plan = Plan { names: self.names(changes).await?, ..Plan::default() };
        let messages = changes.iter().flat_map(|change| self.asked(change)).map(|id| ids::message(id));
        let operations = changes.iter().filter(|_| self.checks_ids).filter_map(|change| operation_id(change));
        let asked: HashSet<String> = messages.chain(operations).collect();
        loop {
            let is_missing = |user: &&UserId| known.as_ref().is_none_or(|known| !known.members.contains_key(*user));
            let named = plan.names.values().flatten();
            let users = changes.iter().flat_map(|change| change.needs().members).chain(named).filter(is_missing);
            let users: HashSet<UserId> = users.filter(|user| ids::fits(user)).cloned().collect();
            if let Some(known) = known.as_mut()
                && users.is_empty()
                && (asked.is_empty() || plan.is_fresh)
            {
                self.count(known, changes).await?;
                return Ok(plan);
            }
            let members = users.iter().map(|user| ids::member(user));
            let ids: Vec<String> = members.chain(asked.iter().cloned()).collect();
            let mut look = self.store.look(self.chat, &ids, "commit").await?;
            plan.messages = std::mem::take(&mut look.messages);
            plan.operations = std::mem::take(&mut look.operations);
            let users: Vec<UserId> = users.into_iter().collect();
            known.get_or_insert_default().learn(look, &users);
            plan.is_fresh = true;
        }
    }

    /// Reads how many messages the senders of new messages have sent before.
    async fn count(&self, known: &mut CachedState, changes: &[&Change]) -> Result<()> {
        let sends = changes.iter().filter(|change| matches!(change.action, Action::Send(_)));
        let senders: HashSet<&UserId> = sends.map(|change| &change.actor.id).collect();
        let counted = senders.into_iter().filter(|user| known.lacks_sent_by(user)).map(|user| async {
            let sent = self.store.sent_by(self.chat, user, END).await?;
            Ok::<_, StoreError>((user.clone(), sent))
        });
        let counted: Vec<_> =
            stream::iter(counted.collect::<Vec<_>>()).buffer_unordered(CONCURRENT).try_collect().await?;
        known.sent.extend(counted);
        Ok(())
    }

    /// Finds the users whose names these changes may mention.
    async fn names(&self, changes: &[&Change]) -> Result<HashMap<String, Option<UserId>>> {
        let names: HashSet<String> = changes.iter().flat_map(|change| change.needs().names).collect();
        let found = names.into_iter().map(|name| async {
            let user = self.store.user_of_name(&name).await?;
            Ok((name, user.map(|user| user.id)))
        });
        stream::iter(found.collect::<Vec<_>>()).buffer_unordered(CONCURRENT).try_collect().await
    }

    /// Messages that must be looked up: existing ones, and new ones if an id was already taken.
    fn asked<'c>(&self, change: &'c Change) -> Vec<&'c MessageId> {
        let messages = match &change.action {
            Action::Send(Draft { reply_to, .. }) if !self.checks_ids => reply_to.iter().collect(),
            // A new id too: the request that took it may have been this one, whose answer was lost.
            Action::Send(Draft { id, reply_to, .. }) => std::iter::once(id).chain(reply_to).collect(),
            _ => change.needs().messages,
        };
        messages.into_iter().filter(|id| ids::fits(id)).collect()
    }

    /// The approximate size in bytes of the document that the change rewrites.
    fn target_bytes(&self, state: &State, change: &Change) -> usize {
        let target = change.target().and_then(|id| state.message(self.chat, id));
        target.map_or(0, |message| MessageDocument::new(message, "").bytes())
    }

    /// Looks up records that few changes need; returns an error if a user who is to join does not exist.
    async fn load_dependent(
        &self,
        plan: &mut Plan,
        change: &Change,
        needs: &Needs<'_>,
        known: &CachedState,
    ) -> Result<Option<Error>> {
        if self.is_about_channel(plan, change) {
            for key in &needs.channels {
                if !plan.state.knows_channel(key) {
                    let holder = self.holder(key).await?;
                    plan.state.load_channel(key.clone(), holder);
                }
            }
        }
        if needs.last_message
            && plan.state.lacks_last_message(self.chat)
            && let Some(head) = &known.head
        {
            let last_message = self.store.last_message(head).await?;
            plan.state.load_last_message(self.chat, last_message);
        }
        let head = known.head.as_ref();
        let mut lookups = Lookups { store: self.store, chat: self.chat, head, state: &mut plan.state };
        load_rest(&mut lookups, change, self.at).await?;
        let is_there = plan.state.chat(self.chat).is_some();
        for user in newcomers(change, is_there) {
            if plan.users.contains_key(user) {
                continue;
            }
            match self.store.account_of(user).await? {
                Some(found) => drop(plan.users.insert(user.clone(), found.user)),
                None => return Ok(Some(Error::not_found("members", "one of these users does not exist"))),
            }
        }
        Ok(None)
    }

    fn is_about_channel(&self, plan: &Plan, change: &Change) -> bool {
        match &change.action {
            Action::Create { kind, .. } => *kind == ChatKind::Channel,
            _ => plan.state.chat(self.chat).is_some_and(|record| record.chat.kind == ChatKind::Channel),
        }
    }

    /// The chat that holds a channel key, or is about to take it.
    async fn holder(&self, key: &str) -> Result<Option<ChannelHolder>> {
        let Some(found) = self.store.channel_names.read(key).await? else { return Ok(None) };
        if let Some(chat) = self.store.holder(&found, key).await? {
            let name_key = name_key(&chat.name);
            return Ok(Some(ChannelHolder { is_archived: !chat.active, name_key, chat: chat.id }));
        }
        let chat = found.owner.as_str().into();
        Ok(found.is_fresh().then(|| ChannelHolder { chat, name_key: key.to_owned(), is_archived: false }))
    }
}

/// Look-ups in the chat's partition. A plan ends before a change that depends on its own decisions, so nothing needs
/// saving.
struct Lookups<'a> {
    store: &'a Store,
    chat: &'a ChatId,
    head: Option<&'a HeadDocument>,
    state: &'a mut State,
}

impl Lookup for Lookups<'_> {
    type Error = StoreError;

    fn state(&mut self) -> &mut State {
        self.state
    }

    async fn fetch(&mut self, _: &Wanted<'_>) -> Result<()> {
        // The planner has loaded cached and looked-up records in one request.
        Ok(())
    }

    async fn save(&mut self) -> Result<()> {
        Ok(())
    }

    async fn has_ended(&mut self, _: &ChatId) -> Result<bool> {
        Ok(self.head.is_some_and(|head| head.chat.is_none()))
    }

    async fn last_before(&mut self, chat: &ChatId, seq: Seq) -> Result<Option<Message>> {
        self.store.undeleted_before(chat, seq).await
    }

    async fn oldest(&mut self, chat: &ChatId, before: Timestamp) -> Result<Vec<Message>> {
        self.store.oldest(chat, before).await
    }

    async fn reacted_since(&mut self, chat: &ChatId, key: &ReactionKey) -> Result<Option<Seq>> {
        self.store.reacted_since(chat, key).await
    }

    async fn next_reactor(&mut self, chat: &ChatId, reaction: ReactionOf<'_>) -> Result<Option<UserId>> {
        self.store.next_reactor(chat, reaction).await
    }

    async fn viewer(&mut self, change: &Change) -> Result<Option<Viewer>> {
        let Some(record) = self.state.chat(self.chat) else { return Ok(None) };
        // The cache of members does not have their read positions.
        let id = ids::member(&change.actor.id);
        let member: Option<MemberDocument> = self.store.messages.read(self.chat, &id, "commit").await?;
        let member = member.map(|member| member.record());
        let counts = self.head.map(HeadDocument::counts).unwrap_or_default();
        self.store.viewer(&record.chat, counts, &change.actor.id, member).await.map(Some)
    }
}

/// The document of the change's operation.
fn operation_id(change: &Change) -> Option<String> {
    let operation = change.operation.as_ref()?;
    Some(ids::operation(&change.actor.id, &operation.id))
}

/// Loads cached and looked-up records into the state.
fn load(plan: &mut Plan, change: &Change, needs: &Needs<'_>, known: &CachedState) {
    let chat = &change.chat_id;
    let Plan { state, messages, names, operations, .. } = plan;
    if let Some(operation) = &change.operation
        && !state.knows_operation(&change.actor.id, &operation.id)
    {
        let found = operation_id(change).and_then(|id| operations.get(&id)).map(|found| found.operation.clone());
        state.load_operation(&change.actor.id, &operation.id, found);
    }
    for name in &needs.names {
        state.load_name(name.clone(), names.get(name).cloned().flatten());
    }
    let named = needs.names.iter().filter_map(|name| names.get(name)?.as_ref());
    for user in needs.members.iter().copied().chain(named) {
        if !state.knows_member(chat, user) {
            let member = known.members.get(user).and_then(Option::as_ref);
            state.load_member(chat, user, member.map(|member| member.record()));
        }
    }
    for message in &needs.messages {
        if !state.knows_message(chat, message) {
            let message_found = messages.get(&ids::message(message)).cloned().map(MessageDocument::message);
            state.load_message(chat, message, message_found);
        }
    }
}

/// The users who join with the change.
fn newcomers(change: &Change, is_there: bool) -> Vec<&UserId> {
    if let Some(peer) = change.peer().filter(|_| !is_there) {
        return vec![&change.actor.id, &peer.id];
    }
    match &change.action {
        Action::Create { members, .. } => {
            std::iter::once(&change.actor.id).chain(members.iter().map(|user| &user.id)).collect()
        }
        Action::Add { users } => users.iter().map(|user| &user.id).collect(),
        Action::Join { .. } => vec![&change.actor.id],
        // A user who was never a member gets a document too.
        Action::Ban { user_id, .. } => vec![user_id],
        _ => vec![],
    }
}
