//! Checks connections against the storage alone, in case a revocation was missed.

use std::sync::Arc;

use async_trait::async_trait;

use crate::cluster::{Authority, Credential, HeldCredential, Review, Revocation, RevokedCredentials};
use crate::ops::clock::Clock;
use crate::protocol::error::{Code, Result};
use crate::protocol::{Close, Timestamp, User, UserId};
use crate::store::repository::{Account, AccountName, Repository};

use super::admit;

/// The accounts, sessions and tokens in the storage.
#[derive(Debug)]
pub struct StoredAuthority {
    repository: Arc<dyn Repository>,
    clock: Arc<Clock>,
}

impl StoredAuthority {
    /// Checks against this storage, at the time of this clock.
    pub fn new(repository: Arc<dyn Repository>, clock: Arc<Clock>) -> Arc<Self> {
        Arc::new(StoredAuthority { repository, clock })
    }

    /// The credentials that are no longer valid although the account may still be used.
    async fn ended(&self, account: &Account, held: &[HeldCredential], now: Timestamp) -> Result<Vec<Revocation>> {
        let mut sessions = None;
        let mut tokens = None;
        let mut ended = vec![];
        for HeldCredential { credential, age } in held {
            let reason = match credential {
                Credential::Administrator => None,
                Credential::Session(id) => {
                    if sessions.is_none() {
                        sessions = Some(self.repository.sessions(&account.user.id).await?);
                    }
                    let is_there = sessions.iter().flatten().any(|session| session.id == *id);
                    (!is_there).then_some("session ended")
                }
                Credential::Token(id) => {
                    if tokens.is_none() {
                        tokens = Some(self.tokens_for(account).await?);
                    }
                    let token = tokens.iter().flatten().find(|token| token.id == *id);
                    let is_valid = token.is_some_and(|token| token.expires_at.is_none_or(|end| end > now));
                    (!is_valid).then_some("token revoked")
                }
                Credential::Foreign(id) => {
                    // A token was issued before it was checked.
                    let age = i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
                    let checked = Timestamp::from_millis(now.millis().saturating_sub(age));
                    let is_early = account.tokens_valid_from.is_some_and(|from| checked <= from);
                    let has_ended = account.ended_tokens.iter().any(|ended| ended.jti == *id);
                    (is_early || has_ended).then_some("logged out")
                }
            };
            if let Some(reason) = reason {
                ended.push(Revocation {
                    user: account.user.id.clone(),
                    which: RevokedCredentials::One(credential.clone()),
                    close: Close { code: 4401, reason },
                });
            }
        }
        Ok(ended)
    }

    /// The tokens that authenticate an account: those that it made itself, and those that its owner made.
    async fn tokens_for(&self, account: &Account) -> Result<Vec<crate::protocol::Token>> {
        let mut tokens = self.repository.tokens(&account.user.id).await?;
        if let Some(owner) = &account.owner {
            tokens.extend(self.repository.tokens(owner).await?);
        }
        Ok(tokens)
    }
}

#[async_trait]
impl Authority for StoredAuthority {
    async fn review(&self, user: &UserId, held: &[HeldCredential]) -> Result<Review> {
        let now = self.clock.now();
        let shut_out = |code: u16, reason: &'static str| Review {
            user: None,
            revocations: vec![Revocation {
                user: user.clone(),
                which: RevokedCredentials::All,
                close: Close { code, reason },
            }],
        };
        let Some(account) = self.repository.account(&AccountName::Id(user.clone())).await? else {
            return Ok(shut_out(4401, "account deleted"));
        };
        let role = match admit(&*self.repository, &account, now).await {
            Ok(admitted) => admitted.role,
            Err(error) if error.code == Code::Forbidden => return Ok(shut_out(4403, "banned")),
            Err(error) if error.code == Code::Unauthenticated => return Ok(shut_out(4401, "account deleted")),
            Err(error) => return Err(error),
        };
        let revocations = self.ended(&account, held, now).await?;
        Ok(Review { user: Some(User { role, ..account.user }), revocations })
    }
}
