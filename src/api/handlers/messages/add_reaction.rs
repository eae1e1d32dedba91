use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::validate;
use crate::protocol::error::Result;
use crate::protocol::{MessageId, ReactionAdded};

/// Adds a reaction to a message.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddReaction {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The message's id.
    message_id: MessageId,
    /// One emoji of at most 64 bytes, or a name: `:` 1 to 30 of `a-z 0-9 _ + -` `:`. Forms that differ only in U+FE0F are
    /// the same emoji.
    #[schemars(length(min = 1, max = 64))]
    emoji: String,
}

impl Command for AddReaction {
    const NAME: &'static str = "ADD_REACTION";
    const SUMMARY: &'static str = "Adds a reaction to a message.";
    const ACCESS: Access = Access::WRITE;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","messageId":"hello-1","emoji":"👍"}"##;
    type Reply = ReactionAdded;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let emoji = validate::emoji("emoji", &self.emoji)?;
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        let limit = context.services.config.limits.reactions_per_message;
        context.commit(chat, changes::add_reaction(self.message_id, emoji, limit))
    }
}
