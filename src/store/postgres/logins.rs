//! Sessions.

use async_trait::async_trait;

use super::PostgresRepository;
use super::error::failure;
use super::rows::{PgColumns, PgResult};
use super::session::Parameters;
use super::values::Text;
use crate::protocol::{SessionId, Timestamp, UserId};
use crate::store::error::Result;
use crate::store::repository::{Account, Sessions, StoredSession};
use crate::store::sql::columns::{SESSION_WIDTH, account_columns, session_columns};
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::{postgres_statement, sessions};

const ACCOUNT_IN: &str = concat!(
    "SELECT ",
    account_columns!("u"),
    ", ",
    session_columns!("t"),
    " FROM users u LEFT JOIN sessions t ON t.user_id = u.id AND t.id = $2 WHERE u.id = $1"
);

const ALL: &str = postgres_statement!(sessions::ALL);
const INSERT: &str = postgres_statement!(sessions::INSERT);
const RENEW: &str = postgres_statement!(sessions::RENEW);
const TOUCH: &str = postgres_statement!(sessions::TOUCH);
const FORGET: &str = postgres_statement!(sessions::FORGET);
const DELETE: &str = postgres_statement!(sessions::DELETE);

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
        let read = || -> PgResult<_> {
            let mut columns = PgColumns::of(&row);
            Ok((columns.account()?, columns.optional(SESSION_WIDTH, PgColumns::session)?))
        };
        read().map(Some).map_err(failure)
    }

    async fn sessions(&self, user: &UserId) -> Result<Vec<StoredSession>> {
        let rows = self.readers.rows(ALL, &[user]).await.map_err(failure)?;
        rows.iter().map(|row| PgColumns::of(row).session().map_err(failure)).collect()
    }

    async fn renew_session(&self, session: &StoredSession, before: &[u8; 32]) -> Result<bool> {
        let StoredSession { user_id, id, refresh, last_seen_at, expires_at, previous, .. } = session;
        let refresh = &refresh[..];
        let before = &before[..];
        let (spent, spent_at) = previous.as_ref().map(|previous| (&previous.refresh[..], previous.at)).unzip();
        let values: Parameters<'_> = &[user_id, id, &refresh, last_seen_at, expires_at, &before, &spent, &spent_at];
        Ok(self.writers.execute(RENEW, values).await.map_err(failure)? > 0)
    }

    async fn touch_session(&self, user: &UserId, session: &SessionId, at: Timestamp) -> Result<()> {
        self.writers.rows(TOUCH, &[user, session, &at]).await.map(drop).map_err(failure)
    }

    async fn forget_sessions(&self, before: Timestamp) -> Result<()> {
        self.writers.rows(FORGET, &[&before]).await.map(drop).map_err(failure)
    }

    async fn end_session(&self, user: &UserId, session: &SessionId) -> Result<bool> {
        Ok(self.writers.execute(DELETE, &[user, session]).await.map_err(failure)? > 0)
    }
}
