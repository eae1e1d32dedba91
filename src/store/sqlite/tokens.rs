//! API tokens.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::SqliteRepository;
use super::accounts::{ACCOUNT_WIDTH, account, account_columns};
use super::rows::user_columns;
use super::values::{filled, list};
use crate::protocol::{Timestamp, Token, TokenId, UserId};
use crate::store::error::Result;
use crate::store::repository::{Account, StoredToken, Tokens};
use crate::store::sql::token_columns;

const BY_HASH: &str = concat!(
    "SELECT ",
    account_columns!(),
    ", t.maker_id, t.hash, ",
    token_columns!(),
    " FROM tokens t JOIN users u ON u.id = t.user_id WHERE t.hash = ?1"
);

const TOKENS: &str =
    concat!("SELECT ", token_columns!(), " FROM tokens t WHERE t.maker_id = ?1 ORDER BY t.created_at DESC, t.id DESC");

const INSERT: &str = "INSERT INTO tokens \
    (id, hash, user_id, maker_id, name, scopes, created_at, expires_at, last_used_at) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING";

const DELETE: &str = "DELETE FROM tokens WHERE id = ?1 AND maker_id = ?2";

const FORGET: &str = "DELETE FROM tokens WHERE id IN \
    (SELECT id FROM tokens WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2)";

const TOUCH: &str = "UPDATE tokens SET last_used_at = ?2 WHERE id = ?1 AND ifnull(last_used_at, ?2 - 1) < ?2";

#[async_trait]
impl Tokens for SqliteRepository {
    async fn create_token(&self, token: &StoredToken) -> Result<()> {
        let token = token.clone();
        self.write(move |connection| create(connection, &token)).await
    }

    async fn token_by_hash(&self, hash: &[u8; 32]) -> Result<Option<(StoredToken, Account)>> {
        let hash = *hash;
        self.readers.read(move |snapshot| by_hash(snapshot, &hash)).await
    }

    async fn tokens(&self, maker: &UserId) -> Result<Vec<Token>> {
        let maker = maker.clone();
        let tokens = |snapshot: &Connection, maker: &UserId| {
            snapshot.prepare_cached(TOKENS)?.query_map([maker], |row| token(row, 0))?.collect()
        };
        self.readers.read(move |snapshot| tokens(snapshot, &maker)).await
    }

    async fn revoke_token(&self, maker: &UserId, token: &TokenId) -> Result<bool> {
        let maker = maker.clone();
        let token = token.clone();
        self.write(move |connection| Ok(connection.prepare_cached(DELETE)?.execute(params![token, maker])? > 0)).await
    }

    async fn forget_tokens(&self, before: Timestamp, most: usize) -> Result<usize> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.write(move |connection| connection.prepare_cached(FORGET)?.execute(params![before, most])).await
    }

    async fn touch_token(&self, token: &TokenId, at: Timestamp) -> Result<()> {
        let token = token.clone();
        self.write(move |connection| connection.prepare_cached(TOUCH)?.execute(params![token, at]).map(drop)).await
    }
}

/// Keeps a token; the same id again changes nothing.
fn create(connection: &Connection, stored: &StoredToken) -> rusqlite::Result<()> {
    let StoredToken { token, maker, hash } = stored;
    let Token { id, name, scopes, user_id, created_at, expires_at, last_used_at } = token;
    let scopes = filled(scopes);
    let row = params![id, hash, user_id, maker, name, scopes, created_at, expires_at, last_used_at];
    connection.prepare_cached(INSERT)?.execute(row).map(drop)
}

fn by_hash(connection: &Connection, hash: &[u8; 32]) -> rusqlite::Result<Option<(StoredToken, Account)>> {
    let both = |row: &Row<'_>| {
        let maker = row.get(ACCOUNT_WIDTH)?;
        let hash = row.get(ACCOUNT_WIDTH + 1)?;
        Ok((StoredToken { token: token(row, ACCOUNT_WIDTH + 2)?, maker, hash }, account(row, 0)?))
    };
    connection.prepare_cached(BY_HASH)?.query_row([hash], both).optional()
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
