use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::protocol::error::Result;
use crate::protocol::{MessageId, MessageUnpinned};

/// Unpins a message.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnpinMessage {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The message's id.
    message_id: MessageId,
}

impl Command for UnpinMessage {
    const NAME: &'static str = "UNPIN_MESSAGE";
    const SUMMARY: &'static str = "Unpins a message.";
    const ACCESS: Access = Access::WRITE;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","messageId":"hello-1"}"##;
    type Reply = MessageUnpinned;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        context.commit(chat, changes::unpin(self.message_id))
    }
}
