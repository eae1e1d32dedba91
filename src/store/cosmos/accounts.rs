//! Users: a document each, and a reservation of its username.

use futures_util::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};

use super::container::Written;
use super::{CONCURRENT, Store, ids};
use crate::error::{Error, Result};
use crate::model::{PresenceStatus, User, UserId};

pub(super) const PROFILE: &str = "profile";

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Profile {
    id: String,
    user_id: UserId,
    pub(super) user: User,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owner: Option<UserId>,
    #[serde(rename = "_etag", default, skip_serializing)]
    pub(super) etag: String,
}

impl Store {
    pub(super) async fn profile(&self, user: &str) -> Result<Option<Profile>> {
        if user.is_empty() || !ids::fits(user) {
            return Ok(None);
        }
        self.users.read((user, PROFILE), "user").await
    }

    /// The user of that id.
    pub(super) async fn user(&self, user: &str) -> Result<Option<User>> {
        Ok(self.profile(user).await?.map(|profile| profile.user))
    }

    /// Each by id, else by username.
    pub(super) async fn users_named(&self, names: &[&str]) -> Result<Vec<Option<User>>> {
        let found: Vec<_> = names.iter().map(|name| self.user_named(name)).collect();
        stream::iter(found).buffered(CONCURRENT).try_collect().await
    }

    async fn user_named(&self, name: &str) -> Result<Option<User>> {
        if let Some(user) = self.user(name).await? {
            return Ok(Some(user));
        }
        let key = username_key(name);
        let Some(reservation) = self.usernames.read(&key).await? else { return Ok(None) };
        Ok(self.user(&reservation.owner).await?.filter(|user| username_key(&user.username) == key))
    }

    /// Makes a user, unless the id is there already or the username taken.
    pub(super) async fn new_user(&self, user: &User, owner: Option<&UserId>, field: &'static str) -> Result<User> {
        if let Some(existing) = self.user(&user.id).await? {
            return Ok(existing);
        }
        let key = username_key(&user.username);
        if !self.claim_username(&key, &user.id).await? {
            return Err(Error::conflict("this username is taken").at(field));
        }
        let user = User { status: PresenceStatus::default(), email: None, ..user.clone() };
        let profile = Profile {
            id: PROFILE.to_owned(),
            user_id: user.id.clone(),
            user: user.clone(),
            owner: owner.cloned(),
            etag: String::new(),
        };
        match self.users.create((&user.id, PROFILE), &profile, "user").await? {
            Written::Done(_) => Ok(user),
            // Another made the same user at the same time, or this request was sent twice.
            _ => self.user(&user.id).await?.ok_or_else(|| Error::unavailable("a user came and went")),
        }
    }

    async fn claim_username(&self, key: &str, user: &UserId) -> Result<bool> {
        let Some(found) = self.usernames.claim(key, user).await? else { return Ok(true) };
        let holder = self.user(&found.owner).await?;
        if found.is_fresh() || holder.is_some_and(|holder| username_key(&holder.username) == key) {
            return Ok(false);
        }
        self.usernames.take(key, user, &found).await
    }

    /// The user who owns a bot.
    pub(super) async fn owner_of(&self, bot: &UserId) -> Result<Option<UserId>> {
        Ok(self.profile(bot).await?.and_then(|profile| profile.owner))
    }
}

fn username_key(username: &str) -> String {
    username.to_lowercase()
}
