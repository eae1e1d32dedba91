use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reactions;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::validate;
use crate::domain::unknown_chat;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, Message, Seq, UserId};
use crate::store::repository::{HistoryQuery, Window};

/// Asks for messages: the newest, those by a position, or a numbered page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetChatHistory {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// How many at most: 1 to 200, 50 where this is left out.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u64>,
    /// The newest before this `seq`.
    before: Option<Seq>,
    /// The oldest after this `seq`.
    after: Option<Seq>,
    /// Those on both sides of this `seq`.
    around: Option<Seq>,
    /// A numbered page; 1 is the newest.
    #[schemars(range(min = 1))]
    page: Option<u64>,
    /// How many a numbered page has: 1 to 200, 50 where this is left out.
    #[schemars(range(min = 1, max = 200))]
    size: Option<u64>,
    /// Only this user's.
    sender_id: Option<UserId>,
    /// Only those whose text contains this.
    search: Option<String>,
}

/// Messages, oldest first; deleted ones as tombstones.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CHAT_HISTORY", rename_all = "camelCase")]
pub struct ChatHistory {
    /// The chat.
    chat_id: ChatId,
    /// Oldest first.
    messages: Vec<Message>,
    /// Whether there are more in the direction of reading.
    has_more: bool,
    /// The chat's clock.
    seq: Seq,
    /// How many there are; with `page`.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    /// The page asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u64>,
    /// How many a page has.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    /// How many pages there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<u64>,
}

impl Command for GetChatHistory {
    const NAME: &'static str = "GET_CHAT_HISTORY";
    const SUMMARY: &'static str = "Reads a chat's messages: the newest, around a position, or by page.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","limit":20}"##;
    type Reply = ChatHistory;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let (window, limit) = self.window()?;
        self.sender_id.as_deref().map_or(Ok(()), |id| validate::id("senderId", id))?;
        let search = validate::search("search", self.search)?;
        let chat = chat_access::require_readable(context, &self.chat_id).await?.chat.id;
        let paged = matches!(window, Window::Skip(_)).then_some(limit as u64);
        let query = HistoryQuery { chat, window, limit, sender: self.sender_id, search };
        let found = context.services.repository.history(&query).await?;
        let mut found = found.ok_or_else(|| unknown_chat(&query.chat))?;
        reactions::mark_own_reactions(context, &mut found.messages).await?;
        Ok(Response::reply(ChatHistory {
            chat_id: query.chat,
            messages: found.messages,
            has_more: found.more,
            seq: found.seq,
            total: found.total,
            page: paged.map(|_| self.page.unwrap_or(1)),
            size: paged,
            pages: paged.zip(found.total).map(|(size, total)| total.div_ceil(size)),
        }))
    }
}

impl GetChatHistory {
    /// Which part is asked for, and how much of it.
    fn window(&self) -> Result<(Window, usize)> {
        let positions = [("before", self.before), ("after", self.after), ("around", self.around)];
        let mut given = positions.iter().filter_map(|(name, seq)| seq.map(|seq| (*name, seq)));
        let first = given.next();
        let second = given.next();
        if let Some((name, _)) = second {
            return Err(Error::invalid(name, "give only one of before, after, around"));
        }
        if self.page.is_some() || self.size.is_some() {
            return self.page(first.map(|(name, _)| name));
        }
        let window = match first {
            Some(("before", seq)) => Window::Before(seq),
            Some(("after", seq)) => Window::After(seq),
            Some((_, seq)) => Window::Around(seq),
            None => Window::Newest,
        };
        Ok((window, validate::limit("limit", self.limit)?))
    }

    fn page(&self, position: Option<&'static str>) -> Result<(Window, usize)> {
        if let Some(name) = position.or(self.limit.map(|_| "limit")) {
            return Err(Error::invalid(name, format!("give either page and size or {name}")));
        }
        let page = self.page.unwrap_or(1);
        let size = validate::limit("size", self.size)?;
        if page == 0 {
            return Err(Error::invalid("page", "page must be at least 1; 1 is the newest"));
        }
        Ok((Window::Skip((page - 1).saturating_mul(size as u64)), size))
    }
}
