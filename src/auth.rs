//! Who is calling: credentials become an [`Identity`].

use std::sync::Arc;
use std::time::Instant;

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use crate::cluster::Credential;
use crate::ops::clock::Clock;
use crate::ops::config::Config;
use crate::ops::crypto;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{PresenceStatus, Scope, ServerRole, SessionId, Timestamp, Token, User, UserId, UserKind};
use crate::store::repository::{Account, AccountName, Document, Repository, StoredToken};

mod authority;
mod export_links;
mod jwt;
mod password;
pub mod rate_limits;
mod refresh;
mod secret;

pub use authority::StoredAuthority;
pub use export_links::ExportLinks;
pub use password::Passwords;
pub use refresh::RefreshToken;
pub use secret::{hash, is_well_formed, new_secret};

use jwt::{Claims, Keys};

/// The username and id of the built-in administrator.
pub const ADMIN: &str = "admin";

/// People may do with their log-ins whatever their role allows.
const ALL_SCOPES: [Scope; 3] = [Scope::Read, Scope::Write, Scope::Admin];
/// How exactly it is known when credentials were last used, in milliseconds.
const A_MINUTE: i64 = 60_000;

/// A caller whose credentials were good.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Who.
    pub user: Arc<User>,
    /// What the credentials may be used for.
    pub scopes: Vec<Scope>,
    /// What they were.
    pub credential: Credential,
    /// When the credentials stop working.
    pub expires_at: Option<Timestamp>,
    /// When they were looked at.
    pub checked_at: Instant,
}

impl Identity {
    /// The caller's role, as far as the credentials may be used for it.
    pub fn authority(&self) -> ServerRole {
        if self.scopes.contains(&Scope::Admin) { self.user.role } else { ServerRole::Member }
    }

    /// One who has logged in, until then.
    pub fn of_session(account: &Account, session: &SessionId, (until, checked_at): (Timestamp, Instant)) -> Identity {
        Identity {
            user: online(account.user.clone()),
            scopes: ALL_SCOPES.to_vec(),
            credential: Credential::Session(session.clone()),
            expires_at: Some(until),
            checked_at,
        }
    }

    /// The same caller as the user is now.
    pub fn renewed(&self, user: &User) -> Identity {
        Identity { user: online(user.clone()), ..self.clone() }
    }
}

/// Checks credentials, and issues access tokens.
#[derive(Debug)]
pub struct Authenticator {
    /// Makes and verifies the hashes of passwords.
    pub passwords: Passwords,
    api_token: Option<SecretString>,
    keys: Keys,
}

impl Authenticator {
    /// Makes what must exist before the first connection: the built-in administrator, where there is a token for it,
    /// and a key to sign with, where none is set.
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

    /// An access token of a log-in, and when it stops working.
    pub fn issue(
        &self,
        log_in: (&UserId, &SessionId),
        id: &str,
        (now, lifetime_seconds): (Timestamp, i64),
    ) -> Result<(String, Timestamp)> {
        self.keys.issue(log_in, id, (now, lifetime_seconds))
    }

    /// The identity that a token proves, and the account behind it.
    pub async fn authenticate(
        &self,
        repository: &dyn Repository,
        token: &str,
        now: Timestamp,
    ) -> Result<(Identity, Account)> {
        let checked_at = Instant::now();
        let (account, scopes, credential, expires_at) = if self.is_api_token(token) {
            let account = repository.account(&AccountName::Id(UserId::from(ADMIN))).await?.ok_or_else(wrong)?;
            (account, ALL_SCOPES.to_vec(), Credential::Administrator, None)
        } else if is_well_formed(token) {
            let (stored, account) = repository.token_by_hash(&hash(token)).await?.ok_or_else(wrong)?;
            let Token { id, scopes, expires_at, .. } = used(repository, stored, now).await?;
            (account, scopes, Credential::Token(id), expires_at)
        } else {
            let claims = self.keys.verify(token, now)?;
            let expires_at = Some(claims.expires_at);
            let (account, credential) = vouched(repository, claims, now).await?;
            (account, ALL_SCOPES.to_vec(), credential, expires_at)
        };
        admit(repository, &account, now).await?;
        let user = online(account.user.clone());
        Ok((Identity { user, scopes, credential, expires_at, checked_at }, account))
    }

    fn is_api_token(&self, token: &str) -> bool {
        let digest = |text: &str| crypto::sha256(text.as_bytes());
        self.api_token.as_ref().is_some_and(|known| digest(known.expose_secret()).ct_eq(&digest(token)).into())
    }
}

/// The key that was made when this storage was first used without a set one.
async fn kept_key(repository: &dyn Repository) -> Result<SecretString> {
    const PLACE: &str = "server:secret-key";
    let made = Document { version: 1, text: secret::random::<32>()? };
    // Where another node is faster, its key is the one that is kept.
    repository.save_document(PLACE, &made).await?;
    let kept = repository.document(PLACE).await?;
    kept.map(|document| SecretString::from(document.text)).ok_or_else(|| Error::internal("a key was kept and is gone"))
}

/// Whom a good access token vouches for: somebody whose log-in has not ended, or whom another service knows.
async fn vouched(repository: &dyn Repository, claims: Claims, now: Timestamp) -> Result<(Account, Credential)> {
    let Some(session) = claims.session else {
        let account = repository.account(&AccountName::Id(claims.user)).await?.ok_or_else(wrong)?;
        let is_early = account.tokens_valid_from.is_some_and(|from| claims.issued_at <= from);
        let has_ended = account.ended_tokens.iter().any(|ended| ended.jti == claims.id);
        return if is_early || has_ended { Err(wrong()) } else { Ok((account, Credential::Foreign(claims.id))) };
    };
    let found = repository.account_in(&claims.user, &session).await?;
    let Some((account, Some(kept))) = found else { return Err(wrong()) };
    if now.millis() - kept.last_seen_at.millis() >= A_MINUTE {
        repository.touch_session(&claims.user, &session, now).await?;
    }
    Ok((account, Credential::Session(session)))
}

/// An API token that may be used, which is noted.
async fn used(repository: &dyn Repository, stored: StoredToken, now: Timestamp) -> Result<Token> {
    let token = stored.token;
    if token.expires_at.is_some_and(|end| end <= now) {
        return Err(expired());
    }
    if token.last_used_at.is_none_or(|last| now.millis() - last.millis() >= A_MINUTE) {
        repository.touch_token(&token.id, now).await?;
    }
    Ok(token)
}

/// Refuses those who are banned or gone, and their bots.
pub async fn admit(repository: &dyn Repository, account: &Account, now: Timestamp) -> Result<()> {
    refuse_banned(account, now)?;
    let Some(owner) = &account.owner else { return Ok(()) };
    match repository.account(&AccountName::Id(owner.clone())).await? {
        Some(owner) => refuse_banned(&owner, now),
        None => Ok(()),
    }
}

fn refuse_banned(account: &Account, now: Timestamp) -> Result<()> {
    if account.deleted_at.is_some() {
        return Err(wrong());
    }
    let Some(ban) = account.ban_at(now) else { return Ok(()) };
    let reason = ban.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
    Err(Error::forbidden(format!("this account is banned {}{reason}", ban.term())))
}

fn expired() -> Error {
    Error::new(Code::TokenExpired, "the token has expired; get a new one")
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
