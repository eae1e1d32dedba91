//! Last-seen times of users.

use async_trait::async_trait;
use rusqlite::{Connection, params};

use super::{SqliteRepository, failure};
use crate::protocol::{Timestamp, UserId};
use crate::store::error::Result;
use crate::store::repository::LastSeenTimes;

const SEEN: &str = "UPDATE users SET last_seen_at = ?2 WHERE id = ?1 AND deleted_at IS NULL \
    AND ifnull(last_seen_at, ?2 - 1) < ?2";

#[async_trait]
impl LastSeenTimes for SqliteRepository {
    async fn note_seen(&self, seen: &[(UserId, Timestamp)]) -> Result<()> {
        let seen = seen.to_vec();
        self.writer.run(move |connection| note(connection, &seen)).await?.map_err(failure)
    }
}

fn note(connection: &mut Connection, seen: &[(UserId, Timestamp)]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for (user, at) in seen {
        transaction.prepare_cached(SEEN)?.execute(params![user, at])?;
    }
    transaction.commit()
}
