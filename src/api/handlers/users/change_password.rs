use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::accounts;
use crate::api::command::{Access, Command, Repetition, Response, Secret};
use crate::api::context::Context;
use crate::api::sessions;
use crate::api::validate;
use crate::auth::security_log;
use crate::protocol::error::{Error, Result};
use crate::realtime::hub::{Credential, Revocation, RevokedCredentials};
use crate::realtime::outbox::Close;

/// Changes the password.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangePassword {
    /// The present password.
    #[schemars(length(max = 128))]
    old_password: Secret,
    /// The new password.
    #[schemars(length(min = 8, max = 128))]
    new_password: Secret,
}

/// The password changed and your other sessions ended; API tokens still work.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "PASSWORD_CHANGED")]
pub struct PasswordChanged {}

impl Command for ChangePassword {
    const NAME: &'static str = "CHANGE_PASSWORD";
    const SUMMARY: &'static str = "Changes your password and ends your other sessions.";
    const ACCESS: Access = Access::WRITE;
    const REPETITION: Repetition = Repetition::WithWrite;
    const EXAMPLE: &'static str =
        r#"{"oldPassword":"correct horse battery","newPassword":"another correct horse battery"}"#;
    type Reply = PasswordChanged;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let identity = context.identity()?;
        let user = &identity.user.id;
        validate::known_password("oldPassword", &self.old_password)?;
        validate::new_password("newPassword", &self.new_password)?;
        let account = accounts::require_password(context, Self::NAME, "oldPassword", &self.old_password).await?;
        let known = account.password;
        let key = accounts::queue_key(context, &account.username_key);
        let new = services.authenticator.passwords.hash(&self.new_password, key).await?;
        let now = services.clock.now();
        let change = |account: &mut crate::store::repository::Account| {
            if account.password != known {
                return Err(Error::conflict("the password is being changed concurrently; try again"));
            }
            account.password = Some(new.clone());
            accounts::end_foreign_tokens(account, now);
            Ok(())
        };
        accounts::change_once(context, user, change).await?;
        let current = match &identity.credential {
            Credential::Session(session) => Some(session),
            _ => None,
        };
        sessions::forget_all(services, user, current).await?;
        security_log::account_changed("password_changed", user, user);
        let which = RevokedCredentials::LogIns { but: Some(identity.credential.clone()) };
        let revoked = Revocation { user: user.clone(), which, close: Close { code: 4401, reason: "password changed" } };
        Ok(Response::to_own_connections(PasswordChanged {}).revoking([revoked]))
    }

    /// Ends the sessions from before the change: the server may have stopped before that.
    async fn repeat(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let identity = context.identity()?;
        let current = match &identity.credential {
            Credential::Session(session) => Some(session),
            _ => None,
        };
        sessions::forget_outdated(services, &accounts::own(context).await?, current).await?;
        Ok(Response::reply(PasswordChanged {}))
    }
}
