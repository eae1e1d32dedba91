use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::validate;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, MessageId, ReactionAdded};

/// Adds a reaction to a message.
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
    const SUMMARY: &'static str = "Adds a reaction to a message.";
    const ACCESS: Access = Access::WRITE;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","messageId":"hello-1","emoji":"👍"}"##;
    type Reply = ReactionAdded;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        validate::emoji("emoji", &self.emoji)?;
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        self.refuse_full(context, &chat).await?;
        context.commit(chat, changes::add_reaction(self.message_id, self.emoji))
    }
}

impl AddReaction {
    /// Refuses another emoji once the message has as many as the setting allows.
    async fn refuse_full(&self, context: &Context, chat: &ChatId) -> Result<()> {
        let services = &context.services;
        let most = services.config.limits.reactions_per_message;
        if most == 0 {
            return Ok(());
        }
        let Some(message) = services.repository.message(chat, &self.message_id).await? else { return Ok(()) };
        let is_new = message.reactions.iter().all(|reaction| reaction.emoji != self.emoji);
        if !is_new || message.reactions.len() < most {
            return Ok(());
        }
        // Before anything is said of the message, its reader must be a member.
        chat_access::require_member_id(context, chat).await?;
        let sentence = format!("the message has {most} different emoji, the most allowed (MAX_REACTIONS_PER_MESSAGE)");
        Err(Error::conflict(sentence).at("emoji"))
    }
}
