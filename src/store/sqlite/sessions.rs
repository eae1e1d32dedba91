//! Sessions.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::rows::SqliteColumns;
use super::{SqliteRepository, accounts};
use crate::protocol::{SessionId, Timestamp, UserId};
use crate::store::error::Result;
use crate::store::repository::{Account, Sessions, StoredSession};
use crate::store::sql::columns::session_columns;
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::sessions::{ALL, DELETE, FORGET, INSERT, RENEW, TOUCH};

const ONE: &str = concat!("SELECT ", session_columns!("t"), " FROM sessions t WHERE t.user_id = ?1 AND t.id = ?2");

#[async_trait]
impl Sessions for SqliteRepository {
    async fn create_session(&self, session: &StoredSession) -> Result<()> {
        let session = session.clone();
        self.write(move |connection| create(connection, &session)).await
    }

    async fn account_in(&self, user: &UserId, session: &SessionId) -> Result<Option<(Account, Option<StoredSession>)>> {
        let user = user.clone();
        let id = session.clone();
        self.readers.read(move |snapshot| account_in(snapshot, &user, &id)).await
    }

    async fn sessions(&self, user: &UserId) -> Result<Vec<StoredSession>> {
        let user = user.clone();
        let all =
            |snapshot: &Connection, user: &UserId| snapshot.prepare_cached(ALL)?.query_map([user], session)?.collect();
        self.readers.read(move |snapshot| all(snapshot, &user)).await
    }

    async fn renew_session(&self, session: &StoredSession, before: &[u8; 32]) -> Result<bool> {
        let session = session.clone();
        let before = *before;
        self.write(move |connection| {
            let StoredSession { user_id, id, refresh, last_seen_at, expires_at, previous, .. } = &session;
            let (spent, spent_at) = previous.map(|previous| (previous.refresh, previous.at)).unzip();
            let row = params![user_id, id, refresh, last_seen_at, expires_at, before, spent, spent_at];
            Ok(connection.prepare_cached(RENEW)?.execute(row)? > 0)
        })
        .await
    }

    async fn touch_session(&self, user: &UserId, session: &SessionId, at: Timestamp) -> Result<()> {
        let user = user.clone();
        let id = session.clone();
        self.write(move |connection| connection.prepare_cached(TOUCH)?.execute(params![user, id, at]).map(drop)).await
    }

    async fn forget_sessions(&self, before: Timestamp) -> Result<()> {
        self.write(move |connection| connection.prepare_cached(FORGET)?.execute([before]).map(drop)).await
    }

    async fn end_session(&self, user: &UserId, session: &SessionId) -> Result<bool> {
        let user = user.clone();
        let id = session.clone();
        self.write(move |connection| Ok(connection.prepare_cached(DELETE)?.execute(params![user, id])? > 0)).await
    }
}

/// Stores a session; storing the same id again changes nothing.
fn create(connection: &Connection, session: &StoredSession) -> rusqlite::Result<()> {
    let StoredSession { id, user_id, device_id, created_at, last_seen_at, expires_at, family, refresh, previous } =
        session;
    let (spent, spent_at) = previous.map(|previous| (previous.refresh, previous.at)).unzip();
    let row = params![user_id, id, device_id, created_at, last_seen_at, expires_at, family, refresh, spent, spent_at];
    connection.prepare_cached(INSERT)?.execute(row).map(drop)
}

fn account_in(
    connection: &Connection,
    user: &UserId,
    id: &SessionId,
) -> rusqlite::Result<Option<(Account, Option<StoredSession>)>> {
    let Some(account) = accounts::by_id(connection, user)? else { return Ok(None) };
    let found = connection.prepare_cached(ONE)?.query_row(params![user, id], session).optional()?;
    Ok(Some((account, found)))
}

fn session(row: &Row<'_>) -> rusqlite::Result<StoredSession> {
    SqliteColumns::of(row).session()
}
