use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Reply};
use crate::api::context::Context;
use crate::api::service::bots::{self, ChatBan};
use crate::api::service::{chats, check, users};
use crate::domain::Action;
use crate::protocol::error::Result;
use crate::protocol::{MemberBanned, Timestamp};

/// Puts a user out of a chat and keeps them out.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BanMember {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// Whom, by id or username; one who is not in may be kept out too.
    user_id: String,
    /// Why; everybody in the chat is told.
    reason: Option<String>,
    /// Until when; for good where this is left out.
    until: Option<Timestamp>,
}

impl Command for BanMember {
    const NAME: &'static str = "BAN_MEMBER";
    const SUMMARY: &'static str =
        "Bans a user from a chat, with their bots or the bot's owner; for its owners and admins.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str =
        r##"{"chatId":"#general","userId":"018f2b6e-6a00-7000-8000-000000000001","reason":"too loud"}"##;
    type Reply = MemberBanned;

    async fn run(self, context: &Context) -> Result<Reply> {
        let services = &context.services;
        let most = services.config.limits.description_chars;
        let reason = self.reason.as_deref().map(|reason| check::text("reason", reason, most)).transpose()?;
        let until = check::future("until", self.until, services.clock.now())?;
        let access = chats::readable(context, &self.chat_id).await?;
        let user = users::one(context, "userId", &self.user_id).await?;
        let ban = ChatBan { access: &access, user: &user, reason: reason.as_ref() };
        bots::ban_kin(context, &ban, until).await?;
        Ok(Reply::Change(context.change(access.chat.id, Action::Ban { user_id: user.id, reason, until })?))
    }
}
