//! Log-in sessions.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{SqliteRepository, accounts};
use crate::protocol::{SessionId, Timestamp, UserId};
use crate::store::error::Result;
use crate::store::repository::{Account, PreviousRefresh, Sessions, StoredSession};

/// The columns that [`session`] reads.
macro_rules! session_columns {
    () => {
        "user_id, id, device_id, created_at, last_seen_at, expires_at, family, refresh, spent, spent_at"
    };
}

const ONE: &str = concat!("SELECT ", session_columns!(), " FROM sessions WHERE user_id = ?1 AND id = ?2");

const ALL: &str =
    concat!("SELECT ", session_columns!(), " FROM sessions WHERE user_id = ?1 ORDER BY created_at DESC, id DESC");

const INSERT: &str = concat!(
    "INSERT INTO sessions (",
    session_columns!(),
    ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (user_id, id) DO NOTHING"
);

const RENEW: &str = "UPDATE sessions SET refresh = ?3, last_seen_at = ?4, expires_at = ?5, spent = ?7, \
    spent_at = ?8 WHERE user_id = ?1 AND id = ?2 AND refresh = ?6";

const TOUCH: &str = "UPDATE sessions SET last_seen_at = ?3 WHERE user_id = ?1 AND id = ?2 AND last_seen_at < ?3";

const FORGET: &str = "DELETE FROM sessions WHERE expires_at < ?1";
const DELETE: &str = "DELETE FROM sessions WHERE user_id = ?1 AND id = ?2";

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

/// Keeps a session; the same id again changes nothing.
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
    let previous = row.get::<_, Option<_>>(8)?.zip(row.get(9)?);
    Ok(StoredSession {
        user_id: row.get(0)?,
        id: row.get(1)?,
        device_id: row.get(2)?,
        created_at: row.get(3)?,
        last_seen_at: row.get(4)?,
        expires_at: row.get(5)?,
        family: row.get(6)?,
        refresh: row.get(7)?,
        previous: previous.map(|(refresh, at)| PreviousRefresh { refresh, at }),
    })
}
