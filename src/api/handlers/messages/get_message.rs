use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reactions;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::domain::unknown_message;
use crate::protocol::error::Result;
use crate::protocol::{Message, MessageId};

/// Gets a message.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetMessage {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The message's id.
    message_id: MessageId,
}

/// One message.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE", rename_all = "camelCase")]
pub struct MessageReply {
    /// The message as it is now.
    message: Message,
}

impl Command for GetMessage {
    const NAME: &'static str = "GET_MESSAGE";
    const SUMMARY: &'static str = "Gets a message.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","messageId":"hello-1"}"##;
    type Reply = MessageReply;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat = chat_access::require_readable(context, &self.chat_id).await?.chat.id;
        let message = context.services.repository.message(&chat, &self.message_id).await?;
        let mut message = message.ok_or_else(|| unknown_message(&self.message_id))?;
        reactions::mark_own_reactions(context, std::slice::from_mut(&mut message)).await?;
        Ok(Response::reply(MessageReply { message }))
    }
}
