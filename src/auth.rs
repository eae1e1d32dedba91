//! Who is calling: credentials become an [`Identity`].

use std::sync::Arc;
use std::time::Instant;

use aws_lc_rs::digest;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use crate::ops::clock::Clock;
use crate::ops::config::Config;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{PresenceStatus, Scope, ServerRole, SessionId, Timestamp, Token, User, UserId, UserKind};
use crate::realtime::hub::Credential;
use crate::store::repository::{Account, AccountName, Document, Repository, StoredToken};

mod export_links;
mod jwt;
mod password;
pub mod rate_limits;
mod refresh;
mod secret;
pub mod security_log;

pub use export_links::ExportLinks;
pub use password::{Passwords, QueueKey, hash_password};
pub use refresh::RefreshToken;
pub use secret::{hash, is_well_formed, new_secret};

use jwt::{Claims, Keys};

/// The username and id of the built-in administrator.
pub const ADMIN: &str = "admin";

/// People may do with their log-ins whatever their role allows.
const ALL_SCOPES: [Scope; 3] = [Scope::Read, Scope::Write, Scope::Admin];
/// How exactly it is known when credentials were last used, in milliseconds.
const A_MINUTE: i64 = 60_000;
/// Owners that are looked up above a bot.
const OWNERS: usize = 32;

/// A caller who has proved an account.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The account's user; a bot never has a higher role here than its owners.
    pub user: Arc<User>,
    /// What the credentials may be used for.
    pub scopes: Vec<Scope>,
    /// The credentials, for revocation.
    pub credential: Credential,
    /// When the credentials expire.
    pub expires_at: Option<Timestamp>,
    /// When the storage was asked about them: what happened since must be looked up or heard of.
    pub checked_at: Instant,
    proof: Proof,
}

/// Credentials that are genuine, as far as that can be told without the storage: enough to ask it again.
#[derive(Clone)]
enum Proof {
    Administrator,
    ApiToken { hash: [u8; 32] },
    Session { user: UserId, session: SessionId, expires_at: Timestamp },
    Foreign { user: UserId, jti: String, issued_at: Timestamp, expires_at: Timestamp },
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Proof::Administrator => "Administrator",
            Proof::ApiToken { .. } => "ApiToken",
            Proof::Session { .. } => "Session",
            Proof::Foreign { .. } => "Foreign",
        })
    }
}

impl From<Claims> for Proof {
    fn from(claims: Claims) -> Self {
        let Claims { user, id: jti, issued_at, expires_at, session } = claims;
        match session {
            Some(session) => Proof::Session { user, session, expires_at },
            None => Proof::Foreign { user, jti, issued_at, expires_at },
        }
    }
}

/// An identity and the account it was read from.
#[derive(Debug)]
pub struct Proved {
    /// The caller.
    pub identity: Identity,
    /// The caller's account.
    pub account: Account,
}

impl Identity {
    /// The caller's role, as far as the credentials may be used for it.
    pub fn authority(&self) -> ServerRole {
        if self.scopes.contains(&Scope::Admin) { self.user.role } else { ServerRole::Member }
    }

    /// The owner of a session that has just begun or been renewed.
    pub fn of_session(account: &Account, session: &SessionId, expires_at: Timestamp) -> Identity {
        let proof = Proof::Session { user: account.user.id.clone(), session: session.clone(), expires_at };
        Identity {
            user: online(account.user.clone()),
            scopes: ALL_SCOPES.to_vec(),
            credential: Credential::Session(session.clone()),
            expires_at: Some(expires_at),
            checked_at: Instant::now(),
            proof,
        }
    }

    /// The same caller with the user as changed since.
    pub fn renewed(&self, user: &User) -> Identity {
        Identity { user: online(user.clone()), ..self.clone() }
    }

    /// Whether the credentials are a log-in, and not a token that can be made by another.
    pub fn is_session(&self) -> bool {
        matches!(self.credential, Credential::Session(_))
    }
}

/// Checks credentials, and issues access tokens.
#[derive(Debug)]
pub struct Authenticator {
    /// Computes and verifies hashes of passwords.
    pub passwords: Passwords,
    api_token: Option<SecretString>,
    keys: Keys,
}

impl Authenticator {
    /// Makes what must exist before the first connection: the built-in administrator, where there is a token for it,
    /// and a key to sign with, where none is set.
    ///
    /// # Errors
    /// Whatever the storage answers.
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
    ///
    /// # Errors
    /// `UNAUTHENTICATED` for a token that is wrong, `TOKEN_EXPIRED`, and `FORBIDDEN` for a banned account.
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

    /// The same identity as the storage has it now: to be asked after slow work, right before it takes effect.
    ///
    /// # Errors
    /// As for [`Authenticator::authenticate`].
    pub async fn confirm(&self, repository: &dyn Repository, identity: &Identity, now: Timestamp) -> Result<Proved> {
        identify(repository, identity.proof.clone(), now).await
    }

    fn is_api_token(&self, token: &str) -> bool {
        let digest = |text: &str| digest::digest(&digest::SHA256, text.as_bytes());
        self.api_token
            .as_ref()
            .is_some_and(|known| digest(known.expose_secret()).as_ref().ct_eq(digest(token).as_ref()).into())
    }
}

/// The key that was made when this storage was first used without a set one.
async fn kept_key(repository: &dyn Repository) -> Result<SecretString> {
    const PLACE: &str = "server:secret-key";
    let made = Document { version: 1, text: secret::random(64)? };
    // Where another node is faster, its key is the one that is kept.
    repository.save_document(PLACE, &made).await?;
    let kept = repository.document(PLACE).await?;
    kept.map(|document| SecretString::from(document.text)).ok_or_else(|| Error::internal("a key was kept and is gone"))
}

/// Asks the storage who is behind a proof, and whether that account may use the server.
async fn identify(repository: &dyn Repository, proof: Proof, now: Timestamp) -> Result<Proved> {
    // Before the storage is asked: a revocation that comes later is then heard of.
    let checked_at = Instant::now();
    let mut scopes = ALL_SCOPES.to_vec();
    let mut expiry = None;
    let (mut account, credential) = match &proof {
        Proof::Administrator => (account_of(repository, &UserId::from(ADMIN)).await?, Credential::Administrator),
        Proof::ApiToken { hash } => {
            let (stored, account) = repository.token_by_hash(hash).await?.ok_or_else(wrong)?;
            let token = used(repository, stored, now).await?;
            scopes = token.scopes;
            expiry = token.expires_at;
            (account, Credential::Token(token.id))
        }
        Proof::Session { user, session, expires_at } => {
            expiry = Some(*expires_at);
            (session_owner(repository, user, session, now).await?, Credential::Session(session.clone()))
        }
        Proof::Foreign { user, jti, issued_at, expires_at } => {
            expiry = Some(*expires_at);
            let account = account_of(repository, user).await?;
            let is_early = account.tokens_valid_from.is_some_and(|from| *issued_at <= from);
            if is_early || account.ended_tokens.iter().any(|ended| ended.jti == *jti) {
                return Err(wrong());
            }
            (account, Credential::Foreign(jti.clone()))
        }
    };
    if expiry.is_some_and(|expires_at| expires_at <= now) {
        return Err(expired());
    }
    account.user.role = admit(repository, &account, now).await?;
    let user = online(account.user.clone());
    Ok(Proved { identity: Identity { user, scopes, credential, expires_at: expiry, checked_at, proof }, account })
}

async fn account_of(repository: &dyn Repository, user: &UserId) -> Result<Account> {
    repository.account(&AccountName::Id(user.clone())).await?.ok_or_else(wrong)
}

/// The account of a session that has not ended.
async fn session_owner(
    repository: &dyn Repository,
    user: &UserId,
    session: &SessionId,
    now: Timestamp,
) -> Result<Account> {
    let Some((account, Some(kept))) = repository.account_in(user, session).await? else { return Err(wrong()) };
    if now.millis() - kept.last_seen_at.millis() >= A_MINUTE {
        repository.touch_session(user, session, now).await?;
    }
    Ok(account)
}

/// An API token that has not expired; its use is noted.
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

/// Refuses an account that is banned or deleted, and a bot any of whose owners is; the role the account may have: a
/// bot's is never higher than its owners'.
///
/// # Errors
/// `FORBIDDEN` for a ban, else `UNAUTHENTICATED`.
pub async fn admit(repository: &dyn Repository, account: &Account, now: Timestamp) -> Result<ServerRole> {
    refuse_banned(account, now)?;
    let mut role = account.user.role;
    let mut next = account.owner.clone();
    // Bots own no bots any more, but may from before; a longer chain can only be a circle.
    for _ in 0..OWNERS {
        let Some(owner) = next else { return Ok(role) };
        let owner = account_of(repository, &owner).await?;
        refuse_banned(&owner, now)?;
        role = role.min(owner.user.role);
        next = owner.owner;
    }
    Err(wrong())
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
    Error::new(Code::Unauthenticated, "these credentials are not valid")
}
