use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::accounts;
use crate::api::command::{Access, Command, Repetition, ReplyAudience, Response, Secret};
use crate::api::context::{Context, Services};
use crate::api::departure;
use crate::api::validate;
use crate::auth::security_log;
use crate::protocol::UserId;
use crate::protocol::error::Result;
use crate::realtime::hub::{Credential, Revocation, RevokedCredentials};
use crate::realtime::outbox::Close;

const CLOSE: Close = Close { code: 4401, reason: "account deleted" };

/// Deletes the caller's account and removes it from all groups and channels; those with no other owner get a new one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteAccount {
    /// Your password, because this cannot be undone.
    #[schemars(length(max = 128))]
    password: Secret,
}

/// The account is deleted. Its messages stay; their sender is shown as deleted.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "ACCOUNT_DELETED", rename_all = "camelCase")]
pub struct AccountDeleted {
    /// The id of the deleted user.
    user_id: UserId,
}

impl Command for DeleteAccount {
    const NAME: &'static str = "DELETE_ACCOUNT";
    const SUMMARY: &'static str = "Deletes your account permanently; your messages stay, without your name.";
    const ACCESS: Access = Access::WRITE;
    const REPETITION: Repetition = Repetition::Harmless;
    const EXAMPLE: &'static str = r#"{"password":"correct horse battery"}"#;
    type Reply = AccountDeleted;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        validate::known_password("password", &self.password)?;
        let account = accounts::require_password(context, Self::NAME, "password", &self.password).await?;
        let user_id = account.user.id.clone();
        departure::delete_bots_of(context, &user_id).await?;
        let deleted = departure::delete(services, account, context.connection.clone()).await?;
        let mut revoked = end_tokens(services, &user_id).await?;
        revoked.push(deleted.revoked);
        security_log::account_changed("account_deleted", &user_id, &user_id);
        let contacts = ReplyAudience::Contacts { user: deleted.user, chats: deleted.chats };
        Ok(Response::reply(AccountDeleted { user_id }).also_to(contacts).revoking(revoked))
    }
}

/// Deletes the API tokens that the user made; returns the revocations.
async fn end_tokens(services: &Services, user: &UserId) -> Result<Vec<Revocation>> {
    let mut revoked = vec![];
    for token in services.repository.tokens(user).await? {
        services.repository.revoke_token(user, &token.id).await?;
        let which = RevokedCredentials::One(Credential::Token(token.id));
        revoked.push(Revocation { user: token.user_id, which, close: CLOSE });
    }
    Ok(revoked)
}
