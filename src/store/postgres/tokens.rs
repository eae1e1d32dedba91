//! API tokens.

use async_trait::async_trait;

use super::PostgresRepository;
use super::error::failure;
use super::rows::{PgColumns, PgResult};
use super::session::Parameters;
use super::values::{Text, filled};
use crate::protocol::{Timestamp, Token, TokenId, UserId};
use crate::store::error::Result;
use crate::store::repository::{Account, CreatedToken, StoredToken, Tokens};
use crate::store::sql::columns::SqlColumns;
use crate::store::sql::page::sql_limit;
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::{postgres_statement, tokens};

const BY_HASH: &str = postgres_statement!(tokens::BY_HASH);
const BY_ID: &str = postgres_statement!(tokens::BY_ID);
const OF_MAKER: &str = postgres_statement!(tokens::OF_MAKER);
const INSERT: &str = postgres_statement!(tokens::INSERT);
const DELETE: &str = postgres_statement!(tokens::DELETE);
const TOUCH: &str = postgres_statement!(tokens::TOUCH);

const FORGET: &str = "WITH old AS (SELECT id FROM tokens WHERE expires_at < $1 ORDER BY expires_at LIMIT $2) \
    DELETE FROM tokens USING old WHERE tokens.id = old.id RETURNING 1";

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
        let read = || -> PgResult<_> {
            let mut columns = PgColumns::of(&row);
            let account = columns.account()?;
            let maker = columns.get()?;
            Ok((StoredToken { token: columns.token()?, maker, hash: *hash }, account))
        };
        read().map(Some).map_err(failure)
    }

    async fn token(&self, token: &TokenId) -> Result<Option<CreatedToken>> {
        let Some(row) = self.readers.row(BY_ID, &[token]).await.map_err(failure)? else { return Ok(None) };
        let read = || -> PgResult<_> {
            let mut columns = PgColumns::of(&row);
            Ok(CreatedToken { maker: columns.get()?, token: columns.token()? })
        };
        read().map(Some).map_err(failure)
    }

    async fn tokens(&self, maker: &UserId) -> Result<Vec<Token>> {
        let rows = self.readers.rows(OF_MAKER, &[maker]).await.map_err(failure)?;
        rows.iter().map(|row| PgColumns::of(row).token().map_err(failure)).collect()
    }

    async fn revoke_token(&self, maker: &UserId, token: &TokenId) -> Result<bool> {
        Ok(self.writers.execute(DELETE, &[token, maker]).await.map_err(failure)? > 0)
    }

    async fn forget_tokens(&self, before: Timestamp, max: usize) -> Result<usize> {
        let max = sql_limit(max);
        Ok(self.writers.rows(FORGET, &[&before, &max]).await.map_err(failure)?.len())
    }

    async fn touch_token(&self, token: &TokenId, at: Timestamp) -> Result<()> {
        self.writers.rows(TOUCH, &[token, &at]).await.map(drop).map_err(failure)
    }
}
