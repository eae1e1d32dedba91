use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::validate;
use crate::protocol::error::Result;
use crate::protocol::{MessageId, ReactionAdded};

/// Puts an emoji on a message.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddReaction {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The message's id.
    message_id: MessageId,
    /// The emoji, at most 32 bytes.
    #[schemars(length(min = 1, max = 32))]
    emoji: String,
}

impl Command for AddReaction {
    const NAME: &'static str = "ADD_REACTION";
    const SUMMARY: &'static str = "Puts an emoji on a message.";
    const ACCESS: Access = Access::WRITE;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","messageId":"hello-1","emoji":"👍"}"##;
    type Reply = ReactionAdded;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        validate::emoji("emoji", &self.emoji)?;
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        context.commit(chat, changes::add_reaction(self.message_id, self.emoji))
    }
}
