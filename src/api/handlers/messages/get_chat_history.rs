use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reactions;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::reply_budget;
use crate::api::validate;
use crate::domain::unknown_chat;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, Message, PageLimit, Seq, UserId};
use crate::store::repository::{History, HistoryQuery, ReadBudget, Window};

/// Gets messages of a chat: the newest, around a position, or a numbered page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetChatHistory {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// Maximum number of items: 1 to 200, by default 50.
    limit: Option<PageLimit>,
    /// The newest messages before this `seq`.
    before: Option<Seq>,
    /// The oldest messages after this `seq`.
    after: Option<Seq>,
    /// The messages around this `seq`.
    around: Option<Seq>,
    /// Page number; page 1 is the newest.
    #[schemars(range(min = 1))]
    page: Option<u64>,
    /// Messages per page: 1 to 200, by default 50.
    size: Option<PageLimit>,
    /// Only messages of this user.
    sender_id: Option<UserId>,
    /// Only messages whose text contains this.
    search: Option<String>,
    /// The `nextCursor` of a partial reply, with the same `senderId` and `search`.
    cursor: Option<String>,
}

/// Messages, oldest first; deleted ones as tombstones.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CHAT_HISTORY", rename_all = "camelCase")]
pub struct ChatHistory {
    /// The chat.
    chat_id: ChatId,
    /// The messages, oldest first.
    messages: Vec<Message>,
    /// True if there are more messages in the reading direction.
    has_more: bool,
    /// The latest `seq` of the chat.
    seq: Seq,
    /// Total number of messages; only with `page`, and only if they could be counted in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    /// The requested page.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u64>,
    /// Messages per page.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    /// Number of pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<u64>,
    /// True if the search took too long to fill the page or to count: `nextCursor` continues where it stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    partial: Option<bool>,
    /// Cursor that continues a partial reply.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Command for GetChatHistory {
    const NAME: &'static str = "GET_CHAT_HISTORY";
    const SUMMARY: &'static str = "Gets messages of a chat: the newest, around a position, or by page.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","limit":20}"##;
    type Reply = ChatHistory;

    fn cost(&self) -> u32 {
        // Numbered pages and filters scan rows that they do not return.
        let is_filtered = self.search.is_some() || self.sender_id.is_some();
        if is_filtered || self.cursor.is_some() || self.page.is_some_and(|page| page > 10) { 5 } else { 1 }
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let (window, limit) = self.window()?;
        self.sender_id.as_deref().map_or(Ok(()), |id| validate::id("senderId", id))?;
        let search = validate::search("search", self.search)?;
        let chat = chat_access::require_readable(context, &self.chat_id).await?.chat.id;
        let paged = matches!(window, Window::Skip(_)).then_some(limit as u64);
        let budget = ReadBudget::of_time(context.services.config.limits.search_within);
        let query = HistoryQuery { chat, window, limit, sender: self.sender_id, search, budget };
        let found = context.services.repository.history(&query).await?;
        let mut found = found.ok_or_else(|| unknown_chat(&query.chat))?;
        reactions::mark_own_reactions(context, &mut found.messages).await?;
        cut(&mut found, window)?;
        // What follows a numbered page goes on by the cursor to its end.
        if self.cursor.is_some() && !query.is_filtered() && found.more && found.stopped.is_none() {
            found.stopped = found.messages.first().map(|first| Window::Before(first.seq));
        }
        Ok(Response::reply(ChatHistory {
            chat_id: query.chat,
            messages: found.messages,
            has_more: found.more,
            seq: found.seq,
            total: found.total,
            page: paged.map(|_| self.page.unwrap_or(1)),
            size: paged,
            pages: paged.zip(found.total).map(|(size, total)| total.div_ceil(size)),
            partial: found.stopped.is_some().then_some(true),
            next_cursor: found.stopped.and_then(cursor),
        }))
    }
}

impl GetChatHistory {
    /// The requested window and its size.
    fn window(&self) -> Result<(Window, usize)> {
        let positions = [("before", self.before), ("after", self.after), ("around", self.around)];
        let mut given = positions.iter().filter_map(|(name, seq)| seq.map(|seq| (*name, seq)));
        let first = given.next();
        let second = given.next();
        if let Some((name, _)) = second {
            return Err(Error::invalid(name, "give at most one of before, after and around"));
        }
        if let Some(cursor) = &self.cursor {
            let other = first.map(|(name, _)| name).or(self.page.map(|_| "page")).or(self.size.map(|_| "size"));
            if let Some(name) = other {
                return Err(Error::invalid(name, format!("give either cursor or {name}")));
            }
            return Ok((read_cursor(cursor)?, self.limit.unwrap_or_default().get()));
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
        Ok((window, self.limit.unwrap_or_default().get()))
    }

    fn page(&self, position: Option<&'static str>) -> Result<(Window, usize)> {
        if let Some(name) = position.or(self.limit.map(|_| "limit")) {
            return Err(Error::invalid(name, format!("give either page and size or {name}")));
        }
        let page = self.page.unwrap_or(1);
        let size = self.size.unwrap_or_default().get();
        if page == 0 {
            return Err(Error::invalid("page", "page must be at least 1; 1 is the newest"));
        }
        Ok((Window::Skip((page - 1).saturating_mul(size as u64)), size))
    }
}

/// Leaves out what does not fit in the reply, at the end of the page in the direction of reading. A numbered page then is
/// partial, because the next number would skip what is left out.
fn cut(found: &mut History, window: Window) -> Result<()> {
    match window {
        Window::After(_) => found.more |= reply_budget::cut(&mut found.messages)?,
        Window::Around(middle) => {
            while reply_budget::fitting(&found.messages)? < found.messages.len() {
                let distance = |message: Option<&Message>| message.map_or(0, |message| message.seq.abs_diff(middle));
                match distance(found.messages.first()) > distance(found.messages.last()) {
                    true => drop(found.messages.remove(0)),
                    false => drop(found.messages.pop()),
                }
                found.more = true;
            }
        }
        Window::Newest | Window::Before(_) | Window::Skip(_) | Window::SkipBefore { .. } => {
            let left_out = found.messages.len() - reply_budget::fitting_last(&found.messages)?;
            found.messages.drain(..left_out);
            found.more |= left_out > 0;
            let is_numbered = matches!(window, Window::Skip(_) | Window::SkipBefore { .. });
            let first = found.messages.first().filter(|_| left_out > 0 && (is_numbered || found.stopped.is_some()));
            if let Some(first) = first {
                found.stopped = Some(Window::Before(first.seq));
            }
        }
    }
    Ok(())
}

/// The `nextCursor` that leads to a window.
fn cursor(window: Window) -> Option<String> {
    match window {
        Window::Before(seq) => Some(format!("before.{seq}")),
        Window::After(seq) => Some(format!("after.{seq}")),
        Window::SkipBefore { before, skip } => Some(format!("before.{before}.{skip}")),
        Window::Newest | Window::Around(_) | Window::Skip(_) => None,
    }
}

fn read_cursor(cursor: &str) -> Result<Window> {
    let parts: Vec<&str> = cursor.split('.').collect();
    let window = match *parts {
        ["before", seq] => seq.parse().ok().map(Window::Before),
        ["after", seq] => seq.parse().ok().map(Window::After),
        ["before", before, skip] => {
            let place = before.parse().ok().zip(skip.parse().ok());
            place.map(|(before, skip)| Window::SkipBefore { before, skip })
        }
        _ => None,
    };
    window.ok_or_else(|| Error::invalid("cursor", "cursor must be the nextCursor of an earlier reply"))
}
