//! Finding users by what the client calls them.

use std::collections::HashSet;

use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::User;

/// How many users one command may name.
const MOST: usize = 200;

/// The user of that id or username, with their presence.
pub async fn one(context: &Context, field: &'static str, given: &str) -> Result<User> {
    let found = context.services.repository.users(&[given]).await?.pop().flatten();
    let shown = || given.chars().take(64).collect::<String>();
    let missing = || Error::not_found(field, format!("no user with id or username {}", shown()));
    found.map(|user| context.services.with_presence(user)).ok_or_else(missing)
}

/// The users of these ids or usernames, each once, with their presence.
pub async fn resolve(context: &Context, field: &'static str, given: &[String]) -> Result<Vec<User>> {
    if given.len() > MOST {
        return Err(Error::invalid(field, format!("{field} may name at most {MOST} users")));
    }
    let names: Vec<&str> = given.iter().map(String::as_str).collect();
    let found = context.services.repository.users(&names).await?;
    let mut seen = HashSet::new();
    let mut users = Vec::with_capacity(found.len());
    for (place, user) in found.into_iter().enumerate() {
        let shown = || given[place].chars().take(64).collect::<String>();
        let user = user.ok_or_else(|| {
            Error::not_found(format!("{field}[{place}]"), format!("no user with id or username {}", shown()))
        })?;
        if seen.insert(user.id.clone()) {
            users.push(context.services.with_presence(user));
        }
    }
    Ok(users)
}
