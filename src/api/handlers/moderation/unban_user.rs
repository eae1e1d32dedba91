use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::target::{self, Reach};
use crate::api::audit;
use crate::api::command::{Access, Command, Repetition, Response};
use crate::api::context::Context;
use crate::api::validate;
use crate::auth::security_log;
use crate::protocol::UserId;
use crate::protocol::error::Result;

/// Lifts a ban from the server.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnbanUser {
    /// The user, by id or username; for admins also by e-mail address.
    user_id: String,
    /// Reason, recorded in the audit log.
    reason: Option<String>,
}

/// A user's ban is lifted.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "USER_UNBANNED", rename_all = "camelCase")]
pub struct UserUnbanned {
    /// The user.
    user_id: UserId,
    /// The user who lifted the ban.
    by: UserId,
    /// The reason given.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// True if there was no ban.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    duplicate: bool,
}

impl Command for UnbanUser {
    const NAME: &'static str = "UNBAN_USER";
    const SUMMARY: &'static str = "Lifts a user's ban from the server; for moderators.";
    const ACCESS: Access = Access::MODERATOR;
    const REPETITION: Repetition = Repetition::WithWrite;
    const EXAMPLE: &'static str = r#"{"userId":"018f2b6e-6a00-7000-8000-000000000001"}"#;
    type Reply = UserUnbanned;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let by = context.user()?.id.clone();
        let reason = validate::reason(self.reason, context.services.config.limits.description_chars)?.map(String::from);
        let account = target::require_target(context, &self.user_id, Reach::Lower).await?;
        let user_id = account.user.id.clone();
        let duplicate = account.ban_at(context.services.clock.now()).is_none();
        if !duplicate {
            audit::record(context, Self::NAME, Some(&user_id), reason.as_deref()).await?;
            target::change_target(context, &user_id, Reach::Lower, |account| account.ban = None).await?;
            security_log::ban_changed("unbanned", &user_id, &by);
        }
        let unbanned = UserUnbanned { user_id, by, reason, duplicate };
        Ok(if duplicate { Response::reply(unbanned) } else { Response::to_own_connections(unbanned) })
    }

    async fn repeat(self, context: &Context) -> Result<Response<Self::Reply>> {
        let by = context.user()?.id.clone();
        let reason = validate::reason(self.reason, context.services.config.limits.description_chars)?.map(String::from);
        let user_id = target::find(context, &self.user_id).await?.user.id;
        Ok(Response::reply(UserUnbanned { user_id, by, reason, duplicate: true }))
    }
}
