use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::api::service::{check, messages};
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, Message, Timestamp};
use crate::store::repository::{MentionsQuery, Page, SearchCursor};

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

/// Messages, newest first.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_LIST", rename_all = "camelCase")]
pub struct MessageList {
    /// The messages as they are now.
    messages: Vec<Message>,
    /// Where the next page begins, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Command for GetMentions {
    const NAME: &'static str = "GET_MENTIONS";
    const SUMMARY: &'static str = "Lists the messages of your chats that mention you, newest first.";
    const ACCESS: Access = Access::READ;
    const EXAMPLE: &'static str = r#"{"limit":20}"#;
    type Reply = MessageList;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let query = MentionsQuery {
            user: context.user()?.id.clone(),
            after: self.cursor.as_deref().map(read_cursor).transpose()?,
            limit: check::limit("limit", self.limit)?,
        };
        let page = context.services.repository.mentions(&query).await?;
        Ok(Response::reply(MessageList::new(context, page).await?))
    }
}

impl MessageList {
    /// A page as the caller sees it.
    pub(super) async fn new(context: &Context, page: Page<Message>) -> Result<Self> {
        let mut messages = page.items;
        let last = messages.last().filter(|_| page.more);
        let next_cursor = last.map(|last| format!("{}.{}.{}", last.created_at.millis(), last.seq, last.chat_id));
        messages::mark_own_reactions(context, &mut messages).await?;
        Ok(MessageList { messages, next_cursor })
    }
}

/// Where the page before ended.
pub(super) fn read_cursor(cursor: &str) -> Result<SearchCursor> {
    let place = || {
        let (millis, rest) = cursor.split_once('.')?;
        let (seq, chat) = rest.split_once('.')?;
        let at = Timestamp::from_millis(millis.parse().ok()?);
        Some(SearchCursor { at, chat: ChatId::from(chat), seq: seq.parse().ok()? })
    };
    place().ok_or_else(|| Error::invalid("cursor", "cursor must be the nextCursor of a page"))
}
