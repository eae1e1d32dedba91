use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension};

use super::SqliteRepository;
use super::values::number;
use crate::protocol::{ChatId, Seq};
use crate::store::error::Result;
use crate::store::repository::Heads;

#[async_trait]
impl Heads for SqliteRepository {
    async fn heads(&self, chats: &[ChatId]) -> Result<Vec<Option<Seq>>> {
        let chats = chats.to_vec();
        self.readers.read(move |snapshot| chats.iter().map(|chat| head(snapshot, chat)).collect()).await
    }

    async fn has_ended(&self, chat: &ChatId) -> Result<bool> {
        let chat = chat.clone();
        self.readers.read(move |snapshot| has_ended(snapshot, &chat)).await
    }
}

pub(super) fn has_ended(connection: &Connection, chat: &ChatId) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM ended_chats WHERE id = ?1")?.exists([chat])
}

fn head(connection: &Connection, chat: &ChatId) -> rusqlite::Result<Option<Seq>> {
    connection.prepare_cached("SELECT seq FROM chats WHERE id = ?1")?.query_row([chat], |row| number(row, 0)).optional()
}
