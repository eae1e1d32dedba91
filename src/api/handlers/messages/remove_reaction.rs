use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::protocol::error::{Error, Result};
use crate::protocol::{MessageId, ReactionRemoved};

/// Removes your reaction from a message.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemoveReaction {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The message's id.
    message_id: MessageId,
    /// The emoji, exactly as it was added.
    #[schemars(length(min = 1, max = 64))]
    emoji: String,
}

impl Command for RemoveReaction {
    const NAME: &'static str = "REMOVE_REACTION";
    const SUMMARY: &'static str = "Removes your reaction from a message.";
    const ACCESS: Access = Access::WRITE;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","messageId":"hello-1","emoji":"👍"}"##;
    type Reply = ReactionRemoved;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        // Less strict than ADD_REACTION, so that every reaction that was ever accepted can be removed.
        let is_blank = self.emoji.trim().is_empty() || self.emoji.contains(char::is_control);
        if is_blank || self.emoji.len() > 32 {
            return Err(Error::invalid("emoji", "emoji must have 1 to 32 bytes, not only white space"));
        }
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        context.commit(chat, changes::remove_reaction(self.message_id, self.emoji))
    }
}
