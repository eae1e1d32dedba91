//! The list of people by username: a copy, in one partition, of the searchable parts of their documents.
//!
//! An entry is written before its document; readers of the list also read the documents, and skip entries that do not
//! match. Also this node's cache of people: messages and members contain copies of their users as of writing, which are
//! updated with the current names. Another node's changes are visible after [`REMEMBERED`].

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use azure_data_cosmos::Query;
use futures_util::{StreamExt, TryStreamExt, stream};
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};

use super::query::CosmosQuery;
use super::{CONCURRENT, Store, ids, queries};
use crate::domain::name_key;
use crate::protocol::{Ban, Member, Message, Sender, Timestamp, User, UserId};
use crate::store::error::Result;
use crate::store::repository::{Account, Page, UsersQuery};

const PARTITION: &str = "list:people";
/// The time for which users' names are cached.
const REMEMBERED: Duration = Duration::from_secs(60);
/// Maximum time for which a ban is cached, because another node may change it.
const BANS_REMEMBERED: Duration = Duration::from_secs(5);
/// Maximum number of cached users.
const PEOPLE: usize = 20_000;
/// Maximum number of members whose current names are looked up.
const ASKED: usize = 201;

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListedUser {
    id: String,
    user_id: String,
    person: UserId,
    key: String,
    /// The display name without regard to case.
    display: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email_key: Option<String>,
}

/// A bot, in its owner's partition: written before the bot's profile, so that every bot with an owner is found there.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OwnedBot {
    id: String,
    /// The owner.
    user_id: UserId,
    bot: UserId,
    key: String,
}

/// The cache of users.
#[derive(Debug)]
pub(super) struct People(Cache<UserId, Arc<KnownUser>>);

impl Default for People {
    fn default() -> Self {
        People(Cache::new(PEOPLE))
    }
}

/// A user as this node last read the account.
#[derive(Debug)]
struct KnownUser {
    user: User,
    ban: Option<Ban>,
    is_deleted: bool,
    at: Instant,
}

impl People {
    /// Caches the current state of a user.
    pub(super) fn learn(&self, account: &Account) {
        let Account { user, ban, deleted_at, .. } = account;
        let is_deleted = deleted_at.is_some();
        let present = KnownUser { user: user.clone(), ban: ban.clone(), is_deleted, at: Instant::now() };
        self.0.insert(account.user.id.clone(), Arc::new(present));
    }

    fn recall(&self, user: &UserId) -> Option<User> {
        self.0.get(user).filter(|known| known.at.elapsed() < REMEMBERED).map(|known| known.user.clone())
    }

    /// True if the user can read; `None` unless the account was read recently.
    fn can_read(&self, user: &UserId, now: Timestamp) -> Option<bool> {
        let known = self.0.get(user).filter(|known| known.at.elapsed() < BANS_REMEMBERED)?;
        Some(!known.is_deleted && !known.ban.as_ref().is_some_and(|ban| ban.holds(now)))
    }
}

/// True if the search may find the account: its entry in the list does not say whether the e-mail address is confirmed.
fn is_found(account: &Account, query: &UsersQuery) -> bool {
    let Some(search) = query.search.as_deref().map(name_key) else { return true };
    let is_named = account.username_key.contains(&search) || name_key(&account.user.display_name).contains(&search);
    is_named || account.email_key().as_ref() == Some(&search) && query.emails.finds(account)
}

impl Store {
    /// The bots of a user. Bots older than these entries are found by the tokens that their owner made.
    pub(super) async fn bots_of(&self, owner: &UserId) -> Result<Vec<User>> {
        if owner.is_empty() || !ids::fits(owner) {
            return Ok(vec![]);
        }
        let listed: Vec<OwnedBot> = self.users.query(owner, Query::from(queries::BOTS), "bots").await?;
        let mut ids: Vec<UserId> = listed.into_iter().map(|listed| listed.bot).collect();
        ids.extend(self.tokens_of(owner).await?.into_iter().map(|token| token.user_id));
        ids.sort_unstable();
        ids.dedup();
        let found: Vec<_> = ids.iter().map(|bot| self.account_of(bot)).collect();
        let found: Vec<Option<Account>> = stream::iter(found).buffered(CONCURRENT).try_collect().await?;
        let own = found.into_iter().flatten().filter(|account| account.owner.as_ref() == Some(owner));
        Ok(own.filter(|account| account.deleted_at.is_none()).map(|account| account.user).collect())
    }

    async fn list_bot(&self, account: &Account) -> Result<()> {
        let Some(owner) = &account.owner else { return Ok(()) };
        let id = format!("bot:{}", ids::encoded(&account.user.id));
        if account.deleted_at.is_some() {
            return self.users.delete(owner, &id, None, "bots").await.map(drop);
        }
        let bot = account.user.id.clone();
        let key = account.username_key.clone();
        let listed = OwnedBot { id: id.clone(), user_id: owner.clone(), bot, key };
        self.users.upsert(owner, &id, &listed, "bots").await.map(drop)
    }

    /// Adds a person to the list, or removes a deleted one.
    pub(super) async fn list_person(&self, account: &Account) -> Result<()> {
        self.list_bot(account).await?;
        let id = format!("u:{}", ids::encoded(&account.user.id));
        if account.deleted_at.is_some() {
            return self.users.delete(PARTITION, &id, None, "people").await.map(drop);
        }
        let listed = ListedUser {
            id: id.clone(),
            user_id: PARTITION.to_owned(),
            person: account.user.id.clone(),
            key: account.username_key.clone(),
            display: name_key(&account.user.display_name),
            email_key: account.email_key(),
        };
        self.users.upsert(PARTITION, &id, &listed, "people").await.map(drop)
    }

    /// True if a user is neither deleted nor banned from the server.
    pub(super) async fn can_read(&self, user: &UserId, now: Timestamp) -> Result<bool> {
        if let Some(known) = self.people.can_read(user, now) {
            return Ok(known);
        }
        let account = self.account_of(user).await?;
        Ok(account.is_some_and(|account| {
            account.deleted_at.is_none() && !account.ban.as_ref().is_some_and(|ban| ban.holds(now))
        }))
    }

    /// A page of people; reads until the page is full.
    pub(super) async fn people(&self, query: &UsersQuery) -> Result<Page<User>> {
        let top = query.limit + 1;
        let mut after = query.after.clone().unwrap_or_default();
        let mut items = vec![];
        while items.len() < top {
            let listed = self.listed(query, &after, top).await?;
            let is_last = listed.len() < top;
            let Some(last) = listed.last() else { break };
            after = last.key.clone();
            let inside = match &query.not_in {
                Some(chat) => {
                    let members: Vec<String> = listed.iter().map(|one| ids::member(&one.person)).collect();
                    self.look(chat, &members, "people").await?.members
                }
                None => HashMap::new(),
            };
            let outside =
                listed.into_iter().filter(|one| !inside.get(&one.person).is_some_and(|member| member.present));
            let found: Vec<_> = outside.map(|listed| self.listed_user(listed, query)).collect();
            let found = stream::iter(found).buffered(CONCURRENT);
            items.extend(found.try_filter_map(|user| async { Ok(user) }).try_collect::<Vec<User>>().await?);
            if is_last {
                break;
            }
        }
        let more = items.len() > query.limit;
        items.truncate(query.limit);
        Ok(Page { items, more })
    }

    async fn listed(&self, query: &UsersQuery, after: &str, top: usize) -> Result<Vec<ListedUser>> {
        let mut text = queries::PEOPLE.to_owned();
        text.push_str(if query.search.is_some() { queries::KNOWN_AS } else { "" });
        text.push_str(queries::BY_NAME);
        let mut question = CosmosQuery(Query::from(text)).with("@top", top)?.with("@after", after)?;
        if let Some(search) = &query.search {
            question = question.with("@search", name_key(search))?;
        }
        self.users.query(PARTITION, question.0, "people").await
    }

    /// The user of an entry, if the entry is still correct.
    async fn listed_user(&self, listed: ListedUser, query: &UsersQuery) -> Result<Option<User>> {
        let Some(account) = self.account_of(&listed.person).await? else { return Ok(None) };
        if account.username_key != listed.key {
            self.list_person(&account).await?;
        }
        let is_true = account.deleted_at.is_none() && account.username_key == listed.key;
        Ok((is_true && is_found(&account, query)).then_some(account.user))
    }

    /// The current users, as far as they are cached or may be looked up.
    async fn present(&self, users: HashSet<&UserId>) -> Result<HashMap<UserId, User>> {
        let mut present = HashMap::new();
        let mut unknown = vec![];
        for user in users {
            match self.people.recall(user) {
                Some(found) => drop(present.insert(user.clone(), found)),
                None => unknown.push(user),
            }
        }
        if unknown.len() > ASKED {
            return Ok(present);
        }
        let asked: Vec<_> = unknown.into_iter().map(|user| self.account_of(user)).collect();
        let found: Vec<Option<Account>> = stream::iter(asked).buffer_unordered(CONCURRENT).try_collect().await?;
        present.extend(found.into_iter().flatten().map(|account| (account.user.id.clone(), account.user)));
        Ok(present)
    }

    /// Sets the senders of messages to their current names.
    pub(super) async fn named(&self, mut messages: Vec<Message>) -> Result<Vec<Message>> {
        let present = self.present(messages.iter().map(|message| &message.sender.id).collect()).await?;
        for message in &mut messages {
            if let Some(user) = present.get(&message.sender.id) {
                message.sender = Sender::from(user);
            }
        }
        Ok(messages)
    }

    /// Sets members to their current names.
    pub(super) async fn named_members(&self, mut members: Vec<Member>) -> Result<Vec<Member>> {
        let present = self.present(members.iter().map(|member| &member.user.id).collect()).await?;
        for member in &mut members {
            if let Some(user) = present.get(&member.user.id) {
                member.user = user.clone();
            }
        }
        Ok(members)
    }
}
