//! Who is calling: credentials become an [`Identity`].

use std::sync::Arc;

use aws_lc_rs::digest;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use crate::clock::Clock;
use crate::error::{Code, Error, Result};
use crate::model::{PresenceStatus, Scope, ServerRole, Timestamp, TokenId, User, UserId, UserKind};
use crate::repository::Repository;

mod secret;

pub use secret::{hash, is_well_formed, new_secret};

/// The username and id of the built-in administrator.
pub const ADMIN: &str = "admin";

/// A caller whose credentials were good.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Who.
    pub user: Arc<User>,
    /// What the credentials may be used for.
    pub scopes: Vec<Scope>,
    /// The API token, unless it is the built-in one.
    pub token: Option<TokenId>,
    /// When the credentials stop working.
    pub expires_at: Option<Timestamp>,
}

impl Identity {
    /// The caller's role, as far as the credentials may be used for it.
    pub fn authority(&self) -> ServerRole {
        if self.scopes.contains(&Scope::Admin) { self.user.role } else { ServerRole::Member }
    }
}

/// Checks credentials.
#[derive(Debug)]
pub struct Authenticator {
    api_token: Option<SecretString>,
}

impl Authenticator {
    /// Knows the built-in administrator's token, if there is one.
    pub fn new(api_token: Option<SecretString>) -> Self {
        Authenticator { api_token }
    }

    /// Makes the built-in administrator, where there is a token for it.
    pub async fn prepare(&self, repository: &dyn Repository, clock: &Clock) -> Result<()> {
        if self.api_token.is_some() && repository.users(&[ADMIN]).await?.iter().all(Option::is_none) {
            repository.create_user(&administrator(clock.now()), None, "username").await?;
        }
        Ok(())
    }

    /// The identity that a token proves.
    pub async fn authenticate(&self, repository: &dyn Repository, token: &str, now: Timestamp) -> Result<Identity> {
        if self.is_api_token(token) {
            return administrator_identity(repository).await;
        }
        if !is_well_formed(token) {
            return Err(wrong());
        }
        let (stored, user) = repository.token_by_hash(&hash(token)).await?.ok_or_else(wrong)?;
        if stored.token.expires_at.is_some_and(|end| end <= now) {
            return Err(Error::new(Code::TokenExpired, "the token has expired; get a new one"));
        }
        if stored.token.last_used_at.is_none_or(|last| now.millis() - last.millis() >= 60_000) {
            repository.touch_token(&stored.token.id, now).await?;
        }
        Ok(Identity {
            user: online(user),
            scopes: stored.token.scopes,
            token: Some(stored.token.id),
            expires_at: stored.token.expires_at,
        })
    }

    fn is_api_token(&self, token: &str) -> bool {
        let digest = |text: &str| digest::digest(&digest::SHA256, text.as_bytes());
        self.api_token
            .as_ref()
            .is_some_and(|known| digest(known.expose_secret()).as_ref().ct_eq(digest(token).as_ref()).into())
    }
}

async fn administrator_identity(repository: &dyn Repository) -> Result<Identity> {
    let user = repository.users(&[ADMIN]).await?.pop().flatten().ok_or_else(wrong)?;
    Ok(Identity {
        user: online(user),
        scopes: vec![Scope::Read, Scope::Write, Scope::Admin],
        token: None,
        expires_at: None,
    })
}

fn administrator(at: Timestamp) -> User {
    User {
        id: UserId::from(ADMIN),
        username: ADMIN.into(),
        display_name: "Administrator".into(),
        avatar_url: None,
        kind: UserKind::Bot,
        role: ServerRole::Admin,
        status: Default::default(),
        last_seen_at: None,
        created_at: at,
        email: None,
    }
}

/// One who calls is there.
fn online(user: User) -> Arc<User> {
    Arc::new(User { status: PresenceStatus::Online, ..user })
}

/// One text for every kind of wrong credentials.
fn wrong() -> Error {
    Error::new(Code::Unauthenticated, "these credentials are not good")
}
