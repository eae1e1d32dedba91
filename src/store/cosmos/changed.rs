//! The list of users whose accounts were changed: one entry per user in one partition, by the time of the latest
//! change.
//!
//! An entry is written before the account, so that no change is missed; its time is therefore slightly early.

use std::collections::HashSet;

use azure_data_cosmos::Query;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};

use super::query::CosmosQuery;
use super::{CONCURRENT, Store, ids, queries};
use crate::protocol::{ChatId, Timestamp, UserId};
use crate::store::error::Result;
use crate::store::repository::{Account, ChangedUser, Page};

const PARTITION: &str = "list:changed";

/// The latest change of a user's account.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ChangeEntry {
    id: String,
    user_id: String,
    person: UserId,
    /// Milliseconds since 1970, with leading zeros.
    key: String,
}

impl Store {
    /// Records that a user's account is about to be changed.
    pub(super) async fn note_change(&self, user: &UserId) -> Result<()> {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let now = Timestamp::from_millis(i64::try_from(now.as_millis()).unwrap_or(i64::MAX));
        self.note_change_at(user, now).await
    }

    /// The time of the latest change of a user's account.
    pub(super) async fn changed_at(&self, user: &UserId) -> Result<Option<Timestamp>> {
        let entry: Option<ChangeEntry> = self.users.read(PARTITION, &ids::encoded(user), "changed").await?;
        Ok(entry.map(|entry| Timestamp::from_millis(entry.key.parse().unwrap_or_default())))
    }

    /// Records that a user's account was changed at a given time.
    pub(super) async fn note_change_at(&self, user: &UserId, at: Timestamp) -> Result<()> {
        let id = ids::encoded(user);
        let key = key(at.millis());
        let entry = ChangeEntry { id: id.clone(), user_id: PARTITION.to_owned(), person: user.clone(), key };
        self.users.upsert(PARTITION, &id, &entry, "user").await.map(drop)
    }

    /// Users changed after a given time who share a chat with this one.
    pub(super) async fn changed_users(
        &self,
        user: &UserId,
        after: Timestamp,
        limit: usize,
    ) -> Result<Page<ChangedUser>> {
        let mut found = self.change_entries(key(after.millis()), limit).await?;
        let own: HashSet<ChatId> =
            if found.items.is_empty() { HashSet::new() } else { self.memberships(user).await?.into_iter().collect() };
        loop {
            let last = found.items.last().map(|entry| entry.key.clone());
            let read = found.items.into_iter().map(|entry| self.changed_user(user, &own, entry));
            let read: Vec<Option<ChangedUser>> =
                stream::iter(read.collect::<Vec<_>>()).buffered(CONCURRENT).try_collect().await?;
            let items: Vec<ChangedUser> = read.into_iter().flatten().collect();
            // A page of only strangers would not let the caller advance.
            match last.filter(|_| found.more && items.is_empty()) {
                Some(last) => found = self.change_entries(last, limit).await?,
                None => return Ok(Page { items, more: found.more }),
            }
        }
    }

    async fn change_entries(&self, after: String, limit: usize) -> Result<Page<ChangeEntry>> {
        let text = format!("{}{}", queries::PEOPLE, queries::BY_NAME);
        let question = CosmosQuery(Query::from(text)).with("@after", after)?.with("@top", limit.saturating_add(1))?;
        let mut items: Vec<ChangeEntry> = self.users.query(PARTITION, question.0, "changed").await?;
        let more = items.len() > limit;
        items.truncate(limit);
        Ok(Page { items, more })
    }

    async fn changed_user(
        &self,
        caller: &UserId,
        own: &HashSet<ChatId>,
        entry: ChangeEntry,
    ) -> Result<Option<ChangedUser>> {
        let Some(account) = self.account_of(&entry.person).await? else { return Ok(None) };
        if entry.person != *caller && !self.shares_chat(own, &account).await? {
            return Ok(None);
        }
        let changed_at = Timestamp::from_millis(entry.key.parse().unwrap_or_default());
        Ok(Some(ChangedUser { is_deleted: account.deleted_at.is_some(), user: account.user, changed_at }))
    }

    /// True if the user is in one of these chats. A deleted user has left them, and is found by the remaining
    /// membership records.
    async fn shares_chat(&self, chats: &HashSet<ChatId>, account: &Account) -> Result<bool> {
        let user = &account.user.id;
        if account.deleted_at.is_none() {
            return Ok(self.memberships(user).await?.iter().any(|chat| chats.contains(chat)));
        }
        let standing = chats.iter().map(|chat| self.seen(chat, user, "changed"));
        let mut standing = stream::iter(standing.collect::<Vec<_>>()).buffer_unordered(CONCURRENT);
        while let Some(seen) = standing.next().await {
            if seen?.is_some_and(|(_, member)| member.is_some()) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn key(millis: i64) -> String {
    format!("{:016}", millis.max(0))
}
