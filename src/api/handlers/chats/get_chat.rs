use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::domain::unknown_chat;
use crate::protocol::Chat;
use crate::protocol::error::Result;

/// Gets a chat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetChat {
    /// Its id, or `#name` of a channel.
    chat_id: String,
}

/// One chat.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CHAT", rename_all = "camelCase")]
pub struct ChatReply {
    /// The chat as you see it.
    chat: Chat,
}

impl Command for GetChat {
    const NAME: &'static str = "GET_CHAT";
    const SUMMARY: &'static str = "Gets a chat.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general"}"##;
    type Reply = ChatReply;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let id = chat_access::find_chat(context, &self.chat_id).await?;
        let chat = context.services.repository.chat(&id, &context.user()?.id).await?;
        let is_in = |chat: &Chat| chat.viewer.as_ref().is_some_and(|viewer| viewer.my_role.is_some());
        if !chat.as_ref().is_some_and(is_in) {
            chat_access::require_readable(context, &id).await?;
        }
        let chat = chat_access::with_viewer_state(context, chat.ok_or_else(|| unknown_chat(&id))?).await?;
        Ok(Response::reply(ChatReply { chat }))
    }
}
