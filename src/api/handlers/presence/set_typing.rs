use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::chat_access;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::protocol::Typing;
use crate::protocol::error::Result;

/// Shows others that you are typing.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetTyping {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// True while you are typing; expires after 10 seconds, when you send a message, and with the connection.
    typing: bool,
}

impl Command for SetTyping {
    const NAME: &'static str = "SET_TYPING";
    const SUMMARY: &'static str = "Shows the other members that you are typing, or have stopped.";
    const ACCESS: Access = Access::WRITE;
    const TAKES_OP_ID: bool = false;
    const NEEDS_CONNECTION: bool = true;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","typing":true}"##;
    type Reply = Typing;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat = chat_access::require_subscribed(context, &self.chat_id).await?;
        let connection = context.connection()?;
        let user = context.user()?;
        Ok(Response::reply(context.services.features.set_typing(connection, user, &chat, self.typing)))
    }
}
