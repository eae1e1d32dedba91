//! The storage contract.
//!
//! A backend stores and finds records. [`crate::domain`] alone decides what may happen to a chat, on the
//! [`State`](crate::domain::State) that the backend loads in the transaction in which it writes the records back. Every
//! backend therefore refuses the same commands with the same messages.
//!
//! Rules for every backend:
//! 1. A result of [`Repository::commit`] MUST NOT be returned before its change is durable.
//! 2. The changes of one batch MUST take effect in order, each seeing those before it; a refused change MUST have no
//!    effect and MUST NOT affect the others.
//! 3. `seq` MUST increase by exactly one with every event of a chat, even with concurrent writers.
//! 4. A failure of the storage MUST be a [temporary](crate::store::error::StoreError::is_temporary) error and MUST
//!    leave the repository usable; repeating the same batch MUST then give the same result as if it had succeeded at
//!    first.
//! 5. Reads MUST NOT wait for writes, MUST see what was committed before they began, and each MUST be one snapshot.
//! 6. Pages MUST be stable under writing: a cursor never repeats or skips an item that existed all the time.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::domain::{Change, Outcome};
use crate::protocol::{Chat, ChatId, Member, Message, MessageId, Seq, Timestamp, UserId};
use crate::store::error::Result;

mod accounts;
mod audit;
mod budget;
mod changes;
mod chats;
mod counts;
mod documents;
mod files;
mod heads;
mod history;
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
pub use changes::{Changes, ChatPosition, MEMBERS_MOST, SyncQuery};
pub use chats::{ChatAccess, ChatScope, ChatsFrom, ChatsQuery};
pub use counts::{MOST_EMOJI, StoredCounts, Totals};
pub use documents::{Document, Documents};
pub use files::{
    FileAdmission, FileAllowance, FilePurpose, FileScope, FileState, FileTotals, Files, StoredFile, file_id,
    owner_shard, shard_of, uploaded_avatar,
};
pub use heads::{ChatSize, Heads};
pub use history::{History, HistoryQuery, Window};
pub use marks::{AUTHORED_MOST, Advance, Advanced, MARKS_MOST, MarkCounts, MovedMark, Progress, ReadCursors};
pub use operations::{OperationUsage, Operations};
pub use own_data::{OwnData, OwnReaction};
pub use presence::LastSeenTimes;
pub use retention::Retention;
pub use search::{MentionsQuery, Reacted, Search, SearchCursor, SearchPage, SearchQuery};
pub use sessions::{PreviousRefresh, Sessions, StoredSession};
pub use tokens::{CreatedToken, StoredToken, Tokens};

/// Users whose chats are read at the same time.
const CONTACTS_TOGETHER: usize = 16;

/// Stores everything that must outlive the process.
///
/// # Errors
/// Every method fails with a [`StoreError`](crate::store::error::StoreError), which says what the caller can do: a
/// [temporary](crate::store::error::StoreError::is_temporary) one may be retried with the same ids; a change that the
/// rules refuse is `Refused` at its own index in [`Repository::commit`]'s results and does not affect the others. A
/// missing record is `None` or an empty page, not an error.
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
    /// The number of batches that may usefully be committed concurrently. Changes of one chat never run in parallel.
    fn commit_queues(&self) -> usize;

    /// Checks that the storage responds.
    async fn ready(&self) -> Result<()>;

    /// The storage's own time, if several nodes may share the storage.
    async fn time(&self) -> Result<Option<StorageTime>> {
        Ok(None)
    }

    /// Makes a batch of changes durable and returns the outcome of each, in order. The batch is shared, because a
    /// backend passes it to a thread or task that outlives a caller that stops waiting.
    async fn commit(&self, batch: Arc<[Change]>, at: Timestamp) -> Vec<Result<Outcome>>;

    /// A chat and the user's relation to it, without counts or the last message.
    async fn chat_access(&self, chat: &ChatId, user: &UserId) -> Result<Option<ChatAccess>>;

    /// A chat as a user sees it, without a permission check.
    async fn chat(&self, chat: &ChatId, user: &UserId) -> Result<Option<Chat>>;

    /// The channel with this [name key](crate::domain::name_key), or else the one whose name differs from it only in
    /// white space that nobody sees.
    async fn channel_named(&self, name_key: &str) -> Result<Option<ChatId>>;

    /// A page of chats, newest activity first.
    async fn chats(&self, query: &ChatsQuery) -> Result<Page<Chat>>;

    /// Every chat the user is in.
    async fn memberships(&self, user: &UserId) -> Result<Vec<ChatId>>;

    /// Those of these users who share a chat with a user, in no particular order, in as few requests as possible.
    async fn contacts(&self, user: &UserId, others: &[UserId]) -> Result<Vec<UserId>> {
        let own: HashSet<ChatId> = self.memberships(user).await?.into_iter().collect();
        let looks: Vec<_> = others.iter().map(|other| self.memberships(other)).collect();
        let chats: Vec<Vec<ChatId>> = stream::iter(looks).buffered(CONTACTS_TOGETHER).try_collect().await?;
        let shares = |chats: &Vec<ChatId>| chats.iter().any(|chat| own.contains(chat));
        Ok(others.iter().zip(&chats).filter(|(_, chats)| shares(chats)).map(|(other, _)| other.clone()).collect())
    }

    /// A page of members ordered by user id, after the given one.
    async fn members(&self, chat: &ChatId, after: Option<&UserId>, limit: usize) -> Result<Page<Member>>;

    /// A page of messages, oldest first, including tombstones; none if the chat does not exist.
    async fn history(&self, query: &HistoryQuery) -> Result<Option<History>>;

    /// A single message.
    async fn message(&self, chat: &ChatId, message: &MessageId) -> Result<Option<Message>>;

    /// The chats with these ids, as a user sees them, in as few requests as possible; none if the chat does not exist.
    async fn chats_by_id(&self, user: &UserId, chats: &[ChatId]) -> Result<Vec<Option<Chat>>>;

    /// The changes in several chats since the user's positions, in as few requests as possible and in the order of the
    /// query; `None` for a chat that does not exist or that the user is not a member of. The result ends after the chat
    /// with which it reaches the query's byte limit, and has at least one chat.
    async fn sync(&self, query: &SyncQuery) -> Result<Vec<Option<Changes>>>;

    /// Changes in a chat after a position, as far as the user may see them; `None` if the chat does not exist or the
    /// user is not a member. With a limit of 0 no messages are returned, and the position does not advance if there are
    /// any.
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
    /// Maximum error in milliseconds.
    pub precision: i64,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// True if another page follows.
    pub more: bool,
}
