use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Reply};
use crate::api::context::Context;
use crate::api::service::bots::{self, ChatBan};
use crate::api::service::{chats, check, users};
use crate::domain::Action;
use crate::protocol::MemberUnbanned;
use crate::protocol::error::Result;

/// Lets a user into a chat again.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnbanMember {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// Whom, by id or username.
    user_id: String,
    /// Why; everybody in the chat is told.
    reason: Option<String>,
}

impl Command for UnbanMember {
    const NAME: &'static str = "UNBAN_MEMBER";
    const SUMMARY: &'static str = "Lets a banned user come into a chat again; for its owners and admins.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","userId":"018f2b6e-6a00-7000-8000-000000000001"}"##;
    type Reply = MemberUnbanned;

    async fn run(self, context: &Context) -> Result<Reply> {
        let most = context.services.config.limits.description_chars;
        let reason = self.reason.as_deref().map(|reason| check::text("reason", reason, most)).transpose()?;
        let access = chats::readable(context, &self.chat_id).await?;
        let user = users::one(context, "userId", &self.user_id).await?;
        bots::unban_kin(context, &ChatBan { access: &access, user: &user, reason: reason.as_ref() }).await?;
        Ok(Reply::Change(context.change(access.chat.id, Action::Unban { user_id: user.id, reason })?))
    }
}
