//! Pages of messages, and the cursors that lead from one to the next.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::context::Context;
use crate::api::reply_budget;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, Message, Timestamp};
use crate::store::repository::{Page, SearchCursor, SearchPage};

use super::reactions;

/// Messages, newest first.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MESSAGE_LIST", rename_all = "camelCase")]
pub struct MessageList {
    /// The messages as they are now.
    messages: Vec<Message>,
    /// Cursor of the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
    /// True if the search took too long to fill the page: `nextCursor` continues where it stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    partial: Option<bool>,
}

impl MessageList {
    /// A page as the caller sees it.
    pub(super) async fn new(context: &Context, page: Page<Message>) -> Result<Self> {
        let next = page.items.last().filter(|_| page.more).map(position);
        MessageList::found(context, SearchPage { messages: page.items, next, partial: false }).await
    }

    /// A page of a search as the caller sees it.
    pub(super) async fn found(context: &Context, page: SearchPage) -> Result<Self> {
        let SearchPage { mut messages, mut next, mut partial } = page;
        reactions::mark_own_reactions(context, &mut messages).await?;
        if reply_budget::cut(&mut messages)? {
            next = messages.last().map(position);
            partial = false;
        }
        let next_cursor = next.map(|next| format!("{}.{}.{}", next.at.millis(), next.seq, next.chat));
        Ok(MessageList { messages, next_cursor, partial: partial.then_some(true) })
    }
}

/// The position behind a message.
fn position(message: &Message) -> SearchCursor {
    SearchCursor { at: message.created_at, chat: message.chat_id.clone(), seq: message.seq }
}

/// The `nextCursor` of the previous page.
pub fn read_cursor(cursor: &str) -> Result<SearchCursor> {
    let place = || {
        let (millis, rest) = cursor.split_once('.')?;
        let (seq, chat) = rest.split_once('.')?;
        let at = Timestamp::from_millis(millis.parse().ok()?);
        Some(SearchCursor { at, chat: ChatId::from(chat), seq: seq.parse().ok()? })
    };
    place().ok_or_else(|| Error::invalid("cursor", "cursor must be the nextCursor of an earlier reply"))
}
