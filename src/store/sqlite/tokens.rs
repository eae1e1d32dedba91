//! API tokens.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::SqliteRepository;
use super::rows::SqliteColumns;
use super::values::filled;
use crate::protocol::{Timestamp, Token, TokenId, UserId};
use crate::store::error::Result;
use crate::store::repository::{Account, CreatedToken, StoredToken, Tokens};
use crate::store::sql::columns::SqlColumns;
use crate::store::sql::page::sql_limit;
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::tokens::{BY_HASH, BY_ID, DELETE, INSERT, OF_MAKER, TOUCH};

const FORGET: &str = "DELETE FROM tokens WHERE id IN \
    (SELECT id FROM tokens WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2)";

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

    async fn token(&self, token: &TokenId) -> Result<Option<CreatedToken>> {
        let token = token.clone();
        let made = |row: &Row<'_>| {
            let mut columns = SqliteColumns::of(row);
            Ok(CreatedToken { maker: columns.get()?, token: columns.token()? })
        };
        self.readers.read(move |snapshot| snapshot.prepare_cached(BY_ID)?.query_row([&token], made).optional()).await
    }

    async fn tokens(&self, maker: &UserId) -> Result<Vec<Token>> {
        let maker = maker.clone();
        let tokens = |snapshot: &Connection, maker: &UserId| {
            snapshot.prepare_cached(OF_MAKER)?.query_map([maker], |row| SqliteColumns::of(row).token())?.collect()
        };
        self.readers.read(move |snapshot| tokens(snapshot, &maker)).await
    }

    async fn revoke_token(&self, maker: &UserId, token: &TokenId) -> Result<bool> {
        let maker = maker.clone();
        let token = token.clone();
        self.write(move |connection| Ok(connection.prepare_cached(DELETE)?.execute(params![token, maker])? > 0)).await
    }

    async fn forget_tokens(&self, before: Timestamp, max: usize) -> Result<usize> {
        let limit = sql_limit(max);
        self.write(move |connection| connection.prepare_cached(FORGET)?.execute(params![before, limit])).await
    }

    async fn touch_token(&self, token: &TokenId, at: Timestamp) -> Result<()> {
        let token = token.clone();
        self.write(move |connection| connection.prepare_cached(TOUCH)?.execute(params![token, at]).map(drop)).await
    }
}

/// Stores a token; storing the same id again changes nothing.
fn create(connection: &Connection, stored: &StoredToken) -> rusqlite::Result<()> {
    let StoredToken { token, maker, hash } = stored;
    let Token { id, name, scopes, user_id, created_at, expires_at, last_used_at } = token;
    let scopes = filled(scopes);
    let row = params![id, hash, user_id, maker, name, scopes, created_at, expires_at, last_used_at];
    connection.prepare_cached(INSERT)?.execute(row).map(drop)
}

fn by_hash(connection: &Connection, hash: &[u8; 32]) -> rusqlite::Result<Option<(StoredToken, Account)>> {
    let both = |row: &Row<'_>| {
        let mut columns = SqliteColumns::of(row);
        let account = columns.account()?;
        let maker = columns.get()?;
        Ok((StoredToken { token: columns.token()?, maker, hash: *hash }, account))
    };
    connection.prepare_cached(BY_HASH)?.query_row([hash], both).optional()
}
