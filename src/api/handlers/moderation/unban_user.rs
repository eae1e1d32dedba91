use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Reply};
use crate::api::context::Context;
use crate::api::service::moderation::{self, Reach};
use crate::api::service::{audit, check};
use crate::auth::security_log;
use crate::protocol::UserId;
use crate::protocol::error::Result;
use crate::protocol::wire;

/// Lets a banned user back to the server.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnbanUser {
    /// Whom, by id or username.
    user_id: String,
    /// Why; it is written down.
    reason: Option<String>,
}

/// A user may come back.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "USER_UNBANNED", rename_all = "camelCase")]
pub struct UserUnbanned {
    /// Whom.
    user_id: UserId,
    /// Who did it.
    by: UserId,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// There was no ban.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    duplicate: bool,
}

impl Command for UnbanUser {
    const NAME: &'static str = "UNBAN_USER";
    const SUMMARY: &'static str = "Lets a banned user back to the server; for moderators.";
    const ACCESS: Access = Access::MODERATOR;
    const EXAMPLE: &'static str = r#"{"userId":"018f2b6e-6a00-7000-8000-000000000001"}"#;
    type Reply = UserUnbanned;

    async fn run(self, context: &Context) -> Result<Reply> {
        let by = context.user()?.id.clone();
        let reason = check::reason(self.reason, context.services.config.limits.description_chars)?;
        let account = moderation::target(context, &self.user_id, Reach::Lower).await?;
        let user_id = account.user.id.clone();
        let duplicate = account.ban_at(context.services.clock.now()).is_none();
        if !duplicate {
            audit::record(context, Self::NAME, Some(&user_id), reason.as_deref()).await?;
            moderation::change(context, &user_id, Reach::Lower, |account| account.ban = None).await?;
            security_log::ban_changed("unbanned", &user_id, &by);
        }
        let unbanned = UserUnbanned { user_id, by, reason, duplicate };
        Ok(if duplicate { Reply::now(&unbanned) } else { Reply::Own { text: wire::encode(&unbanned), revoked: None } })
    }
}
