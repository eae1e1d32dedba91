use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Reply};
use crate::api::context::Context;
use crate::api::service::audit;
use crate::api::service::moderation::{self, Reach};
use crate::auth::security_log;
use crate::protocol::error::Result;
use crate::protocol::wire;
use crate::protocol::{ServerRole, UserId};

/// Gives a user another role on the server.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetUserRole {
    /// Whom, by id or username.
    user_id: String,
    /// The role from here on.
    role: ServerRole,
}

/// A user has another role; the user hears it too.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "USER_ROLE_CHANGED", rename_all = "camelCase")]
pub struct UserRoleChanged {
    /// Whose role it is.
    user_id: UserId,
    /// The role from here on.
    role: ServerRole,
    /// Who did it.
    by: UserId,
    /// It was so already.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    duplicate: bool,
}

impl Command for SetUserRole {
    const NAME: &'static str = "SET_USER_ROLE";
    const SUMMARY: &'static str = "Makes a user a member, moderator or admin of the server; for admins.";
    const ACCESS: Access = Access::Authority(ServerRole::Admin);
    const EXAMPLE: &'static str = r#"{"userId":"018f2b6e-6a00-7000-8000-000000000001","role":"moderator"}"#;
    type Reply = UserRoleChanged;

    async fn run(self, context: &Context) -> Result<Reply> {
        let (services, by, role) = (&context.services, context.user()?.id.clone(), self.role);
        let account = moderation::target(context, &self.user_id, Reach::OtherAdmins).await?;
        let user_id = account.user.id.clone();
        if account.user.role == role {
            return Ok(Reply::now(&UserRoleChanged { user_id, role, by, duplicate: true }));
        }
        moderation::refuse_above_owner(services, &account, role).await?;
        audit::record(context, Self::NAME, Some(&user_id), Some(moderation::role_name(role))).await?;
        let user =
            moderation::change(context, &user_id, Reach::OtherAdmins, |account| account.user.role = role).await?;
        services.bus.renew(&Arc::new(user));
        moderation::lower_bots(context, &user_id, role).await?;
        security_log::role_changed(&user_id, role, &by);
        let text = wire::encode(&UserRoleChanged { user_id: user_id.clone(), role, by, duplicate: false });
        services.bus.publish_to_user(&user_id, &text, None);
        Ok(Reply::Own { text, revoked: None })
    }
}
