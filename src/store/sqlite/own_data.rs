use async_trait::async_trait;
use rusqlite::params;

use super::SqliteRepository;
use super::rows::SqliteColumns;
use crate::protocol::{ChatId, UserId};
use crate::store::error::Result;
use crate::store::repository::{OwnData, OwnReaction};
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::chats::EVER_JOINED;
use crate::store::sql::statements::reactions::OWN;

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
            let mut statement = snapshot.prepare_cached(OWN)?;
            let reaction = |row: &rusqlite::Row<'_>| SqliteColumns::of(row).own_reaction();
            let found = statement.query_map(params![chat, user], reaction)?;
            found.collect()
        };
        self.readers.read(reactions).await
    }
}
