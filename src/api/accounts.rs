//! Changing an account: read, change, and written if nobody was faster, or all of it again.

use std::sync::Arc;

use crate::api::context::Context;
use crate::api::validate;
use crate::domain::look_alike_key;
use crate::protocol::error::{Error, Result};
use crate::protocol::text::Name;
use crate::protocol::{ServerRole, Timestamp, User, UserId};
use crate::store::repository::{Account, AccountName, Repository};

/// How often a change is tried that others hinder.
const ATTEMPTS: usize = 20;

/// The account as it was and as it is.
#[derive(Debug)]
pub struct Changed {
    /// Before the change.
    pub old: Account,
    /// After it.
    pub new: Account,
}

/// Changes an account; the change may be made several times, each time on what is there then. Where it changes
/// nothing, nothing is written.
pub async fn change<F>(repository: &dyn Repository, user: &UserId, change: F) -> Result<Changed>
where
    F: Fn(&mut Account) -> Result<()>,
{
    for _ in 0..ATTEMPTS {
        let found = repository.account(&AccountName::Id(user.clone())).await?;
        let old = found.filter(|account| account.deleted_at.is_none()).ok_or_else(unknown)?;
        let mut new = old.clone();
        change(&mut new)?;
        if new == old {
            return Ok(Changed { old, new });
        }
        if repository.update_account(&new).await? {
            new.version += 1;
            return Ok(Changed { old, new });
        }
    }
    Err(Error::unavailable("the account is being changed concurrently; try again"))
}

fn unknown() -> Error {
    Error::not_found("userId", "no such account")
}

/// Tokens of other services that were issued until now count no more.
pub fn end_foreign_tokens(account: &mut Account, now: Timestamp) {
    account.tokens_valid_from = Some(now);
    account.ended_tokens.clear();
}

/// A username that a person or a bot may take.
pub fn require_username(field: &'static str, text: &str) -> Result<()> {
    validate::username(field, text)?;
    let key = text.to_lowercase();
    if RESERVED.contains(&&*key) || key.starts_with("deleted") {
        return Err(Error::conflict("this username is taken").at(field));
    }
    Ok(())
}

/// A display name that a user of this role may have.
pub fn require_display_name(text: &str, most: usize, role: ServerRole) -> Result<Name> {
    let name = Name::parse("displayName", text, most)?;
    let key = look_alike_key(&name);
    let spelling: String = key.chars().filter(|character| character.is_alphanumeric()).collect();
    if role != ServerRole::Admin && OFFICIAL.contains(&&*spelling) {
        return Err(Error::forbidden("this display name is reserved for admins").at("displayName"));
    }
    Ok(name)
}

/// Display names by which the server itself would seem to speak.
const OFFICIAL: &[&str] = &["administrator", "pichat", "system"];

/// Names that people would take for somebody else's, or that mean something where a name may stand.
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

/// The caller's account, if this is its password. It takes as long to say that it is not, or that there is none.
pub async fn require_password(context: &Context, field: &'static str, password: &str) -> Result<Account> {
    let services = &context.services;
    let caller = &context.user()?.id;
    let account = services.repository.account(&AccountName::Id(caller.clone())).await?.ok_or_else(unknown)?;
    if services.authenticator.passwords.verify(account.password.as_ref(), password).await? {
        return Ok(account);
    }
    Err(Error::new(crate::protocol::error::Code::Unauthenticated, "wrong password").at(field))
}

/// Has everybody who shares a chat with the user hear of a change, and the user's connections act as the user is now.
/// Gives the user as others are told, and those chats.
pub async fn contacts_of(context: &Context, account: &Account) -> Result<(Arc<User>, Vec<crate::protocol::ChatId>)> {
    let user = context.services.with_presence(account.user.clone());
    let chats = context.services.repository.memberships(&user.id).await?;
    Ok((Arc::new(user), chats))
}
