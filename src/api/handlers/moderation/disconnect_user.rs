use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::target::{self, Reach};
use crate::api::audit;
use crate::api::command::{Access, Command, Repetition, Response};
use crate::api::context::Context;
use crate::api::validate;
use crate::protocol::UserId;
use crate::protocol::error::Result;
use crate::realtime::hub::{Revocation, RevokedCredentials};
use crate::realtime::outbox::Close;

/// Closes a user's sockets.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DisconnectUser {
    /// The user, by id or username.
    user_id: String,
    /// Reason, recorded in the audit log.
    reason: Option<String>,
}

/// A user's sockets close with 4403; the user may reconnect.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "USER_DISCONNECTED", rename_all = "camelCase")]
pub struct UserDisconnected {
    /// The user.
    user_id: UserId,
    /// The user who disconnected them.
    by: UserId,
    /// The reason given.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl Command for DisconnectUser {
    const NAME: &'static str = "DISCONNECT_USER";
    const SUMMARY: &'static str = "Disconnects a user, who may reconnect; for moderators.";
    const ACCESS: Access = Access::MODERATOR;
    const REPETITION: Repetition = Repetition::Harmless;
    const EXAMPLE: &'static str = r#"{"userId":"018f2b6e-6a00-7000-8000-000000000001","reason":"calm down"}"#;
    type Reply = UserDisconnected;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let by = context.user()?.id.clone();
        let reason = validate::reason(self.reason, context.services.config.limits.description_chars)?.map(String::from);
        let user = target::require_target(context, &self.user_id, Reach::Lower).await?.user.id;
        audit::record(context, Self::NAME, Some(&user), reason.as_deref()).await?;
        let close = Close { code: 4403, reason: "disconnected by a moderator" };
        context.services.bus.revoke(&Revocation { user: user.clone(), which: RevokedCredentials::All, close });
        Ok(Response::to_own_connections(UserDisconnected { user_id: user, by, reason }))
    }
}
