//! Storage in a PostgreSQL database, for any number of processes.
//!
//! Some connections write, the others read; the tables are in `migrations/`. A batch is one transaction of two round
//! trips, however large it is: the chats' rows are locked in order of id and everything is loaded; then everything is
//! written and committed. A read is one statement, or several in one snapshot, sent together.

mod accounts;
mod archive;
mod audit;
mod changes;
mod chats;
mod claims;
mod commit;
mod counts;
mod documents;
mod error;
mod files;
mod heads;
mod index;
mod load;
mod logins;
mod lookup;
mod marks;
mod messages;
mod opening;
mod operations;
mod own_data;
mod parts;
mod presence;
mod reactions;
mod retention;
mod rows;
mod save;
mod search;
mod session;
mod tls;
mod tokens;
mod totals;
mod values;

use std::sync::Arc;

use async_trait::async_trait;

pub use archive::{PostgresSource, PostgresTarget};
use commit::Writers;
use counts::OrdinalCache;
use error::failure;
use index::PgIndexer;
use opening::Purpose;
pub use opening::{PostgresOpenError, connect_to_read, has_tables};
use rows::PgColumns;
use session::Pool;

use crate::domain::{Change, Outcome};
use crate::ops::config::PostgresServer;
use crate::protocol::{Chat, ChatId, Member, Message, MessageId, Timestamp, UserId};
use crate::store::error::Result;
use crate::store::repository::{
    Changes, ChatAccess, ChatsQuery, History, HistoryQuery, Page, Repository, StorageTime, SyncQuery,
};
use crate::store::sql::columns::SqlColumns;

/// The repository in a PostgreSQL database.
#[derive(Debug)]
pub struct PostgresRepository {
    readers: Pool,
    writers: Pool,
    commit_queues: usize,
    counts: OrdinalCache,
    indexer: PgIndexer,
}

impl PostgresRepository {
    /// Connects to the server and upgrades the database's tables.
    pub async fn open(server: &PostgresServer) -> Result<Self, PostgresOpenError> {
        opening::migrate(server).await?;
        // There are several queues, because one that waits for the rows of its chats must not keep the others from
        // writing. Fewer queues make larger batches, which are faster: three commit a third more than five, and with
        // less latency.
        let commit_queues = (server.connections / 5).clamp(1, 8);
        let readers = opening::pool(server, server.connections - commit_queues, Purpose::Reading)?;
        let writers = opening::pool(server, commit_queues, Purpose::Writing)?;
        let indexer = PgIndexer::start(writers.clone());
        Ok(PostgresRepository { readers, writers, commit_queues, counts: OrdinalCache::default(), indexer })
    }
}

#[async_trait]
impl Repository for PostgresRepository {
    fn commit_queues(&self) -> usize {
        self.commit_queues
    }

    async fn ready(&self) -> Result<()> {
        self.readers.rows("SELECT 1", &[]).await.map_err(failure)?;
        self.writers.rows("SELECT 1", &[]).await.map(drop).map_err(failure)
    }

    async fn time(&self) -> Result<Option<StorageTime>> {
        let row = self.readers.row("SELECT clock_timestamp()", &[]).await.map_err(failure)?;
        let at = row.map(|row| PgColumns::of(&row).get()).transpose().map_err(failure)?;
        Ok(at.map(|at| StorageTime { at, precision: 5 }))
    }

    async fn commit(&self, batch: Arc<[Change]>, at: Timestamp) -> Vec<Result<Outcome>> {
        let results = commit::commit(Writers { pool: &self.writers, counts: &self.counts }, &batch, at).await;
        self.indexer.wrote();
        results
    }

    async fn chat_access(&self, chat: &ChatId, user: &UserId) -> Result<Option<ChatAccess>> {
        chats::chat_access(&self.readers, chat, user).await.map_err(failure)
    }

    async fn chat(&self, chat: &ChatId, user: &UserId) -> Result<Option<Chat>> {
        chats::chat(&self.readers, chat, user).await.map_err(failure)
    }

    async fn channel_named(&self, name_key: &str) -> Result<Option<ChatId>> {
        chats::channel_named(&self.readers, name_key).await.map_err(failure)
    }

    async fn chats(&self, query: &ChatsQuery) -> Result<Page<Chat>> {
        chats::chats(&self.readers, query).await.map_err(failure)
    }

    async fn memberships(&self, user: &UserId) -> Result<Vec<ChatId>> {
        chats::memberships(&self.readers, user).await.map_err(failure)
    }

    async fn contacts(&self, user: &UserId, others: &[UserId]) -> Result<Vec<UserId>> {
        chats::contacts(&self.readers, user, others).await.map_err(failure)
    }

    async fn members(&self, chat: &ChatId, after: Option<&UserId>, limit: usize) -> Result<Page<Member>> {
        chats::members(&self.readers, chat, after, limit).await.map_err(failure)
    }

    async fn history(&self, query: &HistoryQuery) -> Result<Option<History>> {
        messages::history(&self.readers, query).await.map_err(failure)
    }

    async fn message(&self, chat: &ChatId, message: &MessageId) -> Result<Option<Message>> {
        messages::message(&self.readers, chat, message).await.map_err(failure)
    }

    async fn chats_by_id(&self, user: &UserId, chats: &[ChatId]) -> Result<Vec<Option<Chat>>> {
        chats::chats_by_id(&self.readers, user, chats).await.map_err(failure)
    }

    async fn sync(&self, query: &SyncQuery) -> Result<Vec<Option<Changes>>> {
        changes::sync(&self.readers, query).await.map_err(failure)
    }
}
