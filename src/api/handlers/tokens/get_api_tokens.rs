use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::bots;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::handlers::moderation::target;
use crate::api::paged_list::PagedList;
use crate::protocol::Token;
use crate::protocol::error::Result;

/// Lists the API tokens of a user and of the user's bots.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetApiTokens {
    /// The user, by id, username or e-mail address; for admins. By default you.
    user_id: Option<String>,
    /// The `nextCursor` of the previous page.
    cursor: Option<String>,
}

/// Tokens, newest first, without their secrets.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "API_TOKEN_LIST", rename_all = "camelCase")]
pub struct ApiTokenList {
    /// The tokens.
    tokens: Vec<Token>,
    /// Cursor of the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Command for GetApiTokens {
    const NAME: &'static str = "GET_API_TOKENS";
    const SUMMARY: &'static str = "Lists your API tokens and those of your bots.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = "{}";
    type Reply = ApiTokenList;

    /// Every bot is asked for bots of its own.
    fn cost(&self) -> u32 {
        5
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let owner = target::token_owner(context, self.user_id.as_deref()).await?;
        let found = bots::tokens(&*context.services.repository, &owner.id).await?;
        let tokens = found.into_iter().map(|made| made.token).collect();
        let key = |token: &Token| PagedList::key_of_age(token.created_at, &token.id);
        let page = PagedList::Tokens.page(tokens, self.cursor.as_deref(), key)?;
        Ok(Response::reply(ApiTokenList { tokens: page.items, next_cursor: page.next_cursor }))
    }
}
