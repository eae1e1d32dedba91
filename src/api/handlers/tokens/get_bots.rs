use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::bots;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::protocol::User;
use crate::protocol::error::Result;

/// Lists the caller's bots.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetBots {}

/// The caller's bots, by username.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "BOT_LIST", rename_all = "camelCase")]
pub struct BotList {
    /// The bots, including bots owned by other bots of yours.
    bots: Vec<User>,
}

impl Command for GetBots {
    const NAME: &'static str = "GET_BOTS";
    const SUMMARY: &'static str = "Lists your bots.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = "{}";
    type Reply = BotList;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let mut bots = bots::owned(&*services.repository, &context.user()?.id).await?;
        bots.sort_by(|one, other| one.username.cmp(&other.username));
        let bots = bots.into_iter().map(|bot| services.with_presence(bot)).collect();
        Ok(Response::reply(BotList { bots }))
    }
}
