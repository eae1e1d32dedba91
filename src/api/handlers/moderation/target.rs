//! The user that a moderator acts on.

use std::sync::Arc;

use crate::api::command::Secret;
use crate::api::context::{Context, Services};
use crate::auth::{ADMIN, Identity};
use crate::protocol::error::{Error, Result};
use crate::protocol::{ServerRole, User, UserId};
use crate::realtime::hub::{Revocation, RevokedCredentials};
use crate::realtime::outbox::Close;
use crate::store::repository::{Account, AccountName, PasswordHash};

use crate::api::{accounts, audit, bots, sessions};

/// The roles of the users that a command may act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Lower roles than the caller's.
    Lower,
    /// Lower roles, and for admins also other admins, except the built-in administrator.
    OtherAdmins,
}

/// The account that the caller may act on: never the caller's own, nor one out of reach.
///
/// # Errors
/// `NOT_FOUND` for an unknown or deleted user, `FORBIDDEN` for one out of reach.
pub async fn require_target(context: &Context, given: &str, reach: Reach) -> Result<Account> {
    let account = find(context, given).await?;
    if account.user.id == context.user()?.id {
        return Err(Error::forbidden("this command cannot be used on your own account").at("userId"));
    }
    refuse_out_of_reach(&account, context.identity()?, reach)?;
    Ok(account)
}

/// The account with this id or username; for admins also with this e-mail address.
///
/// # Errors
/// `NOT_FOUND` at `userId` for an unknown or deleted user.
pub async fn find(context: &Context, given: &str) -> Result<Account> {
    let repository = &context.services.repository;
    let mut found = repository.account(&AccountName::Id(UserId::from(given))).await?;
    if found.is_none() {
        found = repository.account(&AccountName::Username(given.to_owned())).await?;
    }
    // Moderators must not learn who has an address.
    if found.is_none() && given.contains('@') && context.identity()?.authority() == ServerRole::Admin {
        found = repository.account(&AccountName::Email(given.to_owned())).await?;
    }
    let shown = || given.chars().take(64).collect::<String>();
    let missing = || Error::not_found("userId", format!("no user with id or username {}", shown()));
    found.filter(|account| account.deleted_at.is_none()).ok_or_else(missing)
}

/// The user whose API tokens a command concerns: the caller or, for admins, the named user.
///
/// # Errors
/// `FORBIDDEN` at `userId` for callers who are not admins, and for a user out of reach.
pub async fn token_owner(context: &Context, given: Option<&str>) -> Result<User> {
    let identity = context.identity()?;
    let Some(given) = given else { return Ok(identity.user.as_ref().clone()) };
    if identity.authority() < ServerRole::Admin {
        let sentence = "userId is for admins of the server, and for tokens with the scope admin";
        return Err(Error::forbidden(sentence).at("userId"));
    }
    let account = find(context, given).await?;
    if account.user.id != identity.user.id {
        refuse_out_of_reach(&account, identity, Reach::Lower)?;
    }
    Ok(account.user)
}

/// Hashes a password that an admin sets for somebody else.
///
/// # Errors
/// As for [`sessions::confirm`], and `FORBIDDEN` if the caller is no longer an admin: the hash may have waited behind
/// many others, so the caller is checked again afterwards.
pub async fn hash_password(context: &Context, password: &Secret, username_key: &str) -> Result<PasswordHash> {
    let services = &context.services;
    let key = accounts::queue_key(context, username_key);
    let hash = services.authenticator.passwords.hash(password, key).await?;
    let caller = sessions::confirm(services, context.identity()?).await?.identity;
    if caller.authority() < ServerRole::Admin {
        return Err(Error::forbidden("only admins of the server can set other users' passwords"));
    }
    Ok(hash)
}

/// Changes an account, if the caller may act on it at the time of writing.
///
/// # Errors
/// `FORBIDDEN` if the user is out of reach by then.
pub async fn change_target(
    context: &Context,
    user: &UserId,
    reach: Reach,
    change: impl Fn(&mut Account),
) -> Result<User> {
    let identity = context.identity()?;
    let changed = accounts::change_once(context, user, |account| {
        refuse_out_of_reach(account, identity, reach)?;
        change(account);
        Ok(())
    });
    Ok(changed.await?.new.user)
}

/// The built-in administrator outranks everybody, because no other admin could act on a compromised admin account.
fn refuse_out_of_reach(account: &Account, caller: &Identity, reach: Reach) -> Result<()> {
    let authority = caller.authority();
    let may_reach_admins = reach == Reach::OtherAdmins || *caller.user.id == *ADMIN;
    let is_other_admin = may_reach_admins && authority == ServerRole::Admin && *account.user.id != *ADMIN;
    if account.user.role < authority || is_other_admin {
        return Ok(());
    }
    Err(Error::forbidden("you cannot do this to a user whose role equals or outranks yours").at("userId"))
}

/// Refuses a role for a bot that is higher than its owner's.
///
/// # Errors
/// `CONFLICT` at `role`.
pub async fn refuse_above_owner(services: &Services, account: &Account, role: ServerRole) -> Result<()> {
    let Some(owner) = account.owner.clone() else { return Ok(()) };
    let owner = services.repository.account(&AccountName::Id(owner)).await?;
    if owner.is_some_and(|owner| owner.user.role >= role) {
        return Ok(());
    }
    Err(Error::conflict("a bot's role cannot be higher than its owner's").at("role"))
}

/// Lowers the roles of a user's bots to the user's new role. Each change is audited and published.
///
/// # Errors
/// Fails if the storage fails.
pub async fn lower_bots(context: &Context, user: &UserId, role: ServerRole) -> Result<()> {
    let services = &context.services;
    for bot in bots::owned(&*services.repository, user).await? {
        if bot.role > role {
            audit::record(context, "SET_USER_ROLE", Some(&bot.id), Some(role_name(role))).await?;
            let changed = accounts::change(&*services.repository, &bot.id, |account| {
                account.user.role = account.user.role.min(role);
                Ok(())
            });
            services.bus.refresh_identity(&Arc::new(changed.await?.new.user));
        }
    }
    Ok(())
}

/// Closes the sockets of a user and of the user's bots on every node.
///
/// # Errors
/// Fails if the storage fails.
pub async fn disconnect_with_bots(services: &Services, user: &UserId, reason: &'static str) -> Result<()> {
    let bots = bots::owned(&*services.repository, user).await?.into_iter().map(|bot| bot.id);
    for user in std::iter::once(user.clone()).chain(bots) {
        services.bus.revoke(&Revocation { user, which: RevokedCredentials::All, close: Close { code: 4403, reason } });
    }
    Ok(())
}

/// The role's name on the wire, for the audit log.
pub fn role_name(role: ServerRole) -> &'static str {
    match role {
        ServerRole::Member => "member",
        ServerRole::Moderator => "moderator",
        ServerRole::Admin => "admin",
    }
}
