//! One transactional batch on one chat: decided, written, and decided again if another node was faster.
//!
//! The SDK repeats a write whose response was lost, and then gets the error that the documents exist. So every batch
//! carries a stamp, and a refused batch has failed only if its stamp is not found.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::draft::BatchDraft;
use super::failure::contended;
use super::known::CachedState;
use super::lists::UncertainEntry;
use super::names::Owner;
use super::plan::{Plan, Planner};
use super::{Store, container, ids};
use crate::domain::{Action, Change, Outcome, channel_keys};
use crate::protocol::{Chat, ChatId, ChatKind, Timestamp, UserId};
use crate::store::error::{Result, StoreError};
use container::Batched;

/// Commits the beginning of a run of changes of one chat.
pub(super) struct Segment<'a> {
    store: &'a Arc<Store>,
    chat: &'a ChatId,
    at: Timestamp,
    checks_ids: bool,
    /// Batches that may have been committed although no response arrived.
    sent: Vec<Sent>,
    /// Entries of users' lists that this segment has invalidated.
    uncertain: HashMap<UserId, UncertainEntry>,
    /// The keys of the channel's name that were reserved.
    claimed: BTreeSet<String>,
}

struct Sent {
    draft: BatchDraft,
    results: Vec<Result<Outcome>>,
}

/// The outcome of one attempt.
enum CommitAttempt {
    Done(Vec<Result<Outcome>>),
    /// Another writer was faster.
    Again,
    /// The storage failed, and may have committed.
    Failed(StoreError),
}

impl<'a> Segment<'a> {
    pub(super) fn new(store: &'a Arc<Store>, chat: &'a ChatId, at: Timestamp) -> Self {
        let sent = vec![];
        let uncertain = HashMap::new();
        Segment { store, chat, at, checks_ids: false, sent, uncertain, claimed: BTreeSet::new() }
    }

    /// The results of as many changes as one batch took.
    pub(super) async fn commit(
        &mut self,
        known: &mut Option<CachedState>,
        changes: &[&Change],
        until: Instant,
    ) -> Result<Vec<Result<Outcome>>> {
        let committed = self.attempts(known, changes, until).await;
        self.tidy(known).await;
        committed
    }

    async fn attempts(
        &mut self,
        known: &mut Option<CachedState>,
        changes: &[&Change],
        until: Instant,
    ) -> Result<Vec<Result<Outcome>>> {
        for attempt in 0.. {
            let failure = match self.attempt(known, changes).await {
                Ok(CommitAttempt::Done(results)) => return Ok(results),
                Ok(CommitAttempt::Again) => None,
                Ok(CommitAttempt::Failed(error)) | Err(error) if error.is_temporary() => Some(error),
                Ok(CommitAttempt::Failed(error)) | Err(error) => return Err(error),
            };
            if failure.is_some() {
                *known = None;
            }
            let pause = pause(attempt, failure.as_ref());
            if Instant::now() + pause >= until {
                return Err(failure.unwrap_or_else(contended));
            }
            sleep(pause).await;
        }
        Err(contended())
    }

    async fn attempt(&mut self, known: &mut Option<CachedState>, changes: &[&Change]) -> Result<CommitAttempt> {
        if let Some(results) = self.already_done().await? {
            *known = None;
            return Ok(CommitAttempt::Done(results));
        }
        let plan = self.plan(known, changes).await?;
        let Some(known_chat) = known.as_mut() else { return Err(StoreError::internal("the chat was not loaded")) };
        let draft = BatchDraft::new(self.chat, &plan, known_chat);
        let operations = plan.chat_operations(self.chat);
        let Plan { results, is_fresh, .. } = plan;
        let Some(draft) = draft else {
            let is_true = is_fresh || self.is_still(known_chat).await?;
            if is_true && self.store.keep_in_chat(self.chat, &operations).await? {
                return Ok(CommitAttempt::Done(results));
            }
            self.checks_ids = true;
            *known = None;
            return Ok(CommitAttempt::Again);
        };
        if !self.prepare(known_chat, &draft).await? {
            return Ok(CommitAttempt::Again);
        }
        self.write(known, draft, results).await
    }

    /// Plans the changes. A refused message may already exist, which is looked up only if it matters.
    async fn plan(&mut self, known: &mut Option<CachedState>, changes: &[&Change]) -> Result<Plan> {
        loop {
            let store = self.store;
            let chat = self.chat;
            let at = self.at;
            let checks_ids = self.checks_ids;
            let plan = Planner { store, chat, at, checks_ids }.plan(known, changes).await?;
            let mut decided = plan.results.iter().zip(changes);
            if checks_ids || !decided.any(|(result, change)| may_be_repeated(change, result)) {
                return Ok(plan);
            }
            self.checks_ids = true;
        }
    }

    async fn write(
        &mut self,
        known: &mut Option<CachedState>,
        mut draft: BatchDraft,
        results: Vec<Result<Outcome>>,
    ) -> Result<CommitAttempt> {
        let batched = self.store.messages.batch(draft.batch(self.chat)?, "commit").await;
        match batched {
            Ok(Batched::Done(etag)) => {
                draft.head.etag = etag;
                self.conclude(known, draft).await;
                Ok(CommitAttempt::Done(results))
            }
            Ok(Batched::Refused(_, 413)) => Err(StoreError::TooLarge(None)),
            Ok(Batched::Refused(index, status)) => {
                self.checks_ids |= status == 409 && index < draft.messages.len() + draft.operations.len();
                self.sent.push(Sent { draft, results });
                *known = None;
                match status {
                    404 | 409 | 412 => Ok(CommitAttempt::Again),
                    429 => Ok(CommitAttempt::Failed(super::failure::too_fast())),
                    _ => {
                        Ok(CommitAttempt::Failed(StoreError::unavailable(format!("a batch was refused with {status}"))))
                    }
                }
            }
            Err(error) => {
                self.sent.push(Sent { draft, results });
                Ok(CommitAttempt::Failed(error))
            }
        }
    }

    /// The results of a batch that was committed although its response was lost.
    async fn already_done(&mut self) -> Result<Option<Vec<Result<Outcome>>>> {
        if self.sent.is_empty() {
            return Ok(None);
        }
        let first = |sent: &Sent| sent.draft.messages.first().map(|message| message.id.clone());
        let ids: Vec<String> = self.sent.iter().filter_map(first).collect();
        let look = self.store.look(self.chat, &ids, "commit").await?;
        let is_stored = |sent: &Sent| match sent.draft.messages.first() {
            Some(message) => look.messages.get(&message.id).is_some_and(|found| found.stamp == message.stamp),
            None => look.head.as_ref().is_some_and(|head| head.stamps.contains(&sent.draft.stamp)),
        };
        let Some(place) = self.sent.iter().position(is_stored) else { return Ok(None) };
        let Sent { draft, results } = self.sent.swap_remove(place);
        self.conclude(&mut None, draft).await;
        Ok(Some(results))
    }

    /// True if the chat has not changed since it was cached.
    async fn is_still(&self, known: &CachedState) -> Result<bool> {
        let look = self.store.look(self.chat, &[], "commit").await?;
        Ok(look.head.as_ref().map_or("", |head| &head.etag) == known.etag())
    }

    /// Does what must precede the batch; false if the changes must be decided again.
    async fn prepare(&mut self, known: &CachedState, draft: &BatchDraft) -> Result<bool> {
        let Some(chat) = draft.head.chat.as_ref().filter(|_| !draft.is_only_messages) else { return Ok(true) };
        let old = known.head.as_ref().and_then(|head| head.chat.as_ref());
        if chat.kind == ChatKind::Channel {
            let held = old.map(|old| channel_keys(&old.name)).unwrap_or_default();
            for key in channel_keys(&chat.name) {
                if !held.contains(&key) && !self.claim(key).await? {
                    return Ok(false);
                }
            }
            if chat.active && old.is_none_or(|old| !old.active) {
                self.store.list(chat).await?;
            }
        }
        let moved = draft.moved().filter(|user| !self.uncertain.contains_key(*user)).cloned().collect();
        for entry in self.store.invalidate(self.chat, moved).await? {
            self.uncertain.insert(entry.user.clone(), entry);
        }
        Ok(true)
    }

    async fn claim(&mut self, key: String) -> Result<bool> {
        self.store.reserve_looks().await?;
        let names = &self.store.channel_names;
        let claimed = match names.claim(&key, Owner::of_chat(self.chat)).await? {
            None => true,
            Some(found) if found.is_fresh() || self.store.holds(&found, &key).await? => false,
            Some(found) => names.take(&key, Owner::of_chat(self.chat), &found).await?,
        };
        if claimed {
            self.claimed.insert(key);
        }
        Ok(claimed)
    }

    /// Does what follows the batch, and caches what was written.
    async fn conclude(&mut self, known: &mut Option<CachedState>, draft: BatchDraft) {
        let uncertain = draft.moved().filter_map(|user| self.uncertain.remove(user));
        let confirmed: Vec<_> = uncertain
            .map(|entry| {
                let is_in = draft.is_in(&entry.user);
                (entry, is_in)
            })
            .collect();
        self.store.confirm(self.chat, confirmed).await;
        let old = draft.old.as_ref();
        let new = draft.head.chat.as_ref();
        self.follow(old, new, draft.is_only_messages).await;
        if new.is_none() {
            self.store.begin_to_clear(self.chat).await;
            *known = None;
        } else if draft.head.journal.is_some() {
            if let Err(error) = self.store.finish(self.chat).await {
                tracing::debug!(error = %error, "a journal is unfinished; the next reader finishes it");
            }
            *known = None;
        } else if let Some(known) = known {
            draft.remember(known);
        }
    }

    /// Updates the reserved names and the list of channels to match a change.
    async fn follow(&mut self, old: Option<&Chat>, new: Option<&Chat>, is_only_messages: bool) {
        let channel = |chat: &&Chat| chat.kind == ChatKind::Channel;
        let old = old.filter(channel);
        let new = new.filter(channel);
        if is_only_messages {
            new.into_iter().for_each(|chat| self.store.note(chat));
            return;
        }
        let held = new.map(|chat| channel_keys(&chat.name)).unwrap_or_default();
        let freed = old.map(|chat| channel_keys(&chat.name)).unwrap_or_default();
        for key in freed.iter().filter(|key| !held.contains(key)) {
            self.store.channel_names.release(key, Owner::of_chat(self.chat)).await;
        }
        self.claimed.retain(|key| !held.contains(key));
        match (old.is_some_and(|chat| chat.active), new) {
            (_, Some(chat)) if chat.active => {
                if let Err(error) = self.store.list(chat).await {
                    tracing::debug!(error = %error, "the list of channels could not be updated yet");
                }
            }
            (true, _) => self.store.unlist(self.chat).await,
            _ => {}
        }
    }

    /// Releases reservations for changes that were not committed.
    async fn tidy(&mut self, known: &mut Option<CachedState>) {
        for key in std::mem::take(&mut self.claimed) {
            self.store.channel_names.release(&key, Owner::of_chat(self.chat)).await;
        }
        if self.uncertain.is_empty() || !self.sent.is_empty() {
            // A batch may still be committed, so its entries stay uncertain and readers look up the membership.
            return;
        }
        let users: Vec<String> = self.uncertain.keys().map(|user| ids::member(user)).collect();
        let Ok(look) = self.store.look(self.chat, &users, "commit").await else { return };
        let is_in =
            |user: &UserId| look.living().is_some() && look.members.get(user).is_some_and(|member| member.present);
        let confirmed = self.uncertain.drain().map(|(user, entry)| (entry, is_in(&user))).collect();
        self.store.confirm(self.chat, confirmed).await;
        *known = None;
    }
}

/// The pause before the next attempt: it increases, and is random, so that writers do not collide again.
fn pause(attempt: u32, failure: Option<&StoreError>) -> Duration {
    let least = failure.map_or(2, |_| 50);
    let max = (least << attempt.min(8)).min(500);
    let random = u64::from(uuid::Uuid::new_v4().as_bytes()[0]);
    Duration::from_millis(1 + max * random / 255)
}

/// True if the result may be due to an earlier commit of the same change.
fn may_be_repeated(change: &Change, result: &Result<Outcome>) -> bool {
    match result {
        Err(_) => matches!(change.action, Action::Send(_)) || change.operation.is_some(),
        Ok(outcome) => outcome.duplicate && change.operation.is_some(),
    }
}
