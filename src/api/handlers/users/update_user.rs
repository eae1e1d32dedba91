use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::api::accounts;
use crate::api::command::{Access, Audience, Command, Response};
use crate::api::context::Context;
use crate::api::validate;
use crate::auth::ADMIN;
use crate::protocol::User;
use crate::protocol::error::{Error, Result};
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
    /// Another way to log in; null: none.
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

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let caller = context.user()?;
        let wished = self.checked(services.config.limits.name_chars)?;
        if wished.username.is_some() && *caller.id == *ADMIN {
            return Err(Error::forbidden("the built-in administrator keeps its username").at("username"));
        }
        let changed = accounts::change(&*services.repository, &caller.id, |account| wished.apply(account)).await?;
        let (user, chats) = accounts::contacts_of(context, &changed.new).await?;
        let duplicate = changed.old == changed.new;
        let response = Response::reply(UserUpdated { user: user.as_ref().clone(), duplicate });
        Ok(if duplicate { response } else { response.also_to(Audience::Contacts { user, chats }) })
    }
}

impl UpdateUser {
    fn checked(mut self, name_chars: usize) -> Result<Self> {
        if let Some(name) = &self.display_name {
            self.display_name = Some(validate::name("displayName", name, name_chars)?);
        }
        self.email.iter().flatten().try_for_each(|email| validate::email("email", email))?;
        self.avatar_url.iter().flatten().try_for_each(|url| validate::url("avatarUrl", url))?;
        self.username.iter().try_for_each(|name| validate::username("username", name))?;
        Ok(self)
    }

    fn apply(&self, account: &mut Account) -> Result<()> {
        if let Some(name) = self.username.as_ref().filter(|name| **name != account.user.username) {
            accounts::require_username("username", name)?;
            account.rename(name.clone());
        }
        if let Some(name) = &self.display_name {
            account.user.display_name.clone_from(name);
        }
        if let Some(email) = &self.email {
            account.email.clone_from(email);
        }
        if let Some(url) = &self.avatar_url {
            account.user.avatar_url.clone_from(url);
        }
        Ok(())
    }
}
