use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::departure;
use crate::api::accounts;
use crate::api::command::{Access, Audience, Command, Response, Secret};
use crate::api::context::{Context, Services};
use crate::api::sessions;
use crate::api::user_settings;
use crate::api::validate;
use crate::protocol::error::Result;
use crate::protocol::{ServerRole, Timestamp, User, UserId};
use crate::realtime::hub::{Credential, Revocation, Which};
use crate::realtime::outbox::Close;
use crate::store::repository::Account;

const CLOSE: Close = Close { code: 4401, reason: "account deleted" };

/// Deletes the caller's account, which leaves all groups and channels; those it owned alone get another owner.
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
    const EXAMPLE: &'static str = r#"{"password":"correct horse battery"}"#;
    type Reply = AccountDeleted;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        validate::known_password("password", &self.password)?;
        let user = accounts::require_password(context, "password", &self.password).await?.user.id;
        let now = services.clock.now();
        let chats = services.repository.memberships(&user).await?;
        // First: nobody could do it afterwards.
        departure::leave_all(context, &chats).await?;
        let changed = accounts::change(&*services.repository, &user, |account| {
            erase(account, now);
            Ok(())
        });
        let changed = changed.await?;
        services.stats.add_users(-1);
        let shown = Arc::new(services.with_presence(changed.new.user));
        let mut revoked = end_tokens(services, &user).await?;
        sessions::forget_all(services, &user, None).await?;
        user_settings::clear(services, &user).await?;
        revoked.push(Revocation { user: user.clone(), which: Which::All, close: CLOSE });
        let contacts = Audience::Contacts { user: shown, chats };
        Ok(Response::reply(AccountDeleted { user_id: user }).also_to(contacts).revoking(revoked))
    }
}

/// Erases the profile; the username stays taken.
fn erase(account: &mut Account, now: Timestamp) {
    let digits: String = account.user.id.chars().rev().filter(char::is_ascii_alphanumeric).take(8).collect();
    account.user = User {
        username: format!("deleted-{digits}"),
        display_name: "Deleted account".to_owned(),
        avatar_url: None,
        role: ServerRole::Member,
        last_seen_at: None,
        ..account.user.clone()
    };
    account.email = None;
    account.password = None;
    account.deleted_at = Some(now);
    accounts::end_foreign_tokens(account, now);
}

/// Deletes the API tokens that the user made, those of bots included; returns the revocations.
async fn end_tokens(services: &Services, user: &UserId) -> Result<Vec<Revocation>> {
    let mut revoked = vec![];
    for token in services.repository.tokens(user).await? {
        services.repository.revoke_token(user, &token.id).await?;
        let which = Which::One(Credential::Token(token.id));
        revoked.push(Revocation { user: token.user_id, which, close: CLOSE });
    }
    Ok(revoked)
}
