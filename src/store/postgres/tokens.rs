//! API tokens.

use async_trait::async_trait;

use super::PostgresRepository;
use super::accounts::{account, account_columns};
use super::error::{PgError, failure};
use super::rows::{Columns, user_columns};
use super::session::Parameters;
use super::values::{Text, filled};
use crate::protocol::{Timestamp, Token, TokenId, UserId};
use crate::store::error::Result;
use crate::store::repository::{Account, StoredToken, Tokens};
use crate::store::sql::token_columns;

const BY_HASH: &str = concat!(
    "SELECT ",
    account_columns!(),
    ", t.maker_id, ",
    token_columns!(),
    " FROM tokens t JOIN users u ON u.id = t.user_id WHERE t.hash = $1"
);

const TOKENS: &str =
    concat!("SELECT ", token_columns!(), " FROM tokens t WHERE t.maker_id = $1 ORDER BY t.created_at DESC, t.id DESC");

const INSERT: &str = "INSERT INTO tokens \
    (id, hash, user_id, maker_id, name, scopes, created_at, expires_at, last_used_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING";

const DELETE: &str = "DELETE FROM tokens WHERE id = $1 AND maker_id = $2 RETURNING id";

const FORGET: &str = "WITH old AS (SELECT id FROM tokens WHERE expires_at < $1 ORDER BY expires_at LIMIT $2) \
    DELETE FROM tokens USING old WHERE tokens.id = old.id RETURNING 1";

const TOUCH: &str = "UPDATE tokens SET last_used_at = $2 \
    WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)";

#[async_trait]
impl Tokens for PostgresRepository {
    async fn create_token(&self, stored: &StoredToken) -> Result<()> {
        let StoredToken { token, maker, hash } = stored;
        let Token { id, name, scopes, user_id, created_at, expires_at, last_used_at } = token;
        let hash = &hash[..];
        let name = Text(name);
        let scopes = filled(scopes);
        let values: Parameters<'_> = &[id, &hash, user_id, maker, &name, &scopes, created_at, expires_at, last_used_at];
        self.writers.rows(INSERT, values).await.map(drop).map_err(failure)
    }

    async fn token_by_hash(&self, hash: &[u8; 32]) -> Result<Option<(StoredToken, Account)>> {
        let Some(row) = self.readers.row(BY_HASH, &[&&hash[..]]).await.map_err(failure)? else { return Ok(None) };
        let read = || {
            let mut columns = Columns::of(&row);
            let account = account(&mut columns)?;
            let maker = columns.get()?;
            Ok((StoredToken { token: token(&mut columns)?, maker, hash: *hash }, account))
        };
        read().map(Some).map_err(failure)
    }

    async fn tokens(&self, maker: &UserId) -> Result<Vec<Token>> {
        let rows = self.readers.rows(TOKENS, &[maker]).await.map_err(failure)?;
        rows.iter().map(|row| token(&mut Columns::of(row)).map_err(failure)).collect()
    }

    async fn revoke_token(&self, maker: &UserId, token: &TokenId) -> Result<bool> {
        Ok(self.writers.row(DELETE, &[token, maker]).await.map_err(failure)?.is_some())
    }

    async fn forget_tokens(&self, before: Timestamp, most: usize) -> Result<usize> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        Ok(self.writers.rows(FORGET, &[&before, &most]).await.map_err(failure)?.len())
    }

    async fn touch_token(&self, token: &TokenId, at: Timestamp) -> Result<()> {
        self.writers.rows(TOUCH, &[token, &at]).await.map(drop).map_err(failure)
    }
}

fn token(columns: &mut Columns<'_>) -> std::result::Result<Token, PgError> {
    Ok(Token {
        id: columns.get()?,
        name: columns.text()?,
        scopes: columns.list()?,
        user_id: columns.get()?,
        created_at: columns.get()?,
        expires_at: columns.get()?,
        last_used_at: columns.get()?,
    })
}
