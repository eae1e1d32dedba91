//! The list of a user's chats: a copy, in the user's partition, of what the chats' partitions contain.
//!
//! An entry says "member" only while that is certain. Before a membership changes, its entry is marked as uncertain,
//! and it is confirmed once the change is durable. So wherever a node stops, a reader sees the uncertainty and reads
//! the chat itself. If two writers mark the same entry concurrently, neither confirms it; readers do so after a period
//! without changes.

use azure_data_cosmos::Query;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};

use super::container::WriteResult;
use super::failure::contended;
use super::partition::ATTEMPTS;
use super::{CONCURRENT, Store, ids, now_seconds, queries};
use crate::protocol::{ChatId, UserId};
use crate::store::error::Result;

/// Seconds after which an uncertain entry has no writer any more, because no change takes that long.
const ABANDONED: i64 = 120;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListEntry {
    id: String,
    user_id: UserId,
    chat_id: ChatId,
    certain: bool,
    /// True if more than one writer has invalidated the entry.
    contested: bool,
    #[serde(rename = "_etag", default, skip_serializing)]
    etag: String,
    #[serde(rename = "_ts", default, skip_serializing)]
    changed_at: i64,
}

impl ListEntry {
    /// The entry of a chat that the user is certainly a member of.
    fn certain(chat: &ChatId, user: &UserId) -> Self {
        ListEntry {
            id: id(chat),
            user_id: user.clone(),
            chat_id: chat.clone(),
            certain: true,
            contested: false,
            etag: String::new(),
            changed_at: 0,
        }
    }
}

/// An entry that its writer must confirm or delete once the memberships have changed.
#[derive(Debug)]
pub(super) struct UncertainEntry {
    pub(super) user: UserId,
    etag: Option<String>,
}

impl Store {
    /// Marks entries as uncertain, before memberships change.
    pub(super) async fn invalidate(&self, chat: &ChatId, users: Vec<UserId>) -> Result<Vec<UncertainEntry>> {
        let uncertain: Vec<_> = users.into_iter().map(|user| self.invalidate_one(chat, user)).collect();
        stream::iter(uncertain).buffer_unordered(CONCURRENT).try_collect().await
    }

    async fn invalidate_one(&self, chat: &ChatId, user: UserId) -> Result<UncertainEntry> {
        let id = id(chat);
        let mut entry = ListEntry {
            id: id.clone(),
            user_id: user.clone(),
            chat_id: chat.clone(),
            certain: false,
            contested: false,
            etag: String::new(),
            changed_at: 0,
        };
        for _ in 0..ATTEMPTS {
            if let WriteResult::Done(etag) = self.users.create(&user, &id, &entry, "list").await? {
                return Ok(UncertainEntry { user, etag: Some(etag) });
            }
            let Some(found) = self.users.read::<ListEntry>(&user, &id, "list").await? else { continue };
            entry.contested = !found.certain;
            let written = self.users.replace(&user, &id, &entry, &found.etag, "list").await?;
            if let WriteResult::Done(etag) = written {
                return Ok(UncertainEntry { user, etag: Some(etag).filter(|_| !entry.contested) });
            }
            entry.contested = false;
        }
        Err(contended())
    }

    /// Confirms entries after memberships have changed. An entry that cannot be written stays uncertain, and readers
    /// look up the membership.
    pub(super) async fn confirm(&self, chat: &ChatId, uncertain: Vec<(UncertainEntry, bool)>) {
        let confirmed: Vec<_> =
            uncertain.into_iter().map(|(entry, is_in)| self.confirm_quietly(chat, entry, is_in)).collect();
        stream::iter(confirmed).buffer_unordered(CONCURRENT).collect::<()>().await;
    }

    async fn confirm_quietly(&self, chat: &ChatId, UncertainEntry { user, etag }: UncertainEntry, is_in: bool) {
        let Some(etag) = etag else { return };
        if let Err(error) = self.confirm_one(chat, &user, &etag, is_in).await {
            tracing::debug!(error = %error, "an entry of a user's list of chats stays uncertain");
        }
    }

    async fn confirm_one(&self, chat: &ChatId, user: &UserId, etag: &str, is_in: bool) -> Result<()> {
        let id = id(chat);
        if !is_in {
            return self.users.delete(user, &id, Some(etag), "list").await.map(drop);
        }
        let entry = ListEntry::certain(chat, user);
        self.users.replace(user, &id, &entry, etag, "list").await.map(drop)
    }

    /// Writes the entry of a chat that the user is certainly a member of.
    pub(super) async fn list_certain(&self, chat: &ChatId, user: &UserId) -> Result<()> {
        let id = id(chat);
        let entry = ListEntry::certain(chat, user);
        self.users.upsert(user, &id, &entry, "import").await.map(drop)
    }

    /// Every chat the user is in.
    pub(super) async fn memberships(&self, user: &UserId) -> Result<Vec<ChatId>> {
        if !ids::fits(user) {
            return Ok(vec![]);
        }
        let entries: Vec<ListEntry> = self.users.query(user, Query::from(queries::LISTED), "list").await?;
        let checked: Vec<_> = entries.into_iter().map(|entry| self.checked(user, entry)).collect();
        let checked = stream::iter(checked).buffered(CONCURRENT);
        checked.try_filter_map(|chat| async { Ok(chat) }).try_collect().await
    }

    async fn checked(&self, user: &UserId, entry: ListEntry) -> Result<Option<ChatId>> {
        if entry.certain {
            return Ok(Some(entry.chat_id));
        }
        let look = self.look(&entry.chat_id, &[ids::member(user)], "list").await?;
        let is_in = look.living().is_some() && look.members.get(user).is_some_and(|member| member.present);
        if now_seconds() - entry.changed_at > ABANDONED {
            let uncertain = UncertainEntry { user: user.clone(), etag: Some(entry.etag) };
            self.confirm(&entry.chat_id, vec![(uncertain, is_in)]).await;
        }
        Ok(is_in.then_some(entry.chat_id))
    }
}

fn id(chat: &ChatId) -> String {
    format!("chat:{}", ids::encoded(chat))
}
