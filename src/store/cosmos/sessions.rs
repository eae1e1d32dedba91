//! Sessions: one document each, in the partition of the user.

use async_trait::async_trait;
use azure_data_cosmos::Query;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::container::WriteResult;
use super::failure::contended;
use super::partition::ATTEMPTS;
use super::query::CosmosQuery;
use super::readable::{self, Readable};
use super::{CosmosRepository, Store, ids, queries};
use crate::protocol::{SessionId, Timestamp, UserId};
use crate::store::error::Result;
use crate::store::persisted;
use crate::store::repository::{Account, Sessions, StoredSession};

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SessionDocument {
    id: String,
    user_id: UserId,
    session_id: SessionId,
    #[serde(with = "persisted")]
    session: StoredSession,
    #[serde(rename = "_etag", default, skip_serializing)]
    etag: String,
}

/// The partition and id of an expired session's document.
#[derive(Debug, Deserialize)]
struct ExpiredSession {
    user: UserId,
    id: String,
}

impl SessionDocument {
    fn new(session: &StoredSession) -> Self {
        SessionDocument {
            id: id(&session.id),
            user_id: session.user_id.clone(),
            session_id: session.id.clone(),
            session: session.clone(),
            etag: String::new(),
        }
    }
}

#[async_trait]
impl Sessions for CosmosRepository {
    async fn create_session(&self, session: &StoredSession) -> Result<()> {
        let document = SessionDocument::new(session);
        self.store.users.create(&session.user_id, &document.id, &document, "session").await.map(drop)
    }

    async fn account_in(&self, user: &UserId, session: &SessionId) -> Result<Option<(Account, Option<StoredSession>)>> {
        let (account, found) = tokio::join!(self.store.account_of(user), self.store.session(user, session));
        let found = found?.map(|document| document.session);
        Ok(account?.map(|account| (account, found)))
    }

    async fn sessions(&self, user: &UserId) -> Result<Vec<StoredSession>> {
        let query = Query::from(queries::SESSIONS);
        let found: Vec<SessionDocument> = self.store.users.query(user, query, "session").await?;
        let mut sessions: Vec<StoredSession> = found.into_iter().map(|document| document.session).collect();
        sessions.sort_by(|one, other| (other.created_at, &other.id).cmp(&(one.created_at, &one.id)));
        Ok(sessions)
    }

    async fn renew_session(&self, session: &StoredSession, before: &[u8; 32]) -> Result<bool> {
        let user = &session.user_id;
        let id = &session.id;
        let renewed = |found: &mut StoredSession| {
            let fits = found.refresh == *before;
            if fits {
                found.refresh = session.refresh;
                found.previous = session.previous;
                found.last_seen_at = session.last_seen_at;
                found.expires_at = session.expires_at;
            }
            fits
        };
        // A request that was sent twice finds its own refresh token, which no other request can have created.
        let is_own = |found: &StoredSession| found.refresh == session.refresh;
        self.store.change_session(user, id, renewed, is_own).await
    }

    async fn touch_session(&self, user: &UserId, session: &SessionId, at: Timestamp) -> Result<()> {
        let touched = |found: &mut StoredSession| {
            let is_later = found.last_seen_at < at;
            found.last_seen_at = found.last_seen_at.max(at);
            is_later
        };
        self.store.change_session(user, session, touched, |_| true).await.map(drop)
    }

    async fn forget_sessions(&self, before: Timestamp) -> Result<()> {
        let question = CosmosQuery(Query::from(queries::EXPIRED_SESSIONS)).with("@before", before)?;
        let expired: Vec<ExpiredSession> = self.store.users.query_all(question.0, "session").await?;
        for ExpiredSession { user, id } in expired {
            self.store.users.delete(&user, &id, None, "session").await?;
        }
        Ok(())
    }

    async fn end_session(&self, user: &UserId, session: &SessionId) -> Result<bool> {
        let Some(document) = self.store.session(user, session).await? else { return Ok(false) };
        let deleted = self.store.users.delete(user, &document.id, None, "session").await?;
        // A request that was sent twice finds its own write.
        Ok(matches!(deleted, WriteResult::Done(_) | WriteResult::Changed))
    }
}

impl Store {
    /// The sessions of a user, each if it can be read, by id.
    pub(super) async fn stored_sessions_of(&self, user: &UserId) -> Result<Vec<Readable<StoredSession>>> {
        let found: Vec<Value> = self.users.query(user, Query::from(queries::SESSIONS), "export").await?;
        let read = |document: &Value| Ok(readable::SESSION.read::<SessionDocument>(document)?.session);
        let mut sessions: Vec<Readable<StoredSession>> = found.iter().map(read).collect();
        sessions.sort_by_cached_key(|session| session.as_ref().ok().map(|session| session.id.clone()));
        Ok(sessions)
    }

    async fn session(&self, user: &UserId, session: &SessionId) -> Result<Option<SessionDocument>> {
        if !ids::fits(user) || !ids::fits(session) || user.is_empty() {
            return Ok(None);
        }
        self.users.read(user, &id(session), "session").await
    }

    /// Changes a session, unless there is nothing to change; true if the session is, or already was, as requested.
    async fn change_session(
        &self,
        user: &UserId,
        session: &SessionId,
        change: impl Fn(&mut StoredSession) -> bool,
        is_own: impl Fn(&StoredSession) -> bool,
    ) -> Result<bool> {
        for attempt in 0..ATTEMPTS {
            let Some(mut document) = self.session(user, session).await? else { return Ok(false) };
            if !change(&mut document.session) {
                return Ok(attempt > 0 && is_own(&document.session));
            }
            let etag = std::mem::take(&mut document.etag);
            let written = self.users.replace(user, &document.id, &document, &etag, "session").await?;
            if let WriteResult::Done(_) = written {
                return Ok(true);
            }
        }
        Err(contended())
    }
}

fn id(session: &SessionId) -> String {
    format!("session:{}", ids::encoded(session))
}
