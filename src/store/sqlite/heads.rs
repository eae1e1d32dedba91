use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension};

use super::SqliteRepository;
use super::values::number;
use crate::error::Result;
use crate::model::{ChatId, Seq};
use crate::repository::Heads;

#[async_trait]
impl Heads for SqliteRepository {
    async fn heads(&self, chats: &[ChatId]) -> Result<Vec<Option<Seq>>> {
        let chats = chats.to_vec();
        self.readers.read(move |snapshot| chats.iter().map(|chat| head(snapshot, chat)).collect()).await
    }
}

fn head(connection: &Connection, chat: &ChatId) -> rusqlite::Result<Option<Seq>> {
    connection.prepare_cached("SELECT seq FROM chats WHERE id = ?1")?.query_row([chat], |row| number(row, 0)).optional()
}
