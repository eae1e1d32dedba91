//! The list of a user's chats: a copy, in the user's partition, of what the chats' partitions hold.
//!
//! An entry says "member" only while that is certain. Before a membership changes, its entry is marked as uncertain,
//! and it is confirmed once the change is durable. So wherever a node stops, a reader sees the uncertainty and asks the
//! chat itself. If two writers mark the same entry at once, neither confirms it; readers do, after it has been quiet
//! for a while.

use azure_data_cosmos::Query;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};

use super::container::WriteResult;
use super::failure::contended;
use super::partition::ATTEMPTS;
use super::{CONCURRENT, Store, ids, layout, now_seconds};
use crate::protocol::{ChatId, UserId};
use crate::store::error::Result;

/// After how many seconds a doubt is nobody's any more: no change takes so long.
const ABANDONED: i64 = 120;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListEntry {
    id: String,
    user_id: UserId,
    chat_id: ChatId,
    certain: bool,
    /// More than one writer has doubted it.
    contested: bool,
    #[serde(rename = "_etag", default, skip_serializing)]
    etag: String,
    #[serde(rename = "_ts", default, skip_serializing)]
    changed_at: i64,
}

/// An entry that its writer is to settle.
#[derive(Debug)]
pub(super) struct Doubt {
    pub(super) user: UserId,
    etag: Option<String>,
}

impl Store {
    /// Puts entries in doubt, before memberships change.
    pub(super) async fn doubt(&self, chat: &ChatId, users: Vec<UserId>) -> Result<Vec<Doubt>> {
        let doubts: Vec<_> = users.into_iter().map(|user| self.doubt_one(chat, user)).collect();
        stream::iter(doubts).buffer_unordered(CONCURRENT).try_collect().await
    }

    async fn doubt_one(&self, chat: &ChatId, user: UserId) -> Result<Doubt> {
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
                return Ok(Doubt { user, etag: Some(etag) });
            }
            let Some(found) = self.users.read::<ListEntry>(&user, &id, "list").await? else { continue };
            entry.contested = !found.certain;
            let written = self.users.replace(&user, &id, &entry, &found.etag, "list").await?;
            if let WriteResult::Done(etag) = written {
                return Ok(Doubt { user, etag: Some(etag).filter(|_| !entry.contested) });
            }
            entry.contested = false;
        }
        Err(contended())
    }

    /// Settles entries after memberships changed. What fails stays in doubt, which is right too.
    pub(super) async fn settle(&self, chat: &ChatId, doubts: Vec<(Doubt, bool)>) {
        let settled: Vec<_> =
            doubts.into_iter().map(|(doubt, is_in)| self.settle_quietly(chat, doubt, is_in)).collect();
        stream::iter(settled).buffer_unordered(CONCURRENT).collect::<()>().await;
    }

    async fn settle_quietly(&self, chat: &ChatId, Doubt { user, etag }: Doubt, is_in: bool) {
        let Some(etag) = etag else { return };
        if let Err(error) = self.settle_one(chat, &user, &etag, is_in).await {
            tracing::debug!(error = %error, "an entry stays in doubt");
        }
    }

    async fn settle_one(&self, chat: &ChatId, user: &UserId, etag: &str, is_in: bool) -> Result<()> {
        let id = id(chat);
        if !is_in {
            return self.users.delete(user, &id, Some(etag), "list").await.map(drop);
        }
        let entry = ListEntry {
            id: id.clone(),
            user_id: user.clone(),
            chat_id: chat.clone(),
            certain: true,
            contested: false,
            etag: String::new(),
            changed_at: 0,
        };
        self.users.replace(user, &id, &entry, etag, "list").await.map(drop)
    }

    /// Every chat the user is in.
    pub(super) async fn memberships(&self, user: &UserId) -> Result<Vec<ChatId>> {
        if !ids::fits(user) {
            return Ok(vec![]);
        }
        let entries: Vec<ListEntry> = self.users.query(user, Query::from(layout::LISTED), "list").await?;
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
            let doubt = Doubt { user: user.clone(), etag: Some(entry.etag) };
            self.settle(&entry.chat_id, vec![(doubt, is_in)]).await;
        }
        Ok(is_in.then_some(entry.chat_id))
    }
}

fn id(chat: &ChatId) -> String {
    format!("chat:{}", ids::encoded(chat))
}
