use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::target;
use crate::api::command::{Access, Command, Repetition, Response};
use crate::api::context::Context;
use crate::api::{accounts, audit};
use crate::auth::security_log;
use crate::domain::name_key;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ServerRole, UserId};
use crate::store::repository::Account;

/// Maximum length of an address in characters; those of before need not have today's form.
const MOST_EMAIL_CHARS: usize = 254;

/// Confirms that an e-mail address belongs to its user, so that others find the user by it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConfirmEmail {
    /// The user, by id, username or e-mail address.
    user_id: String,
    /// The address to confirm. The user may have another one by now, which nobody has looked at.
    #[schemars(length(min = 1, max = 254))]
    email: String,
}

/// A user's e-mail address is confirmed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "EMAIL_CONFIRMED", rename_all = "camelCase")]
pub struct EmailConfirmed {
    /// The user.
    user_id: UserId,
    /// The address that is confirmed.
    email: String,
    /// The user who did it.
    by: UserId,
    /// True if the address was confirmed already.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    duplicate: bool,
}

impl Command for ConfirmEmail {
    const NAME: &'static str = "CONFIRM_EMAIL";
    const SUMMARY: &'static str = "Confirms a user's email address, so that others can find them by it; for admins.";
    const ACCESS: Access = Access::Authority(ServerRole::Admin);
    const REPETITION: Repetition = Repetition::WithWrite;
    const EXAMPLE: &'static str = r#"{"userId":"018f2b6e-6a00-7000-8000-000000000001","email":"ann@example.org"}"#;
    type Reply = EmailConfirmed;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        if !(1..=MOST_EMAIL_CHARS).contains(&self.email.chars().count()) {
            let sentence = format!("email must have 1 to {MOST_EMAIL_CHARS} characters");
            return Err(Error::invalid("email", sentence));
        }
        let by = context.user()?.id.clone();
        let account = target::find(context, &self.user_id).await?;
        let user_id = account.user.id.clone();
        let asked = name_key(&self.email);
        let email = address_of(&account, &asked)?;
        if !account.email_unconfirmed {
            return Ok(Response::reply(EmailConfirmed { user_id, email, by, duplicate: true }));
        }
        audit::record(context, Self::NAME, Some(&user_id), Some(&email)).await?;
        let confirm = |account: &mut Account| {
            address_of(account, &asked)?;
            account.email_unconfirmed = false;
            Ok(())
        };
        accounts::change_once(context, &user_id, confirm).await?;
        security_log::account_changed("email_confirmed", &user_id, &by);
        Ok(Response::reply(EmailConfirmed { user_id, email, by, duplicate: false }))
    }

    async fn repeat(self, context: &Context) -> Result<Response<Self::Reply>> {
        let user_id = target::find(context, &self.user_id).await?.user.id;
        let by = context.user()?.id.clone();
        Ok(Response::reply(EmailConfirmed { user_id, email: self.email, by, duplicate: true }))
    }
}

/// The account's address, if it is the one that the caller means.
fn address_of(account: &Account, asked: &str) -> Result<String> {
    let Some(email) = &account.email else {
        return Err(Error::conflict("this user has no email address").at("userId"));
    };
    if account.email_key().as_deref() != Some(asked) {
        return Err(Error::conflict("the user has another email address; look at it again").at("email"));
    }
    Ok(email.clone())
}
