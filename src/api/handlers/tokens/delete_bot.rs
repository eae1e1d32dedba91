use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::bots;
use crate::api::command::{Access, Command, Repetition, Response};
use crate::api::context::Context;
use crate::api::departure::{self, BotDeleted};
use crate::protocol::UserId;
use crate::protocol::error::{Error, Result};
use crate::store::repository::AccountName;

/// Deletes one of the caller's bots permanently, with its tokens and its own bots.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteBot {
    /// The bot, by id or username.
    user_id: String,
}

impl Command for DeleteBot {
    const NAME: &'static str = "DELETE_BOT";
    const SUMMARY: &'static str = "Deletes one of your bots; its messages stay, its tokens stop working.";
    const ACCESS: Access = Access::WRITE;
    const REPETITION: Repetition = Repetition::Harmless;
    const EXAMPLE: &'static str = r#"{"userId":"echo-bot"}"#;
    type Reply = BotDeleted;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let bot = bots::find(context, &self.user_id).await?;
        departure::delete_bots_of(context, &bot.user.id).await?;
        let deleted = departure::delete_bot(context, &bot.user.id, context.connection.as_deref()).await?;
        Ok(Response::reply(deleted))
    }

    /// The bot is deleted already, and has no username any more.
    async fn repeat(self, context: &Context) -> Result<Response<Self::Reply>> {
        let user_id = UserId::from(self.user_id);
        let found = context.services.repository.account(&AccountName::Id(user_id.clone())).await?;
        let is_own = found.is_some_and(|account| account.owner.as_ref() == context.user().ok().map(|user| &user.id));
        let unknown = || Error::not_found("userId", "you have no bot with this id");
        if is_own { Ok(Response::reply(BotDeleted { user_id })) } else { Err(unknown()) }
    }
}
