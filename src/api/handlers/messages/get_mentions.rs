use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::validate;
use crate::protocol::error::Result;
use crate::store::repository::MentionsQuery;

use super::list::{MessageList, read_cursor};

/// Asks for the messages of your chats that mention you.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetMentions {
    /// How many at most: 1 to 200, 50 where this is left out.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u64>,
    /// Where the page before ended.
    cursor: Option<String>,
}

impl Command for GetMentions {
    const NAME: &'static str = "GET_MENTIONS";
    const SUMMARY: &'static str = "Lists the messages of your chats that mention you, newest first.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r#"{"limit":20}"#;
    type Reply = MessageList;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let query = MentionsQuery {
            user: context.user()?.id.clone(),
            after: self.cursor.as_deref().map(read_cursor).transpose()?,
            limit: validate::limit("limit", self.limit)?,
        };
        let page = context.services.repository.mentions(&query).await?;
        Ok(Response::reply(MessageList::new(context, page).await?))
    }
}
