//! Sessions and API tokens.

use async_trait::async_trait;

use super::MemoryRepository;
use crate::protocol::{SessionId, Timestamp, Token, TokenId, UserId};
use crate::store::error::Result;
use crate::store::repository::{Account, CreatedToken, Sessions, StoredSession, StoredToken, Tokens};

#[async_trait]
impl Sessions for MemoryRepository {
    async fn create_session(&self, session: &StoredSession) -> Result<()> {
        let key = (session.user_id.clone(), session.id.clone());
        self.run(|tables| {
            tables.sessions.entry(key).or_insert_with(|| session.clone());
        })
        .await
    }

    async fn account_in(&self, user: &UserId, session: &SessionId) -> Result<Option<(Account, Option<StoredSession>)>> {
        let key = (user.clone(), session.clone());
        self.run(|tables| {
            let account = tables.accounts.get(user)?.account.clone();
            Some((account, tables.sessions.get(&key).cloned()))
        })
        .await
    }

    async fn sessions(&self, user: &UserId) -> Result<Vec<StoredSession>> {
        self.run(|tables| {
            let own = tables.sessions.values().filter(|session| session.user_id == *user);
            let mut own: Vec<StoredSession> = own.cloned().collect();
            own.sort_by(|one, other| (other.created_at, &other.id).cmp(&(one.created_at, &one.id)));
            own
        })
        .await
    }

    async fn renew_session(&self, session: &StoredSession, before: &[u8; 32]) -> Result<bool> {
        let key = (session.user_id.clone(), session.id.clone());
        self.run(|tables| {
            let Some(stored) = tables.sessions.get_mut(&key).filter(|stored| stored.refresh == *before) else {
                return false;
            };
            let StoredSession { refresh, last_seen_at, expires_at, previous, .. } = *session;
            *stored = StoredSession { refresh, last_seen_at, expires_at, previous, ..stored.clone() };
            true
        })
        .await
    }

    async fn touch_session(&self, user: &UserId, session: &SessionId, at: Timestamp) -> Result<()> {
        let key = (user.clone(), session.clone());
        self.run(|tables| {
            if let Some(stored) = tables.sessions.get_mut(&key) {
                stored.last_seen_at = stored.last_seen_at.max(at);
            }
        })
        .await
    }

    async fn forget_sessions(&self, before: Timestamp) -> Result<()> {
        self.run(|tables| tables.sessions.retain(|_, session| session.expires_at >= before)).await
    }

    async fn end_session(&self, user: &UserId, session: &SessionId) -> Result<bool> {
        let key = (user.clone(), session.clone());
        self.run(|tables| tables.sessions.remove(&key).is_some()).await
    }
}

#[async_trait]
impl Tokens for MemoryRepository {
    async fn create_token(&self, token: &StoredToken) -> Result<()> {
        let id = token.token.id.clone();
        self.run(|tables| {
            tables.tokens.entry(id).or_insert_with(|| token.clone());
        })
        .await
    }

    async fn token_by_hash(&self, hash: &[u8; 32]) -> Result<Option<(StoredToken, Account)>> {
        self.run(|tables| {
            let token = tables.tokens.values().find(|token| token.hash == *hash)?;
            let account = &tables.accounts.get(&token.token.user_id)?.account;
            Some((token.clone(), account.clone()))
        })
        .await
    }

    async fn token(&self, token: &TokenId) -> Result<Option<CreatedToken>> {
        self.run(|tables| {
            let stored = tables.tokens.get(token)?;
            Some(CreatedToken { token: stored.token.clone(), maker: stored.maker.clone() })
        })
        .await
    }

    async fn tokens(&self, maker: &UserId) -> Result<Vec<Token>> {
        self.run(|tables| {
            let own = tables.tokens.values().filter(|token| token.maker == *maker);
            let mut own: Vec<Token> = own.map(|token| token.token.clone()).collect();
            own.sort_by(|one, other| (other.created_at, &other.id).cmp(&(one.created_at, &one.id)));
            own
        })
        .await
    }

    async fn revoke_token(&self, maker: &UserId, token: &TokenId) -> Result<bool> {
        self.run(|tables| {
            let is_own = tables.tokens.get(token).is_some_and(|stored| stored.maker == *maker);
            is_own && tables.tokens.remove(token).is_some()
        })
        .await
    }

    async fn forget_tokens(&self, before: Timestamp, max: usize) -> Result<usize> {
        self.run(|tables| {
            let expired = tables.tokens.values().filter(|stored| stored.token.expires_at.is_some_and(|at| at < before));
            let mut expired: Vec<(Option<Timestamp>, TokenId)> =
                expired.map(|stored| (stored.token.expires_at, stored.token.id.clone())).collect();
            expired.sort();
            expired.truncate(max);
            for (_, token) in &expired {
                tables.tokens.remove(token);
            }
            expired.len()
        })
        .await
    }

    async fn touch_token(&self, token: &TokenId, at: Timestamp) -> Result<()> {
        self.run(|tables| {
            if let Some(stored) = tables.tokens.get_mut(token) {
                stored.token.last_used_at = stored.token.last_used_at.max(Some(at));
            }
        })
        .await
    }
}
