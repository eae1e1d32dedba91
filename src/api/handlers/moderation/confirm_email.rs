use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::target;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::api::{accounts, audit};
use crate::auth::security_log;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ServerRole, UserId};
use crate::store::repository::Account;

/// Confirms that an e-mail address belongs to its user, so that others can find the user by it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConfirmEmail {
    /// The user, by id, username or e-mail address.
    user_id: String,
}

/// A user's e-mail address is confirmed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "EMAIL_CONFIRMED", rename_all = "camelCase")]
pub struct EmailConfirmed {
    /// The user.
    user_id: UserId,
    /// The user who confirmed it.
    by: UserId,
    /// True if the address was confirmed already.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    duplicate: bool,
}

impl Command for ConfirmEmail {
    const NAME: &'static str = "CONFIRM_EMAIL";
    const SUMMARY: &'static str = "Confirms a user's email address, so that others can find them by it; for admins.";
    const ACCESS: Access = Access::Authority(ServerRole::Admin);
    const EXAMPLE: &'static str = r#"{"userId":"018f2b6e-6a00-7000-8000-000000000001"}"#;
    type Reply = EmailConfirmed;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let by = context.user()?.id.clone();
        let account = target::find(context, &self.user_id).await?;
        let user_id = account.user.id.clone();
        let Some(email) = account.email_key() else {
            return Err(Error::conflict("this user has no email address").at("userId"));
        };
        if !account.email_unconfirmed {
            return Ok(Response::reply(EmailConfirmed { user_id, by, duplicate: true }));
        }
        audit::record(context, Self::NAME, Some(&user_id), None).await?;
        let confirm = |account: &mut Account| {
            if account.email_key().as_ref() != Some(&email) {
                return Err(Error::conflict("the user has just changed the address; check it again").at("userId"));
            }
            account.email_unconfirmed = false;
            Ok(())
        };
        accounts::change(&*context.services.repository, &user_id, confirm).await?;
        security_log::account_changed("email_confirmed", &user_id, &by);
        Ok(Response::reply(EmailConfirmed { user_id, by, duplicate: false }))
    }
}
