use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::chat_access;
use crate::api::chat_pages;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::quota_checks;
use crate::api::validate;
use crate::ops::fault::{self, Fault};
use crate::protocol::error::Result;
use crate::protocol::{Chat, PageLimit};
use crate::store::repository::{ChatScope, ChatsFrom, ChatsQuery};

/// Lists chats.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetChats {
    /// Your own chats (the default), all channels, or your archived chats.
    scope: Option<ListedChats>,
    /// Part of the name.
    search: Option<String>,
    /// Maximum number of items: 1 to 200, by default 50.
    limit: Option<PageLimit>,
    /// The `nextCursor` of the previous page.
    cursor: Option<String>,
}

/// The chats that a list shows.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "ChatScope")]
enum ListedChats {
    /// Your chats that are not archived.
    Mine,
    /// All channels that are not archived.
    Public,
    /// Your archived chats.
    Archived,
}

/// Chats, newest activity first. Paging misses no chat; one that becomes active while you page may appear again on the
/// last pages.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CHAT_LIST", rename_all = "camelCase")]
pub struct ChatList {
    /// The chats as you see them.
    chats: Vec<Chat>,
    /// Cursor of the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Command for GetChats {
    const NAME: &'static str = "GET_CHATS";
    const SUMMARY: &'static str = "Lists your chats, all channels, or your archived chats, newest activity first.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r#"{"scope":"mine","limit":20}"#;
    type Reply = ChatList;

    fn cost(&self) -> u32 {
        let listed = 1 + quota_checks::cost_of(self.limit.unwrap_or_default().get());
        if self.search.is_some() { listed.max(5) } else { listed }
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let query = ChatsQuery {
            user: context.user()?.id.clone(),
            scope: match self.scope {
                None | Some(ListedChats::Mine) => ChatScope::Mine,
                Some(ListedChats::Public) => ChatScope::Public,
                Some(ListedChats::Archived) => ChatScope::Archived,
            },
            search: validate::search("search", self.search)?,
            from: ChatsFrom::Newest,
            limit: self.limit.unwrap_or_default().get(),
            now: context.services.clock.now(),
        };
        let page = chat_pages::read(&*context.services.repository, query, self.cursor.as_deref()).await?;
        let mut chats = Vec::with_capacity(page.chats.len());
        let skipped = usize::from(fault::is(Fault::SkipChats));
        for chat in page.chats.into_iter().skip(skipped) {
            chats.push(chat_access::with_viewer_state(context, chat).await?);
        }
        Ok(Response::reply(ChatList { chats, next_cursor: page.next }))
    }
}
