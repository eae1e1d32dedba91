//! The documents of one transactional batch.

use std::collections::HashMap;

use azure_data_cosmos::models::TransactionalBatch;

use super::chat_operation::ChatOperation;
use super::documents::{DeletionsDocument, HeadDocument, MemberDocument, MessageDocument};
use super::ids;
use super::known::CachedState;
use super::partition::{BATCH, Journal, with_head, with_member};
use super::plan::Plan;
use super::reactions::ReactionDocument;
use crate::domain::ChangedRecord;
use crate::protocol::{Chat, ChatId, Message, UserId};
use crate::store::error::{Result, StoreError};

/// Maximum number of stamps kept in a head.
const STAMPS: usize = 8;

/// Reactions to write; false for those to delete.
type ReactionWrites = Vec<(ReactionDocument, bool)>;

/// Everything that one transactional batch writes.
#[derive(Debug)]
pub(super) struct BatchDraft {
    pub(super) stamp: String,
    pub(super) head: HeadDocument,
    pub(super) members: Vec<MemberDocument>,
    /// New messages, by position.
    pub(super) messages: Vec<MessageDocument>,
    /// Changed messages, each with the stamp of the commit that changed it.
    changed: Vec<MessageDocument>,
    reactions: ReactionWrites,
    deletions: Vec<DeletionsDocument>,
    /// Ids of documents to delete.
    trimmed: Vec<String>,
    /// The outcomes of operations.
    pub(super) operations: Vec<ChatOperation>,
    /// The chat before the batch.
    pub(super) old: Option<Chat>,
    /// True if only messages have changed.
    pub(super) is_only_messages: bool,
    last_message: Option<Message>,
    /// The number of messages that each sender has sent, including this batch.
    sent: HashMap<UserId, Option<u64>>,
}

impl BatchDraft {
    /// The draft of a plan; none if there is nothing to write.
    pub(super) fn new(chat: &ChatId, plan: &Plan, known: &CachedState) -> Option<Self> {
        let stamp = uuid::Uuid::new_v4().simple().to_string();
        let old_head = known.head.as_ref();
        let Pieces { head, members, mut messages, changed, reactions, gone } = Pieces::of(plan, known, &stamp);
        let mut head = head?;
        messages.sort_unstable_by_key(|message| message.seq);
        head.sent = old_head.map_or(Some(0), |head| head.sent);
        let mut sent: HashMap<UserId, Option<u64>> = HashMap::new();
        for (message, place) in messages.iter_mut().zip(1..) {
            message.ordinal = head.sent.map(|sent| sent + place);
            let user = &message.sender.id;
            let own = sent.entry(user.clone()).or_insert_with(|| known.sent_by(user));
            *own = own.map(|own| own + 1);
            message.own_ordinal = *own;
        }
        head.sent = head.sent.map(|sent| sent + messages.len() as u64);
        let late = changed.iter().map(|message| message.late_seq).max().unwrap_or(0);
        head.late_seq = old_head.map_or(0, |head| head.late_seq).max(late);
        head.counts_deletions = old_head.is_none_or(|head| head.counts_deletions);
        head.stamps = old_head.map(|head| head.stamps.clone()).unwrap_or_default();
        if messages.is_empty() {
            head.stamps.push(stamp.clone());
            head.stamps.drain(..head.stamps.len().saturating_sub(STAMPS));
        }
        head.etag = known.etag().to_owned();
        if head.chat.as_ref().is_some_and(|chat| chat.message_count > 0) {
            let old = || old_head.and_then(|head| head.last_message_id.clone());
            head.last_message_id = head.last_message_id.or_else(old);
        }
        head.journal = (members.len() > BATCH).then(|| format!("j:{stamp}"));
        let old = old_head.and_then(|head| head.chat.clone());
        let record = plan.state.chat(chat);
        let last_message = record.and_then(|record| record.chat.last_message.as_deref().cloned());
        let is_same = |old: &HeadDocument| old.chat.is_some() && old.changed_seq == head.changed_seq;
        let is_only_messages = members.is_empty() && record.is_some() && old_head.is_some_and(is_same);
        let deletions = plan.deletions.clone();
        let trimmed = plan.trimmed.clone();
        head.trimmed = old_head.map_or(0, |head| head.trimmed) + gone;
        let operations = plan.chat_operations(chat);
        Some(BatchDraft {
            stamp,
            head,
            members,
            messages,
            changed,
            reactions,
            deletions,
            trimmed,
            operations,
            old,
            is_only_messages,
            last_message,
            sent,
        })
    }

    /// New messages and operations come first: if one already exists, it is the one that is refused.
    pub(super) fn batch(&self, chat: &ChatId) -> Result<TransactionalBatch> {
        let mut batch = TransactionalBatch::new(chat.to_string());
        for message in &self.messages {
            batch = batch.create_item(message).map_err(StoreError::internal)?;
        }
        for operation in &self.operations {
            batch = batch.create_item(operation).map_err(StoreError::internal)?;
        }
        for message in &self.changed {
            batch = batch.upsert_item(message, None).map_err(StoreError::internal)?;
        }
        for id in &self.trimmed {
            batch = batch.delete_item(id.clone(), None);
        }
        for counted in &self.deletions {
            batch = batch.upsert_item(counted, None).map_err(StoreError::internal)?;
        }
        for (reaction, is_there) in &self.reactions {
            batch = batch.upsert_item(reaction, None).map_err(StoreError::internal)?;
            if !is_there {
                // A reaction added and removed within this batch was never stored, and only existing documents can be
                // deleted.
                batch = batch.delete_item(reaction.id.clone(), None);
            }
        }
        if let Some(id) = &self.head.journal {
            let journal = Journal { id: id.clone(), chat_id: chat.clone(), members: self.members.clone() };
            batch = batch.create_item(journal).map_err(StoreError::internal)?;
        } else {
            for member in &self.members {
                batch = with_member(batch, member)?;
            }
        }
        with_head(batch, &self.head)
    }

    /// Users who join or leave.
    pub(super) fn moved(&self) -> impl Iterator<Item = &UserId> {
        self.members.iter().map(|member| &member.user_id)
    }

    pub(super) fn is_in(&self, user: &UserId) -> bool {
        self.members.iter().any(|member| member.user_id == *user && member.present)
    }

    /// Updates the cache with what was written.
    pub(super) fn remember(self, known: &mut CachedState) {
        if self.last_message.is_some() || self.head.chat.as_ref().is_some_and(|chat| chat.message_count == 0) {
            known.last_message = self.last_message;
        }
        known.head = Some(self.head);
        known.sent.extend(self.sent);
        // The batch returns only the etag of the head.
        for member in self.members {
            known.members.remove(&member.user_id);
        }
    }
}

/// The documents resulting from the decisions.
#[derive(Default)]
struct Pieces {
    head: Option<HeadDocument>,
    members: Vec<MemberDocument>,
    messages: Vec<MessageDocument>,
    changed: Vec<MessageDocument>,
    reactions: ReactionWrites,
    /// The number of removed messages.
    gone: u64,
}

impl Pieces {
    fn of(plan: &Plan, known: &CachedState, stamp: &str) -> Self {
        let mut pieces = Pieces::default();
        for written in plan.state.changed() {
            match written {
                ChangedRecord::NoChat(chat) => pieces.head = Some(HeadDocument::ended(chat)),
                ChangedRecord::Chat(record) => pieces.head = Some(HeadDocument::new(record)),
                ChangedRecord::Trimmed(_, trimmed) => pieces.gone += trimmed.ids.len() as u64,
                ChangedRecord::Member(chat, user, record) => {
                    let old = known.members.get(user).and_then(Option::as_ref);
                    if let Some(user) = plan.users.get(user).or(old.map(|member| &member.user)) {
                        pieces.members.push(MemberDocument::new(chat, user, record).instead_of(old));
                    }
                }
                ChangedRecord::Reaction(chat, key, since) => {
                    let document = ReactionDocument::new(chat, key, since.unwrap_or_default());
                    pieces.reactions.push((document, since.is_some()));
                }
                ChangedRecord::Operation(_) => {}
                ChangedRecord::Message(message) => match plan.messages.get(&ids::message(&message.id)) {
                    Some(old) => pieces.changed.push(MessageDocument::instead_of(message, old)),
                    None => pieces.messages.push(MessageDocument::new(message, stamp)),
                },
            }
        }
        pieces
    }
}
