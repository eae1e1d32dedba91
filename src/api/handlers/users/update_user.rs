use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::accounts;
use crate::api::command::{Access, Command, Repetition, ReplyAudience, Response};
use crate::api::context::Context;
use crate::api::files;
use crate::api::validate;
use crate::auth::ADMIN;
use crate::protocol::error::{Error, Result};
use crate::protocol::text::EmailAddress;
use crate::protocol::{Patch, ServerRole, User};
use crate::store::repository::Account;

/// Changes the fields of your profile that are present.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateUser {
    /// The name shown to people.
    #[schemars(length(min = 1))]
    display_name: Option<String>,
    /// Your username.
    #[schemars(regex(pattern = "^[A-Za-z0-9_.-]{3,32}$"))]
    username: Option<String>,
    /// The e-mail address, which also works for log-in; null removes it. Others can find you by it once an
    /// administrator has confirmed it.
    #[serde(default)]
    #[schemars(length(max = 254))]
    email: Patch<String>,
    /// The http or https address of a picture, or the `url` of an avatar that you have uploaded; null removes it.
    #[serde(default)]
    #[schemars(length(max = 2048))]
    avatar_url: Patch<String>,
}

/// A user's profile changed; sent to everybody who shares a chat with the user.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "USER_UPDATED", rename_all = "camelCase")]
pub struct UserUpdated {
    /// The user as others see them now.
    pub user: User,
    /// True if the request changed nothing.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub duplicate: bool,
}

impl Command for UpdateUser {
    const NAME: &'static str = "UPDATE_USER";
    const SUMMARY: &'static str = "Changes your profile.";
    const ACCESS: Access = Access::WRITE;
    const REPETITION: Repetition = Repetition::WithWrite;
    const EXAMPLE: &'static str = r#"{"displayName":"Ann Other"}"#;
    type Reply = UserUpdated;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let caller = context.user()?;
        let wished = self.checked(services.config.limits.name_chars, caller.role)?;
        if wished.username.is_some() && *caller.id == *ADMIN {
            return Err(Error::forbidden("the built-in administrator keeps its username").at("username"));
        }
        if let Some(url) = wished.avatar_url.value().filter(|url| url.starts_with('/')) {
            files::claim_avatar(context, url).await?;
        }
        let changed = accounts::change_once(context, &caller.id, |account| wished.apply(account)).await?;
        files::review_replaced(services, &changed.old.user, &changed.new.user);
        let (user, chats) = accounts::contacts_of(context, &changed.new).await?;
        let duplicate = changed.old == changed.new;
        let response = Response::reply(UserUpdated { user: user.as_ref().clone(), duplicate });
        Ok(if duplicate { response } else { response.also_to(ReplyAudience::Contacts { user, chats }) })
    }

    /// The profile as it is now; others may not have heard of the change.
    async fn repeat(self, context: &Context) -> Result<Response<Self::Reply>> {
        let account = accounts::own(context).await?;
        let (user, chats) = accounts::contacts_of(context, &account).await?;
        let updated = UserUpdated { user: user.as_ref().clone(), duplicate: true };
        Ok(Response::reply(updated).also_to(ReplyAudience::Contacts { user, chats }))
    }
}

impl UpdateUser {
    fn checked(mut self, name_chars: usize, role: ServerRole) -> Result<Self> {
        if let Some(name) = &self.display_name {
            self.display_name = Some(accounts::require_display_name(name, name_chars, role)?.into());
        }
        self.email.value().map_or(Ok(()), |email| EmailAddress::parse("email", email).map(drop))?;
        let elsewhere = self.avatar_url.value().filter(|url| !url.starts_with('/'));
        elsewhere.map_or(Ok(()), |url| validate::url("avatarUrl", url))?;
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
        let before = account.email_key();
        self.email.apply(&mut account.email);
        // A change of case only does not affect the confirmation.
        let is_another = account.email_key() != before;
        account.email_unconfirmed = account.email.is_some() && (is_another || account.email_unconfirmed);
        self.avatar_url.apply(&mut account.user.avatar_url);
        Ok(())
    }
}
