use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::target::{self, Reach};
use crate::api::audit;
use crate::api::command::{Access, Command, Repetition, Response};
use crate::api::context::Context;
use crate::api::departure;
use crate::api::validate;
use crate::auth::security_log;
use crate::protocol::error::Result;
use crate::protocol::{Ban, Timestamp, UserId};

/// Bans a user from the server. Chats with no other owner get a new one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BanUser {
    /// The user, by id or username; for admins also by e-mail address.
    user_id: String,
    /// Reason, shown to the user.
    reason: Option<String>,
    /// Time at which the ban ends; permanent by default.
    until: Option<Timestamp>,
}

/// A user is banned; the user's sockets close with 4403.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "USER_BANNED", rename_all = "camelCase")]
pub struct UserBanned {
    /// The user.
    user_id: UserId,
    /// The user who imposed the ban.
    by: UserId,
    /// The reason given.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Time at which the ban ends; absent if permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
    /// True if the request changed nothing.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    duplicate: bool,
}

impl Command for BanUser {
    const NAME: &'static str = "BAN_USER";
    const SUMMARY: &'static str = "Bans a user from the server; for moderators.";
    const ACCESS: Access = Access::MODERATOR;
    const REPETITION: Repetition = Repetition::WithWrite;
    const EXAMPLE: &'static str =
        r#"{"userId":"018f2b6e-6a00-7000-8000-000000000001","reason":"spam","until":"2999-01-01T00:00:00Z"}"#;
    type Reply = UserBanned;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let by = context.user()?.id.clone();
        let now = services.clock.now();
        let reason = validate::reason(self.reason, context.services.config.limits.description_chars)?.map(String::from);
        let until = validate::future("until", self.until, now)?;
        let account = target::require_target(context, &self.user_id, Reach::Lower).await?;
        let user_id = account.user.id.clone();
        let is_so = |ban: &Ban| (&ban.reason, ban.until) == (&reason, until);
        let duplicate = account.ban_at(now).is_some_and(is_so);
        if !duplicate {
            audit::record(context, Self::NAME, Some(&user_id), reason.as_deref()).await?;
            let ban = Ban { by: by.clone(), at: now, reason: reason.clone(), until };
            target::change_target(context, &user_id, Reach::Lower, |account| account.ban = Some(ban.clone())).await?;
            security_log::ban_changed("banned", &user_id, &by);
        }
        // Repeated even if the ban is not new: an earlier command may have failed before this step.
        target::disconnect_with_bots(services, &user_id, "banned").await?;
        departure::hand_over_chats(context, &user_id).await?;
        let banned = UserBanned { user_id, by, reason, until, duplicate };
        Ok(if duplicate { Response::reply(banned) } else { Response::to_own_connections(banned) })
    }

    /// Does what follows from the ban while it is in place: the server may have stopped before that.
    async fn repeat(self, context: &Context) -> Result<Response<Self::Reply>> {
        let account = target::find(context, &self.user_id).await?;
        let reason = validate::reason(self.reason.clone(), context.services.config.limits.description_chars)?;
        let reason = reason.map(String::from);
        let is_so = |ban: &Ban| (&ban.reason, ban.until) == (&reason, self.until);
        if account.ban_at(context.services.clock.now()).is_some_and(is_so) {
            return self.run(context).await;
        }
        let by = context.user()?.id.clone();
        let banned = UserBanned { user_id: account.user.id, by, reason, until: self.until, duplicate: true };
        Ok(Response::reply(banned))
    }
}
