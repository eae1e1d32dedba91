use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Reply};
use crate::api::context::Context;
use crate::api::service::moderation::{self, Reach};
use crate::api::service::{audit, check};
use crate::auth::security_log;
use crate::protocol::error::Result;
use crate::protocol::wire;
use crate::protocol::{Ban, Timestamp, UserId};

/// Keeps a user from the server.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BanUser {
    /// Whom, by id or username.
    user_id: String,
    /// Why; the user is told.
    reason: Option<String>,
    /// Until when; for good where this is left out.
    until: Option<Timestamp>,
}

/// A user is kept from the server; the user's sockets close with 4403.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "USER_BANNED", rename_all = "camelCase")]
pub struct UserBanned {
    /// Whom.
    user_id: UserId,
    /// Who did it.
    by: UserId,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Until when; absent: for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
    /// It was so already.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    duplicate: bool,
}

impl Command for BanUser {
    const NAME: &'static str = "BAN_USER";
    const SUMMARY: &'static str = "Keeps a user from the server; for moderators.";
    const ACCESS: Access = Access::MODERATOR;
    const EXAMPLE: &'static str =
        r#"{"userId":"018f2b6e-6a00-7000-8000-000000000001","reason":"spam","until":"2999-01-01T00:00:00Z"}"#;
    type Reply = UserBanned;

    async fn run(self, context: &Context) -> Result<Reply> {
        let services = &context.services;
        let (by, now) = (context.user()?.id.clone(), services.clock.now());
        let reason = check::reason(self.reason, context.services.config.limits.description_chars)?;
        let until = check::future("until", self.until, now)?;
        let account = moderation::target(context, &self.user_id, Reach::Lower).await?;
        let user_id = account.user.id.clone();
        let is_so = |ban: &Ban| (&ban.reason, ban.until) == (&reason, until);
        let duplicate = account.ban_at(now).is_some_and(is_so);
        if !duplicate {
            audit::record(context, Self::NAME, Some(&user_id), reason.as_deref()).await?;
            let ban = Ban { by: by.clone(), at: now, reason: reason.clone(), until };
            moderation::change(context, &user_id, Reach::Lower, |account| account.ban = Some(ban.clone())).await?;
            security_log::ban_changed("banned", &user_id, &by);
        }
        // Again too: those who asked before may have been cut off before this.
        moderation::shut_out(services, &user_id, "banned").await?;
        let banned = UserBanned { user_id, by, reason, until, duplicate };
        Ok(if duplicate { Reply::now(&banned) } else { Reply::Own { text: wire::encode(&banned), revoked: None } })
    }
}
