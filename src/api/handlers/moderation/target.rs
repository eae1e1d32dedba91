//! The user that a moderator acts on.

use crate::api::context::{Context, Services};
use crate::protocol::error::{Error, Result};
use crate::protocol::{ServerRole, User, UserId};
use crate::realtime::hub::{Revocation, Which};
use crate::realtime::outbox::Close;
use crate::store::repository::{Account, AccountName};

use crate::api::accounts;

/// The account that the caller may act on: never the caller's own, never one of an equal or higher role.
pub async fn require_target(context: &Context, given: &str) -> Result<Account> {
    let repository = &context.services.repository;
    let identity = context.identity()?;
    let found = match repository.account(&AccountName::Id(UserId::from(given))).await? {
        None => repository.account(&AccountName::Username(given.to_owned())).await?,
        found => found,
    };
    let shown = || given.chars().take(64).collect::<String>();
    let missing = || Error::not_found("userId", format!("no user with id or username {}", shown()));
    let account = found.filter(|account| account.deleted_at.is_none()).ok_or_else(missing)?;
    if account.user.id == identity.user.id {
        return Err(Error::forbidden("you cannot do this to yourself").at("userId"));
    }
    refuse_as_high(&account, identity.authority())?;
    Ok(account)
}

/// Changes an account, provided the caller may act on it at the time of writing.
pub async fn change_target(context: &Context, user: &UserId, change: impl Fn(&mut Account)) -> Result<User> {
    let repository = &*context.services.repository;
    let authority = context.identity()?.authority();
    let changed = accounts::change(repository, user, |account| {
        refuse_as_high(account, authority)?;
        change(account);
        Ok(())
    });
    Ok(changed.await?.new.user)
}

fn refuse_as_high(account: &Account, authority: ServerRole) -> Result<()> {
    if account.user.role >= authority {
        return Err(Error::forbidden("you cannot do this to a user whose role equals or outranks yours").at("userId"));
    }
    Ok(())
}

/// Closes the sockets of a user and of the user's bots on every node.
pub async fn disconnect_with_bots(services: &Services, user: &UserId, reason: &'static str) -> Result<()> {
    let tokens = services.repository.tokens(user).await?;
    let mut users: Vec<UserId> = tokens.into_iter().map(|token| token.user_id).collect();
    users.push(user.clone());
    users.sort_unstable();
    users.dedup();
    for user in users {
        services.bus.revoke(&Revocation { user, which: Which::All, close: Close { code: 4403, reason } });
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
