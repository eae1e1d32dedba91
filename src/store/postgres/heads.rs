use async_trait::async_trait;

use super::PostgresRepository;
use super::error::{PgError, failure};
use super::rows::PgColumns;
use super::session::PgConnection;
use crate::protocol::{ChatId, Seq};
use crate::store::error::Result;
use crate::store::repository::{ChatSize, Heads};
use crate::store::sql::columns::SqlColumns;
use crate::store::sql::page::sql_limit;
use crate::store::sql::statements::{chats, postgres_statement};

const HEADS: &str = "SELECT w.place, c.seq FROM unnest($1::text[]) WITH ORDINALITY AS w (id, place) \
    JOIN chats c ON c.id = w.id";

const SIZES: &str = "SELECT w.place, c.seq, c.member_count FROM unnest($1::text[]) WITH ORDINALITY AS w (id, place) \
    JOIN chats c ON c.id = w.id";

const EVERY: &str = postgres_statement!(chats::EVERY);

/// A chat that one batch creates and deletes may still exist, if another node created it at the same time.
const ENDED: &str = "SELECT 1 FROM ended_chats e WHERE e.id = $1 \
    AND NOT EXISTS (SELECT 1 FROM chats c WHERE c.id = e.id)";

#[async_trait]
impl Heads for PostgresRepository {
    async fn heads(&self, chats: &[ChatId]) -> Result<Vec<Option<Seq>>> {
        self.found_heads(chats).await.map_err(failure)
    }

    async fn sizes(&self, chats: &[ChatId]) -> Result<Vec<Option<ChatSize>>> {
        self.found_sizes(chats).await.map_err(failure)
    }

    async fn every_chat(&self, after: Option<&ChatId>, limit: usize) -> Result<Vec<ChatId>> {
        let after = after.map_or_else(String::new, ToString::to_string);
        let limit = sql_limit(limit);
        let rows = self.readers.rows(EVERY, &[&after, &limit]).await.map_err(failure)?;
        rows.iter().map(|row| PgColumns::of(row).get().map_err(failure)).collect()
    }

    async fn has_ended(&self, chat: &ChatId) -> Result<bool> {
        Ok(self.readers.row(ENDED, &[chat]).await.map_err(failure)?.is_some())
    }
}

/// Looks up whether a chat that does not exist was deleted.
pub(super) async fn has_ended(session: &PgConnection, chat: &ChatId) -> std::result::Result<bool, PgError> {
    let [statement] = session.prepared([ENDED]).await?;
    Ok(session.query_opt(&statement, &[chat]).await?.is_some())
}

impl PostgresRepository {
    async fn found_sizes(&self, chats: &[ChatId]) -> std::result::Result<Vec<Option<ChatSize>>, PgError> {
        let mut sizes = vec![None; chats.len()];
        for row in self.readers.rows(SIZES, &[&chats]).await? {
            let mut columns = PgColumns::of(&row);
            let place = usize::try_from(columns.number()?).unwrap_or(usize::MAX);
            if let Some(size) = sizes.get_mut(place.wrapping_sub(1)) {
                *size = Some(ChatSize { seq: columns.number()?, members: columns.number()? });
            }
        }
        Ok(sizes)
    }

    async fn found_heads(&self, chats: &[ChatId]) -> std::result::Result<Vec<Option<Seq>>, PgError> {
        let mut heads = vec![None; chats.len()];
        for row in self.readers.rows(HEADS, &[&chats]).await? {
            let mut columns = PgColumns::of(&row);
            let place = usize::try_from(columns.number()?).unwrap_or(usize::MAX);
            if let Some(head) = heads.get_mut(place.wrapping_sub(1)) {
                *head = Some(columns.number()?);
            }
        }
        Ok(heads)
    }
}
