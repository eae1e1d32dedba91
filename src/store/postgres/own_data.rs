use async_trait::async_trait;

use super::PostgresRepository;
use super::error::{PgError, failure};
use super::rows::PgColumns;
use crate::protocol::{ChatId, UserId};
use crate::store::error::Result;
use crate::store::repository::{OwnData, OwnReaction};
use crate::store::sql::columns::SqlColumns;
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::{chats, postgres_statement, reactions};

const EVER_JOINED: &str = postgres_statement!(chats::EVER_JOINED);
const REACTIONS: &str = postgres_statement!(reactions::OWN);

#[async_trait]
impl OwnData for PostgresRepository {
    async fn chats_ever_joined(&self, user: &UserId) -> Result<Vec<ChatId>> {
        let rows = self.readers.rows(EVER_JOINED, &[user]).await.map_err(failure)?;
        rows.iter().map(|row| PgColumns::of(row).get()).collect::<std::result::Result<_, PgError>>().map_err(failure)
    }

    async fn reactions_in(&self, chat: &ChatId, user: &UserId) -> Result<Vec<OwnReaction>> {
        let rows = self.readers.rows(REACTIONS, &[chat, user]).await.map_err(failure)?;
        let reaction = |row| PgColumns::of(row).own_reaction();
        rows.iter().map(reaction).collect::<std::result::Result<_, PgError>>().map_err(failure)
    }
}
