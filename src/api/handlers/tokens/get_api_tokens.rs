use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::bots;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::handlers::moderation::target;
use crate::protocol::Token;
use crate::protocol::error::Result;

/// Lists the API tokens of a user and of the user's bots.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetApiTokens {
    /// The user, by id, username or e-mail address; for admins. By default you.
    user_id: Option<String>,
}

/// Tokens, newest first, without their secrets.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "API_TOKEN_LIST", rename_all = "camelCase")]
pub struct ApiTokenList {
    /// The tokens.
    tokens: Vec<Token>,
}

impl Command for GetApiTokens {
    const NAME: &'static str = "GET_API_TOKENS";
    const SUMMARY: &'static str = "Lists your API tokens and those of your bots.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = "{}";
    type Reply = ApiTokenList;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let owner = target::token_owner(context, self.user_id.as_deref()).await?;
        let found = bots::tokens(&*context.services.repository, &owner.id).await?;
        let tokens = found.into_iter().map(|made| made.token).collect();
        Ok(Response::reply(ApiTokenList { tokens }))
    }
}
