use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::protocol::MembersRemoved;
use crate::protocol::error::Result;

/// Leaves a chat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LeaveChat {
    /// Its id, or `#name` of a channel.
    chat_id: String,
}

impl Command for LeaveChat {
    const NAME: &'static str = "LEAVE_CHAT";
    const SUMMARY: &'static str = "Leaves a chat, which is deleted with its last member.";
    const ACCESS: Access = Access::WRITE;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general"}"##;
    type Reply = MembersRemoved;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        context.commit(chat, changes::leave())
    }
}
