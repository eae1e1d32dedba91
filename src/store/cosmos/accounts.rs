//! Users: one authoritative document each, and reservations of username and e-mail address that refer to it.

use async_trait::async_trait;
use azure_data_cosmos::Query;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};

use super::container::WriteResult;
use super::names::{Names, Owner};
use super::query::CosmosQuery;
use super::shapes::AccountShape;
use super::{CONCURRENT, CosmosRepository, Store, ids, queries};
use crate::domain::name_key;
use crate::protocol::{Timestamp, User, UserId};
use crate::store::error::{Result, StoreError, UniqueField};
use crate::store::repository::{Account, AccountName, Accounts, ChangedUser, Page, UsersQuery};

pub(super) const PROFILE: &str = "profile";

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Profile {
    id: String,
    user_id: UserId,
    #[serde(flatten, with = "AccountShape")]
    pub(super) account: Account,
    /// The write that produced this state, by which its writer recognises that it has succeeded.
    #[serde(default)]
    stamp: String,
    #[serde(rename = "_etag", default, skip_serializing)]
    pub(super) etag: String,
}

impl Profile {
    fn new(account: Account) -> Self {
        let stamp = uuid::Uuid::new_v4().simple().to_string();
        Profile { id: PROFILE.to_owned(), user_id: account.user.id.clone(), account, stamp, etag: String::new() }
    }
}

#[async_trait]
impl Accounts for CosmosRepository {
    async fn users(&self, names: &[&str]) -> Result<Vec<Option<User>>> {
        let found: Vec<_> = names.iter().map(|name| self.store.user_named(name)).collect();
        stream::iter(found).buffered(CONCURRENT).try_collect().await
    }

    async fn account(&self, name: &AccountName) -> Result<Option<Account>> {
        self.store.account_named(name).await
    }

    async fn changed_users(&self, user: &UserId, after: Timestamp, limit: usize) -> Result<Page<ChangedUser>> {
        self.store.changed_users(user, after, limit).await
    }

    async fn bots(&self, owner: &UserId) -> Result<Vec<User>> {
        self.store.bots_of(owner).await
    }

    async fn expired_bans(&self, before: Timestamp, limit: usize) -> Result<Vec<UserId>> {
        let question = CosmosQuery(Query::from(queries::EXPIRED_BANS)).with("@top", limit)?.with("@before", before)?;
        self.store.users.query_all(question.0, "account").await
    }

    async fn create_account(&self, account: &Account) -> Result<Account> {
        let account = Account { version: 1, ..account.clone() };
        self.detached(|store| async move { store.new_account(account).await }).await
    }

    async fn update_account(&self, account: &Account) -> Result<bool> {
        let account = account.clone();
        self.detached(|store| async move { store.change_account(account).await }).await
    }

    async fn search_users(&self, query: &UsersQuery) -> Result<Page<User>> {
        self.store.people(query).await
    }
}

impl Store {
    pub(super) async fn profile(&self, user: &str) -> Result<Option<Profile>> {
        if user.is_empty() || !ids::fits(user) {
            return Ok(None);
        }
        let mut profile: Option<Profile> = self.users.read(user, PROFILE, "user").await?;
        if let Some(profile) = &mut profile {
            profile.account.user.version = profile.account.version;
            self.people.learn(&profile.account);
        }
        Ok(profile)
    }

    /// The account with this id.
    pub(super) async fn account_of(&self, user: &str) -> Result<Option<Account>> {
        Ok(self.profile(user).await?.map(|profile| profile.account))
    }

    /// The user with this id, unless the account was deleted.
    pub(super) async fn user(&self, user: &str) -> Result<Option<User>> {
        let account = self.account_of(user).await?;
        Ok(account.filter(|account| account.deleted_at.is_none()).map(|account| account.user))
    }

    /// The user with this id, or else with this username.
    async fn user_named(&self, name: &str) -> Result<Option<User>> {
        if let Some(user) = self.user(name).await? {
            return Ok(Some(user));
        }
        self.user_of_name(&name_key(name)).await
    }

    /// The user with this lower-case username.
    pub(super) async fn user_of_name(&self, key: &str) -> Result<Option<User>> {
        let found = self.account_by(&self.usernames, key).await?;
        Ok(found.filter(|account| account.deleted_at.is_none()).map(|account| account.user))
    }

    async fn account_named(&self, name: &AccountName) -> Result<Option<Account>> {
        match name {
            AccountName::Id(id) => self.account_of(id).await,
            AccountName::Username(name) => self.account_by(&self.usernames, &name_key(name)).await,
            AccountName::Email(email) => self.account_by(&self.emails, &name_key(email)).await,
        }
    }

    async fn account_by(&self, names: &Names, key: &str) -> Result<Option<Account>> {
        let Some(reservation) = names.read(key).await? else { return Ok(None) };
        let account = self.account_of(&reservation.owner).await?;
        Ok(account.filter(|account| self.has(account, names, key)))
    }

    fn has(&self, account: &Account, names: &Names, key: &str) -> bool {
        if names.prefix == self.emails.prefix {
            account.email_key().as_deref() == Some(key)
        } else {
            account.username_key == key
        }
    }

    /// Creates an account, unless the id exists or a name is taken.
    async fn new_account(&self, account: Account) -> Result<Account> {
        if let Some(existing) = self.account_of(&account.user.id).await? {
            return Ok(existing);
        }
        self.claim_all(None, &account).await?;
        self.list_person(&account).await?;
        let profile = Profile::new(account);
        let id = profile.user_id.clone();
        match self.users.create(&id, PROFILE, &profile, "user").await? {
            WriteResult::Done(_) => {
                self.people.learn(&profile.account);
                Ok(profile.account)
            }
            // Another request created the same user concurrently, or this request was sent twice.
            _ => self.account_of(&id).await?.ok_or_else(|| StoreError::unavailable("the user was just deleted")),
        }
    }

    /// Writes an account of an archive unchanged.
    pub(super) async fn restore_account(&self, account: Account, changed_at: Option<Timestamp>) -> Result<()> {
        self.claim_all(None, &account).await?;
        self.list_person(&account).await?;
        if let Some(at) = changed_at {
            self.note_change_at(&account.user.id, at).await?;
        }
        let profile = Profile::new(account);
        self.users.upsert(&profile.user_id, PROFILE, &profile, "import").await.map(drop)
    }

    /// Replaces an account, unless it has changed since it was read.
    async fn change_account(&self, account: Account) -> Result<bool> {
        let Some(present) = self.profile(&account.user.id).await? else { return Ok(false) };
        let Profile { account: old, etag, .. } = present;
        if old.version != account.version {
            return Ok(false);
        }
        let mut new = Account { version: account.version + 1, ..account };
        new.user.version = new.version;
        // The last-seen time is written separately, without a new version, and deleted with the account.
        let last_seen = new.user.last_seen_at.max(old.user.last_seen_at);
        new.user.last_seen_at = last_seen.filter(|_| new.deleted_at.is_none());
        self.claim_all(Some(&old), &new).await?;
        self.list_person(&new).await?;
        self.note_change(&new.user.id).await?;
        let profile = Profile::new(new);
        let place = (&*profile.user_id, PROFILE);
        let mut is_done =
            matches!(self.users.replace(place.0, place.1, &profile, &etag, "user").await?, WriteResult::Done(_));
        let now = if is_done { None } else { self.profile(&profile.user_id).await? };
        if let Some(now) = now {
            // Another writer was faster, or this request was sent twice.
            is_done = now.stamp == profile.stamp;
            if !is_done {
                self.list_person(&now.account).await?;
                self.release_all(&profile.account, &now.account).await;
            }
        }
        if is_done {
            self.people.learn(&profile.account);
            self.release_all(&old, &profile.account).await;
        }
        Ok(is_done)
    }

    /// Reserves the names that the new account has and the old one lacks; CONFLICT if another account has one.
    async fn claim_all(&self, old: Option<&Account>, new: &Account) -> Result<()> {
        let key = &new.username_key;
        if old.is_none_or(|old| old.username_key != *key) && !self.claim(&self.usernames, key, new).await? {
            return Err(StoreError::Taken(UniqueField::Username));
        }
        let email = new.email_key().filter(|key| old.and_then(Account::email_key).as_ref() != Some(key));
        if let Some(key) = email
            && !self.claim(&self.emails, &key, new).await?
        {
            if old.is_none_or(|old| old.username_key != new.username_key) {
                self.usernames.release(&new.username_key, owner(new)).await;
            }
            return Err(StoreError::Taken(UniqueField::Email));
        }
        Ok(())
    }

    async fn claim(&self, names: &Names, key: &str, account: &Account) -> Result<bool> {
        let Some(found) = names.claim(key, owner(account)).await? else { return Ok(true) };
        let holder = self.account_of(&found.owner).await?;
        if found.is_fresh() || holder.is_some_and(|holder| self.has(&holder, names, key)) {
            return Ok(false);
        }
        names.take(key, owner(account), &found).await
    }

    /// Releases names that an account had or reserved, and no longer has.
    async fn release_all(&self, had: &Account, has: &Account) {
        if had.username_key != has.username_key {
            self.usernames.release(&had.username_key, owner(had)).await;
        }
        if let Some(key) = had.email_key().filter(|key| has.email_key().as_ref() != Some(key)) {
            self.emails.release(&key, owner(had)).await;
        }
    }
}

/// The owner under which an account reserves its names.
fn owner(account: &Account) -> Owner<'_> {
    Owner { id: &account.user.id, version: account.version }
}
