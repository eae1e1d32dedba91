//! Changes accounts: read, change, write, and start over if the account changed concurrently. Also checks passwords.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::sleep;

use crate::api::context::{Context, Services};
use crate::api::operations::HeldClaim;
use crate::api::validate;
use crate::auth::{QueueKey, is_imported, security_log};
use crate::domain::look_alike_key;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::text::Name;
use crate::protocol::{ServerRole, Timestamp, User, UserId};
use crate::store::error::StoreError;
use crate::store::repository::{Account, AccountName, Repository};

/// Attempts to change an account that others are changing at the same time.
const ATTEMPTS: usize = 20;
/// Users looked up together.
const BATCH: usize = 100;
/// The pause before an account is read again after a write that got no answer.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(100);

/// An account before and after a change.
#[derive(Debug)]
pub struct Changed {
    /// The account before the change.
    pub old: Account,
    /// The account after the change.
    pub new: Account,
}

/// Changes an account. The closure may run several times, each time on the current account; if it changes nothing,
/// nothing is written.
///
/// # Errors
/// The error of the closure; `NOT_FOUND` for a deleted account; `UNAVAILABLE` if every attempt conflicted.
pub async fn change<F>(repository: &dyn Repository, user: &UserId, change: F) -> Result<Changed>
where
    F: Fn(&mut Account) -> Result<()>,
{
    change_under(repository, None, user, change).await
}

/// As [`change`]; the write ends the claim of the command's `opId`, if it has one.
///
/// # Errors
/// As [`change`], and `UNAVAILABLE` if the claim was lost.
pub async fn change_once<F>(context: &Context, user: &UserId, change: F) -> Result<Changed>
where
    F: Fn(&mut Account) -> Result<()>,
{
    change_under(&*context.services.repository, context.claim.as_deref(), user, change).await
}

async fn change_under<F>(
    repository: &dyn Repository,
    held: Option<&HeldClaim>,
    user: &UserId,
    change: F,
) -> Result<Changed>
where
    F: Fn(&mut Account) -> Result<()>,
{
    let changed = try_change(repository, held, user, change).await?;
    if let Some(held) = held.filter(|_| changed.old != changed.new) {
        held.end();
    }
    Ok(changed)
}

async fn try_change<F>(
    repository: &dyn Repository,
    held: Option<&HeldClaim>,
    user: &UserId,
    change: F,
) -> Result<Changed>
where
    F: Fn(&mut Account) -> Result<()>,
{
    let mut unheard: Option<Changed> = None;
    for _ in 0..ATTEMPTS {
        let found = repository.account(&AccountName::Id(user.clone())).await?;
        if let Some(changed) = unheard.take_if(|changed| found.as_ref().is_some_and(|found| is_result(changed, found)))
        {
            return Ok(changed);
        }
        let old = found.filter(|account| account.deleted_at.is_none()).ok_or_else(unknown)?;
        let mut new = old.clone();
        change(&mut new)?;
        if new == old {
            return Ok(Changed { old, new });
        }
        let written = match held {
            Some(held) => repository.update_account_once(&new, held.claim()).await,
            None => repository.update_account(&new).await,
        };
        match written {
            Ok(false) => {}
            Ok(true) => {
                new.version += 1;
                new.user.version = new.version;
                return Ok(Changed { old, new });
            }
            // The write may have succeeded. It cannot happen twice, because it would have changed the account's
            // version.
            Err(StoreError::Unavailable { .. } | StoreError::Conflict(_)) => {
                new.version += 1;
                new.user.version = new.version;
                unheard = Some(Changed { old, new });
                sleep(LOOK_AGAIN_AFTER).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(Error::unavailable("the account is being changed concurrently; try again"))
}

/// Removes expired bans from the server; the audit log keeps them.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond; bans removed so far stay removed.
pub async fn forget_expired_bans(services: &Services) -> Result<()> {
    let repository = &*services.repository;
    let now = services.clock.look();
    loop {
        let users = repository.expired_bans(now, BATCH).await?;
        for user in &users {
            let removed = change(repository, user, |account| {
                // A new ban may have been imposed since the list was read.
                account.ban = account.ban_at(now).cloned();
                Ok(())
            });
            match removed.await {
                Err(error) if error.code != Code::NotFound => return Err(error),
                _ => {}
            }
        }
        if users.len() < BATCH {
            return Ok(());
        }
    }
}

/// True if the stored account is the result of the change.
fn is_result(changed: &Changed, found: &Account) -> bool {
    let last_seen_at = found.user.last_seen_at;
    let new = &changed.new;
    Account { user: User { last_seen_at, ..new.user.clone() }, ..new.clone() } == *found
}

fn unknown() -> Error {
    Error::not_found("userId", "no such account")
}

/// Invalidates the tokens that other services have issued so far.
pub fn end_foreign_tokens(account: &mut Account, now: Timestamp) {
    account.tokens_valid_from = Some(now);
    account.ended_tokens.clear();
}

/// The refusal of a log-in: one text for an unknown account, a wrong password and a password changed during the check.
pub fn wrong_password() -> Error {
    Error::new(Code::Unauthenticated, "wrong username or password")
}

/// Checks that a person or a bot may take this username.
pub fn require_username(field: &'static str, text: &str) -> Result<()> {
    validate::username(field, text)?;
    let key = text.to_lowercase();
    if RESERVED.contains(&&*key) || key.starts_with("deleted") {
        return Err(Error::conflict("this username is taken").at(field));
    }
    Ok(())
}

/// Checks that a user with this role may take this display name.
pub fn require_display_name(text: &str, max: usize, role: ServerRole) -> Result<Name> {
    let name = Name::parse("displayName", text, max)?;
    let key = look_alike_key(&name);
    let spelling: String = key.chars().filter(|character| character.is_alphanumeric()).collect();
    if role != ServerRole::Admin && OFFICIAL.contains(&&*spelling) {
        return Err(Error::forbidden("this display name is reserved for admins").at("displayName"));
    }
    Ok(name)
}

/// Display names that would impersonate the server.
const OFFICIAL: &[&str] = &["administrator", "pichat", "system"];

/// Names that would impersonate somebody, or that have a special meaning as a name.
const RESERVED: &[&str] = &[
    "admin",
    "administrator",
    "all",
    "channel",
    "everybody",
    "everyone",
    "here",
    "moderator",
    "null",
    "pichat",
    "root",
    "system",
    "undefined",
];

/// A password to be checked.
#[derive(Debug)]
pub struct PasswordClaim<'a> {
    /// The command that carries the password.
    pub command: &'static str,
    /// The given name, in its unique form.
    pub name: &'a str,
    /// The account with that name, if it exists.
    pub account: Option<&'a Account>,
    /// The password.
    pub password: &'a str,
}

/// True if a password is correct. Every password check goes through here, so all share one throttle and one queue.
/// Wrong passwords and unknown accounts take as long as correct passwords.
///
/// # Errors
/// `RATE_LIMITED` after too many failures, or if too many checks are queued.
pub async fn check_password(context: &Context, claim: PasswordClaim<'_>) -> Result<bool> {
    let services = &context.services;
    let attempt = services.rate_limits.password(claim.name, context.origin.address)?;
    let hash = claim.account.and_then(|account| account.password.as_ref());
    let key = queue_key(context, claim.name);
    let is_right = services.authenticator.passwords.verify(hash, claim.password, key).await;
    let is_right = is_right.inspect_err(|_| attempt.cancelled())?;
    if !is_right {
        services.bus.share_attempt(&attempt.failed());
        let account = claim.account.map(|account| &account.user.id);
        security_log::password_refused(claim.command, account, context.origin.address);
        return Ok(false);
    }
    services.bus.share_attempt(&attempt.succeeded());
    Ok(true)
}

/// Replaces a hash imported from another server with one made here, now that the password is known. If the queue is
/// full, the next log-in does it.
///
/// # Errors
/// `UNAUTHENTICATED` if the password was changed in the meantime; `UNAVAILABLE` if the account cannot be written.
pub async fn renew_password(context: &Context, account: Account, password: &str) -> Result<Account> {
    let Some(known) = account.password.clone().filter(is_imported) else { return Ok(account) };
    let services = &context.services;
    let key = queue_key(context, &account.username_key);
    let Ok(new) = services.authenticator.passwords.hash(password, key).await else { return Ok(account) };
    let changed = change(&*services.repository, &account.user.id, |account| {
        if account.password.as_ref() != Some(&known) {
            return Err(Error::conflict("the password is being changed concurrently; try again"));
        }
        account.password = Some(new.clone());
        Ok(())
    });
    match changed.await {
        Ok(changed) => Ok(changed.new),
        Err(error) if error.code == Code::Conflict => verify_again(context, &account, password).await,
        Err(error) if error.code == Code::NotFound => Err(wrong_password()),
        Err(error) => Err(error),
    }
}

/// The stored account, if the password is still correct: a concurrent first log-in may have replaced the hash.
async fn verify_again(context: &Context, account: &Account, password: &str) -> Result<Account> {
    let services = &context.services;
    let present = services.repository.account(&AccountName::Id(account.user.id.clone())).await?;
    let present = present.filter(|account| account.deleted_at.is_none()).ok_or_else(wrong_password)?;
    let key = queue_key(context, &account.username_key);
    let is_right = services.authenticator.passwords.verify(present.password.as_ref(), password, key).await?;
    if is_right { Ok(present) } else { Err(wrong_password()) }
}

/// The key in the hash queue for requests about an account.
pub fn queue_key(context: &Context, name: &str) -> QueueKey {
    let address = context.origin.address;
    let is_known = context.services.rate_limits.is_known(name, address);
    // A request over HTTP is dropped with its connection.
    let gone = context.connection.as_ref().map(|connection| connection.gone.clone()).unwrap_or_default();
    QueueKey { account: name.to_owned(), address, is_known, gone }
}

/// The caller's account, if this is its password.
///
/// # Errors
/// `UNAUTHENTICATED` at the field if the password is wrong, or was changed during the check.
pub async fn require_password(
    context: &Context,
    command: &'static str,
    field: &'static str,
    password: &str,
) -> Result<Account> {
    let wrong = |sentence: &'static str| Error::new(Code::Unauthenticated, sentence).at(field);
    let account = own(context).await?;
    // The caller knows whether the account has a password, so a quick answer reveals nothing; and bots could otherwise
    // fill the queue.
    if account.password.is_none() {
        return Err(wrong("this account has no password"));
    }
    let claim = PasswordClaim { command, name: &account.username_key, account: Some(&account), password };
    if !check_password(context, claim).await? {
        return Err(wrong("wrong password"));
    }
    let present = own(context).await?;
    if present.password != account.password {
        return Err(wrong("the password was changed during the check"));
    }
    Ok(present)
}

/// The caller's stored account.
///
/// # Errors
/// `NOT_FOUND` if there is none.
pub async fn own(context: &Context) -> Result<Account> {
    let caller = context.user()?.id.clone();
    context.services.repository.account(&AccountName::Id(caller)).await?.ok_or_else(unknown)
}

/// The user as shown to others, and the chats whose members receive a change of the profile.
pub async fn contacts_of(context: &Context, account: &Account) -> Result<(Arc<User>, Vec<crate::protocol::ChatId>)> {
    let user = context.services.with_presence(account.user.clone());
    let chats = context.services.repository.memberships(&user.id).await?;
    Ok((Arc::new(user), chats))
}
