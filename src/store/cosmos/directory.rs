//! The list of channels, newest activity first: a copy, in one partition, of what the channels' heads contain.
//!
//! A channel is listed before it exists, and unlisted after it is deleted; readers of the list also read the heads, and
//! skip channels that do not exist. The time of the latest activity follows within [`LATER`], because a message must
//! not cost a second write: it is written once for the period, and before this node reads the list.

use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use azure_data_cosmos::Query;
use futures_util::{StreamExt, TryStreamExt, stream};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use super::{CONCURRENT, Store, ids, queries};
use crate::domain::name_key;
use crate::protocol::{Chat, ChatId, Timestamp};
use crate::store::error::{Result, StoreError};
use crate::store::repository::{ChatsFrom, ChatsQuery};

const PARTITION: &str = "channels";
/// The delay with which the list of channels may follow their activity.
const LATER: Duration = Duration::from_secs(1);

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListedChannel {
    id: String,
    chat_id: String,
    pub(super) chat: ChatId,
    /// The name without regard to case.
    key: String,
    updated_at: i64,
}

impl ListedChannel {
    fn new(chat: &Chat) -> Self {
        ListedChannel {
            id: format!("c:{}", ids::encoded(&chat.id)),
            chat_id: PARTITION.to_owned(),
            chat: chat.id.clone(),
            key: name_key(&chat.name),
            updated_at: chat.updated_at.millis(),
        }
    }

    pub(super) fn updated_at(&self) -> Timestamp {
        Timestamp::from_millis(self.updated_at)
    }
}

/// Channels that will be written to the list shortly.
#[derive(Debug, Default)]
pub(super) struct Directory {
    waiting: Mutex<HashMap<ChatId, ListedChannel>>,
    flushing: tokio::sync::Mutex<()>,
}

impl Directory {
    fn take(&self) -> HashMap<ChatId, ListedChannel> {
        std::mem::take(&mut *self.waiting.lock())
    }
}

impl Store {
    /// Adds a channel to the list immediately.
    pub(super) async fn list(&self, chat: &Chat) -> Result<()> {
        let listed = ListedChannel::new(chat);
        self.directory.waiting.lock().remove(&chat.id);
        self.chats.upsert(PARTITION, &listed.id, &listed, "directory").await.map(drop)
    }

    /// Removes a channel from the list.
    pub(super) async fn unlist(&self, chat: &ChatId) {
        self.directory.waiting.lock().remove(chat);
        let id = format!("c:{}", ids::encoded(chat));
        if let Err(error) = self.chats.delete(PARTITION, &id, None, "directory").await {
            tracing::debug!(error = %error, "a channel could not be removed from the list; readers skip it");
        }
    }

    /// Records the latest activity of a channel, to be written a little later.
    pub(super) fn note(self: &Arc<Self>, chat: &Chat) {
        let mut waiting = self.directory.waiting.lock();
        if waiting.is_empty() {
            tokio::spawn(flush_later(Arc::downgrade(self)));
        }
        waiting.insert(chat.id.clone(), ListedChannel::new(chat));
    }

    /// Writes the recorded activity. Failed writes are repeated by the next call.
    async fn flush(&self) -> Result<()> {
        let _one = self.directory.flushing.lock().await;
        let writes: Vec<_> = self.directory.take().into_values().map(|listed| self.write(listed)).collect();
        stream::iter(writes).buffer_unordered(CONCURRENT).try_collect().await
    }

    async fn write(&self, listed: ListedChannel) -> Result<()> {
        let written = self.chats.upsert(PARTITION, &listed.id, &listed, "directory").await;
        if written.is_err() {
            let mut waiting = self.directory.waiting.lock();
            waiting.entry(listed.chat.clone()).or_insert(listed);
        }
        written.map(drop)
    }

    /// A section of the list from the query's cursor on.
    pub(super) async fn channels(&self, query: &ChatsQuery, top: usize) -> Result<Vec<ListedChannel>> {
        self.flush().await?;
        let (before, after) = match &query.from {
            ChatsFrom::Newest => (i64::MAX >> 11, ""),
            ChatsFrom::After { updated_at, chat } => (updated_at.millis(), &**chat),
            ChatsFrom::Active { since, after } => (since.millis(), &**after),
        };
        let [chats, order] = match &query.from {
            ChatsFrom::Active { .. } => [queries::ACTIVE_CHANNELS, queries::BY_CHAT],
            _ => [queries::CHANNELS, queries::LATEST_FIRST],
        };
        let named = if query.search.is_some() { queries::NAMED } else { "" };
        let text = format!("{chats}{named}{order}");
        let mut question = Query::from(text)
            .with_parameter("@top", top)
            .and_then(|query| query.with_parameter("@before", before))
            .and_then(|query| query.with_parameter("@after", after))
            .map_err(StoreError::internal)?;
        if let Some(search) = &query.search {
            question = question.with_parameter("@search", name_key(search)).map_err(StoreError::internal)?;
        }
        self.chats.query(PARTITION, question, "directory").await
    }
}

async fn flush_later(store: Weak<Store>) {
    tokio::time::sleep(LATER).await;
    if let Some(store) = store.upgrade()
        && let Err(error) = store.flush().await
    {
        tracing::debug!(error = %error, "the list of channels could not be updated yet");
    }
}
