use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::quota_checks;
use crate::api::user_lookup;
use crate::api::validate;
use crate::protocol::MembersRemoved;
use crate::protocol::error::{Error, Result};

/// Removes members from a chat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemoveMembers {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// The users, by id or username.
    #[schemars(length(min = 1, max = 200))]
    user_ids: Vec<String>,
    /// Reason, shown to everybody in the chat.
    reason: Option<String>,
}

impl Command for RemoveMembers {
    const NAME: &'static str = "REMOVE_MEMBERS";
    const SUMMARY: &'static str = "Removes members from a chat; for its owners and admins.";
    const ACCESS: Access = Access::WRITE;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","userIds":["018f2b6e-6a00-7000-8000-000000000001"]}"##;
    type Reply = MembersRemoved;

    fn cost(&self) -> u32 {
        1 + quota_checks::cost_of(self.user_ids.len())
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        if self.user_ids.is_empty() {
            return Err(Error::invalid("userIds", "name at least one user"));
        }
        let most = context.services.config.limits.description_chars;
        let reason = validate::reason(self.reason, most)?;
        let chat = chat_access::require_readable(context, &self.chat_id).await?.chat.id;
        let users = user_lookup::find_users(context, "userIds", &self.user_ids).await?;
        let user_ids = users.into_iter().map(|user| user.id).collect();
        context.commit(chat, changes::remove(user_ids, reason))
    }
}
