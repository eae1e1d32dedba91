use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::SqliteRepository;
use super::messages::clock;
use super::values::number;
use super::view::ChatsView;
use crate::protocol::{ChatId, Seq};
use crate::store::error::Result;
use crate::store::repository::{ChatSize, Heads};
use crate::store::sql::page::sql_limit;
use crate::store::sql::statements::chats::EVERY;

#[async_trait]
impl Heads for SqliteRepository {
    async fn heads(&self, chats: &[ChatId]) -> Result<Vec<Option<Seq>>> {
        let chats = chats.to_vec();
        let asked = chats.clone();
        self.read_chats(asked, move |view| chats.iter().map(|chat| clock(view, chat)).collect()).await
    }

    async fn sizes(&self, chats: &[ChatId]) -> Result<Vec<Option<ChatSize>>> {
        let chats = chats.to_vec();
        let asked = chats.clone();
        self.read_chats(asked, move |view| chats.iter().map(|chat| size(view, chat)).collect()).await
    }

    async fn every_chat(&self, after: Option<&ChatId>, limit: usize) -> Result<Vec<ChatId>> {
        let after = after.map_or_else(String::new, ToString::to_string);
        let limit = sql_limit(limit);
        self.readers.read(move |snapshot| every(snapshot, &after, limit)).await
    }

    async fn has_ended(&self, chat: &ChatId) -> Result<bool> {
        let chat = chat.clone();
        self.readers.read(move |snapshot| has_ended(snapshot, &chat)).await
    }
}

fn every(connection: &Connection, after: &str, limit: i64) -> rusqlite::Result<Vec<ChatId>> {
    connection.prepare_cached(EVERY)?.query_map(params![after, limit], |row| row.get(0))?.collect()
}

/// The journal contains only messages and marks, so the table's number of members is current.
fn size(view: &ChatsView<'_>, chat: &ChatId) -> rusqlite::Result<Option<ChatSize>> {
    let pending = view.pending(chat).map(|pending| pending.head());
    let row = |row: &Row<'_>| {
        let seq = pending.map_or_else(|| number(row, 0), Ok)?;
        Ok(ChatSize { seq, members: number(row, 1)? })
    };
    let mut statement = view.prepare_cached("SELECT seq, member_count FROM chats WHERE id = ?1")?;
    statement.query_row([chat], row).optional()
}

pub(super) fn has_ended(connection: &Connection, chat: &ChatId) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM ended_chats WHERE id = ?1")?.exists([chat])
}
