//! The storage contract.
//!
//! A backend stores records and finds them again. [`crate::domain`] alone decides what may happen to a chat, on the
//! [`State`](crate::domain::State) that the backend loads in the transaction in which it writes them back. So every
//! backend refuses the same commands with the same words.
//!
//! Rules for every backend:
//! 1. A result of [`Repository::commit`] MUST NOT be returned before its change is durable.
//! 2. The changes of one batch MUST take effect in their order, each seeing those before it; a refused one MUST leave
//!    nothing behind and MUST NOT hinder its neighbours.
//! 3. `seq` MUST go up by exactly one for every event of a chat, even with concurrent writers.
//! 4. A failure of the storage MUST be a [temporary](crate::store::error::StoreError::is_temporary) error and MUST leave
//!    the repository usable; repeating the same batch MUST then give the same result as if it had succeeded at once.
//! 5. Reads MUST NOT wait for writes, MUST see what was committed before they began, and each MUST be one snapshot.
//! 6. Pages MUST be stable under writing: a cursor never repeats and never skips what was there all the time.

use std::sync::Arc;

use async_trait::async_trait;

use crate::domain::{Change, Outcome};
use crate::protocol::{Ban, Chat, ChatId, ChatRole, Mark, Member, Message, MessageId, Seq, Timestamp, UserId};
use crate::store::error::Result;

mod accounts;
mod audit;
mod documents;
mod heads;
mod marks;
mod presence;
mod search;
mod sessions;
mod tokens;

pub use accounts::{Account, AccountName, Accounts, EmailSearch, EndedToken, PasswordHash, UsersQuery};
pub use audit::{Audit, AuditQuery};
pub use documents::{Document, Documents};
pub use heads::Heads;
pub use marks::{AUTHORED_MOST, Advance, Advanced, MARKS_MOST, Progress, ReadCursors};
pub use presence::LastSeenTimes;
pub use search::{MentionsQuery, Reacted, Search, SearchCursor, SearchQuery};
pub use sessions::{PreviousRefresh, Sessions, StoredSession};
pub use tokens::{StoredToken, Tokens};

/// Stores everything that must outlive the process.
///
/// # Errors
/// Every method fails with a [`StoreError`](crate::store::error::StoreError), which says what the caller can do:
/// a [temporary](crate::store::error::StoreError::is_temporary) one may be retried with the same ids; a change that the
/// rules refuse is `Refused` in its own place of [`Repository::commit`]'s results and leaves its neighbours alone. What
/// does not exist is `None` or an empty page, not an error.
///
/// # Examples
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = std::env::temp_dir().join(format!("pichat-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// use pichat::store::repository::Repository;
/// use pichat::store::sqlite::SqliteRepository;
///
/// let repository = SqliteRepository::open(&folder.join("chat.db"))?;
/// repository.ready().await?;
/// assert_eq!(repository.chat(&"none".into(), &"ann".into()).await?, None);
/// # drop(repository);
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok(())
/// # }
/// ```
#[async_trait]
pub trait Repository:
    Accounts + Tokens + Sessions + Documents + Heads + ReadCursors + LastSeenTimes + Search + Audit
{
    /// The number of batches that may usefully be committed at the same time. Changes of one chat never run in
    /// parallel.
    fn commit_queues(&self) -> usize;

    /// Checks that the storage answers.
    async fn ready(&self) -> Result<()>;

    /// Makes a batch of changes durable and returns the outcome of each, in order. The batch is shared, because a
    /// backend hands it to a thread or task that outlives a caller who stops waiting.
    async fn commit(&self, batch: Arc<[Change]>, at: Timestamp) -> Vec<Result<Outcome>>;

    /// A chat and the user's relation to it, without counts and without the last message.
    async fn chat_access(&self, chat: &ChatId, user: &UserId) -> Result<Option<ChatAccess>>;

    /// A chat as a user sees it, whether the user may see it or not.
    async fn chat(&self, chat: &ChatId, user: &UserId) -> Result<Option<Chat>>;

    /// The channel of that [name key](crate::domain::name_key).
    async fn channel_named(&self, name_key: &str) -> Result<Option<ChatId>>;

    /// A page of chats, newest activity first.
    async fn chats(&self, query: &ChatsQuery) -> Result<Page<Chat>>;

    /// Every chat the user is in.
    async fn memberships(&self, user: &UserId) -> Result<Vec<ChatId>>;

    /// A page of members by the order of their user ids, after the given one.
    async fn members(&self, chat: &ChatId, after: Option<&UserId>, limit: usize) -> Result<Page<Member>>;

    /// A page of messages, oldest first, tombstones included; nothing if there is no such chat.
    async fn history(&self, query: &HistoryQuery) -> Result<Option<History>>;

    /// One message.
    async fn message(&self, chat: &ChatId, message: &MessageId) -> Result<Option<Message>>;

    /// Changes in a chat after a position, as far as the user may see them; `None` if the chat does not exist or the
    /// user is not a member. With a limit of 0 no messages are returned, and the position stays if there are any.
    async fn changes(&self, chat: &ChatId, user: &UserId, after: Seq, limit: usize) -> Result<Option<Changes>>;
}

/// A chat and a user's relation to it.
#[derive(Clone, Debug, PartialEq)]
pub struct ChatAccess {
    /// The chat, without counts for the user and without its last message.
    pub chat: Chat,
    /// The user's role; `None` if the user is not a member.
    pub role: Option<ChatRole>,
    /// A ban of the user, in force or expired.
    pub ban: Option<Ban>,
}

/// A page and where the next one begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// True if another page follows.
    pub more: bool,
}

/// The chats that a page lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatScope {
    /// Those the user is in, without the archived.
    Mine,
    /// All channels that are not archived, but for those that the user is banned from.
    Public,
    /// Archived ones that the user is in.
    Archived,
}

/// Asks for a page of chats.
#[derive(Clone, Debug)]
pub struct ChatsQuery {
    /// The caller.
    pub user: UserId,
    pub scope: ChatScope,
    /// A part of the name, without regard to case.
    pub search: Option<String>,
    /// The last chat of the page before: its `updatedAt` and id.
    pub after: Option<(Timestamp, ChatId)>,
    /// Maximum number of items.
    pub limit: usize,
    /// When it is asked; bans that have run out by then are none.
    pub now: Timestamp,
}

/// The part of a chat's history that a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// The newest.
    Newest,
    /// The newest before a position.
    Before(Seq),
    /// The oldest after a position.
    After(Seq),
    /// As many before a position as from it on.
    Around(Seq),
    /// All but the newest so many; counts the total too.
    Skip(u64),
}

/// Asks for a page of history.
#[derive(Clone, Debug)]
pub struct HistoryQuery {
    pub chat: ChatId,
    pub window: Window,
    /// Maximum number of messages; fewer are returned if they would exceed the page's size in bytes.
    pub limit: usize,
    /// Only this sender's.
    pub sender: Option<UserId>,
    /// Only those whose text contains this, without regard to case.
    pub search: Option<String>,
}

/// A page of history.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// Oldest first.
    pub messages: Vec<Message>,
    /// True if more messages follow in the direction of reading.
    pub more: bool,
    /// The chat's clock.
    pub seq: Seq,
    /// The number of matching messages, if requested.
    pub total: Option<u64>,
}

/// Changes in a chat after a position.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// The position that this answer brings the client to.
    pub seq: Seq,
    /// The chat as the user sees it, if anything but messages changed.
    pub chat: Option<Chat>,
    /// All members, if membership changed.
    pub members: Option<Vec<Member>>,
    /// The read and delivered positions of the user and of the [`MARKS_MOST`] other members who have read furthest.
    pub marks: Vec<Mark>,
    /// Messages changed since, by their latest change.
    pub messages: Vec<Message>,
    /// True if more follows from `seq` on.
    pub more: bool,
    /// The client's position is beyond the chat's: it starts anew.
    pub reset: bool,
}
