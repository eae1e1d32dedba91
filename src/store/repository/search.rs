use async_trait::async_trait;

use super::{Page, ReadBudget};
use crate::protocol::{ChatId, Message, MessageId, Seq, Timestamp, UserId};
use crate::store::error::Result;

/// Finds messages across chats, and what a user has to do with them.
///
/// 1. Messages MUST come newest first: by the time they were sent, then by their chats' ids, then by their `seq` from
///    the highest down. Within a chat no message is older than one before it.
/// 2. What was edited or deleted MUST be found as it is now, at once.
#[async_trait]
pub trait Search {
    /// Tells for each of these reactions if the user is among its users.
    async fn reacted(&self, user: &UserId, asked: &[Reacted]) -> Result<Vec<bool>>;

    /// A page of messages that mention the user, of the chats the user is in.
    async fn mentions(&self, query: &MentionsQuery) -> Result<Page<Message>>;

    /// A page of messages that contain all of some words, without regard to case and Unicode form. Once the budget is
    /// spent, the page MUST have all matching messages before its `next`, and asking on from there MUST come to an end.
    async fn search(&self, query: &SearchQuery) -> Result<SearchPage>;
}

/// A page of messages that were found.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchPage {
    /// Newest first.
    pub messages: Vec<Message>,
    /// Where the next page begins; none on the last page.
    pub next: Option<SearchCursor>,
    /// True if the budget was spent before the page was full.
    pub partial: bool,
}

/// One emoji on one message.
#[derive(Clone, Debug, PartialEq)]
pub struct Reacted {
    /// Where.
    pub chat: ChatId,
    /// On which message.
    pub message: MessageId,
    pub emoji: String,
}

/// Where a page of messages of several chats ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchCursor {
    /// When the last message was sent.
    pub at: Timestamp,
    /// Where.
    pub chat: ChatId,
    /// Its place there.
    pub seq: Seq,
}

/// Asks for messages that mention a user.
#[derive(Clone, Debug)]
pub struct MentionsQuery {
    /// The caller, who is mentioned.
    pub user: UserId,
    /// The last message of the page before.
    pub after: Option<SearchCursor>,
    /// Maximum number of messages; fewer are returned if they would exceed the page's size in bytes.
    pub limit: usize,
}

/// Asks for messages by what they say.
#[derive(Clone, Debug)]
pub struct SearchQuery {
    /// The caller.
    pub user: UserId,
    /// Only this chat, which the user may look at; none: those the user is in.
    pub chat: Option<ChatId>,
    /// The words that the text must contain, each in the form of [`name_key`](crate::domain::name_key); at least one.
    pub words: Vec<String>,
    /// Only this sender's.
    pub sender: Option<UserId>,
    /// The last message of the page before.
    pub after: Option<SearchCursor>,
    /// Maximum number of messages; fewer are returned if they would exceed the page's size in bytes.
    pub limit: usize,
    /// The work that may be done for the page.
    pub budget: ReadBudget,
}
