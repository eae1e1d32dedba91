use std::fmt;

use async_trait::async_trait;

use crate::domain::name_key;
use crate::protocol::{Ban, ChatId, Timestamp, User, UserId};
use crate::store::error::Result;

use super::Page;

/// Stores users, including data that only the server sees.
///
/// 1. A username or e-mail address MUST belong to at most one account, by its [`name_key`], even with concurrent
///    requests for it; a reader MUST find an account by its current names and by no others.
/// 2. [`Accounts::update_account`] MUST write nothing if the account was written since it was read.
/// 3. A deleted account MUST keep its username, MUST NOT be among [`Accounts::users`] or [`Accounts::search_users`],
///    and MUST still be shown as the sender of its messages.
/// 4. No user returned by a repository has an e-mail address; only the [`Account`] has it.
#[async_trait]
pub trait Accounts: fmt::Debug + Send + Sync + 'static {
    /// Users by id, or else by username; `None` for each that is not found.
    async fn users(&self, names: &[&str]) -> Result<Vec<Option<User>>>;

    /// The account with this id, username or e-mail address, even if it is banned or deleted.
    async fn account(&self, name: &AccountName) -> Result<Option<Account>>;

    /// The undeleted bots that a user owns, in no particular order. A bot created before this read began MUST be among
    /// them.
    async fn bots(&self, owner: &UserId) -> Result<Vec<User>>;

    /// Up to `limit` undeleted users whose ban from the server ended before a time, in no particular order.
    async fn expired_bans(&self, before: Timestamp, limit: usize) -> Result<Vec<UserId>>;

    /// Creates an account. `Taken` if another account has the username or the e-mail address; the same id again returns
    /// the existing account.
    async fn create_account(&self, account: &Account) -> Result<Account>;

    /// Replaces an account that still has the version it was read with, and increments the version; false if the
    /// version differs. The later last-seen time is kept, unless the account is deleted. `Taken` if another account has
    /// the new username or e-mail address.
    async fn update_account(&self, account: &Account) -> Result<bool>;

    /// A page of the users who share a chat with this one and whose accounts were changed after the given time, in the
    /// order of the changes; includes deleted users who were in such a chat, and the user. A change committed a minute
    /// or longer before the read MUST be among them.
    async fn changed_users(&self, user: &UserId, after: Timestamp, limit: usize) -> Result<Page<ChangedUser>>;

    /// A page of users ordered by username key.
    async fn search_users(&self, query: &UsersQuery) -> Result<Page<User>>;
}

/// A user whose account was changed.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedUser {
    /// The current profile.
    pub user: User,
    /// True if the account was deleted.
    pub is_deleted: bool,
    /// Time of the latest change.
    pub changed_at: Timestamp,
}

/// The key by which an account is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountName {
    /// The user's id.
    Id(UserId),
    /// The username, ignoring case and Unicode form.
    Username(String),
    /// The whole e-mail address, ignoring case and Unicode form.
    Email(String),
}

impl AccountName {
    /// The key under which equal names match.
    pub fn key(&self) -> String {
        match self {
            AccountName::Id(id) => id.to_string(),
            AccountName::Username(name) | AccountName::Email(name) => name_key(name),
        }
    }
}

/// A user, including data that only the server sees.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// The public part.
    pub user: User,
    /// The [`name_key`] of the account's username; a deleted account keeps it.
    pub username_key: String,
    /// The e-mail address, visible only to the user.
    pub email: Option<String>,
    /// True if the address was changed after sign-up and no administrator has confirmed it, so that others cannot find
    /// the user by it.
    pub email_unconfirmed: bool,
    /// The password hash; `None` if the account has no password.
    pub password: Option<PasswordHash>,
    /// The user who owns this bot.
    pub owner: Option<UserId>,
    /// The ban from the server, in force or expired.
    pub ban: Option<Ban>,
    /// Time of the deletion.
    pub deleted_at: Option<Timestamp>,
    /// Tokens of other services are valid only if issued after this time.
    pub tokens_valid_from: Option<Timestamp>,
    /// Revoked tokens of other services, kept until they would have expired.
    pub ended_tokens: Vec<EndedToken>,
    /// The number of times the account was written; 1 for a new one.
    pub version: u64,
}

impl Account {
    /// The account of a new user without a password.
    pub fn new(user: User) -> Self {
        Account {
            username_key: name_key(&user.username),
            user: User { email: None, status: Default::default(), version: 1, ..user },
            email: None,
            email_unconfirmed: false,
            password: None,
            owner: None,
            ban: None,
            deleted_at: None,
            tokens_valid_from: None,
            ended_tokens: vec![],
            version: 1,
        }
    }

    /// The account of a new bot.
    pub fn of_bot(user: User, owner: UserId) -> Self {
        Account { owner: Some(owner), ..Account::new(user) }
    }

    /// Changes the user's username.
    pub fn rename(&mut self, username: String) {
        self.username_key = name_key(&username);
        self.user.username = username;
    }

    /// The key under which the e-mail address is unique.
    pub fn email_key(&self) -> Option<String> {
        self.email.as_deref().map(name_key)
    }

    /// The ban in force at this time.
    pub fn ban_at(&self, now: Timestamp) -> Option<&Ban> {
        self.ban.as_ref().filter(|ban| ban.holds(now))
    }

    /// The user with the e-mail address, as only the user sees it.
    pub fn own(&self) -> User {
        User { email: self.email.clone(), ..self.user.clone() }
    }
}

/// A password's hash in the PHC string format; its `Debug` output hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PasswordHash(…)")
    }
}

/// A revoked token of another service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndedToken {
    /// The token's own id.
    pub jti: String,
    /// The token's expiry.
    pub until: Timestamp,
}

/// The e-mail addresses that a search may find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailSearch {
    /// No address.
    Off,
    /// Addresses given at sign-up or confirmed by an administrator.
    Confirmed,
    /// All addresses.
    All,
}

impl EmailSearch {
    /// True if an account's address may be found.
    pub fn finds(self, account: &Account) -> bool {
        self == EmailSearch::All || (self == EmailSearch::Confirmed && !account.email_unconfirmed)
    }
}

/// A query for a page of users.
#[derive(Clone, Debug)]
pub struct UsersQuery {
    /// Part of the username or display name, or a whole e-mail address, ignoring case.
    pub search: Option<String>,
    /// The e-mail addresses that may be found.
    pub emails: EmailSearch,
    /// Only users who are not in this chat.
    pub not_in: Option<ChatId>,
    /// The username key of the last user on the previous page.
    pub after: Option<String>,
    /// Maximum number of items.
    pub limit: usize,
}
