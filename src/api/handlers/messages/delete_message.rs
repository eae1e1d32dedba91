use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Reply};
use crate::api::context::Context;
use crate::api::service::{chats, check};
use crate::domain::Action;
use crate::protocol::error::Result;
use crate::protocol::{MessageDeleted, MessageId};

/// Deletes a message; its place stays, with nothing in it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteMessage {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The message's id.
    message_id: MessageId,
    /// Why; everybody in the chat is told.
    reason: Option<String>,
}

impl Command for DeleteMessage {
    const NAME: &'static str = "DELETE_MESSAGE";
    const SUMMARY: &'static str = "Deletes a message: your own, or any as an owner or admin of the chat.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","messageId":"hello-1"}"##;
    type Reply = MessageDeleted;

    async fn run(self, context: &Context) -> Result<Reply> {
        let most = context.services.config.limits.description_chars;
        let reason = self.reason.map(|reason| check::text("reason", &reason, most)).transpose()?;
        let chat = chats::resolve(context, &self.chat_id).await?;
        let erase = Action::Erase { message: self.message_id, reason: reason.filter(|reason| !reason.is_empty()) };
        Ok(Reply::Change(context.change(chat, erase)?))
    }
}
