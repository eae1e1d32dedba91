//! Finds users by id, username or e-mail address.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::api::context::Context;
use crate::protocol::error::{Error, Result};
use crate::protocol::{PresenceStatus, User, UserId};
use crate::store::repository::{AccountName, EmailSearch};

/// Maximum number of users in one command.
const MOST: usize = 200;

/// The user with this id or username, with their presence.
pub async fn find_user(context: &Context, field: &'static str, given: &str) -> Result<User> {
    let found = context.services.repository.users(&[given]).await?.into_iter().next().flatten();
    let user = found.ok_or_else(|| unknown(field, given))?;
    Ok(context.services.with_presence(user))
}

/// The e-mail addresses by which callers may find others.
pub fn email_search(context: &Context) -> EmailSearch {
    if context.services.config.accounts.email_lookup { EmailSearch::Confirmed } else { EmailSearch::Off }
}

/// The user with this id, username or complete e-mail address, with their presence.
///
/// # Errors
/// `NOT_FOUND` at the field if there is none.
pub async fn find_recipient(context: &Context, field: &'static str, given: &str) -> Result<User> {
    let emails = email_search(context);
    if !given.contains('@') || emails == EmailSearch::Off {
        return find_user(context, field, given).await;
    }
    let account = context.services.repository.account(&AccountName::Email(given.to_owned())).await?;
    match account.filter(|account| account.deleted_at.is_none() && emails.finds(account)) {
        Some(account) => Ok(context.services.with_presence(account.user)),
        None => find_user(context, field, given).await,
    }
}

fn unknown(field: impl Into<Cow<'static, str>>, given: &str) -> Error {
    let shown: String = given.chars().take(64).collect();
    Error::not_found(field, format!("no user with id or username {shown}"))
}

/// The users with these ids or usernames, without duplicates, with their presence.
pub async fn find_users(context: &Context, field: &'static str, given: &[String]) -> Result<Vec<User>> {
    refuse_many(field, given)?;
    let names: Vec<&str> = given.iter().map(String::as_str).collect();
    let found = context.services.repository.users(&names).await?;
    let mut seen = HashSet::new();
    let mut users = Vec::with_capacity(found.len());
    for (place, user) in found.into_iter().enumerate() {
        let user = user.ok_or_else(|| unknown(format!("{field}[{place}]"), &given[place]))?;
        if seen.insert(user.id.clone()) {
            users.push(context.services.with_presence(user));
        }
    }
    Ok(users)
}

fn refuse_many(field: &'static str, given: &[String]) -> Result<()> {
    if given.len() > MOST {
        return Err(Error::invalid(field, format!("{field} must name at most {MOST} users")));
    }
    Ok(())
}

/// The users among these who share a chat with the caller; the caller counts as a contact too.
pub async fn find_contacts(context: &Context, field: &'static str, given: &[String]) -> Result<Vec<User>> {
    let mut found = known_ids(context, field, given).await?;
    let contacts = contacts_among(context, found.iter().map(|user| &user.id)).await?;
    found.retain(|user| contacts.contains(&user.id));
    Ok(found)
}

/// Those of these users that exist, as the caller may see them.
///
/// # Errors
/// `INVALID_ARGUMENT` at the field if there are too many ids.
pub async fn find_by_ids(context: &Context, field: &'static str, given: &[String]) -> Result<Vec<User>> {
    let found = known_ids(context, field, given).await?;
    present_to_caller(context, found).await
}

/// The users with these ids, without duplicates. A username is no id.
async fn known_ids(context: &Context, field: &'static str, given: &[String]) -> Result<Vec<User>> {
    refuse_many(field, given)?;
    let mut seen = HashSet::new();
    let ids: Vec<&str> = given.iter().map(String::as_str).filter(|id| seen.insert(*id)).collect();
    let found = context.services.repository.users(&ids).await?.into_iter().zip(ids);
    Ok(found.filter_map(|(user, id)| user.filter(|user| *user.id == *id)).collect())
}

/// Users as the caller may see them: with their presence if they share a chat with the caller, else with their profile
/// alone. Every reply that names users of whom the caller need not be a contact goes through here.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not answer.
pub async fn present_to_caller(context: &Context, users: Vec<User>) -> Result<Vec<User>> {
    let mut users: Vec<User> = users.into_iter().map(|user| context.services.with_presence(user)).collect();
    // Those of whom there is nothing to hide need no look-up.
    let has_presence = |user: &&User| user.status != PresenceStatus::Offline || user.last_seen_at.is_some();
    let contacts = contacts_among(context, users.iter().filter(has_presence).map(|user| &user.id)).await?;
    for user in users.iter_mut().filter(|user| !contacts.contains(&user.id)) {
        user.status = PresenceStatus::Offline;
        user.last_seen_at = None;
    }
    Ok(users)
}

/// Those of these users who share a chat with the caller, or are the caller.
async fn contacts_among(context: &Context, users: impl Iterator<Item = &UserId>) -> Result<HashSet<UserId>> {
    let caller = &context.user()?.id;
    let others: Vec<UserId> = users.filter(|user| *user != caller).cloned().collect();
    let found = if others.is_empty() { vec![] } else { context.services.repository.contacts(caller, &others).await? };
    Ok(found.into_iter().chain([caller.clone()]).collect())
}
