use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::bots::{self, ChatBan};
use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::api::user_lookup;
use crate::api::validate;
use crate::protocol::error::Result;
use crate::protocol::{MemberBanned, Timestamp};

/// Bans a user from a chat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BanMember {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// The user, by id or username; need not be a member.
    user_id: String,
    /// Reason, shown to everybody in the chat.
    reason: Option<String>,
    /// Time at which the ban ends; permanent by default.
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

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let max = services.config.limits.description_chars;
        let reason = validate::reason(self.reason, max)?;
        let until = validate::future("until", self.until, services.clock.now())?;
        let access = chat_access::require_readable(context, &self.chat_id).await?;
        let user = user_lookup::find_user(context, "userId", &self.user_id).await?;
        let ban = ChatBan { access: &access, user: &user, reason: reason.as_deref() };
        if bots::ban_kin(context, &ban, until).await? {
            bots::ban_late_kin(context, &ban, until);
        }
        context.commit(access.chat.id, changes::ban(user.id, reason, until))
    }
}
