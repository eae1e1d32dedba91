//! Finds users by id, username or e-mail address.

use std::borrow::Cow;
use std::collections::HashSet;

use futures_util::{StreamExt, TryStreamExt, stream};

use crate::api::context::Context;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, User};
use crate::store::error::StoreError;
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
/// Concurrent look-ups of one command.
const CONCURRENT: usize = 16;

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
    refuse_many(field, given)?;
    let repository = &context.services.repository;
    let caller = &context.user()?.id;
    let mut seen = HashSet::new();
    let ids: Vec<&str> = given.iter().map(String::as_str).filter(|id| seen.insert(*id)).collect();
    let found = repository.users(&ids).await?.into_iter().zip(ids);
    let found: Vec<User> = found.filter_map(|(user, id)| user.filter(|user| *user.id == *id)).collect();
    let own: HashSet<ChatId> = repository.memberships(caller).await?.into_iter().collect();
    let mut looks = Vec::with_capacity(found.len());
    for user in found {
        let own = &own;
        looks.push(async move {
            let shares =
                user.id == *caller || repository.memberships(&user.id).await?.iter().any(|id| own.contains(id));
            Ok::<_, StoreError>(shares.then_some(user))
        });
    }
    let users: Vec<Option<User>> = stream::iter(looks).buffered(CONCURRENT).try_collect().await?;
    Ok(users.into_iter().flatten().collect())
}
