use async_trait::async_trait;

use crate::protocol::{SessionId, Timestamp, UserId};
use crate::store::error::Result;

use super::Account;

/// Stores log-in sessions.
///
/// A session is the family of refresh tokens that follow from one log-in. Two that renew it with the same refresh
/// token at the same time MUST NOT both succeed.
#[async_trait]
pub trait Sessions: std::fmt::Debug + Send + Sync + 'static {
    /// Stores a new session; the same id again changes nothing.
    async fn create_session(&self, session: &StoredSession) -> Result<()>;

    /// The account of a user, and the session of that id if it is one of theirs; nothing if there is no such user.
    async fn account_in(&self, user: &UserId, session: &SessionId) -> Result<Option<(Account, Option<StoredSession>)>>;

    /// A user's sessions, newest first.
    async fn sessions(&self, user: &UserId) -> Result<Vec<StoredSession>>;

    /// Replaces the session's refresh token, the previous one and the dates. False if the session has ended, or if its
    /// refresh token no longer has the hash `before`.
    async fn renew_session(&self, session: &StoredSession, before: &[u8; 32]) -> Result<bool>;

    /// Notes when a session was last used; the latest use stays.
    async fn touch_session(&self, user: &UserId, session: &SessionId, at: Timestamp) -> Result<()>;

    /// Deletes sessions whose refresh token stopped working before a time.
    async fn forget_sessions(&self, before: Timestamp) -> Result<()>;

    /// Ends a session of the user; false if there is none.
    async fn end_session(&self, user: &UserId, session: &SessionId) -> Result<bool>;
}

/// One log-in and its refresh tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSession {
    /// Names the session.
    pub id: SessionId,
    /// The owner.
    pub user_id: UserId,
    /// The client's own name for the device it runs on.
    pub device_id: Option<String>,
    /// Time of the log-in.
    pub created_at: Timestamp,
    /// Time of the last use, to the minute.
    pub last_seen_at: Timestamp,
    /// Expiry of its refresh token.
    pub expires_at: Timestamp,
    /// SHA-256 of what all its refresh tokens have in common.
    pub family: [u8; 32],
    /// SHA-256 of the current refresh token.
    pub refresh: [u8; 32],
    /// The refresh token before it, if there was one.
    pub previous: Option<PreviousRefresh>,
}

/// A refresh token that was replaced by a newer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreviousRefresh {
    /// Its SHA-256.
    pub refresh: [u8; 32],
    /// Time of its first use.
    pub at: Timestamp,
}
