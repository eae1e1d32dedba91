use async_trait::async_trait;
use rusqlite::Row;

use super::SqliteRepository;
use super::journal::JournalIndex;
use super::values::{integer, number};
use super::view::ChatsView;
use crate::store::error::Result;
use crate::store::repository::{MOST_EMOJI, StoredCounts, Totals};

const USERS: &str = "SELECT count(*) FROM users WHERE deleted_at IS NULL";
const CHATS: &str = "SELECT count(*), ifnull(sum(message_count), 0) FROM chats";
const REACTIONS: &str = "SELECT emoji, count(*) FROM reactions GROUP BY emoji ORDER BY count(*) DESC, emoji LIMIT ?1";

#[async_trait]
impl StoredCounts for SqliteRepository {
    async fn totals(&self) -> Result<Totals> {
        self.view(JournalIndex::capture_all, totals).await
    }
}

fn totals(view: &ChatsView<'_>) -> rusqlite::Result<Totals> {
    let users = view.prepare_cached(USERS)?.query_row([], |row| number(row, 0))?;
    let mut chats = view.prepare_cached(CHATS)?;
    let (chats, moved) = chats.query_row([], |row| Ok((number(row, 0)?, number(row, 1)?)))?;
    let messages = moved + view.pending_messages();
    let reaction = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, number(row, 1)?));
    let mut reactions = view.prepare_cached(REACTIONS)?;
    let reactions = reactions.query_map([integer(MOST_EMOJI as u64)], reaction)?.collect::<rusqlite::Result<_>>()?;
    Ok(Totals { users, chats, messages, reactions })
}
