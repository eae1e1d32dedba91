use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::target::{self, Reach};
use crate::api::audit;
use crate::api::command::{Access, Command, Repetition, ReplyAudience, Response};
use crate::api::context::Context;
use crate::auth::security_log;
use crate::protocol::error::Result;
use crate::protocol::{ServerRole, UserId};
use crate::store::repository::Account;

/// Changes a user's role on the server.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetUserRole {
    /// The user, by id or username; for admins also by e-mail address.
    user_id: String,
    /// The new role.
    role: ServerRole,
}

/// A user's role changed; the user receives this too.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "USER_ROLE_CHANGED", rename_all = "camelCase")]
pub struct UserRoleChanged {
    /// The user whose role changed.
    user_id: UserId,
    /// The new role.
    role: ServerRole,
    /// The user who changed it.
    by: UserId,
    /// True if the request changed nothing.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    duplicate: bool,
}

impl Command for SetUserRole {
    const NAME: &'static str = "SET_USER_ROLE";
    const SUMMARY: &'static str = "Changes a user's role on the server; for admins.";
    const ACCESS: Access = Access::Authority(ServerRole::Admin);
    const REPETITION: Repetition = Repetition::WithWrite;
    const EXAMPLE: &'static str = r#"{"userId":"018f2b6e-6a00-7000-8000-000000000001","role":"moderator"}"#;
    type Reply = UserRoleChanged;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let by = context.user()?.id.clone();
        let role = self.role;
        let account = target::require_target(context, &self.user_id, Reach::OtherAdmins).await?;
        let user_id = account.user.id.clone();
        if account.user.role == role {
            return Ok(Response::reply(UserRoleChanged { user_id, role, by, duplicate: true }));
        }
        target::refuse_above_owner(services, &account, role).await?;
        audit::record(context, Self::NAME, Some(&user_id), Some(target::role_name(role))).await?;
        let change = |account: &mut Account| account.user.role = role;
        let user = target::change_target(context, &user_id, Reach::OtherAdmins, change).await?;
        services.bus.refresh_identity(&Arc::new(user));
        target::lower_bots(context, &user_id, role).await?;
        security_log::role_changed(&user_id, role, &by);
        let changed = UserRoleChanged { user_id: user_id.clone(), role, by, duplicate: false };
        Ok(Response::to_own_connections(changed).also_to(ReplyAudience::User(user_id)))
    }

    /// Does what follows from the role while the user has it: the server may have stopped before that.
    async fn repeat(self, context: &Context) -> Result<Response<Self::Reply>> {
        let user = target::find(context, &self.user_id).await?.user;
        let user_id = user.id.clone();
        if user.role == self.role {
            context.services.bus.refresh_identity(&Arc::new(user));
            target::lower_bots(context, &user_id, self.role).await?;
        }
        let by = context.user()?.id.clone();
        Ok(Response::reply(UserRoleChanged { user_id, role: self.role, by, duplicate: true }))
    }
}
