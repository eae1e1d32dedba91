use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::bots;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::protocol::Token;
use crate::protocol::error::Result;

/// Lists the API tokens of the caller and of the caller's bots.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetApiTokens {}

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
        let found = bots::tokens(&*context.services.repository, &context.user()?.id).await?;
        let tokens = found.into_iter().map(|made| made.token).collect();
        Ok(Response::reply(ApiTokenList { tokens }))
    }
}
