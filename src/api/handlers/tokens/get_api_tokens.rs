use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::protocol::Token;
use crate::protocol::error::Result;

/// Lists the caller's API tokens.
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
    const SUMMARY: &'static str = "Lists your API tokens.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = "{}";
    type Reply = ApiTokenList;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let tokens = context.services.repository.tokens(&context.user()?.id).await?;
        Ok(Response::reply(ApiTokenList { tokens }))
    }
}
