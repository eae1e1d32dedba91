use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Reply};
use crate::api::context::Context;
use crate::api::service::moderation::{self, Reach};
use crate::api::service::{audit, check};
use crate::protocol::UserId;
use crate::protocol::error::Result;
use crate::protocol::wire;
use crate::realtime::hub::{Revocation, Which};
use crate::realtime::outbox::Close;

/// Closes a user's sockets.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DisconnectUser {
    /// Whose, by id or username.
    user_id: String,
    /// Why; it is written down.
    reason: Option<String>,
}

/// A user's sockets close with 4403; the user may come back.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "USER_DISCONNECTED", rename_all = "camelCase")]
pub struct UserDisconnected {
    /// Whose.
    user_id: UserId,
    /// Who did it.
    by: UserId,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl Command for DisconnectUser {
    const NAME: &'static str = "DISCONNECT_USER";
    const SUMMARY: &'static str = "Closes a user's sockets, who may come back; for moderators.";
    const ACCESS: Access = Access::MODERATOR;
    const EXAMPLE: &'static str = r#"{"userId":"018f2b6e-6a00-7000-8000-000000000001","reason":"calm down"}"#;
    type Reply = UserDisconnected;

    async fn run(self, context: &Context) -> Result<Reply> {
        let by = context.user()?.id.clone();
        let reason = check::reason(self.reason, context.services.config.limits.description_chars)?;
        let user = moderation::target(context, &self.user_id, Reach::Lower).await?.user.id;
        audit::record(context, Self::NAME, Some(&user), reason.as_deref()).await?;
        let close = Close { code: 4403, reason: "disconnected by a moderator" };
        context.services.bus.revoke(&Revocation { user: user.clone(), which: Which::All, close });
        let text = wire::encode(&UserDisconnected { user_id: user, by, reason });
        Ok(Reply::Own { text, revoked: None })
    }
}
