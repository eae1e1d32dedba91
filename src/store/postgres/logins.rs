//! Log-in sessions.

use async_trait::async_trait;

use super::PostgresRepository;
use super::accounts::{account, account_columns};
use super::error::{PgError, failure};
use super::rows::{Columns, user_columns};
use super::session::Parameters;
use super::values::Text;
use crate::protocol::{SessionId, Timestamp, UserId};
use crate::store::error::Result;
use crate::store::repository::{Account, PreviousRefresh, Sessions, StoredSession};

/// The columns that [`session`] reads, of a table named `t`.
macro_rules! session_columns {
    () => {
        "t.user_id, t.id, t.device_id, t.created_at, t.last_seen_at, t.expires_at, t.family, t.refresh, \
         t.spent, t.spent_at"
    };
}
/// The number of columns of [`session_columns`].
const WIDTH: usize = 10;

const ACCOUNT_IN: &str = concat!(
    "SELECT ",
    account_columns!(),
    ", ",
    session_columns!(),
    " FROM users u LEFT JOIN sessions t ON t.user_id = u.id AND t.id = $2 WHERE u.id = $1"
);

const ALL: &str = concat!(
    "SELECT ",
    session_columns!(),
    " FROM sessions t WHERE t.user_id = $1 ORDER BY t.created_at DESC, t.id DESC"
);

const INSERT: &str = "INSERT INTO sessions \
    (user_id, id, device_id, created_at, last_seen_at, expires_at, family, refresh, spent, spent_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (user_id, id) DO NOTHING";

const RENEW: &str = "UPDATE sessions SET refresh = $3, last_seen_at = $4, expires_at = $5, spent = $7, spent_at = $8 \
    WHERE user_id = $1 AND id = $2 AND refresh = $6 RETURNING id";

const TOUCH: &str = "UPDATE sessions SET last_seen_at = $3 WHERE user_id = $1 AND id = $2 AND last_seen_at < $3";

const FORGET: &str = "DELETE FROM sessions WHERE expires_at < $1";
const DELETE: &str = "DELETE FROM sessions WHERE user_id = $1 AND id = $2 RETURNING id";

#[async_trait]
impl Sessions for PostgresRepository {
    async fn create_session(&self, session: &StoredSession) -> Result<()> {
        let StoredSession { id, user_id, device_id, created_at, last_seen_at, expires_at, family, refresh, previous } =
            session;
        let device_id = device_id.as_ref().map(Text);
        let family = &family[..];
        let refresh = &refresh[..];
        let (spent, spent_at) = previous.as_ref().map(|previous| (&previous.refresh[..], previous.at)).unzip();
        #[rustfmt::skip]
        let values: Parameters<'_> = &[
            user_id, id, &device_id, created_at, last_seen_at, expires_at, &family, &refresh, &spent, &spent_at,
        ];
        self.writers.rows(INSERT, values).await.map(drop).map_err(failure)
    }

    async fn account_in(&self, user: &UserId, id: &SessionId) -> Result<Option<(Account, Option<StoredSession>)>> {
        let Some(row) = self.readers.row(ACCOUNT_IN, &[user, id]).await.map_err(failure)? else { return Ok(None) };
        let read = || {
            let mut columns = Columns::of(&row);
            Ok((account(&mut columns)?, columns.optional(WIDTH, session)?))
        };
        read().map(Some).map_err(failure)
    }

    async fn sessions(&self, user: &UserId) -> Result<Vec<StoredSession>> {
        let rows = self.readers.rows(ALL, &[user]).await.map_err(failure)?;
        rows.iter().map(|row| session(&mut Columns::of(row)).map_err(failure)).collect()
    }

    async fn renew_session(&self, session: &StoredSession, before: &[u8; 32]) -> Result<bool> {
        let StoredSession { user_id, id, refresh, last_seen_at, expires_at, previous, .. } = session;
        let refresh = &refresh[..];
        let before = &before[..];
        let (spent, spent_at) = previous.as_ref().map(|previous| (&previous.refresh[..], previous.at)).unzip();
        let values: Parameters<'_> = &[user_id, id, &refresh, last_seen_at, expires_at, &before, &spent, &spent_at];
        Ok(self.writers.row(RENEW, values).await.map_err(failure)?.is_some())
    }

    async fn touch_session(&self, user: &UserId, session: &SessionId, at: Timestamp) -> Result<()> {
        self.writers.rows(TOUCH, &[user, session, &at]).await.map(drop).map_err(failure)
    }

    async fn forget_sessions(&self, before: Timestamp) -> Result<()> {
        self.writers.rows(FORGET, &[&before]).await.map(drop).map_err(failure)
    }

    async fn end_session(&self, user: &UserId, session: &SessionId) -> Result<bool> {
        Ok(self.writers.row(DELETE, &[user, session]).await.map_err(failure)?.is_some())
    }
}

fn session(columns: &mut Columns<'_>) -> std::result::Result<StoredSession, PgError> {
    Ok(StoredSession {
        user_id: columns.get()?,
        id: columns.get()?,
        device_id: columns.get::<Option<Text<String>>>()?.map(|Text(device)| device),
        created_at: columns.get()?,
        last_seen_at: columns.get()?,
        expires_at: columns.get()?,
        family: columns.hash()?,
        refresh: columns.hash()?,
        previous: columns.optional_hash()?.zip(columns.get()?).map(|(refresh, at)| PreviousRefresh { refresh, at }),
    })
}
