//! Fills an empty account. Everything is written by id, so repeated writes leave no duplicates.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use azure_data_cosmos::Query;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::restored_chat::RestoredChat;
use super::source::AccountKey;
use crate::ops::config::CosmosAccount;
use crate::protocol::{AuditEntry, BUILT_IN_ADMIN, PresenceStatus, Token, User, UserId};
use crate::store::archive::{
    ArchiveRecord, ArchiveResult, ArchiveTarget, ArchivedAudit, ArchivedDocument, ArchivedSession, ArchivedToken,
    ArchivedUser, ImportProgress, StoreOccupancy, UNFINISHED,
};
use crate::store::cosmos::{CONCURRENT, CosmosOpenError, CosmosRepository, Store, queries};
use crate::store::error::{Result, StoreError};
use crate::store::jobs;
use crate::store::repository::{
    Account, Documents, PasswordHash, PreviousRefresh, Sessions, StoredSession, StoredToken,
};

/// Maximum number of cached users, whose names go into messages.
const USERS: usize = 20_000;

/// An account that is being filled.
#[derive(Debug)]
pub struct CosmosTarget {
    repository: CosmosRepository,
    archive: String,
    /// The number of times the progress was written.
    version: u64,
    chat: Option<RestoredChat>,
    /// Number of the archive's records before the current chat: an interrupted chat is written again from its start.
    before_chat: u64,
    users: HashMap<UserId, User>,
}

impl CosmosTarget {
    /// Opens the containers.
    pub async fn open(account: &CosmosAccount) -> Result<Self, CosmosOpenError> {
        let repository = CosmosRepository::open(account).await?;
        let users = HashMap::new();
        Ok(CosmosTarget { repository, archive: String::new(), version: 0, chat: None, before_chat: 0, users })
    }

    fn store(&self) -> &Arc<Store> {
        &self.repository.store
    }

    async fn content(&self) -> Result<Option<&'static str>> {
        let accounts: Vec<AccountKey> =
            self.store().users.query_all(Query::from(queries::ACCOUNT_KEYS), "import").await?;
        if accounts.iter().any(|account| *account.user != *BUILT_IN_ADMIN) {
            return Ok(Some("users"));
        }
        let chats: Vec<serde_json::Value> =
            self.store().messages.query_all(Query::from(queries::EVERY_CHAT), "import").await?;
        if !chats.is_empty() {
            return Ok(Some("chats"));
        }
        let months = self.store().audit_months().await?;
        Ok((!months.is_empty()).then_some("an audit log"))
    }

    /// The content of the account.
    ///
    /// # Errors
    /// Fails if the account cannot be read.
    pub async fn occupancy(&self) -> Result<StoreOccupancy> {
        let text = async |place| Ok::<_, StoreError>(self.repository.document(place).await?.map(|found| found.text));
        let jobs = text(jobs::DOCUMENT).await?;
        Ok(StoreOccupancy { progress: text(UNFINISHED).await?, content: self.content().await?, jobs })
    }

    /// The user of an id, as the account has it.
    async fn user(&mut self, id: &UserId) -> Result<User> {
        if let Some(user) = self.users.get(id) {
            return Ok(user.clone());
        }
        let found = self.store().account_of(id).await?.map(|account| account.user);
        let user = found.ok_or_else(|| StoreError::internal(format!("there is no user {id}")))?;
        if self.users.len() >= USERS {
            self.users.clear();
        }
        self.users.insert(id.clone(), user.clone());
        Ok(user)
    }

    async fn record(&mut self, record: ArchiveRecord) -> Result<()> {
        match record {
            ArchiveRecord::Chat(chat) => {
                self.end_chat().await?;
                self.chat = Some(RestoredChat::new(*chat));
            }
            ArchiveRecord::Member(member) => {
                let user = self.user(&member.user_id).await?;
                if let Some(chat) = &mut self.chat {
                    chat.member(&self.repository.store, &member, &user).await?;
                }
            }
            ArchiveRecord::Message(message) => {
                let user = self.user(&message.sender_id).await?;
                if let Some(chat) = &mut self.chat {
                    chat.message(&self.repository.store, *message, &user).await?;
                }
            }
            ArchiveRecord::EndedChat(ended) => {
                self.end_chat().await?;
                self.store().restore_ended(&ended.id).await?;
            }
            ArchiveRecord::File(file) => {
                self.end_chat().await?;
                self.store().restore_file(&file).await?;
            }
            ArchiveRecord::Audit(entry) => {
                self.end_chat().await?;
                let entry = *entry;
                let ArchivedAudit { id, at, actor_id, command, target_id, chat_id, reason } = entry;
                let entry = AuditEntry { id, at, actor_id, command, target_id, chat_id, reason };
                self.store().restore_audit(&entry).await?;
            }
            other => self.person(other).await?,
        }
        Ok(())
    }

    /// Writes a user's record, or a document.
    async fn person(&self, record: ArchiveRecord) -> Result<()> {
        match record {
            ArchiveRecord::User(user) => {
                let changed_at = user.changed_at;
                self.store().restore_account(restored_account(*user), changed_at).await
            }
            ArchiveRecord::Session(session) => self.repository.create_session(&restored_session(*session)).await,
            ArchiveRecord::Token(token) => self.store().restore_token(&restored_token(*token)).await,
            ArchiveRecord::Document(document) => self.store().restore_document(&document).await,
            _ => Ok(()),
        }
    }

    async fn end_chat(&mut self) -> Result<()> {
        match self.chat.take() {
            Some(chat) => chat.finish(&self.repository.store).await,
            None => Ok(()),
        }
    }

    async fn note(&mut self, done: u64) -> Result<()> {
        self.version += 1;
        let text = ImportProgress::new(&self.archive, done).text();
        let document = ArchivedDocument { place: UNFINISHED.to_owned(), version: self.version, text };
        self.store().restore_document(&document).await
    }

    /// Writes the records at the start of a batch that are users and documents, which do not depend on each other.
    async fn people(&self, records: &mut Vec<ArchiveRecord>) -> Result<()> {
        // Names are claimed one after another only for the same user.
        let end = records.iter().position(|record| record.place() > 3).unwrap_or(records.len());
        let people = records.drain(..end).map(|record| self.person(record)).collect::<Vec<_>>();
        stream::iter(people).buffer_unordered(CONCURRENT).try_collect().await
    }
}

#[async_trait]
impl ArchiveTarget for CosmosTarget {
    async fn begin(&mut self, archive: &str) -> ArchiveResult<u64> {
        self.archive = archive.to_owned();
        let occupancy = self.occupancy().await?;
        self.before_chat = occupancy.admit(archive)?;
        if let Some(found) = self.repository.document(UNFINISHED).await? {
            self.version = found.version;
        }
        Ok(self.before_chat)
    }

    async fn write(&mut self, mut records: Vec<ArchiveRecord>, done: u64) -> ArchiveResult<()> {
        if self.version == 0 {
            // Before the first record: a server must not use a partly filled store.
            self.note(0).await?;
        }
        let length = records.len() as u64;
        let chat = records.iter().rposition(|record| matches!(record, ArchiveRecord::Chat(_)));
        if let Some(chat) = chat {
            // File segments are not counted among the records up to the last chat.
            self.before_chat = done - length + chat as u64;
        }
        self.people(&mut records).await?;
        for record in records {
            self.record(record).await?;
        }
        let done = if self.chat.is_some() { self.before_chat } else { done };
        Ok(self.note(done).await?)
    }

    async fn finish(&mut self) -> ArchiveResult<()> {
        self.end_chat().await?;
        Ok(self.store().remove_document(UNFINISHED).await?)
    }
}

fn restored_account(user: ArchivedUser) -> Account {
    Account {
        user: User {
            id: user.id,
            username: user.username,
            display_name: user.display_name,
            avatar_url: user.avatar_url,
            kind: user.kind,
            role: user.role,
            status: PresenceStatus::Offline,
            last_seen_at: user.last_seen_at,
            created_at: user.created_at,
            email: None,
            version: user.version,
        },
        username_key: user.username_key,
        email: user.email,
        email_unconfirmed: user.email_unconfirmed,
        password: user.password.map(PasswordHash),
        owner: user.owner_id,
        ban: user.ban,
        deleted_at: user.deleted_at,
        tokens_valid_from: user.tokens_valid_from,
        ended_tokens: user.ended_tokens,
        version: user.version,
    }
}

fn restored_session(session: ArchivedSession) -> StoredSession {
    let ArchivedSession { user_id, id, device_id, created_at, last_seen_at, expires_at, family, refresh, spent } =
        session;
    let previous = spent.map(|spent| PreviousRefresh { refresh: spent.refresh, at: spent.at });
    StoredSession { id, user_id, device_id, created_at, last_seen_at, expires_at, family, refresh, previous }
}

fn restored_token(token: ArchivedToken) -> StoredToken {
    let ArchivedToken { maker_id, id, user_id, name, scopes, hash, created_at, expires_at, last_used_at } = token;
    let token = Token { id, name, scopes, user_id, created_at, expires_at, last_used_at };
    StoredToken { token, maker: maker_id, hash }
}
