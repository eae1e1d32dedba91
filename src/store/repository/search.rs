use async_trait::async_trait;

use super::{Page, ReadBudget};
use crate::protocol::{ChatId, Message, MessageId, Seq, Timestamp, UserId};
use crate::store::error::Result;

/// Finds messages across chats, and a user's relation to them.
///
/// 1. Messages MUST be ordered newest first: by the time they were sent, then by chat id, then by `seq` from the
///    highest down. Within a chat no message is older than its predecessor.
/// 2. Edited and deleted messages MUST be found in their current form immediately.
#[async_trait]
pub trait Search {
    /// For each of these reactions, true if the user has added it.
    async fn reacted(&self, user: &UserId, asked: &[Reacted]) -> Result<Vec<bool>>;

    /// A page of messages that mention the user, in the chats the user is in.
    async fn mentions(&self, query: &MentionsQuery) -> Result<Page<Message>>;

    /// A page of messages that contain all of the words, ignoring case and Unicode form. Once the budget is spent, the
    /// page MUST have all matching messages before its `next`, and continuing from there MUST terminate.
    async fn search(&self, query: &SearchQuery) -> Result<SearchPage>;
}

/// A page of search results.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchPage {
    /// The messages, newest first.
    pub messages: Vec<Message>,
    /// Start of the next page; none on the last page.
    pub next: Option<SearchCursor>,
    /// True if the budget was spent before the page was full.
    pub partial: bool,
}

/// An emoji on a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Reacted {
    pub chat: ChatId,
    pub message: MessageId,
    pub emoji: String,
}

/// End of a page of messages from several chats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchCursor {
    /// Time of the last message.
    pub at: Timestamp,
    /// The message's chat.
    pub chat: ChatId,
    /// The message's position in its chat.
    pub seq: Seq,
}

/// A query for messages that mention a user.
#[derive(Clone, Debug)]
pub struct MentionsQuery {
    /// The caller, who must be mentioned.
    pub user: UserId,
    /// The last message of the page before.
    pub after: Option<SearchCursor>,
    /// Maximum number of messages; fewer are returned if they would exceed the page's size in bytes.
    pub limit: usize,
}

/// A query for messages by their text.
#[derive(Clone, Debug)]
pub struct SearchQuery {
    /// The caller.
    pub user: UserId,
    /// Only this chat, which the user may read; if none, the chats the user is in.
    pub chat: Option<ChatId>,
    /// The words that the text must contain, each in the form of [`name_key`](crate::domain::name_key); at least one.
    pub words: Vec<String>,
    /// Only messages of this sender.
    pub sender: Option<UserId>,
    /// The last message of the page before.
    pub after: Option<SearchCursor>,
    /// Maximum number of messages; fewer are returned if they would exceed the page's size in bytes.
    pub limit: usize,
    /// The work that may be done for the page.
    pub budget: ReadBudget,
}
