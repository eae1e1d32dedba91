//! Documents, outcomes of operations, the audit log, heads, counts, own data and retention.

use std::collections::BTreeMap;
use std::ops::Bound;

use async_trait::async_trait;

use super::MemoryRepository;
use super::tables::MemoryTables;
use crate::domain::{OperationClaim, RetentionPolicy, StoredOperation};
use crate::protocol::{AuditEntry, ChatId, Mute, OperationId, Seq, Timestamp, UserId};
use crate::store::error::{Result, StoreError};
use crate::store::repository::{
    Account, Audit, AuditQuery, ChatSize, Document, Documents, Heads, MOST_EMOJI, OperationUsage, Operations, OwnData,
    OwnReaction, Page, Retention, StoredCounts, Totals, audit_floor,
};

#[async_trait]
impl Documents for MemoryRepository {
    async fn document(&self, place: &str) -> Result<Option<Document>> {
        self.run(|tables| tables.documents.get(place).cloned()).await
    }

    async fn save_document(&self, place: &str, document: &Document) -> Result<bool> {
        self.run(|tables| tables.save_document(place, document)).await
    }
}

#[async_trait]
impl Operations for MemoryRepository {
    async fn operation(&self, user: &UserId, id: &OperationId) -> Result<Option<StoredOperation>> {
        let key = (user.clone(), id.clone());
        self.run(|tables| tables.operations.get(&key).cloned()).await
    }

    async fn keep_operation(&self, operation: &StoredOperation) -> Result<()> {
        let key = (operation.user_id.clone(), operation.id.clone());
        self.run(|tables| {
            tables.operations.entry(key).or_insert_with(|| operation.clone());
        })
        .await
    }

    async fn claim_operation(
        &self,
        operation: &StoredOperation,
        expired: Timestamp,
        over: Option<&str>,
    ) -> Result<Option<StoredOperation>> {
        let key = (operation.user_id.clone(), operation.id.clone());
        let is_free = |found: &StoredOperation| match &found.claim {
            Some(claim) => over == Some(claim),
            None => found.at < expired,
        };
        self.run(|tables| {
            let found = tables.operations.get(&key).filter(|found| !is_free(found)).cloned();
            if found.is_none() {
                tables.operations.insert(key, operation.clone());
            }
            found
        })
        .await
    }

    async fn finish_operation(&self, claim: &OperationClaim, outcome: &str) -> Result<()> {
        self.run(|tables| {
            let found = tables.operations.get_mut(&(claim.user_id.clone(), claim.id.clone()));
            let is_open = |found: &&mut StoredOperation| match &found.claim {
                Some(by) => *by == claim.by,
                None => found.outcome.is_empty(),
            };
            if let Some(found) = found.filter(is_open) {
                found.claim = None;
                found.outcome = outcome.to_owned();
            }
        })
        .await
    }

    async fn release_operation(&self, claim: &OperationClaim) -> Result<()> {
        self.run(|tables| {
            if tables.holds(claim) {
                tables.operations.remove(&(claim.user_id.clone(), claim.id.clone()));
            }
        })
        .await
    }

    async fn forget_operations(&self, before: Timestamp) -> Result<()> {
        self.run(|tables| tables.operations.retain(|_, operation| operation.at >= before)).await
    }

    async fn operation_usage(&self, user: &UserId) -> Result<OperationUsage> {
        self.run(|tables| {
            let own = tables.operations.values().filter(|operation| operation.user_id == *user);
            own.fold(OperationUsage::default(), |usage, operation| OperationUsage {
                count: usage.count + 1,
                bytes: usage.bytes + operation.outcome.len() as u64,
            })
        })
        .await
    }

    fn ends_claims_with_writes(&self) -> bool {
        true
    }

    async fn update_account_once(&self, account: &Account, claim: &OperationClaim) -> Result<bool> {
        let at = self.clock.now();
        self.run(|tables| {
            tables.require(claim)?;
            let is_written = tables.update_account(account, at)?;
            tables.end(claim, is_written);
            Ok(is_written)
        })
        .await?
    }

    async fn save_document_once(&self, place: &str, document: &Document, claim: &OperationClaim) -> Result<bool> {
        self.run(|tables| {
            tables.require(claim)?;
            let is_written = tables.save_document(place, document);
            tables.end(claim, is_written);
            Ok(is_written)
        })
        .await?
    }

    async fn mute_once(
        &self,
        chat: &ChatId,
        user: &UserId,
        mute: Mute,
        claim: &OperationClaim,
    ) -> Result<Option<Mute>> {
        self.run(|tables| {
            tables.require(claim)?;
            let old = tables.mute(chat, user, mute);
            tables.end(claim, old.is_some());
            Ok(old)
        })
        .await?
    }

    async fn mark_unread_once(
        &self,
        chat: &ChatId,
        user: &UserId,
        from: Seq,
        claim: &OperationClaim,
    ) -> Result<Option<bool>> {
        self.run(|tables| {
            tables.require(claim)?;
            let is_new = tables.mark_unread(chat, user, from);
            tables.end(claim, is_new.is_some());
            Ok(is_new)
        })
        .await?
    }
}

impl MemoryTables {
    fn save_document(&mut self, place: &str, document: &Document) -> bool {
        let version = self.documents.get(place).map_or(0, |stored| stored.version);
        let follows = document.version == version + 1;
        if follows {
            self.documents.insert(place.to_owned(), document.clone());
        }
        follows
    }

    fn holds(&self, claim: &OperationClaim) -> bool {
        let found = self.operations.get(&(claim.user_id.clone(), claim.id.clone()));
        found.is_some_and(|found| found.claim.as_ref() == Some(&claim.by))
    }

    fn require(&self, claim: &OperationClaim) -> Result<()> {
        if self.holds(claim) { Ok(()) } else { Err(StoreError::Refused(OperationClaim::lost())) }
    }

    /// Ends a claim that is held, if its write was made.
    fn end(&mut self, claim: &OperationClaim, is_written: bool) {
        let found = self.operations.get_mut(&(claim.user_id.clone(), claim.id.clone()));
        if let Some(found) = found.filter(|_| is_written) {
            found.claim = None;
        }
    }
}

#[async_trait]
impl Audit for MemoryRepository {
    async fn append_audit(&self, entries: &[AuditEntry]) -> Result<()> {
        self.run(|tables| {
            for entry in entries {
                tables.audit.entry(entry.id.clone()).or_insert_with(|| entry.clone());
            }
        })
        .await
    }

    async fn audit_log(&self, query: &AuditQuery) -> Result<Page<AuditEntry>> {
        let AuditQuery { actor, target, before, limit } = query;
        let is_asked_for = |entry: &&AuditEntry| {
            actor.as_ref().is_none_or(|actor| *actor == entry.actor_id)
                && (target.is_none() || *target == entry.target_id)
                && before.as_ref().is_none_or(|before| entry.id < *before)
        };
        self.run(|tables| {
            let found = tables.audit.values().rev().filter(is_asked_for);
            let mut items: Vec<AuditEntry> = found.take(limit + 1).cloned().collect();
            let more = items.len() > *limit;
            items.truncate(*limit);
            Page { items, more }
        })
        .await
    }

    async fn forget_audit(&self, before: Timestamp, most: usize) -> Result<usize> {
        let floor = audit_floor(before);
        self.run(|tables| {
            let old: Vec<_> = tables.audit.range(..floor).take(most).map(|(id, _)| id.clone()).collect();
            for id in &old {
                tables.audit.remove(id);
            }
            old.len()
        })
        .await
    }
}

#[async_trait]
impl Heads for MemoryRepository {
    async fn heads(&self, chats: &[ChatId]) -> Result<Vec<Option<Seq>>> {
        self.run(|tables| {
            let head = |chat| tables.chats.get(chat).map(|stored| stored.record.chat.seq);
            chats.iter().map(head).collect()
        })
        .await
    }

    async fn sizes(&self, chats: &[ChatId]) -> Result<Vec<Option<ChatSize>>> {
        self.run(|tables| {
            let chat = |chat| tables.chats.get(chat).map(|stored| &stored.record.chat);
            let size = |id| chat(id).map(|chat| ChatSize { seq: chat.seq, members: chat.member_count });
            chats.iter().map(size).collect()
        })
        .await
    }

    async fn every_chat(&self, after: Option<&ChatId>, limit: usize) -> Result<Vec<ChatId>> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.run(|tables| {
            let later = tables.chats.range::<ChatId, _>((from, Bound::Unbounded));
            later.take(limit).map(|(chat, _)| chat.clone()).collect()
        })
        .await
    }

    async fn has_ended(&self, chat: &ChatId) -> Result<bool> {
        self.run(|tables| tables.ended.contains(chat)).await
    }
}

#[async_trait]
impl StoredCounts for MemoryRepository {
    async fn totals(&self) -> Result<Totals> {
        self.run(|tables| {
            let mut counted: BTreeMap<&str, u64> = BTreeMap::new();
            for (_, emoji, _) in tables.chats.values().flat_map(|stored| stored.reactions.keys()) {
                *counted.entry(emoji).or_default() += 1;
            }
            let mut counted: Vec<(&str, u64)> = counted.into_iter().collect();
            counted.sort_by(|(one, fewer), (other, more)| more.cmp(fewer).then_with(|| one.cmp(other)));
            let most = counted.into_iter().take(MOST_EMOJI).map(|(emoji, count)| (emoji.to_owned(), count));
            Totals {
                users: tables.accounts.values().filter(|stored| stored.account.deleted_at.is_none()).count() as u64,
                chats: tables.chats.len() as u64,
                messages: tables.chats.values().map(|stored| stored.record.chat.message_count).sum(),
                reactions: most.collect(),
            }
        })
        .await
    }
}

#[async_trait]
impl OwnData for MemoryRepository {
    async fn chats_ever_joined(&self, user: &UserId) -> Result<Vec<ChatId>> {
        self.run(|tables| {
            let joined = tables.chats.iter().filter(|(_, stored)| {
                let record = stored.members.get(user).map(|member| &member.record);
                record.is_some_and(|record| record.role.is_some() || record.left_seq > 0)
            });
            joined.map(|(chat, _)| chat.clone()).collect()
        })
        .await
    }

    async fn reactions_in(&self, chat: &ChatId, user: &UserId) -> Result<Vec<OwnReaction>> {
        self.run(|tables| {
            let all = tables.chats.get(chat).into_iter().flat_map(|stored| stored.reactions.keys());
            let own = all.filter(|(_, _, reactor)| reactor == user);
            own.map(|(message, emoji, _)| OwnReaction { message: message.clone(), emoji: emoji.clone() }).collect()
        })
        .await
    }
}

#[async_trait]
impl Retention for MemoryRepository {
    async fn expired_chats(
        &self,
        policy: RetentionPolicy,
        now: Timestamp,
        after: Option<&ChatId>,
        limit: usize,
    ) -> Result<Page<ChatId>> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.run(|tables| {
            let later = tables.chats.range::<ChatId, _>((from, Bound::Unbounded));
            let expired = later.filter(|(_, stored)| {
                let oldest = stored.messages.values().next().map(|message| message.created_at);
                oldest.zip(policy.cutoff(&stored.record.chat, now)).is_some_and(|(oldest, cutoff)| oldest < cutoff)
            });
            let mut items: Vec<ChatId> = expired.map(|(chat, _)| chat.clone()).take(limit + 1).collect();
            let more = items.len() > limit;
            items.truncate(limit);
            Page { items, more }
        })
        .await
    }
}
