use futures_util::{StreamExt, TryStreamExt, stream};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::bots;
use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::quota_checks;
use crate::api::user_lookup;
use crate::protocol::MembersAdded;
use crate::protocol::error::{Error, Result};

/// Number of concurrent owner look-ups.
const CONCURRENT: usize = 16;

/// Adds members to a chat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddMembers {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// The user, by id or username.
    #[schemars(length(min = 1, max = 200))]
    members: Vec<String>,
}

impl Command for AddMembers {
    const NAME: &'static str = "ADD_MEMBERS";
    const SUMMARY: &'static str = "Adds members to a chat; for its owners and admins.";
    const ACCESS: Access = Access::WRITE;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","members":["echo-bot"]}"##;
    type Reply = MembersAdded;

    fn cost(&self) -> u32 {
        1 + quota_checks::cost_of(self.members.len())
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        if self.members.is_empty() {
            return Err(Error::invalid("members", "name at least one user"));
        }
        let chat = chat_access::require_readable(context, &self.chat_id).await?.chat.id;
        let users = user_lookup::find_users(context, "members", &self.members).await?;
        let services = &context.services;
        let checks = users.iter().map(|user| bots::refuse_banned_owners(services, &chat, user, "members"));
        let checks: Vec<_> = checks.collect();
        stream::iter(checks).buffer_unordered(CONCURRENT).try_collect::<Vec<()>>().await?;
        quota_checks::require_contacts(context, &users).await?;
        context.commit(chat, changes::add(users))
    }
}
