use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Reply};
use crate::api::context::Context;
use crate::api::service::{bots, chats};
use crate::domain::Action;
use crate::protocol::MembersAdded;
use crate::protocol::error::Result;

/// Comes into a channel.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct JoinChat {
    /// Its id, or `#name` of a channel.
    chat_id: String,
}

impl Command for JoinChat {
    const NAME: &'static str = "JOIN_CHAT";
    const SUMMARY: &'static str = "Comes into a channel.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r##"{"chatId":"#general"}"##;
    type Reply = MembersAdded;

    async fn run(self, context: &Context) -> Result<Reply> {
        let chat = chats::resolve(context, &self.chat_id).await?;
        bots::refuse_banned_owners(&context.services, &chat, context.user()?, "chatId").await?;
        let mut change = context.change(chat, Action::Join)?;
        // Others are told of a new member who is there, or not, as by POST /command.
        change.actor = Arc::new(context.services.with_presence(change.actor.as_ref().clone()));
        Ok(Reply::Change(change))
    }
}
