use async_trait::async_trait;

use super::{Page, ReadBudget};
use crate::protocol::{ChatId, Message, MessageId, Seq, Timestamp, UserId};
use crate::store::error::Result;

/// Finds messages across chats, and a user's relation to them.
///
/// 1. Messages MUST come newest first: by the time they were sent, then by their chats' ids, then by their `seq` from
///    the highest down. Within a chat no message is older than one before it.
/// 2. Edited and deleted messages MUST be found in their current form, at once.
#[async_trait]
pub trait Search {
    /// True for each of these reactions that the user has added.
    async fn reacted(&self, user: &UserId, asked: &[Reacted]) -> Result<Vec<bool>>;

    /// A page of messages that mention the user, of the chats the user is in.
    async fn mentions(&self, query: &MentionsQuery) -> Result<Page<Message>>;

    /// A page of messages that contain all of some words, without regard to case and Unicode form. Once the budget is
    /// spent, the page MUST have all matching messages before its `next`, and continuing from there MUST terminate.
    async fn search(&self, query: &SearchQuery) -> Result<SearchPage>;
}

/// A page of messages that were found.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchPage {
    /// Newest first.
    pub messages: Vec<Message>,
    /// Start of the next page; none on the last page.
    pub next: Option<SearchCursor>,
    /// True if the budget was spent before the page was full.
    pub partial: bool,
}

/// One emoji on one message.
#[derive(Clone, Debug, PartialEq)]
pub struct Reacted {
    pub chat: ChatId,
    pub message: MessageId,
    pub emoji: String,
}

/// End of a page of messages of several chats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchCursor {
    /// Time of the last message.
    pub at: Timestamp,
    /// Its chat.
    pub chat: ChatId,
    /// Its position there.
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

/// Asks for messages by their text.
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
