use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::api::user_lookup;
use crate::protocol::error::Result;
use crate::protocol::{ChatRole, MemberUpdated};

/// Changes a member's role in a chat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateMember {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// The user, by id or username.
    user_id: String,
    /// The new role. An owner may step down after making another member an owner.
    role: ChatRole,
}

impl Command for UpdateMember {
    const NAME: &'static str = "UPDATE_MEMBER";
    const SUMMARY: &'static str = "Changes a member's role; for the chat's owners.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str =
        r##"{"chatId":"#general","userId":"018f2b6e-6a00-7000-8000-000000000001","role":"admin"}"##;
    type Reply = MemberUpdated;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat = chat_access::require_readable(context, &self.chat_id).await?.chat.id;
        let user_id = user_lookup::find_user(context, "userId", &self.user_id).await?.id;
        context.commit(chat, changes::set_role(user_id, self.role))
    }
}
