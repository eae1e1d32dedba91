//! Storage in an Azure Cosmos DB account, for any number of nodes.
//!
//! Everything on a chat's clock is in one partition of the messages container, so that one transactional batch makes
//! any mix of changes durable at once: the head (`documents`), which every batch replaces unless another writer was
//! faster, the members and the messages. Other containers hold copies – `names`, the `lists` of a user's chats, the
//! `directory` of channels, the list of `people` – in a form that lets a reader detect outdated entries. The containers
//! are in `layout`, the queries in `queries`.

mod account;
mod accounts;
mod archive;
mod audit;
mod changed;
mod chat_operation;
mod chats;
mod clear;
mod commit;
mod container;
mod counts;
mod deletions;
mod directory;
mod documents;
mod draft;
mod failure;
mod files;
mod foreign;
#[cfg(test)]
mod golden;
mod heads;
mod ids;
mod known;
mod layout;
mod lists;
mod looks;
mod marks;
mod messages;
mod names;
mod operations;
mod own_data;
mod partition;
mod people;
mod plan;
mod presence;
mod queries;
mod query;
mod reactions;
mod readable;
mod retention;
mod search;
mod segment;
mod sessions;
mod settings;
mod shapes;
mod synced;
mod time;
mod tokens;
mod unread;
mod weights;

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use azure_data_cosmos::CosmosClient;

pub use account::{CosmosOpenError, connect, has_containers, operation_options};
pub use archive::{CosmosSource, CosmosTarget};
pub use container::expect_requests;
pub use foreign::ForeignDocuments;

use crate::domain::{Change, Outcome};
use crate::ops::config::CosmosAccount;
use crate::protocol::{Chat, ChatId, Member, Message, MessageId, Timestamp, UserId};
use crate::store::error::{Result, StoreError};
use crate::store::loader::fail_all;
use crate::store::repository::{
    Changes, ChatAccess, ChatsQuery, History, HistoryQuery, Page, Repository, StorageTime, SyncQuery,
};
use account::Containers;
use audit::Months;
use container::Container;
use directory::Directory;
use files::FileTurns;
use known::ChatCache;
use names::Names;
use people::People;

/// Maximum number of concurrent requests of one operation.
const CONCURRENT: usize = 16;
/// Maximum number of batches that this node commits concurrently.
const COMMIT_QUEUES: usize = 16;

/// The repository in an account of Azure Cosmos DB.
#[derive(Debug)]
pub struct CosmosRepository {
    store: Arc<Store>,
}

#[derive(Debug)]
struct Store {
    chats: Container,
    messages: Container,
    users: Container,
    settings: Container,
    channel_names: Names,
    looks_reserved: tokio::sync::OnceCell<()>,
    usernames: Names,
    emails: Names,
    people: People,
    months: Months,
    cache: ChatCache,
    directory: Directory,
    file_turns: FileTurns,
    has_full_text: bool,
}

impl CosmosRepository {
    /// Connects to the account and opens its containers; with the account's key, creates missing ones.
    pub async fn open(account: &CosmosAccount) -> Result<Self, CosmosOpenError> {
        CosmosRepository::over(&connect(account).await?, account).await
    }

    /// Opens the containers with a connected client.
    pub async fn over(client: &CosmosClient, account: &CosmosAccount) -> Result<Self, CosmosOpenError> {
        let Containers { chats, messages, users, settings, has_full_text } = account::open(client, account).await?;
        let channel_names = Names { container: chats.clone(), key: "chatId", prefix: "name" };
        let usernames = Names { container: users.clone(), key: "userId", prefix: "name" };
        let emails = Names { container: users.clone(), key: "userId", prefix: "email" };
        let store = Store {
            chats,
            messages,
            users,
            settings,
            channel_names,
            looks_reserved: tokio::sync::OnceCell::new(),
            usernames,
            emails,
            people: People::default(),
            months: Months::default(),
            cache: ChatCache::default(),
            directory: Directory::default(),
            file_turns: FileTurns::default(),
            has_full_text,
        };
        Ok(CosmosRepository { store: Arc::new(store) })
    }

    /// Runs the work in a task of its own, so that a caller that stops waiting does not leave a change half done.
    async fn detached<T, W>(&self, work: impl FnOnce(Arc<Store>) -> W) -> Result<T>
    where
        T: Send + 'static,
        W: Future<Output = Result<T>> + Send + 'static,
    {
        let task = tokio::spawn(work(self.store.clone()));
        task.await.unwrap_or_else(|_| Err(StoreError::internal("a change of the storage panicked")))
    }
}

/// Seconds since 1970, the unit of `_ts` in documents.
fn now_seconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

#[async_trait]
impl Repository for CosmosRepository {
    fn commit_queues(&self) -> usize {
        COMMIT_QUEUES
    }

    async fn ready(&self) -> Result<()> {
        self.store.user("nobody").await.map(drop)
    }

    async fn time(&self) -> Result<Option<StorageTime>> {
        self.store.time().await.map(Some)
    }

    async fn commit(&self, batch: Arc<[Change]>, at: Timestamp) -> Vec<Result<Outcome>> {
        // In a task of its own, so that a caller that stops waiting does not leave a change half done.
        let store = self.store.clone();
        let count = batch.len();
        let committed = tokio::spawn(async move { commit::commit(&store, &batch, at).await }).await;
        committed.unwrap_or_else(|_| fail_all(StoreError::internal("a commit panicked"), count))
    }

    async fn chat_access(&self, chat: &ChatId, user: &UserId) -> Result<Option<ChatAccess>> {
        self.store.chat_access_of(chat, user).await
    }

    async fn chat(&self, chat: &ChatId, user: &UserId) -> Result<Option<Chat>> {
        self.store.chat_of(chat, user).await
    }

    async fn channel_named(&self, name_key: &str) -> Result<Option<ChatId>> {
        self.store.channel_of(name_key).await
    }

    async fn chats(&self, query: &ChatsQuery) -> Result<Page<Chat>> {
        self.store.chats_page(query).await
    }

    async fn memberships(&self, user: &UserId) -> Result<Vec<ChatId>> {
        self.store.memberships(user).await
    }

    async fn members(&self, chat: &ChatId, after: Option<&UserId>, limit: usize) -> Result<Page<Member>> {
        self.store.members_page(chat, after, limit).await
    }

    async fn history(&self, query: &HistoryQuery) -> Result<Option<History>> {
        self.store.page(query).await
    }

    async fn message(&self, chat: &ChatId, message: &MessageId) -> Result<Option<Message>> {
        self.store.message(chat, message).await
    }

    async fn chats_by_id(&self, user: &UserId, chats: &[ChatId]) -> Result<Vec<Option<Chat>>> {
        self.store.chats_by_id(user, chats).await
    }

    async fn sync(&self, query: &SyncQuery) -> Result<Vec<Option<Changes>>> {
        self.store.sync(query).await
    }
}
