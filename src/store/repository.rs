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

use crate::domain::{Change, MemberRecord, Outcome};
use crate::protocol::{Ban, Chat, ChatId, ChatRole, Mark, Member, Message, MessageId, Seq, Timestamp, UserId, Viewer};
use crate::store::error::Result;

mod accounts;
mod audit;
mod budget;
mod counts;
mod documents;
mod files;
mod heads;
mod marks;
mod operations;
mod own_data;
mod presence;
mod retention;
mod search;
mod sessions;
mod tokens;

pub use accounts::{Account, AccountName, Accounts, ChangedUser, EmailSearch, EndedToken, PasswordHash, UsersQuery};
pub use audit::{Audit, AuditQuery, audit_floor};
pub use budget::ReadBudget;
pub use counts::{MOST_EMOJI, StoredCounts, Totals};
pub use documents::{Document, Documents};
pub use files::{
    FileAdmission, FileAllowance, FileScope, FileState, FileTotals, Files, StoredFile, file_id, owner_shard, shard_of,
};
pub use heads::{ChatSize, Heads};
pub use marks::{AUTHORED_MOST, Advance, Advanced, MARKS_MOST, MarkCounts, MovedMark, Progress, ReadCursors};
pub use operations::Operations;
pub use own_data::{OwnData, OwnReaction};
pub use presence::LastSeenTimes;
pub use retention::Retention;
pub use search::{MentionsQuery, Reacted, Search, SearchCursor, SearchPage, SearchQuery};
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
    Accounts
    + Tokens
    + Sessions
    + Documents
    + Heads
    + ReadCursors
    + LastSeenTimes
    + Search
    + Audit
    + StoredCounts
    + OwnData
    + Files
    + Operations
    + Retention
{
    /// The number of batches that may usefully be committed at the same time. Changes of one chat never run in
    /// parallel.
    fn commit_queues(&self) -> usize;

    /// Checks that the storage answers.
    async fn ready(&self) -> Result<()>;

    /// The storage's own time, if several nodes may share the storage.
    async fn time(&self) -> Result<Option<StorageTime>> {
        Ok(None)
    }

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

    /// The chats of these ids as a user sees them, in as few requests as possible; none where there is no such chat.
    async fn chats_by_id(&self, user: &UserId, chats: &[ChatId]) -> Result<Vec<Option<Chat>>>;

    /// The changes in several chats since the user's positions, in as few requests as possible and in the order of the
    /// query; `None` for a chat that does not exist or that the user is not a member of. The result ends behind the chat
    /// with which it has the query's bytes, and has at least one chat.
    async fn sync(&self, query: &SyncQuery) -> Result<Vec<Option<Changes>>>;

    /// Changes in a chat after a position, as far as the user may see them; `None` if the chat does not exist or the
    /// user is not a member. With a limit of 0 no messages are returned, and the position stays if there are any.
    async fn changes(&self, chat: &ChatId, user: &UserId, after: Seq, limit: usize) -> Result<Option<Changes>> {
        let position = ChatPosition { chat: chat.clone(), after, read: 0 };
        let query = SyncQuery { user: user.clone(), chats: vec![position], limit, bytes: usize::MAX };
        Ok(self.sync(&query).await?.pop().flatten())
    }
}

/// The time of a storage's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StorageTime {
    /// The time.
    pub at: Timestamp,
    /// Milliseconds by which it may be wrong.
    pub precision: i64,
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
    /// The position from which the user has marked the chat unread.
    pub unread_from: Option<Seq>,
}

impl ChatAccess {
    /// The relation of a user to a chat by their membership record, if they ever joined.
    pub fn of(chat: Chat, member: Option<MemberRecord>) -> Self {
        let (role, ban, unread_from) =
            member.map_or((None, None, None), |member| (member.role, member.ban, member.unread_from));
        ChatAccess { chat, role, ban, unread_from }
    }
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

/// Where a page of chats begins, and the order in which it lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChatsFrom {
    /// At the newest activity; newest activity first, then by id.
    Newest,
    /// After the last chat of the previous page; newest activity first, then by id.
    After { updated_at: Timestamp, chat: ChatId },
    /// After this id; by id, and only chats with activity at or after `since`.
    Active { since: Timestamp, after: ChatId },
}

impl ChatsFrom {
    /// The page that follows a chat in the same order.
    pub fn past(&self, updated_at: Timestamp, chat: &ChatId) -> ChatsFrom {
        match self {
            ChatsFrom::Newest | ChatsFrom::After { .. } => ChatsFrom::After { updated_at, chat: chat.clone() },
            ChatsFrom::Active { since, .. } => ChatsFrom::Active { since: *since, after: chat.clone() },
        }
    }
}

/// Asks for a page of chats.
#[derive(Clone, Debug)]
pub struct ChatsQuery {
    /// The caller.
    pub user: UserId,
    pub scope: ChatScope,
    /// A part of the name, without regard to case.
    pub search: Option<String>,
    pub from: ChatsFrom,
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
    /// All before a position but the newest so many.
    SkipBefore { before: Seq, skip: u64 },
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
    /// The work that may be done for a page that is filtered or numbered.
    pub budget: ReadBudget,
}

impl HistoryQuery {
    /// True if the page may be far from where reading it begins: reading then goes step by step, within the budget. One
    /// sender's messages are found by an index, but must be counted for a numbered page.
    pub fn is_walked(&self) -> bool {
        let is_far = match self.window {
            Window::Skip(skip) => skip > NEAR || self.sender.is_some(),
            Window::SkipBefore { .. } => true,
            _ => false,
        };
        is_far || self.search.is_some()
    }

    /// True if all messages of one sender are wanted.
    pub fn is_of_sender(&self) -> bool {
        self.sender.is_some() && self.search.is_none()
    }

    /// True if not all messages are wanted.
    pub fn is_filtered(&self) -> bool {
        self.sender.is_some() || self.search.is_some()
    }
}

/// Members of a chat that come with its changes.
pub const MEMBERS_MOST: usize = 200;

/// Messages that a numbered page may skip in one go.
const NEAR: u64 = 2000;

/// A page of history.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// Oldest first.
    pub messages: Vec<Message>,
    /// True if more messages follow in the direction of reading.
    pub more: bool,
    /// The chat's clock.
    pub seq: Seq,
    /// The number of matching messages, if requested and counted within the budget.
    pub total: Option<u64>,
    /// The position to continue from if the budget was spent before the page was full, or before all was counted.
    pub stopped: Option<Window>,
}

/// A client's position in a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatPosition {
    pub chat: ChatId,
    /// Changes after this position are wanted.
    pub after: Seq,
    /// The position up to which the user has read, where the store may not have it yet; 0 if the store has it.
    pub read: Seq,
}

/// Asks for the changes in several chats.
#[derive(Clone, Debug)]
pub struct SyncQuery {
    /// The caller.
    pub user: UserId,
    pub chats: Vec<ChatPosition>,
    /// Maximum number of messages of each chat.
    pub limit: usize,
    /// About how many bytes are wanted of all chats together.
    pub bytes: usize,
}

/// Changes in a chat after a position.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// The position that this answer brings the client to.
    pub seq: Seq,
    /// The user's own view of the chat at its latest position.
    pub viewer: Viewer,
    /// The chat as the user sees it, if anything but messages changed.
    pub chat: Option<Chat>,
    /// The first [`MEMBERS_MOST`] members by their ids, if membership changed. No more MUST be read.
    pub members: Option<Page<Member>>,
    /// The read and delivered positions of the user and of the [`MARKS_MOST`] other members who have read furthest.
    pub marks: Vec<Mark>,
    /// Messages changed since, by their latest change.
    pub messages: Vec<Message>,
    /// True if more follows from `seq` on.
    pub more: bool,
    /// The client's position is beyond the chat's: it starts anew.
    pub reset: bool,
    /// About how many bytes the messages have.
    pub message_bytes: usize,
}

impl Changes {
    /// About how many bytes all of it has.
    pub fn bytes(&self) -> usize {
        let members = self.members.as_ref().map_or(0, |members| members.items.len());
        400 + self.message_bytes + 200 * (self.messages.len() + members) + 60 * self.marks.len()
    }
}
