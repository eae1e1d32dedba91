use async_trait::async_trait;
use rusqlite::Connection;

use super::SqliteRepository;
use super::messages::clock;
use crate::protocol::{ChatId, Seq};
use crate::store::error::Result;
use crate::store::repository::Heads;

#[async_trait]
impl Heads for SqliteRepository {
    async fn heads(&self, chats: &[ChatId]) -> Result<Vec<Option<Seq>>> {
        let chats = chats.to_vec();
        let asked = chats.clone();
        self.read_chats(asked, move |view| chats.iter().map(|chat| clock(view, chat)).collect()).await
    }

    async fn has_ended(&self, chat: &ChatId) -> Result<bool> {
        let chat = chat.clone();
        self.readers.read(move |snapshot| has_ended(snapshot, &chat)).await
    }
}

pub(super) fn has_ended(connection: &Connection, chat: &ChatId) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM ended_chats WHERE id = ?1")?.exists([chat])
}
