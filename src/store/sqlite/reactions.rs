//! Reactions and mentions: rows for data that the messages themselves do not hold.

use rusqlite::{Connection, OptionalExtension, params};

use super::rows;
use super::values::{SqliteJson, integer};
use crate::domain::{FIRST_REACTORS, ReactionKey};
use crate::protocol::{ChatId, Message, Seq, UserId};
use crate::store::loader::ReactionOf;
use crate::store::repository::Reacted;
use crate::store::sql::statements::reactions::{NEXT, SINCE};

const ADD: &str =
    "INSERT OR REPLACE INTO reactions (chat_id, message_id, emoji, user_id, seq) VALUES (?1, ?2, ?3, ?4, ?5)";
const REMOVE: &str = "DELETE FROM reactions WHERE chat_id = ?1 AND message_id = ?2 AND emoji = ?3 AND user_id = ?4";
const FORGET: &str = "DELETE FROM mentions WHERE chat_id = ?1 AND seq = ?2 \
    AND user_id NOT IN (SELECT value FROM json_each(?3))";
const MENTION: &str = "INSERT OR IGNORE INTO mentions (chat_id, seq, user_id, created_at, mentioned_seq) \
    VALUES (?1, ?2, ?3, ?4, ?5)";

/// The position at which the user added the emoji to the message.
pub(super) fn since(connection: &Connection, chat: &ChatId, key: &ReactionKey) -> rusqlite::Result<Option<Seq>> {
    let (message, emoji, user) = key;
    let parameters = params![chat, message, emoji, user];
    connection.prepare_cached(SINCE)?.query_row(parameters, rows::seq).optional()
}

/// The first user of a reaction after those that the message lists.
pub(super) fn next(
    connection: &Connection,
    chat: &ChatId,
    reaction: ReactionOf<'_>,
) -> rusqlite::Result<Option<UserId>> {
    let ReactionOf { message, emoji } = reaction;
    let parameters = params![chat, message, emoji, integer(FIRST_REACTORS as u64)];
    connection.prepare_cached(NEXT)?.query_row(parameters, |row| row.get(0)).optional()
}

/// Reports for each of these reactions whether the user is among its users.
pub(super) fn reacted(connection: &Connection, user: &UserId, asked: &[Reacted]) -> rusqlite::Result<Vec<bool>> {
    let is_there = |asked: &Reacted| {
        let key = (asked.message.clone(), asked.emoji.clone(), user.clone());
        Ok(since(connection, &asked.chat, &key)?.is_some())
    };
    asked.iter().map(is_there).collect()
}

/// Stores that the user's emoji was added at a position, or removed.
pub(super) fn save(
    connection: &Connection,
    chat: &ChatId,
    key: &ReactionKey,
    since: Option<Seq>,
) -> rusqlite::Result<()> {
    let (message, emoji, user) = key;
    match since {
        Some(seq) => {
            let row = params![chat, message, emoji, user, integer(seq)];
            connection.prepare_cached(ADD)?.execute(row).map(drop)
        }
        None => connection.prepare_cached(REMOVE)?.execute(params![chat, message, emoji, user]).map(drop),
    }
}

/// Updates the rows to match the message. A new message without mentions has none.
pub(super) fn follow(connection: &Connection, message: &Message) -> rusqlite::Result<()> {
    let chat = &message.chat_id;
    let seq = integer(message.seq);
    if message.edited_at.is_some() || message.deleted_at.is_some() {
        // All remaining mentions existed before the edit.
        connection.prepare_cached(FORGET)?.execute(params![chat, seq, SqliteJson(&message.mentions)])?;
    }
    if message.deleted_at.is_some() {
        let mut remove = connection.prepare_cached("DELETE FROM reactions WHERE chat_id = ?1 AND message_id = ?2")?;
        remove.execute(params![chat, message.id])?;
    }
    for user in &message.mentions {
        connection.prepare_cached(MENTION)?.execute(params![
            chat,
            seq,
            user,
            message.created_at,
            integer(message.updated_seq)
        ])?;
    }
    Ok(())
}

/// Removes everything that belongs to a deleted chat.
pub(super) fn remove(connection: &Connection, chat: &ChatId) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM reactions WHERE chat_id = ?1")?.execute([chat])?;
    connection.prepare_cached("DELETE FROM mentions WHERE chat_id = ?1")?.execute([chat]).map(drop)
}
