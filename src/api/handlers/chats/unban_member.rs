use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::bots::{self, ChatBan};
use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::api::user_lookup;
use crate::api::validate;
use crate::protocol::MemberUnbanned;
use crate::protocol::error::Result;

/// Lifts a ban from a chat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnbanMember {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// The user, by id or username.
    user_id: String,
    /// Reason, shown to everybody in the chat.
    reason: Option<String>,
}

impl Command for UnbanMember {
    const NAME: &'static str = "UNBAN_MEMBER";
    const SUMMARY: &'static str = "Lifts a ban from a chat; for its owners and admins.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","userId":"018f2b6e-6a00-7000-8000-000000000001"}"##;
    type Reply = MemberUnbanned;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let max = context.services.config.limits.description_chars;
        let reason = validate::reason(self.reason, max)?;
        let access = chat_access::require_readable(context, &self.chat_id).await?;
        let user = user_lookup::find_user(context, "userId", &self.user_id).await?;
        let ban = ChatBan { access: &access, user: &user, reason: reason.as_deref() };
        bots::unban_kin(context, &ban).await?;
        context.commit(access.chat.id, changes::unban(user.id, reason))
    }
}
