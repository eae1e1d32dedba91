//! The reference storage: all data in memory behind one lock.
//!
//! It is linearisable by construction, because every call takes the lock once, and uses only plain, ordered data
//! structures. The contract suite compares it with the other backends; the simulation of several nodes runs on it, each
//! over its own [`StoreLink`] that loses or delays calls. It is not durable, so no setting selects it. Begin reading at
//! `tables.rs`.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use parking_lot::Mutex;

use crate::domain::{Change, Outcome, differ_in_blanks, name_key};
use crate::ops::clock::Clock;
use crate::protocol::{Chat, ChatId, ChatKind, Member, Message, MessageId, Timestamp, UserId};
use crate::store::error::Result;
use crate::store::loader::fail_all;
use crate::store::repository::{Changes, ChatAccess, ChatsQuery, History, HistoryQuery, Page, Repository, SyncQuery};
use tables::MemoryTables;

mod accounts;
mod chats;
mod commit;
mod credentials;
mod files;
mod history;
mod marks;
mod records;
mod search;
mod tables;

/// A connection to the tables, which can fail like one to a server.
#[async_trait]
pub trait StoreLink: fmt::Debug + Send + Sync {
    /// Carries a call to the tables. After an error the call has not reached the tables.
    async fn carry_call(&self) -> Result<()>;

    /// Carries the answer back. After an error the caller does not know the outcome of the call.
    async fn carry_answer(&self) -> Result<()>;
}

/// A link that neither delays nor fails.
#[derive(Clone, Copy, Debug)]
struct DirectLink;

#[async_trait]
impl StoreLink for DirectLink {
    async fn carry_call(&self) -> Result<()> {
        Ok(())
    }

    async fn carry_answer(&self) -> Result<()> {
        Ok(())
    }
}

/// The [`Repository`] in memory. A clone, or a [linked](MemoryRepository::linked) repository, has the same tables.
#[derive(Clone, Debug)]
pub struct MemoryRepository {
    tables: Arc<Mutex<MemoryTables>>,
    clock: Arc<Clock>,
    link: Arc<dyn StoreLink>,
}

impl MemoryRepository {
    /// An empty storage; the clock provides the times of account changes.
    pub fn new(clock: Arc<Clock>) -> Self {
        MemoryRepository { tables: Arc::default(), clock, link: Arc::new(DirectLink) }
    }

    /// The same tables over another link.
    pub fn linked(&self, link: Arc<dyn StoreLink>) -> Self {
        MemoryRepository { link, ..self.clone() }
    }

    /// Runs one call on the tables under the lock.
    async fn run<T>(&self, call: impl FnOnce(&mut MemoryTables) -> T + Send) -> Result<T> {
        self.link.carry_call().await?;
        let answer = call(&mut self.tables.lock());
        self.link.carry_answer().await?;
        Ok(answer)
    }
}

#[async_trait]
impl Repository for MemoryRepository {
    fn commit_queues(&self) -> usize {
        2
    }

    async fn ready(&self) -> Result<()> {
        self.run(|_| ()).await
    }

    async fn commit(&self, batch: Arc<[Change]>, at: Timestamp) -> Vec<Result<Outcome>> {
        let committed = self.run(|tables| commit::commit(tables, &batch, at)).await;
        committed.unwrap_or_else(|error| fail_all(error, batch.len()))
    }

    async fn chat_access(&self, chat: &ChatId, user: &UserId) -> Result<Option<ChatAccess>> {
        self.run(|tables| tables.chat_access(chat, user)).await
    }

    async fn chat(&self, chat: &ChatId, user: &UserId) -> Result<Option<Chat>> {
        self.run(|tables| tables.chat_of(chat, user)).await
    }

    async fn channel_named(&self, wanted: &str) -> Result<Option<ChatId>> {
        self.run(|tables| {
            let chats = || tables.chats.values().map(|stored| &stored.record.chat);
            let channels = || chats().filter(|chat| chat.kind == ChatKind::Channel);
            let exact = channels().find(|chat| name_key(&chat.name) == wanted);
            let found = exact.or_else(|| channels().find(|chat| differ_in_blanks(&name_key(&chat.name), wanted)));
            found.map(|chat| chat.id.clone())
        })
        .await
    }

    async fn chats(&self, query: &ChatsQuery) -> Result<Page<Chat>> {
        self.run(|tables| tables.chats_page(query)).await
    }

    async fn memberships(&self, user: &UserId) -> Result<Vec<ChatId>> {
        self.run(|tables| tables.memberships(user).map(|stored| stored.record.chat.id.clone()).collect()).await
    }

    async fn members(&self, chat: &ChatId, after: Option<&UserId>, limit: usize) -> Result<Page<Member>> {
        self.run(|tables| tables.members_page(chat, after, limit)).await
    }

    async fn history(&self, query: &HistoryQuery) -> Result<Option<History>> {
        self.run(|tables| history::history(tables, query)).await
    }

    async fn message(&self, chat: &ChatId, message: &MessageId) -> Result<Option<Message>> {
        self.run(|tables| tables.message(chat, message).map(|message| tables.shown(message))).await
    }

    async fn chats_by_id(&self, user: &UserId, chats: &[ChatId]) -> Result<Vec<Option<Chat>>> {
        self.run(|tables| chats.iter().map(|chat| tables.chat_of(chat, user)).collect()).await
    }

    async fn sync(&self, query: &SyncQuery) -> Result<Vec<Option<Changes>>> {
        self.run(|tables| tables.sync(query)).await
    }
}
