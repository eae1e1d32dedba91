use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, MessageId, MessagePinned};

/// Pins a message.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PinMessage {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The message's id.
    message_id: MessageId,
}

impl Command for PinMessage {
    const NAME: &'static str = "PIN_MESSAGE";
    const SUMMARY: &'static str = "Pins a message in its chat.";
    const ACCESS: Access = Access::WRITE;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","messageId":"hello-1"}"##;
    type Reply = MessagePinned;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        refuse_full(context, &chat, &self.message_id).await?;
        context.commit(chat, changes::pin(self.message_id))
    }
}

/// Refuses another pin to those who may pin, once the chat has as many as the setting allows.
async fn refuse_full(context: &Context, chat: &ChatId, message: &MessageId) -> Result<()> {
    let services = &context.services;
    let most = services.config.limits.pins_per_chat;
    if most == 0 {
        return Ok(());
    }
    let Some(access) = services.repository.chat_access(chat, &context.user()?.id).await? else { return Ok(()) };
    let pinned = &access.chat.pinned;
    if access.role.is_some() && pinned.len() >= most && !pinned.contains(message) {
        let sentence = format!("{most} messages are pinned, which is the most allowed (MAX_PINS_PER_CHAT)");
        return Err(Error::conflict(sentence));
    }
    Ok(())
}
