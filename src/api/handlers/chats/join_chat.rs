use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::bots;
use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::quota_checks;
use crate::protocol::MembersAdded;
use crate::protocol::error::Result;

/// Joins a channel.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct JoinChat {
    /// Its id, or `#name` of a channel.
    chat_id: String,
}

impl Command for JoinChat {
    const NAME: &'static str = "JOIN_CHAT";
    const SUMMARY: &'static str = "Joins a channel.";
    const ACCESS: Access = Access::WRITE;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general"}"##;
    type Reply = MembersAdded;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        if !context.connection.as_ref().is_some_and(|connection| connection.hears(&chat)) {
            quota_checks::require_room_for_chat(context, false).await?;
        }
        let owners = bots::owners(&*context.services.repository, context.user()?).await?;
        // The event shows the new member's presence, which a caller over POST may lack.
        let actor = Arc::new(context.services.with_presence(context.user()?.as_ref().clone()));
        context.commit_as(actor, chat, changes::join(owners))
    }
}
