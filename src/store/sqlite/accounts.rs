//! Users and their API tokens.

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::failure;
use super::rows::{self, USER_WIDTH, user_columns};
use super::values::{filled, list};
use crate::error::{Error, Result};
use crate::model::{Timestamp, Token, TokenId, User, UserId};
use crate::repository::StoredToken;

const BY_ID: &str = concat!("SELECT ", user_columns!(), " FROM users u WHERE u.id = ?1");
const BY_NAME: &str = concat!("SELECT ", user_columns!(), " FROM users u WHERE u.username_key = ?1");

const INSERT_USER: &str = "INSERT INTO users \
    (id, username, username_key, display_name, avatar_url, kind, role, owner_id, last_seen_at, created_at) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

/// The columns that [`token`] reads, of a table named `t`.
macro_rules! token_columns {
    () => {
        "t.id, t.name, t.scopes, t.user_id, t.created_at, t.expires_at, t.last_used_at"
    };
}

const TOKEN_BY_HASH: &str = concat!(
    "SELECT ",
    user_columns!(),
    ", t.maker_id, t.hash, ",
    token_columns!(),
    " FROM tokens t JOIN users u ON u.id = t.user_id WHERE t.hash = ?1"
);

const TOKENS: &str =
    concat!("SELECT ", token_columns!(), " FROM tokens t WHERE t.maker_id = ?1 ORDER BY t.created_at DESC, t.id DESC");

const INSERT_TOKEN: &str = "INSERT INTO tokens \
    (id, hash, user_id, maker_id, name, scopes, created_at, expires_at, last_used_at) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING";

/// Each by id, else by username.
pub(super) fn users(connection: &Connection, names: &[String]) -> rusqlite::Result<Vec<Option<User>>> {
    let find = |name: &String| match one(connection, BY_ID, name)? {
        None => one(connection, BY_NAME, &username_key(name)),
        found => Ok(found),
    };
    names.iter().map(find).collect()
}

fn one(connection: &Connection, query: &str, name: &str) -> rusqlite::Result<Option<User>> {
    connection.prepare_cached(query)?.query_row([name], |row| rows::user(row, 0)).optional()
}

fn username_key(username: &str) -> String {
    username.to_lowercase()
}

/// Makes a user, unless the id is there already or the username taken.
pub(super) fn create_user(
    connection: &mut Connection,
    user: &User,
    owner: Option<&UserId>,
    field: &'static str,
) -> Result<User> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failure)?;
    if let Some(existing) = one(&transaction, BY_ID, &user.id).map_err(failure)? {
        return Ok(existing);
    }
    if one(&transaction, BY_NAME, &username_key(&user.username)).map_err(failure)?.is_some() {
        return Err(Error::conflict("this username is taken").at(field));
    }
    let User { id, username, display_name, avatar_url, kind, role, last_seen_at, created_at, .. } = user;
    let key = username_key(username);
    let row = params![id, username, key, display_name, avatar_url, kind, role, owner, last_seen_at, created_at];
    transaction.prepare_cached(INSERT_USER).and_then(|mut insert| insert.execute(row)).map_err(failure)?;
    let made = one(&transaction, BY_ID, id).map_err(failure)?;
    transaction.commit().map_err(failure)?;
    made.ok_or_else(|| Error::internal("a user was written and cannot be read"))
}

/// The user who owns a bot.
pub(super) fn owner(connection: &Connection, bot: &UserId) -> rusqlite::Result<Option<UserId>> {
    let query = "SELECT owner_id FROM users WHERE id = ?1";
    Ok(connection.prepare_cached(query)?.query_row([bot], |row| row.get(0)).optional()?.flatten())
}

/// Keeps a token; the same id again changes nothing.
pub(super) fn create_token(connection: &Connection, stored: &StoredToken) -> rusqlite::Result<()> {
    let StoredToken { token, maker, hash } = stored;
    let Token { id, name, scopes, user_id, created_at, expires_at, last_used_at } = token;
    let scopes = filled(scopes);
    let row = params![id, hash, user_id, maker, name, scopes, created_at, expires_at, last_used_at];
    connection.prepare_cached(INSERT_TOKEN)?.execute(row).map(drop)
}

/// The token with that hash, and its user.
pub(super) fn token_by_hash(connection: &Connection, hash: &[u8; 32]) -> rusqlite::Result<Option<(StoredToken, User)>> {
    let both = |row: &Row<'_>| {
        let (maker, hash) = (row.get(USER_WIDTH)?, row.get(USER_WIDTH + 1)?);
        Ok((StoredToken { token: token(row, USER_WIDTH + 2)?, maker, hash }, rows::user(row, 0)?))
    };
    connection.prepare_cached(TOKEN_BY_HASH)?.query_row([hash], both).optional()
}

/// The tokens that a user made, newest first.
pub(super) fn tokens(connection: &Connection, maker: &UserId) -> rusqlite::Result<Vec<Token>> {
    connection.prepare_cached(TOKENS)?.query_map([maker], |row| token(row, 0))?.collect()
}

/// Whether there was one to forget.
pub(super) fn revoke_token(connection: &Connection, maker: &UserId, token: &TokenId) -> rusqlite::Result<bool> {
    let delete = "DELETE FROM tokens WHERE id = ?1 AND maker_id = ?2";
    Ok(connection.prepare_cached(delete)?.execute(params![token, maker])? > 0)
}

/// The latest use stays, in whatever order they are told.
pub(super) fn touch_token(connection: &Connection, token: &TokenId, at: Timestamp) -> rusqlite::Result<()> {
    let update = "UPDATE tokens SET last_used_at = ?2 WHERE id = ?1 AND ifnull(last_used_at, ?2 - 1) < ?2";
    connection.prepare_cached(update)?.execute(params![token, at]).map(drop)
}

fn token(row: &Row<'_>, from: usize) -> rusqlite::Result<Token> {
    Ok(Token {
        id: row.get(from)?,
        name: row.get(from + 1)?,
        scopes: list(row, from + 2)?,
        user_id: row.get(from + 3)?,
        created_at: row.get(from + 4)?,
        expires_at: row.get(from + 5)?,
        last_used_at: row.get(from + 6)?,
    })
}
