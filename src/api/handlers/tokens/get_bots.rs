use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::bots;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::paged_list::PagedList;
use crate::protocol::User;
use crate::protocol::error::Result;

/// Lists the caller's bots.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetBots {
    /// The `nextCursor` of the previous page.
    cursor: Option<String>,
}

/// The caller's bots, by username.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "BOT_LIST", rename_all = "camelCase")]
pub struct BotList {
    /// The bots, including bots owned by other bots of yours.
    bots: Vec<User>,
    /// Cursor of the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Command for GetBots {
    const NAME: &'static str = "GET_BOTS";
    const SUMMARY: &'static str = "Lists your bots.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = "{}";
    type Reply = BotList;

    /// Every bot is asked for bots of its own.
    fn cost(&self) -> u32 {
        5
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let bots = bots::owned(&*services.repository, &context.user()?.id).await?;
        let bots = bots.into_iter().map(|bot| services.with_presence(bot)).collect();
        let page = PagedList::Bots.page(bots, self.cursor.as_deref(), |bot: &User| bot.username.clone())?;
        Ok(Response::reply(BotList { bots: page.items, next_cursor: page.next_cursor }))
    }
}
