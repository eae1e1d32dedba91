use async_trait::async_trait;

use crate::protocol::{Timestamp, Token, TokenId, UserId};
use crate::store::error::Result;

use super::Account;

/// Stores API tokens.
#[async_trait]
pub trait Tokens: std::fmt::Debug + Send + Sync + 'static {
    /// Stores a new API token under the hash of its secret.
    async fn create_token(&self, token: &StoredToken) -> Result<()>;

    /// The token with this hash, and the account that it authenticates.
    async fn token_by_hash(&self, hash: &[u8; 32]) -> Result<Option<(StoredToken, Account)>>;

    /// The token with that id.
    async fn token(&self, token: &TokenId) -> Result<Option<CreatedToken>>;

    /// The tokens that a user made, newest first.
    async fn tokens(&self, maker: &UserId) -> Result<Vec<Token>>;

    /// Deletes a token that the user made; false if it does not exist.
    async fn revoke_token(&self, maker: &UserId, token: &TokenId) -> Result<bool>;

    /// Deletes at most `max` tokens that expired before a time, and returns their number.
    async fn forget_tokens(&self, before: Timestamp, max: usize) -> Result<usize>;

    /// Records when a token was last used; the latest time is kept.
    async fn touch_token(&self, token: &TokenId, at: Timestamp) -> Result<()>;
}

/// An API token and the user who created it.
#[derive(Clone, Debug, PartialEq)]
pub struct CreatedToken {
    /// The token.
    pub token: Token,
    /// The user who created it.
    pub maker: UserId,
}

/// The stored record of an API token.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredToken {
    /// The public part.
    pub token: Token,
    /// The user who created the token.
    pub maker: UserId,
    /// SHA-256 of the secret.
    pub hash: [u8; 32],
}
