use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Reply, Secret};
use crate::api::context::{Context, Services};
use crate::api::service::{accounts, check, departure};
use crate::auth::security_log;
use crate::protocol::UserId;
use crate::protocol::error::Result;
use crate::protocol::wire;
use crate::realtime::hub::{Credential, Revocation, Which};
use crate::realtime::outbox::Close;

const CLOSE: Close = Close { code: 4401, reason: "account deleted" };

/// Ends one's account; one goes out of all groups and channels, and another owns those that one owned alone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteAccount {
    /// Your password, since this cannot be undone.
    #[schemars(length(max = 128))]
    password: Secret,
}

/// The account is gone. Its messages stay, with a sender who is shown as deleted.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "ACCOUNT_DELETED", rename_all = "camelCase")]
pub struct AccountDeleted {
    /// Whose account it was.
    user_id: UserId,
}

impl Command for DeleteAccount {
    const NAME: &'static str = "DELETE_ACCOUNT";
    const SUMMARY: &'static str = "Deletes your account for good; what you have said stays, without your name.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r#"{"password":"correct horse battery"}"#;
    type Reply = AccountDeleted;

    async fn run(self, context: &Context) -> Result<Reply> {
        let services = &context.services;
        check::known_password("password", &self.password)?;
        let account = accounts::confirmed(context, Self::NAME, "password", &self.password).await?;
        let user_id = account.user.id.clone();
        departure::delete_bots_of(context, &user_id).await?;
        let deleted = departure::delete(services, account, context.connection.clone()).await?;
        let mut revoked = end_tokens(services, &user_id).await?;
        revoked.push(deleted.revoked);
        security_log::account_changed("account_deleted", &user_id, &user_id);
        let text = wire::encode(&AccountDeleted { user_id });
        Ok(Reply::Around { text, user: deleted.user, chats: deleted.chats, revoked })
    }
}

/// Ends the API tokens that the user made, and their connections.
async fn end_tokens(services: &Services, user: &UserId) -> Result<Vec<Revocation>> {
    let mut revoked = vec![];
    for token in services.repository.tokens(user).await? {
        services.repository.revoke_token(user, &token.id).await?;
        let which = Which::One(Credential::Token(token.id));
        revoked.push(Revocation { user: token.user_id, which, close: CLOSE });
    }
    Ok(revoked)
}
