use async_trait::async_trait;

use super::PostgresRepository;
use super::error::{PgError, failure};
use super::rows::PgColumns;
use super::values::integer;
use crate::store::error::Result;
use crate::store::repository::{MOST_EMOJI, StoredCounts, Totals};
use crate::store::sql::columns::SqlColumns;

/// One statement, and therefore one snapshot: a row with users, chats and messages, and a row per emoji.
const TOTALS: &str = "SELECT NULL::text AS emoji, (SELECT count(*) FROM users WHERE deleted_at IS NULL) AS users, \
    count(*) AS chats, coalesce(sum(message_count), 0)::bigint AS messages FROM chats \
    UNION ALL (SELECT emoji, count(*), 0, 0 FROM reactions GROUP BY emoji ORDER BY count(*) DESC, emoji LIMIT $1)";

#[async_trait]
impl StoredCounts for PostgresRepository {
    async fn totals(&self) -> Result<Totals> {
        self.counted().await.map_err(failure)
    }
}

impl PostgresRepository {
    async fn counted(&self) -> std::result::Result<Totals, PgError> {
        let mut totals = Totals::default();
        for row in self.readers.rows(TOTALS, &[&integer(MOST_EMOJI as u64)]).await? {
            let mut columns = PgColumns::of(&row);
            match columns.get::<Option<String>>()? {
                Some(emoji) => drop(totals.reactions.insert(emoji, columns.number()?)),
                None => {
                    totals.users = columns.number()?;
                    totals.chats = columns.number()?;
                    totals.messages = columns.number()?;
                }
            }
        }
        Ok(totals)
    }
}
