use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::protocol::ChatDeleted;
use crate::protocol::error::Result;

/// Deletes a chat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteChat {
    /// Its id, or `#name` of a channel.
    chat_id: String,
}

impl Command for DeleteChat {
    const NAME: &'static str = "DELETE_CHAT";
    const SUMMARY: &'static str = "Deletes a chat and all its messages permanently.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r##"{"chatId":"#general"}"##;
    type Reply = ChatDeleted;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        context.commit(chat, changes::delete())
    }
}
