use async_trait::async_trait;

use crate::protocol::{SessionId, Timestamp, UserId};
use crate::store::error::Result;

use super::Account;

/// Stores sessions.
///
/// A session is the family of refresh tokens that descend from one log-in. Two concurrent requests that renew it with
/// the same refresh token MUST NOT both succeed.
#[async_trait]
pub trait Sessions: std::fmt::Debug + Send + Sync + 'static {
    /// Stores a new session; storing the same id again changes nothing.
    async fn create_session(&self, session: &StoredSession) -> Result<()>;

    /// The account of a user, and the session with this id if it is the user's; none if the user does not exist.
    async fn account_in(&self, user: &UserId, session: &SessionId) -> Result<Option<(Account, Option<StoredSession>)>>;

    /// A user's sessions, newest first.
    async fn sessions(&self, user: &UserId) -> Result<Vec<StoredSession>>;

    /// Replaces the session's refresh token, the previous one and the dates. False if the session has ended, or if its
    /// refresh token no longer has the hash `before`.
    async fn renew_session(&self, session: &StoredSession, before: &[u8; 32]) -> Result<bool>;

    /// Records when a session was last used; the latest time is kept.
    async fn touch_session(&self, user: &UserId, session: &SessionId, at: Timestamp) -> Result<()>;

    /// Deletes sessions whose refresh token expired before a time.
    async fn forget_sessions(&self, before: Timestamp) -> Result<()>;

    /// Ends a session of the user; false if it does not exist.
    async fn end_session(&self, user: &UserId, session: &SessionId) -> Result<bool>;
}

/// A log-in and its refresh tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSession {
    /// The session's id.
    pub id: SessionId,
    /// The owner.
    pub user_id: UserId,
    /// The client's name for its device.
    pub device_id: Option<String>,
    /// Time of the log-in.
    pub created_at: Timestamp,
    /// Time of last use, to the minute.
    pub last_seen_at: Timestamp,
    /// Expiry of its refresh token.
    pub expires_at: Timestamp,
    /// SHA-256 of the secret that its refresh tokens share.
    pub family: [u8; 32],
    /// SHA-256 of the current refresh token.
    pub refresh: [u8; 32],
    /// The previous refresh token, if there was one.
    pub previous: Option<PreviousRefresh>,
}

/// A refresh token that was replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreviousRefresh {
    /// The token's SHA-256.
    pub refresh: [u8; 32],
    /// Time of the token's first use.
    pub at: Timestamp,
}
