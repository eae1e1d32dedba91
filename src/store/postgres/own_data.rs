use async_trait::async_trait;

use super::PostgresRepository;
use super::error::{PgError, failure};
use super::rows::Columns;
use super::values::Text;
use crate::protocol::{ChatId, UserId};
use crate::store::error::Result;
use crate::store::repository::{OwnData, OwnReaction};

const EVER_JOINED: &str =
    "SELECT chat_id FROM members WHERE user_id = $1 AND (role IS NOT NULL OR left_seq > 0) ORDER BY chat_id";
const REACTIONS: &str =
    "SELECT message_id, emoji FROM reactions WHERE chat_id = $1 AND user_id = $2 ORDER BY message_id, emoji";

#[async_trait]
impl OwnData for PostgresRepository {
    async fn chats_ever_joined(&self, user: &UserId) -> Result<Vec<ChatId>> {
        let rows = self.readers.rows(EVER_JOINED, &[user]).await.map_err(failure)?;
        rows.iter().map(|row| Columns::of(row).get()).collect::<std::result::Result<_, PgError>>().map_err(failure)
    }

    async fn reactions_in(&self, chat: &ChatId, user: &UserId) -> Result<Vec<OwnReaction>> {
        let rows = self.readers.rows(REACTIONS, &[chat, user]).await.map_err(failure)?;
        let reaction = |row| {
            let mut columns = Columns::of(row);
            Ok(OwnReaction { message: columns.get()?, emoji: columns.get::<Text<String>>()?.0 })
        };
        rows.iter().map(reaction).collect::<std::result::Result<_, PgError>>().map_err(failure)
    }
}
