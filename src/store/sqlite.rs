//! Everything in one SQLite file, for one process.
//!
//! One thread writes, a few connections read beside it, one more moves the log into the database; the tables
//! are in `migrations/`.
//!
//! Measured on 2 shared cores and ext4, 1,000 chats at random, 200 bytes a message, messages a second through
//! `commit`, and of a bare loop that only inserts the same rows: batches of 1: 4,000 of 7,200 (two changes of thread
//! each); of 64: 16,300 of 20,500; of 256: 17,000 of 22,000.

mod accounts;
mod audit;
mod changes;
mod chats;
mod checkpoints;
mod commit;
mod counts;
mod documents;
mod files;
mod heads;
mod index;
mod jobs;
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
mod rows;
mod save;
mod search;
mod sessions;
mod tokens;
mod unread;
mod values;
mod writer;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use rusqlite::{Connection, ErrorCode};

pub use opening::SqliteOpenError;
use readers::Readers;
use writer::Writer;

use crate::domain::{Change, Outcome};
use crate::protocol::{Chat, ChatId, Member, Message, MessageId, Seq, Timestamp, UserId};
use crate::store::error::{Result, StoreError};
use crate::store::loader::fail_all;
use crate::store::repository::{Changes, ChatAccess, ChatsQuery, History, HistoryQuery, Page, Repository};

/// The repository in a SQLite file.
#[derive(Debug)]
pub struct SqliteRepository {
    readers: Arc<Readers>,
    writer: Writer,
}

impl SqliteRepository {
    /// Opens the file, or makes it, and keeps every other process from it. Blocks.
    pub fn open(path: &Path) -> Result<Self, SqliteOpenError> {
        let lock = opening::own(path)?;
        let connection = opening::prepare(path)?;
        let writer = Writer::start(path, connection, lock).map_err(|error| SqliteOpenError::unusable(path, &error))?;
        Ok(SqliteRepository { readers: Readers::new(path), writer })
    }

    async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        self.writer.run(move |connection| work(connection)).await?.map_err(failure)
    }
}

/// Maps an error of SQLite: refused statements are faults of this program; everything else may succeed later.
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
        let results = self.writer.run(move |connection| commit::commit(connection, &batch, at)).await;
        results.unwrap_or_else(|error| fail_all(error, count))
    }

    async fn chat_access(&self, chat: &ChatId, user: &UserId) -> Result<Option<ChatAccess>> {
        let chat = chat.clone();
        let user = user.clone();
        self.readers.read(move |snapshot| chats::chat_access(snapshot, &chat, &user)).await
    }

    async fn chat(&self, chat: &ChatId, user: &UserId) -> Result<Option<Chat>> {
        let chat = chat.clone();
        let user = user.clone();
        self.readers.read(move |snapshot| chats::chat(snapshot, &chat, &user)).await
    }

    async fn channel_named(&self, name_key: &str) -> Result<Option<ChatId>> {
        let name_key = name_key.to_owned();
        self.readers.read(move |snapshot| chats::channel_named(snapshot, &name_key)).await
    }

    async fn chats(&self, query: &ChatsQuery) -> Result<Page<Chat>> {
        let query = query.clone();
        self.readers.read(move |snapshot| chats::chats(snapshot, &query)).await
    }

    async fn memberships(&self, user: &UserId) -> Result<Vec<ChatId>> {
        let user = user.clone();
        self.readers.read(move |snapshot| chats::memberships(snapshot, &user)).await
    }

    async fn members(&self, chat: &ChatId, after: Option<&UserId>, limit: usize) -> Result<Page<Member>> {
        let chat = chat.clone();
        let after = after.cloned();
        self.readers.read(move |snapshot| chats::members(snapshot, &chat, after.as_ref(), limit)).await
    }

    async fn history(&self, query: &HistoryQuery) -> Result<Option<History>> {
        let query = query.clone();
        self.readers.read(move |snapshot| messages::history(snapshot, &query)).await
    }

    async fn message(&self, chat: &ChatId, message: &MessageId) -> Result<Option<Message>> {
        let chat = chat.clone();
        let message = message.clone();
        self.readers.read(move |snapshot| messages::message(snapshot, &chat, &message)).await
    }

    async fn changes(&self, chat: &ChatId, user: &UserId, after: Seq, limit: usize) -> Result<Option<Changes>> {
        let chat = chat.clone();
        let user = user.clone();
        self.readers.read(move |snapshot| changes::changes(snapshot, &chat, &user, after, limit)).await
    }
}
