use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::target::{self, Reach};
use crate::api::command::{Access, Command, Repetition, Response, Secret};
use crate::api::context::Context;
use crate::api::{accounts, audit, sessions, validate};
use crate::auth::security_log;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ServerRole, UserId, UserKind};
use crate::realtime::hub::{Revocation, RevokedCredentials};
use crate::realtime::outbox::Close;

/// Sets another user's password, for users who cannot log in or whose account was compromised.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetUserPassword {
    /// The user, by id, username or e-mail address.
    user_id: String,
    /// The new password.
    #[schemars(length(min = 8, max = 128))]
    new_password: Secret,
}

/// The user's password was set. The user's sessions ended; API tokens still work.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "USER_PASSWORD_SET", rename_all = "camelCase")]
pub struct UserPasswordSet {
    /// The user.
    user_id: UserId,
    /// The user who set it.
    by: UserId,
}

impl Command for SetUserPassword {
    const NAME: &'static str = "SET_USER_PASSWORD";
    const SUMMARY: &'static str = "Sets a user's password and ends the user's sessions; for admins.";
    const ACCESS: Access = Access::Authority(ServerRole::Admin);
    const REPETITION: Repetition = Repetition::WithWrite;
    const EXAMPLE: &'static str =
        r#"{"userId":"018f2b6e-6a00-7000-8000-000000000001","newPassword":"another correct horse battery"}"#;
    type Reply = UserPasswordSet;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let by = context.user()?.id.clone();
        validate::new_password("newPassword", &self.new_password)?;
        let account = target::require_target(context, &self.user_id, Reach::Lower).await?;
        if account.user.kind == UserKind::Bot {
            return Err(Error::conflict("bots have no password; create a token for this one").at("userId"));
        }
        let user_id = account.user.id.clone();
        let hash = target::hash_password(context, &self.new_password, &account.username_key).await?;
        audit::record(context, Self::NAME, Some(&user_id), None).await?;
        let now = services.clock.now();
        target::change_target(context, &user_id, Reach::Lower, |account| {
            account.password = Some(hash.clone());
            accounts::end_foreign_tokens(account, now);
        })
        .await?;
        sessions::forget_all(services, &user_id, None).await?;
        security_log::account_changed("password_changed", &user_id, &by);
        let which = RevokedCredentials::LogIns { but: None };
        let close = Close { code: 4401, reason: "password changed" };
        let revoked = Revocation { user: user_id.clone(), which, close };
        Ok(Response::reply(UserPasswordSet { user_id, by }).revoking([revoked]))
    }

    /// Ends the sessions from before the change: the server may have stopped before that.
    async fn repeat(self, context: &Context) -> Result<Response<Self::Reply>> {
        let by = context.user()?.id.clone();
        let account = target::require_target(context, &self.user_id, Reach::Lower).await?;
        sessions::forget_outdated(&context.services, &account, None).await?;
        Ok(Response::reply(UserPasswordSet { user_id: account.user.id, by }))
    }
}
