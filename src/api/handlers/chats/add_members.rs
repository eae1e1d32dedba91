use futures_util::{StreamExt, TryStreamExt, stream};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Reply};
use crate::api::context::Context;
use crate::api::service::{bots, chats, users};
use crate::domain::Action;
use crate::protocol::MembersAdded;
use crate::protocol::error::{Error, Result};

/// Users who are looked up at the same time.
const CONCURRENT: usize = 16;

/// Brings users into a chat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddMembers {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// Whom, by id or username.
    #[schemars(length(min = 1, max = 200))]
    members: Vec<String>,
}

impl Command for AddMembers {
    const NAME: &'static str = "ADD_MEMBERS";
    const SUMMARY: &'static str = "Brings users into a chat; for its owners and admins.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","members":["echo-bot"]}"##;
    type Reply = MembersAdded;

    async fn run(self, context: &Context) -> Result<Reply> {
        if self.members.is_empty() {
            return Err(Error::invalid("members", "members must name at least one user"));
        }
        let chat = chats::readable(context, &self.chat_id).await?.chat.id;
        let users = users::resolve(context, "members", &self.members).await?;
        let services = &context.services;
        let checks = users.iter().map(|user| bots::refuse_banned_owners(services, &chat, user, "members"));
        let checks: Vec<_> = checks.collect();
        stream::iter(checks).buffer_unordered(CONCURRENT).try_collect::<Vec<()>>().await?;
        Ok(Reply::Change(context.change(chat, Action::Add { users })?))
    }
}
