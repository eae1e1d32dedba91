//! API tokens: the authoritative document is in the maker's partition; two pointers lead to it, by the hash of the
//! secret and by the id.

use async_trait::async_trait;
use azure_data_cosmos::Query;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::container::WriteResult;
use super::failure::contended;
use super::partition::ATTEMPTS;
use super::query::CosmosQuery;
use super::readable::{self, Readable};
use super::{CosmosRepository, Store, ids, queries};
use crate::protocol::{Timestamp, Token, TokenId, UserId};
use crate::store::error::Result;
use crate::store::persisted;
use crate::store::repository::{Account, CreatedToken, StoredToken, Tokens};

const POINTER: &str = "pointer";

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TokenDocument {
    id: String,
    /// The user who made the token.
    user_id: UserId,
    token_id: TokenId,
    #[serde(with = "persisted")]
    token: Token,
    hash: [u8; 32],
    #[serde(rename = "_etag", default, skip_serializing)]
    etag: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Pointer {
    id: String,
    user_id: String,
    maker: UserId,
    token: TokenId,
    user: UserId,
}

/// The maker and id of an expired token.
#[derive(Debug, Deserialize)]
struct ExpiredToken {
    maker: UserId,
    token: TokenId,
}

#[async_trait]
impl Tokens for CosmosRepository {
    async fn create_token(&self, token: &StoredToken) -> Result<()> {
        self.store.new_token(token).await
    }

    async fn token_by_hash(&self, hash: &[u8; 32]) -> Result<Option<(StoredToken, Account)>> {
        self.store.token_of(hash).await
    }

    async fn token(&self, token: &TokenId) -> Result<Option<CreatedToken>> {
        self.store.made_token(token).await
    }

    async fn tokens(&self, maker: &UserId) -> Result<Vec<Token>> {
        self.store.tokens_of(maker).await
    }

    async fn revoke_token(&self, maker: &UserId, token: &TokenId) -> Result<bool> {
        self.store.forget_token(maker, token).await
    }

    async fn forget_tokens(&self, before: Timestamp, max: usize) -> Result<usize> {
        let question = CosmosQuery(Query::from(queries::EXPIRED_TOKENS)).with("@top", max)?.with("@before", before)?;
        let expired: Vec<ExpiredToken> = self.store.users.query_all(question.0, "token").await?;
        for ExpiredToken { maker, token } in &expired {
            self.store.forget_token(maker, token).await?;
        }
        Ok(expired.len())
    }

    async fn touch_token(&self, token: &TokenId, at: Timestamp) -> Result<()> {
        self.store.use_token(token, at).await
    }
}

impl Store {
    /// The tokens that a user made, each if it can be read, with their hashes, by id.
    pub(super) async fn stored_tokens_of(&self, maker: &UserId) -> Result<Vec<Readable<StoredToken>>> {
        let found: Vec<Value> = self.users.query(maker, Query::from(queries::TOKENS), "export").await?;
        let read = |document: &Value| {
            let TokenDocument { user_id, token, hash, .. } = readable::TOKEN.read(document)?;
            Ok(StoredToken { token, maker: user_id, hash })
        };
        let mut tokens: Vec<Readable<StoredToken>> = found.iter().map(read).collect();
        tokens.sort_by_cached_key(|stored| stored.as_ref().ok().map(|stored| stored.token.id.clone()));
        Ok(tokens)
    }

    /// Writes a token of an archive.
    pub(super) async fn restore_token(&self, stored: &StoredToken) -> Result<()> {
        self.new_token(stored).await
    }

    /// Stores a token; storing the same id again changes nothing.
    async fn new_token(&self, stored: &StoredToken) -> Result<()> {
        let StoredToken { token, maker, hash } = stored;
        let document = TokenDocument {
            id: id(&token.id),
            user_id: maker.clone(),
            token_id: token.id.clone(),
            token: token.clone(),
            hash: *hash,
            etag: String::new(),
        };
        // The maker's document comes first: a working token can always be listed and revoked.
        self.users.create(maker, &document.id, &document, "token").await?;
        for partition in [by_hash(hash), by_id(&token.id)] {
            let pointer = Pointer {
                id: POINTER.to_owned(),
                user_id: partition.clone(),
                maker: maker.clone(),
                token: token.id.clone(),
                user: token.user_id.clone(),
            };
            self.users.upsert(&partition, POINTER, &pointer, "token").await?;
        }
        Ok(())
    }

    /// The token with this hash, and the account of its user.
    async fn token_of(&self, hash: &[u8; 32]) -> Result<Option<(StoredToken, Account)>> {
        let pointer: Option<Pointer> = self.users.read(&by_hash(hash), POINTER, "token").await?;
        let Some(pointer) = pointer else { return Ok(None) };
        let (document, account) =
            tokio::join!(self.token(&pointer.maker, &pointer.token), self.account_of(&pointer.user));
        let (Some(document), Some(account)) = (document?, account?) else { return Ok(None) };
        let stored = StoredToken { token: document.token, maker: document.user_id, hash: document.hash };
        Ok((stored.hash == *hash).then_some((stored, account)))
    }

    /// The token with that id.
    async fn made_token(&self, token: &TokenId) -> Result<Option<CreatedToken>> {
        if !ids::fits(token) {
            return Ok(None);
        }
        let pointer: Option<Pointer> = self.users.read(&by_id(token), POINTER, "token").await?;
        let Some(pointer) = pointer else { return Ok(None) };
        let document = self.token(&pointer.maker, token).await?;
        Ok(document.map(|document| CreatedToken { token: document.token, maker: document.user_id }))
    }

    async fn token(&self, maker: &UserId, token: &TokenId) -> Result<Option<TokenDocument>> {
        self.users.read(maker, &id(token), "token").await
    }

    /// The tokens that a user made, newest first.
    pub(super) async fn tokens_of(&self, maker: &UserId) -> Result<Vec<Token>> {
        let found: Vec<TokenDocument> = self.users.query(maker, Query::from(queries::TOKENS), "token").await?;
        let mut tokens: Vec<Token> = found.into_iter().map(|document| document.token).collect();
        tokens.sort_by(|one, other| (other.created_at, &other.id).cmp(&(one.created_at, &one.id)));
        Ok(tokens)
    }

    /// Deletes a token from the list of its maker; false if it was not there.
    async fn forget_token(&self, maker: &UserId, token: &TokenId) -> Result<bool> {
        if !ids::fits(token) {
            return Ok(false);
        }
        let Some(document) = self.token(maker, token).await? else { return Ok(false) };
        let deleted = self.users.delete(maker, &document.id, None, "token").await?;
        for partition in [by_hash(&document.hash), by_id(token)] {
            self.users.delete(&partition, POINTER, None, "token").await?;
        }
        // A request that was sent twice finds its own write.
        Ok(matches!(deleted, WriteResult::Done(_) | WriteResult::Changed))
    }

    /// Records a use; the latest time is kept, in whatever order uses are recorded.
    async fn use_token(&self, token: &TokenId, at: Timestamp) -> Result<()> {
        let pointer: Option<Pointer> = self.users.read(&by_id(token), POINTER, "token").await?;
        let Some(pointer) = pointer else { return Ok(()) };
        for _ in 0..ATTEMPTS {
            let Some(mut document) = self.token(&pointer.maker, token).await? else { return Ok(()) };
            if document.token.last_used_at >= Some(at) {
                return Ok(());
            }
            document.token.last_used_at = Some(at);
            let etag = std::mem::take(&mut document.etag);
            let place = (&*pointer.maker, &*document.id);
            if let WriteResult::Done(_) = self.users.replace(place.0, place.1, &document, &etag, "token").await? {
                return Ok(());
            }
        }
        Err(contended())
    }
}

fn id(token: &TokenId) -> String {
    format!("token:{}", ids::encoded(token))
}

fn by_hash(hash: &[u8; 32]) -> String {
    let digits: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("token-hash:{digits}")
}

fn by_id(token: &TokenId) -> String {
    format!("token-id:{token}")
}
