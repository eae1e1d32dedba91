use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::protocol::PageLimit;
use crate::protocol::error::Result;
use crate::store::repository::MentionsQuery;

use super::list::{MessageList, read_cursor};

/// Lists messages that mention the caller.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetMentions {
    /// Maximum number of items: 1 to 200, by default 50.
    limit: Option<PageLimit>,
    /// The `nextCursor` of the previous page.
    cursor: Option<String>,
}

impl Command for GetMentions {
    const NAME: &'static str = "GET_MENTIONS";
    const SUMMARY: &'static str = "Lists the messages of your chats that mention you, newest first.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r#"{"limit":20}"#;
    type Reply = MessageList;

    fn cost(&self) -> u32 {
        2
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let query = MentionsQuery {
            user: context.user()?.id.clone(),
            after: self.cursor.as_deref().map(read_cursor).transpose()?,
            limit: self.limit.unwrap_or_default().get(),
        };
        let page = context.services.repository.mentions(&query).await?;
        Ok(Response::reply(MessageList::new(context, page).await?))
    }
}
