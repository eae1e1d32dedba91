use schemars::JsonSchema;
use serde::Deserialize;

use super::list::{MessageList, read_cursor};
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::validate;
use crate::domain::name_key;
use crate::protocol::error::{Error, Result};
use crate::protocol::{PageLimit, UserId};
use crate::store::repository::{ReadBudget, SearchQuery};

/// Searches messages in one chat or in all of yours.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SearchMessages {
    /// Words to find, in any case; a message matches if it contains each of them anywhere in its text.
    #[schemars(length(min = 1, max = 256))]
    query: String,
    /// Only this chat: its id, or `#name` of a channel.
    chat_id: Option<String>,
    /// Only messages of this user.
    sender_id: Option<UserId>,
    /// Maximum number of items: 1 to 200, by default 50.
    limit: Option<PageLimit>,
    /// The `nextCursor` of the previous page.
    cursor: Option<String>,
}

impl Command for SearchMessages {
    const NAME: &'static str = "SEARCH_MESSAGES";
    const SUMMARY: &'static str = "Finds messages by their words, newest first, in one chat or all of yours.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r#"{"query":"hello world","limit":20}"#;
    type Reply = MessageList;

    fn cost(&self) -> u32 {
        5
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let text = validate::search("query", Some(self.query))?.unwrap_or_default();
        let words: Vec<String> = name_key(&text).split_whitespace().map(str::to_owned).collect();
        if words.is_empty() {
            return Err(Error::invalid("query", "query must have 1 to 256 characters, not only white space"));
        }
        self.sender_id.as_deref().map_or(Ok(()), |id| validate::id("senderId", id))?;
        let after = self.cursor.as_deref().map(read_cursor).transpose()?;
        let limit = self.limit.unwrap_or_default().get();
        let chat = match &self.chat_id {
            Some(chat) => Some(chat_access::require_readable(context, chat).await?.chat.id),
            None => None,
        };
        let user = context.user()?.id.clone();
        let budget = ReadBudget::of_time(context.services.config.limits.search_within);
        let query = SearchQuery { user, chat, words, sender: self.sender_id, after, limit, budget };
        let page = context.services.repository.search(&query).await?;
        Ok(Response::reply(MessageList::found(context, page).await?))
    }
}
