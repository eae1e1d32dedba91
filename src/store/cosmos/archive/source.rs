//! Reads an account. There is no snapshot across partitions: each chat is read as of its own point in time.

use std::sync::Arc;

use async_trait::async_trait;
use azure_data_cosmos::Query;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::Deserialize;
use serde_json::Value;

use super::chats::{closed, dump_chat};
use super::searched::searched_texts;
use crate::ops::config::CosmosAccount;
use crate::protocol::{AuditEntry, ChatId, UserId};
use crate::store::archive::{
    ArchiveRecord, ArchiveSource, ArchivedAudit, ArchivedDocument, ArchivedEnd, ArchivedSession, ArchivedSpentToken,
    ArchivedToken, ArchivedUser, RecordSender, UNFINISHED,
};
use crate::store::cosmos::accounts::{PROFILE, Profile};
use crate::store::cosmos::readable::{self, ArchivePage, FailedRead, Readable};
use crate::store::cosmos::{CONCURRENT, CosmosOpenError, CosmosRepository, Store, queries};
use crate::store::error::Result;
use crate::store::jobs;
use crate::store::repository::{Account, Documents, StoredSession, StoredToken};

/// Number of files and audit entries read together.
const PAGE: usize = 200;

/// An account to be read.
#[derive(Debug)]
pub struct CosmosSource {
    repository: CosmosRepository,
}

/// A user's id, and its owner if it is a bot.
#[derive(Debug, Deserialize)]
pub(super) struct AccountKey {
    pub(super) user: UserId,
    #[serde(default)]
    owner: Option<Value>,
}

/// A chat's id; without a number of messages if the chat was deleted. A damaged head may have anything there.
#[derive(Debug, Deserialize)]
struct ChatKey {
    chat: ChatId,
    #[serde(default)]
    messages: Option<Value>,
}

impl CosmosSource {
    /// Opens the containers.
    pub async fn open(account: &CosmosAccount) -> Result<Self, CosmosOpenError> {
        Ok(CosmosSource { repository: CosmosRepository::open(account).await? })
    }

    fn store(&self) -> &Arc<Store> {
        &self.repository.store
    }

    async fn chat_keys(&self) -> Result<Vec<ChatKey>> {
        let query = Query::from(queries::EVERY_CHAT);
        let mut keys: Vec<ChatKey> = self.store().messages.query_all(query, "export").await?;
        keys.sort_by(|one, other| one.chat.cmp(&other.chat));
        Ok(keys)
    }

    /// Sends every account; returns the users' ids in order.
    async fn users(&self, out: &mut RecordSender) -> Result<Vec<UserId>> {
        let query = Query::from(queries::ACCOUNT_KEYS);
        let mut keys: Vec<AccountKey> = self.store().users.query_all(query, "export").await?;
        keys.sort_by(|one, other| (one.owner.is_some(), &one.user).cmp(&(other.owner.is_some(), &other.user)));
        let read: Vec<_> = keys.iter().map(|key| self.user(&key.user)).collect();
        let mut read = stream::iter(read).buffered(CONCURRENT);
        while let Some(user) = read.try_next().await? {
            if let Some(user) = user {
                out.pass(user.map(|user| ArchiveRecord::User(Box::new(user)))).await.map_err(closed)?;
            }
        }
        drop(read);
        let mut ids: Vec<UserId> = keys.into_iter().map(|key| key.user).collect();
        ids.sort();
        Ok(ids)
    }

    async fn user(&self, user: &UserId) -> Result<Option<Readable<ArchivedUser>>> {
        match tokio::try_join!(self.store().account_of(user), self.store().changed_at(user)) {
            Ok((account, changed_at)) => {
                Ok(account.map(|account| Ok(ArchivedUser { changed_at, ..archived(account) })))
            }
            Err(error) => {
                let failed = FailedRead { container: &self.store().users, partition: user, id: PROFILE, error };
                failed.unreadable::<Profile>(readable::USER).await.map(|unreadable| Some(Err(unreadable)))
            }
        }
    }

    async fn sessions(&self, users: &[UserId], out: &mut RecordSender) -> Result<()> {
        let read: Vec<_> = users.iter().map(|user| self.store().stored_sessions_of(user)).collect();
        let mut read = stream::iter(read).buffered(CONCURRENT);
        let record = |session| ArchiveRecord::Session(Box::new(archived_session(session)));
        while let Some(sessions) = read.try_next().await? {
            for session in sessions {
                out.pass(session.map(record)).await.map_err(closed)?;
            }
        }
        Ok(())
    }

    async fn tokens(&self, users: &[UserId], out: &mut RecordSender) -> Result<()> {
        let read: Vec<_> = users.iter().map(|user| self.store().stored_tokens_of(user)).collect();
        let mut read = stream::iter(read).buffered(CONCURRENT);
        let record = |token| ArchiveRecord::Token(Box::new(archived_token(token)));
        while let Some(tokens) = read.try_next().await? {
            for token in tokens {
                out.pass(token.map(record)).await.map_err(closed)?;
            }
        }
        Ok(())
    }

    async fn documents(&self, out: &mut RecordSender) -> Result<()> {
        let is_left_out = |document: &ArchivedDocument| [UNFINISHED, jobs::DOCUMENT].contains(&&*document.place);
        for document in self.store().every_document().await? {
            if !document.as_ref().is_ok_and(is_left_out) {
                let record = document.map(|document| ArchiveRecord::Document(Box::new(document)));
                out.pass(record).await.map_err(closed)?;
            }
        }
        Ok(())
    }

    async fn files_and_audit(&self, out: &mut RecordSender) -> Result<()> {
        let mut after = String::new();
        loop {
            let ArchivePage { records, last } = self.store().complete_files(&after, PAGE).await?;
            let Some(last) = last else { break };
            after = last;
            for file in records {
                out.pass(file.map(|file| ArchiveRecord::File(Box::new(file)))).await.map_err(closed)?;
            }
        }
        for month in self.store().audit_months().await? {
            let mut after = String::new();
            loop {
                let ArchivePage { records, last } = self.store().archived_audit(&month, &after, PAGE).await?;
                let Some(last) = last else { break };
                after = last;
                for entry in records {
                    out.pass(entry.map(archived_entry)).await.map_err(closed)?;
                }
            }
        }
        Ok(())
    }
}

#[async_trait]
impl ArchiveSource for CosmosSource {
    fn kind(&self) -> &'static str {
        "cosmos"
    }

    async fn is_unfinished(&mut self) -> Result<bool> {
        Ok(self.repository.document(UNFINISHED).await?.is_some())
    }

    async fn size(&mut self) -> Result<u64> {
        let keys = self.chat_keys().await?;
        Ok(keys.iter().map(|key| 1 + key.messages.as_ref().and_then(Value::as_u64).unwrap_or(0)).sum())
    }

    async fn inspect(&mut self) -> Result<Vec<String>> {
        let mut findings = vec![];
        for key in self.chat_keys().await? {
            findings.extend(searched_texts(self.store(), &key.chat).await?);
        }
        Ok(findings)
    }

    async fn dump(self: Box<Self>, mut out: RecordSender) -> Result<()> {
        let users = self.users(&mut out).await?;
        self.sessions(&users, &mut out).await?;
        self.tokens(&users, &mut out).await?;
        self.documents(&mut out).await?;
        let keys = self.chat_keys().await?;
        let mut ended = vec![];
        for key in keys {
            // A chat that was deleted after it was listed counts as deleted.
            if key.messages.is_none() || !dump_chat(self.store(), &key.chat, &mut out).await? {
                ended.push(key.chat);
            }
        }
        for id in ended {
            out.send(ArchiveRecord::EndedChat(ArchivedEnd { id })).await.map_err(closed)?;
        }
        self.files_and_audit(&mut out).await?;
        out.flush().await.map_err(closed)
    }
}

fn archived_entry(entry: AuditEntry) -> ArchiveRecord {
    let AuditEntry { id, at, actor_id, command, target_id, chat_id, reason } = entry;
    ArchiveRecord::Audit(Box::new(ArchivedAudit { id, at, actor_id, command, target_id, chat_id, reason }))
}

fn archived(account: Account) -> ArchivedUser {
    let Account { user, .. } = account;
    ArchivedUser {
        id: user.id,
        username: user.username,
        username_key: account.username_key,
        display_name: user.display_name,
        avatar_url: user.avatar_url,
        kind: user.kind,
        role: user.role,
        owner_id: account.owner,
        email: account.email,
        email_unconfirmed: account.email_unconfirmed,
        password: account.password.map(|hash| hash.0),
        ban: account.ban,
        ended_tokens: account.ended_tokens,
        tokens_valid_from: account.tokens_valid_from,
        created_at: user.created_at,
        changed_at: None,
        last_seen_at: user.last_seen_at,
        deleted_at: account.deleted_at,
        version: account.version,
    }
}

fn archived_session(session: StoredSession) -> ArchivedSession {
    let StoredSession { id, user_id, device_id, created_at, last_seen_at, expires_at, family, refresh, previous } =
        session;
    let spent = previous.map(|previous| ArchivedSpentToken { refresh: previous.refresh, at: previous.at });
    ArchivedSession { user_id, id, device_id, created_at, last_seen_at, expires_at, family, refresh, spent }
}

fn archived_token(stored: StoredToken) -> ArchivedToken {
    let StoredToken { token, maker, hash } = stored;
    ArchivedToken {
        maker_id: maker,
        id: token.id,
        user_id: token.user_id,
        name: token.name,
        scopes: token.scopes,
        hash,
        created_at: token.created_at,
        expires_at: token.expires_at,
        last_used_at: token.last_used_at,
    }
}
