//! Users, including data that only the server sees.

use async_trait::async_trait;

use super::MemoryRepository;
use super::tables::{MemoryAccount, MemoryTables};
use crate::domain::name_key;
use crate::protocol::{ChatId, Timestamp, User, UserId};
use crate::store::error::{Result, StoreError, UniqueField};
use crate::store::repository::{
    Account, AccountName, Accounts, ChangedUser, EmailSearch, LastSeenTimes, Page, UsersQuery,
};

#[async_trait]
impl Accounts for MemoryRepository {
    async fn users(&self, names: &[&str]) -> Result<Vec<Option<User>>> {
        self.run(|tables| {
            let living = |account: Option<&Account>| {
                account.filter(|account| account.deleted_at.is_none()).and_then(|account| tables.user(&account.user.id))
            };
            let by_id = |name: &str| living(tables.accounts.get(name).map(|stored| &stored.account));
            let by_name = |name: &str| living(tables.account(&AccountName::Username(name.to_owned())));
            names.iter().map(|name| by_id(name).or_else(|| by_name(name))).collect()
        })
        .await
    }

    async fn account(&self, name: &AccountName) -> Result<Option<Account>> {
        self.run(|tables| tables.account(name).cloned()).await
    }

    async fn bots(&self, owner: &UserId) -> Result<Vec<User>> {
        self.run(|tables| {
            let own = tables.living().filter(|account| account.owner.as_ref() == Some(owner));
            own.filter_map(|account| tables.user(&account.user.id)).collect()
        })
        .await
    }

    async fn expired_bans(&self, before: Timestamp, limit: usize) -> Result<Vec<UserId>> {
        let has_expired =
            |account: &&Account| account.ban.as_ref().and_then(|ban| ban.until).is_some_and(|until| until < before);
        self.run(|tables| {
            let expired = tables.living().filter(has_expired);
            expired.take(limit).map(|account| account.user.id.clone()).collect()
        })
        .await
    }

    async fn create_account(&self, account: &Account) -> Result<Account> {
        self.run(|tables| {
            if let Some(existing) = tables.accounts.get(&account.user.id) {
                return Ok(existing.account.clone());
            }
            tables.refuse_taken(account)?;
            let stored = numbered(account, 1);
            let row = MemoryAccount { account: stored.clone(), changed_at: None };
            tables.accounts.insert(account.user.id.clone(), row);
            Ok(stored)
        })
        .await?
    }

    async fn update_account(&self, account: &Account) -> Result<bool> {
        let at = self.clock.now();
        self.run(|tables| tables.update_account(account, at)).await?
    }

    async fn changed_users(&self, user: &UserId, after: Timestamp, limit: usize) -> Result<Page<ChangedUser>> {
        self.run(|tables| tables.changed_users(user, after, limit)).await
    }

    async fn search_users(&self, query: &UsersQuery) -> Result<Page<User>> {
        self.run(|tables| tables.search_users(query)).await
    }
}

#[async_trait]
impl LastSeenTimes for MemoryRepository {
    async fn note_seen(&self, seen: &[(UserId, Timestamp)]) -> Result<()> {
        self.run(|tables| {
            for (user, at) in seen {
                let found = tables.accounts.get_mut(user).map(|stored| &mut stored.account);
                if let Some(account) = found.filter(|account| account.deleted_at.is_none()) {
                    account.user.last_seen_at = account.user.last_seen_at.max(Some(*at));
                }
            }
        })
        .await
    }
}

/// The account with this version.
fn numbered(account: &Account, version: u64) -> Account {
    let mut account = Account { version, ..account.clone() };
    account.user = User { status: Default::default(), email: None, version, ..account.user };
    account
}

impl MemoryTables {
    fn all(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values().map(|stored| &stored.account)
    }

    fn living(&self) -> impl Iterator<Item = &Account> {
        self.all().filter(|account| account.deleted_at.is_none())
    }

    fn account(&self, name: &AccountName) -> Option<&Account> {
        let key = name.key();
        match name {
            AccountName::Id(id) => self.accounts.get(id).map(|stored| &stored.account),
            AccountName::Username(_) => self.all().find(|account| account.username_key == key),
            AccountName::Email(_) => self.all().find(|account| account.email_key().as_ref() == Some(&key)),
        }
    }

    /// Replaces an account; false if it was written since it was read.
    pub(super) fn update_account(&mut self, account: &Account, at: Timestamp) -> Result<bool> {
        let present = self.accounts.get(&account.user.id).map(|stored| &stored.account);
        let Some(present) = present.filter(|present| present.version == account.version) else { return Ok(false) };
        let seen = present.user.last_seen_at.max(account.user.last_seen_at);
        self.refuse_taken(account)?;
        let mut stored = numbered(account, account.version + 1);
        stored.user.last_seen_at = seen.filter(|_| account.deleted_at.is_none());
        let row = MemoryAccount { account: stored, changed_at: Some(at) };
        self.accounts.insert(account.user.id.clone(), row);
        Ok(true)
    }

    fn refuse_taken(&self, account: &Account) -> Result<()> {
        let mut others = self.all().filter(|other| other.user.id != account.user.id);
        if others.any(|other| other.username_key == account.username_key) {
            return Err(StoreError::Taken(UniqueField::Username));
        }
        let mut others = self.all().filter(|other| other.user.id != account.user.id);
        let email = account.email_key();
        if email.is_some() && others.any(|other| other.email_key() == email) {
            return Err(StoreError::Taken(UniqueField::Email));
        }
        Ok(())
    }

    /// True if the account shares a chat with the user, or did before it was deleted.
    fn is_acquainted(&self, user: &UserId, account: &Account) -> bool {
        let other = &account.user.id;
        let is_there = |record: Option<bool>| record.is_some_and(|is_in| is_in || account.deleted_at.is_some());
        self.memberships(user).any(|stored| is_there(stored.members.get(other).map(|one| one.record.role.is_some())))
    }

    fn changed_users(&self, user: &UserId, after: Timestamp, limit: usize) -> Page<ChangedUser> {
        let later = self.accounts.values().filter_map(|stored| {
            let changed_at = stored.changed_at.filter(|at| *at > after)?;
            let account = &stored.account;
            let is_told = account.user.id == *user || self.is_acquainted(user, account);
            let is_deleted = account.deleted_at.is_some();
            is_told.then_some(ChangedUser { user: self.user(&account.user.id)?, is_deleted, changed_at })
        });
        let mut items: Vec<ChangedUser> = later.collect();
        items.sort_by_key(|changed| changed.changed_at);
        let more = items.len() > limit;
        items.truncate(limit);
        Page { items, more }
    }

    fn search_users(&self, query: &UsersQuery) -> Page<User> {
        let search = query.search.as_deref().map(name_key);
        let is_found = |account: &&Account| {
            let Some(search) = &search else { return true };
            let is_named = account.username_key.contains(search.as_str())
                || name_key(&account.user.display_name).contains(search.as_str());
            let has_email = account.email_key().as_ref() == Some(search) && query.emails.finds(account);
            is_named || query.emails != EmailSearch::Off && has_email
        };
        let is_outside = |chat: &ChatId, account: &Account| {
            self.chats.get(chat).is_none_or(|stored| stored.member(&account.user.id).is_none())
        };
        let after = query.after.as_deref().unwrap_or_default();
        let found = self.living().filter(|account| *account.username_key > *after).filter(is_found);
        let mut found: Vec<&Account> =
            found.filter(|account| query.not_in.as_ref().is_none_or(|chat| is_outside(chat, account))).collect();
        found.sort_by(|one, other| one.username_key.cmp(&other.username_key));
        let more = found.len() > query.limit;
        found.truncate(query.limit);
        Page { items: found.iter().filter_map(|account| self.user(&account.user.id)).collect(), more }
    }
}
