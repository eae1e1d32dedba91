//! Pages of messages, and the cursors that lead from one to the next.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::context::Context;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, Message, Timestamp};
use crate::store::repository::{Page, SearchCursor};

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
}

impl MessageList {
    /// A page as the caller sees it.
    pub(super) async fn new(context: &Context, page: Page<Message>) -> Result<Self> {
        let mut messages = page.items;
        let last = messages.last().filter(|_| page.more);
        let next_cursor = last.map(|last| format!("{}.{}.{}", last.created_at.millis(), last.seq, last.chat_id));
        reactions::mark_own_reactions(context, &mut messages).await?;
        Ok(MessageList { messages, next_cursor })
    }
}

/// The `nextCursor` of the previous page.
pub(super) fn read_cursor(cursor: &str) -> Result<SearchCursor> {
    let place = || {
        let (millis, rest) = cursor.split_once('.')?;
        let (seq, chat) = rest.split_once('.')?;
        let at = Timestamp::from_millis(millis.parse().ok()?);
        Some(SearchCursor { at, chat: ChatId::from(chat), seq: seq.parse().ok()? })
    };
    place().ok_or_else(|| Error::invalid("cursor", "cursor must be the nextCursor of an earlier reply"))
}
