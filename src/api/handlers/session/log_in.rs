use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::accounts::{self, PasswordClaim};
use crate::api::command::{Access, Command, Response, Secret};
use crate::api::context::Context;
use crate::api::sessions;
use crate::api::validate;
use crate::auth::security_log;
use crate::protocol::error::{Error, Result};
use crate::protocol::text::DeviceName;
use crate::store::repository::AccountName;

use super::authenticated::{Authenticated, authenticate, refuse_another};

/// Authenticates the connection by password.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LogIn {
    /// Your username.
    #[schemars(length(min = 1, max = 254))]
    username: Option<String>,
    /// The e-mail address, instead of the username.
    #[schemars(length(min = 1, max = 254))]
    email: Option<String>,
    /// Your password.
    #[schemars(length(max = 128))]
    password: Secret,
    /// The client's name for its device, shown by GET_SESSIONS.
    #[schemars(length(min = 1, max = 128))]
    device_id: Option<String>,
}

impl Command for LogIn {
    const NAME: &'static str = "LOG_IN";
    const SUMMARY: &'static str = "Authenticates the connection by username or e-mail address and password.";
    const ACCESS: Access = Access::Open;
    const EXAMPLE: &'static str = r#"{"username":"ann","password":"correct horse battery"}"#;
    type Reply = Authenticated;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        self.device_id.iter().try_for_each(|device| DeviceName::parse("deviceId", device).map(drop))?;
        if self.password.chars().count() > validate::PASSWORD_MOST {
            return Err(Error::invalid("password", "password must have at most 128 characters"));
        }
        let (name, field) = self.name()?;
        let account = services.repository.account(&name).await?.filter(|account| account.deleted_at.is_none());
        let key = name.key();
        let claim =
            PasswordClaim { command: Self::NAME, name: &key, account: account.as_ref(), password: &self.password };
        let is_right = accounts::check_password(context, claim).await?;
        let account = account.filter(|_| is_right).ok_or_else(accounts::wrong_password)?;
        refuse_another(context, Some(&account.user.id), field)?;
        let account = accounts::renew_password(context, account, &self.password).await?;
        let address = context.origin.address;
        let begun = sessions::begin(services, &account, self.device_id).await;
        let refused = |error: &Error| security_log::account_refused(&account.user.id, address, error.code);
        let begun = begun.inspect_err(refused)?;
        security_log::logged_in(Self::NAME, &account.user.id, address);
        authenticate(context, begun.proved, Some(begun.issued)).await
    }
}

impl LogIn {
    /// The name that identifies the account, and the field it is in. A username never contains `@`.
    fn name(&self) -> Result<(AccountName, &'static str)> {
        let (text, field) = match (&self.username, &self.email) {
            (Some(name), None) => (name, "username"),
            (None, Some(email)) => (email, "email"),
            (Some(_), Some(_)) => return Err(Error::invalid("email", "give a username or an email, not both")),
            (None, None) => return Err(Error::invalid("username", "give a username or an email")),
        };
        if !(1..=254).contains(&text.chars().count()) {
            return Err(Error::invalid(field, format!("{field} must have 1 to 254 characters")));
        }
        let is_email = field == "email" || text.contains('@');
        Ok((if is_email { AccountName::Email(text.clone()) } else { AccountName::Username(text.clone()) }, field))
    }
}
