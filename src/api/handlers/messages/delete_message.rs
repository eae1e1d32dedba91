use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::api::validate;
use crate::protocol::error::Result;
use crate::protocol::{MessageDeleted, MessageId};

/// Deletes a message and leaves a tombstone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteMessage {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The message's id.
    message_id: MessageId,
    /// Reason, shown to everybody in the chat.
    reason: Option<String>,
}

impl Command for DeleteMessage {
    const NAME: &'static str = "DELETE_MESSAGE";
    const SUMMARY: &'static str = "Deletes a message: your own, or any as an owner or admin of the chat.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","messageId":"hello-1"}"##;
    type Reply = MessageDeleted;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let max = context.services.config.limits.description_chars;
        let reason = validate::reason(self.reason, max)?;
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        context.commit(chat, changes::delete_message(self.message_id, reason))
    }
}
