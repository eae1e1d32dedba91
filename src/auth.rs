//! Credentials and what they prove: passwords, tokens, sessions, export links, and limits on guessing them.
//!
//! This room queries the storage and knows nothing of commands or sockets. Begin reading at [`Authenticator`], then
//! `identity.rs`: the single place where a caller's account is read.

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use crate::ops::clock::Clock;
use crate::ops::config::Config;
use crate::ops::crypto;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{BUILT_IN_ADMIN, ServerRole, Timestamp, User, UserId, UserKind};
use crate::store::repository::{Account, AccountName, Document, Repository};

mod authority;
mod export_links;
mod identity;
mod jwt;
mod password;
pub mod rate_limits;
mod refresh;
mod secret;
pub mod security_log;

pub use authority::StoredAuthority;
pub use export_links::ExportLinks;
pub use identity::{Identity, Proved, admit};
pub use password::{ImportedScheme, Passwords, QueueKey, hash_password, imported_hash, is_costly, is_imported};
pub use refresh::RefreshToken;
pub use secret::{hash, is_well_formed, new_secret};

use identity::{Proof, identify};
use jwt::Keys;
pub use jwt::{AccessGrant, IssuedToken};

/// The username and id of the built-in administrator.
pub const ADMIN: &str = BUILT_IN_ADMIN;

/// Checks credentials, and issues access tokens.
#[derive(Debug)]
pub struct Authenticator {
    /// Computes and verifies password hashes.
    pub passwords: Passwords,
    api_token: Option<SecretString>,
    keys: Keys,
}

impl Authenticator {
    /// Creates everything needed before the first connection: the built-in administrator if a token for it is set, and
    /// a signing key if none is set.
    ///
    /// # Errors
    /// Fails if the storage fails.
    pub async fn start(config: &Config, repository: &dyn Repository, clock: &Clock) -> Result<Self> {
        if config.api_token.is_some() {
            repository.create_account(&Account::new(administrator(clock.now()))).await?;
        }
        let keys = match config.accounts.secret_keys.as_slice() {
            [] => Keys::new(&[kept_key(repository).await?])?,
            keys => Keys::new(keys)?,
        };
        Ok(Authenticator { passwords: Passwords::default(), api_token: config.api_token.clone(), keys })
    }

    /// Issues an access token for a session.
    ///
    /// # Errors
    /// `INTERNAL` if it cannot be signed.
    pub fn issue(&self, grant: &AccessGrant<'_>) -> Result<IssuedToken> {
        self.keys.issue(grant)
    }

    /// The identity that a token proves, and the account behind it.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` for an invalid token, `TOKEN_EXPIRED` for an expired one, and `FORBIDDEN` for a banned
    /// account.
    pub async fn authenticate(&self, repository: &dyn Repository, token: &str, now: Timestamp) -> Result<Proved> {
        let proof = if self.is_api_token(token) {
            Proof::Administrator
        } else if is_well_formed(token) {
            Proof::ApiToken { hash: hash(token) }
        } else {
            self.keys.verify(token, now)?.into()
        };
        identify(repository, proof, now).await
    }

    /// The identity of the built-in administrator, whose account is created on first use.
    ///
    /// # Errors
    /// `CONFLICT` if another account has its name.
    pub async fn administrator(&self, repository: &dyn Repository, now: Timestamp) -> Result<Proved> {
        if repository.account(&AccountName::Id(UserId::from(ADMIN))).await?.is_none() {
            repository.create_account(&Account::new(administrator(now))).await?;
        }
        identify(repository, Proof::Administrator, now).await
    }

    /// The same identity as currently stored; call it after slow work, right before the identity takes effect.
    ///
    /// # Errors
    /// As for [`Authenticator::authenticate`].
    pub async fn confirm(&self, repository: &dyn Repository, identity: &Identity, now: Timestamp) -> Result<Proved> {
        identify(repository, identity.proof.clone(), now).await
    }

    fn is_api_token(&self, token: &str) -> bool {
        let digest = |text: &str| crypto::sha256(text.as_bytes());
        self.api_token.as_ref().is_some_and(|known| digest(known.expose_secret()).ct_eq(&digest(token)).into())
    }
}

/// The key that is stored for servers without SECRET_KEY; created on first use.
async fn kept_key(repository: &dyn Repository) -> Result<SecretString> {
    const PLACE: &str = "server:secret-key";
    let made = Document { version: 1, text: secret::random::<32>()? };
    // If another node is faster, its key is the one that stays.
    repository.save_document(PLACE, &made).await?;
    let kept = repository.document(PLACE).await?;
    kept.map(|document| SecretString::from(document.text)).ok_or_else(|| Error::internal("the signing key is missing"))
}

fn expired() -> Error {
    Error::new(Code::TokenExpired, "the token has expired; get a new one")
}

/// The built-in administrator, created at this time.
pub fn administrator(at: Timestamp) -> User {
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
        version: 1,
    }
}

/// The single message for every kind of wrong credential.
fn wrong() -> Error {
    Error::new(Code::Unauthenticated, "these credentials are not valid")
}
