//! Storage in a single SQLite file, for one process.
//!
//! One thread writes, a few connections read concurrently, and another thread checkpoints the log; the tables are in
//! `migrations/`. New messages and marks go through a journal; a read of a chat sees the tables and the chat's part of
//! the journal through a `ChatsView`.
//!
//! Measured through the server, with 500 random chats, 150 bytes per message, and marks: 3 KB and 1.1 write calls per
//! message, a tenth of it for the journal; the same rows inserted directly into the ordered tables, batch by batch,
//! take 26 KB and 10.5 calls.

mod accounts;
mod archive;
mod audit;
mod backup;
mod changes;
mod chats;
mod checkpoints;
mod commit;
mod connections;
mod counts;
mod documents;
mod files;
mod heads;
mod index;
mod jobs;
mod journal;
mod marks;
mod messages;
mod opening;
mod operations;
mod own_data;
#[cfg(test)]
mod plans;
mod presence;
mod reactions;
mod readers;
mod retention;
mod rights;
mod rows;
mod save;
mod search;
mod sessions;
mod tokens;
mod unread;
mod values;
mod view;
mod writer;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use rusqlite::{Connection, ErrorCode};

pub use archive::{SqliteSource, SqliteTarget};
pub use backup::{StagedDatabase, copy_database, recorded_files};
use journal::{Captured, JournalIndex};
pub use opening::SqliteOpenError;
use readers::Readers;
use view::ChatsView;
use writer::Writer;

use crate::domain::{Change, Outcome};
use crate::protocol::{Chat, ChatId, Member, Message, MessageId, Timestamp, UserId};
use crate::store::error::{Result, StoreError};
use crate::store::loader::fail_all;
use crate::store::repository::{
    Changes, ChatAccess, ChatScope, ChatsQuery, History, HistoryQuery, Page, Repository, SyncQuery,
};

/// The repository in a SQLite file.
#[derive(Debug)]
pub struct SqliteRepository {
    readers: Arc<Readers>,
    journal: Arc<JournalIndex>,
    writer: Writer,
}

impl SqliteRepository {
    /// Opens or creates the file, and keeps every other process from it. Blocks.
    pub fn open(path: &Path) -> Result<Self, SqliteOpenError> {
        let lock = opening::own(path)?;
        let connection = opening::prepare(path)?;
        let unusable = |error: &dyn std::fmt::Display| SqliteOpenError::unusable(path, error);
        let journal = Arc::new(JournalIndex::load(&connection).map_err(|error| unusable(&error))?);
        let writer = Writer::start(path, connection, journal.clone(), lock).map_err(|error| unusable(&error))?;
        Ok(SqliteRepository { readers: Readers::new(path), journal, writer })
    }

    async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        self.writer.run(move |connection| work(connection)).await?.map_err(failure)
    }

    /// Reads data of some chats, including their pending rows in the journal.
    async fn read_chats<T, F>(&self, chats: Vec<ChatId>, query: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&ChatsView<'_>) -> rusqlite::Result<T> + Send + 'static,
    {
        self.view(move |journal| journal.capture(&chats), query).await
    }

    async fn read_chat<T, F>(&self, chat: &ChatId, query: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&ChatsView<'_>) -> rusqlite::Result<T> + Send + 'static,
    {
        self.read_chats(vec![chat.clone()], query).await
    }

    /// Reads data of all chats of a user.
    async fn read_own_chats<T, F>(&self, user: &UserId, query: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&ChatsView<'_>) -> rusqlite::Result<T> + Send + 'static,
    {
        // No user is in so many chats that this costs more than the read itself. Messages of a chat joined in the
        // meantime and sent before the next read are later than this read.
        let chats = if self.journal.is_empty() { vec![] } else { self.memberships(user).await? };
        self.read_chats(chats, query).await
    }

    /// Pending rows are captured before the snapshot, which begins with the first statement.
    async fn view<T, C, F>(&self, capture: C, query: F) -> Result<T>
    where
        T: Send + 'static,
        C: FnOnce(&JournalIndex) -> Captured + Send + 'static,
        F: FnOnce(&ChatsView<'_>) -> rusqlite::Result<T> + Send + 'static,
    {
        let journal = self.journal.clone();
        self.readers
            .read(move |snapshot| {
                let captured = capture(&journal);
                query(&ChatsView::of_reader(snapshot, captured)?)
            })
            .await
    }
}

/// Maps an error of SQLite: refused statements are bugs in this program; everything else may succeed later.
fn failure(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        None | Some(ErrorCode::ConstraintViolation | ErrorCode::ApiMisuse | ErrorCode::TypeMismatch) => {
            StoreError::internal(error)
        }
        Some(_) => StoreError::unavailable(error),
    }
}

#[async_trait]
impl Repository for SqliteRepository {
    fn commit_queues(&self) -> usize {
        1
    }

    async fn ready(&self) -> Result<()> {
        if !self.writer.is_alive() {
            return Err(StoreError::unavailable("the writer has ended"));
        }
        self.readers.read(|snapshot| snapshot.query_row("SELECT 1 FROM sqlite_schema", [], |_| Ok(()))).await
    }

    async fn commit(&self, batch: Arc<[Change]>, at: Timestamp) -> Vec<Result<Outcome>> {
        let count = batch.len();
        let journal = self.journal.clone();
        let results = self.writer.run(move |connection| commit::commit(connection, &journal, &batch, at)).await;
        results.unwrap_or_else(|error| fail_all(error, count))
    }

    async fn chat_access(&self, chat: &ChatId, user: &UserId) -> Result<Option<ChatAccess>> {
        let asked = chat.clone();
        let user = user.clone();
        self.read_chat(chat, move |view| chats::chat_access(view, &asked, &user)).await
    }

    async fn chat(&self, chat: &ChatId, user: &UserId) -> Result<Option<Chat>> {
        let asked = chat.clone();
        let user = user.clone();
        self.read_chat(chat, move |view| chats::chat(view, &asked, &user)).await
    }

    async fn channel_named(&self, name_key: &str) -> Result<Option<ChatId>> {
        let name_key = name_key.to_owned();
        self.readers.read(move |snapshot| chats::channel_named(snapshot, &name_key)).await
    }

    async fn chats(&self, query: &ChatsQuery) -> Result<Page<Chat>> {
        let asked = query.clone();
        let read = move |view: &ChatsView<'_>| chats::chats(view, &asked);
        match query.scope {
            ChatScope::Public => self.view(JournalIndex::capture_channels, read).await,
            ChatScope::Mine | ChatScope::Archived => self.read_own_chats(&query.user, read).await,
        }
    }

    async fn memberships(&self, user: &UserId) -> Result<Vec<ChatId>> {
        let user = user.clone();
        self.readers.read(move |snapshot| chats::memberships(snapshot, &user)).await
    }

    async fn contacts(&self, user: &UserId, others: &[UserId]) -> Result<Vec<UserId>> {
        let user = user.clone();
        let others = others.to_vec();
        self.readers.read(move |snapshot| chats::contacts(snapshot, &user, others)).await
    }

    async fn members(&self, chat: &ChatId, after: Option<&UserId>, limit: usize) -> Result<Page<Member>> {
        let asked = chat.clone();
        let after = after.cloned();
        self.read_chat(chat, move |view| chats::members(view, &asked, after.as_ref(), limit)).await
    }

    async fn history(&self, query: &HistoryQuery) -> Result<Option<History>> {
        let asked = query.clone();
        self.read_chat(&query.chat, move |view| messages::history(view, &asked)).await
    }

    async fn message(&self, chat: &ChatId, message: &MessageId) -> Result<Option<Message>> {
        let asked = chat.clone();
        let message = message.clone();
        self.read_chat(chat, move |view| messages::message(view, &asked, &message)).await
    }

    async fn chats_by_id(&self, user: &UserId, chats: &[ChatId]) -> Result<Vec<Option<Chat>>> {
        let user = user.clone();
        let asked = chats.to_vec();
        let read = move |view: &ChatsView<'_>| asked.iter().map(|chat| chats::chat(view, chat, &user)).collect();
        self.read_chats(chats.to_vec(), read).await
    }

    async fn sync(&self, query: &SyncQuery) -> Result<Vec<Option<Changes>>> {
        let asked = query.clone();
        let chats = query.chats.iter().map(|position| position.chat.clone()).collect();
        self.read_chats(chats, move |view| changes::sync(view, &asked)).await
    }
}
