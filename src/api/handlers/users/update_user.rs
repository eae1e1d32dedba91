use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::api::command::{Access, Command, Reply};
use crate::api::context::Context;
use crate::api::service::{accounts, check};
use crate::auth::ADMIN;
use crate::protocol::User;
use crate::protocol::error::{Error, Result};
use crate::protocol::wire;
use crate::store::repository::Account;

/// Changes one's own profile: what is given, and nothing else.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateUser {
    /// What people are shown.
    #[schemars(length(min = 1))]
    display_name: Option<String>,
    /// How others call you.
    #[schemars(regex(pattern = "^[A-Za-z0-9_.-]{3,32}$"))]
    username: Option<String>,
    /// Another way to log in; null removes it. Others find you by it once an administrator has confirmed it.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<String>", length(max = 254))]
    email: Option<Option<String>>,
    /// A picture, by its http or https address; null: none.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<String>", length(max = 2048))]
    avatar_url: Option<Option<String>>,
}

/// Tells of a user's changed profile everybody who shares a chat with the user.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "USER_UPDATED", rename_all = "camelCase")]
pub struct UserUpdated {
    /// The user as others see them now.
    pub user: User,
    /// It was so already.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub duplicate: bool,
}

/// A field that is null is given; one that is not there is not.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl Command for UpdateUser {
    const NAME: &'static str = "UPDATE_USER";
    const SUMMARY: &'static str = "Changes your own profile.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r#"{"displayName":"Ann Other"}"#;
    type Reply = UserUpdated;

    async fn run(self, context: &Context) -> Result<Reply> {
        let (services, caller) = (&context.services, context.user()?);
        let wished = self.checked(services.config.limits.name_chars)?;
        if wished.username.is_some() && *caller.id == *ADMIN {
            return Err(Error::forbidden("the built-in administrator keeps its username").at("username"));
        }
        let changed = accounts::change(&*services.repository, &caller.id, |account| wished.apply(account)).await?;
        let (user, chats) = accounts::shown(context, &changed.new).await?;
        let duplicate = changed.old == changed.new;
        let text = wire::encode(&UserUpdated { user: user.as_ref().clone(), duplicate });
        if duplicate {
            return Ok(Reply::Now(text));
        }
        Ok(Reply::Around { text, user, chats, revoked: vec![] })
    }
}

impl UpdateUser {
    fn checked(mut self, name_chars: usize) -> Result<Self> {
        if let Some(name) = &self.display_name {
            self.display_name = Some(check::name("displayName", name, name_chars)?);
        }
        self.email.iter().flatten().try_for_each(|email| check::email("email", email))?;
        self.avatar_url.iter().flatten().try_for_each(|url| check::url("avatarUrl", url))?;
        self.username.iter().try_for_each(|name| check::username("username", name))?;
        Ok(self)
    }

    fn apply(&self, account: &mut Account) -> Result<()> {
        if let Some(name) = self.username.as_ref().filter(|name| **name != account.user.username) {
            accounts::username("username", name)?;
            account.rename(name.clone());
        }
        if let Some(name) = &self.display_name {
            account.user.display_name.clone_from(name);
        }
        if let Some(email) = &self.email {
            let before = account.email_key();
            account.email.clone_from(email);
            // The same address in other letters is as confirmed as before.
            let is_another = account.email_key() != before;
            account.email_unconfirmed = account.email.is_some() && (is_another || account.email_unconfirmed);
        }
        if let Some(url) = &self.avatar_url {
            account.user.avatar_url.clone_from(url);
        }
        Ok(())
    }
}
