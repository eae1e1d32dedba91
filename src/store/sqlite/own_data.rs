use async_trait::async_trait;
use rusqlite::params;

use super::SqliteRepository;
use crate::protocol::{ChatId, UserId};
use crate::store::error::Result;
use crate::store::repository::{OwnData, OwnReaction};

const EVER_JOINED: &str =
    "SELECT chat_id FROM members WHERE user_id = ?1 AND (role IS NOT NULL OR left_seq > 0) ORDER BY chat_id";
const REACTIONS: &str =
    "SELECT message_id, emoji FROM reactions WHERE chat_id = ?1 AND user_id = ?2 ORDER BY message_id, emoji";

#[async_trait]
impl OwnData for SqliteRepository {
    async fn chats_ever_joined(&self, user: &UserId) -> Result<Vec<ChatId>> {
        let user = user.clone();
        let chats = move |snapshot: &rusqlite::Transaction<'_>| {
            snapshot.prepare_cached(EVER_JOINED)?.query_map([user], |row| row.get(0))?.collect()
        };
        self.readers.read(chats).await
    }

    async fn reactions_in(&self, chat: &ChatId, user: &UserId) -> Result<Vec<OwnReaction>> {
        let chat = chat.clone();
        let user = user.clone();
        let reactions = move |snapshot: &rusqlite::Transaction<'_>| {
            let mut statement = snapshot.prepare_cached(REACTIONS)?;
            let reaction = |row: &rusqlite::Row<'_>| Ok(OwnReaction { message: row.get(0)?, emoji: row.get(1)? });
            let found = statement.query_map(params![chat, user], reaction)?;
            found.collect()
        };
        self.readers.read(reactions).await
    }
}
