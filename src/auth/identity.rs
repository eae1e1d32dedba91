//! A caller's identity, as stored: the single place where permissions are looked up.

use std::sync::Arc;

use tokio::time::Instant;

use crate::cluster::Credential;
use crate::protocol::error::{Error, Result};
use crate::protocol::{PresenceStatus, Scope, ServerRole, SessionId, Timestamp, Token, User, UserId};
use crate::store::repository::{Account, AccountName, Repository, StoredToken};

use super::jwt::{Claims, SKEW};
use super::{ADMIN, expired, wrong};

/// Log-ins have every scope; the role limits what they may do.
const ALL_SCOPES: [Scope; 3] = [Scope::Read, Scope::Write, Scope::Admin];
/// Precision in milliseconds of the time at which credentials were last used.
const A_MINUTE: i64 = 60_000;
/// Maximum number of owners looked up above a bot.
const OWNERS: usize = 32;

/// A caller who has proved an account.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The account's user; a bot's role here never exceeds its owners'.
    pub user: Arc<User>,
    /// The person who answers for a bot, at the top of its chain of owners. None for people, and for the bots of the
    /// built-in administrator, which are independent of each other.
    pub owner: Option<UserId>,
    /// The permissions of the credentials.
    pub scopes: Vec<Scope>,
    /// The credentials, for revocation.
    pub credential: Credential,
    /// Expiry of the credentials, if they expire.
    pub expires_at: Option<Timestamp>,
    /// Time of the check against the storage. Later changes are known only from events or another look-up.
    pub checked_at: Instant,
    pub(super) proof: Proof,
}

/// Credentials verified as far as possible without the storage, and kept so that they can be checked again.
#[derive(Clone)]
pub(super) enum Proof {
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
    /// The caller's role, as far as the credentials permit its use.
    pub fn authority(&self) -> ServerRole {
        if self.scopes.contains(&Scope::Admin) { self.user.role } else { ServerRole::Member }
    }

    /// The owner of a session that was just started or refreshed.
    pub fn of_session(account: &Account, session: &SessionId, expires_at: Timestamp) -> Identity {
        let proof = Proof::Session { user: account.user.id.clone(), session: session.clone(), expires_at };
        Identity {
            user: online(account.user.clone()),
            owner: None,
            scopes: ALL_SCOPES.to_vec(),
            credential: Credential::Session(session.clone()),
            expires_at: Some(expires_at),
            checked_at: Instant::now(),
            proof,
        }
    }

    /// The same caller with the changed user.
    pub fn renewed(&self, user: &User) -> Identity {
        Identity { user: online(user.clone()), ..self.clone() }
    }

    /// The user whose quotas the caller uses: the bot's owner, or the caller.
    pub fn payer(&self) -> &UserId {
        self.owner.as_ref().unwrap_or(&self.user.id)
    }

    /// True if the credentials are a session, and not a token that somebody else may have created.
    pub fn is_session(&self) -> bool {
        matches!(self.credential, Credential::Session(_))
    }
}

/// Looks up the account behind a proof, and checks that it may use the server.
pub(super) async fn identify(repository: &dyn Repository, proof: Proof, now: Timestamp) -> Result<Proved> {
    // Taken before the look-up, so that a later revocation is not missed.
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
            // A service whose clock is ahead may have issued the token earlier than it says.
            let is_since = |from: Timestamp| issued_at.millis() > from.millis().saturating_add(SKEW);
            let is_early = account.tokens_valid_from.is_some_and(|from| !is_since(from));
            if is_early || account.ended_tokens.iter().any(|ended| ended.jti == *jti) {
                return Err(wrong());
            }
            (account, Credential::Foreign(jti.clone()))
        }
    };
    if expiry.is_some_and(|expires_at| expires_at <= now) {
        return Err(expired());
    }
    let Admitted { role, owner } = admit(repository, &account, now).await?;
    account.user.role = role;
    let user = online(account.user.clone());
    Ok(Proved {
        identity: Identity { user, owner, scopes, credential, expires_at: expiry, checked_at, proof },
        account,
    })
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

/// An API token that has not expired; records its use.
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

/// An account that may use the server.
#[derive(Debug)]
pub struct Admitted {
    /// The account's role; a bot's never exceeds its owners'.
    pub role: ServerRole,
    /// The person at the top of a bot's chain of owners.
    pub owner: Option<UserId>,
}

/// Refuses an account that is banned or deleted, and a bot if any of its owners is.
///
/// # Errors
/// `FORBIDDEN` for a ban, otherwise `UNAUTHENTICATED`.
pub async fn admit(repository: &dyn Repository, account: &Account, now: Timestamp) -> Result<Admitted> {
    refuse_banned(account, now)?;
    let mut role = account.user.role;
    let mut next = account.owner.clone();
    let mut last = None;
    // Bots cannot own bots any more, but older data may have such chains; a longer chain can only be a cycle.
    for _ in 0..OWNERS {
        let Some(owner) = next else { return Ok(Admitted { role, owner: last }) };
        let owner = account_of(repository, &owner).await?;
        refuse_banned(&owner, now)?;
        role = role.min(owner.user.role);
        last = Some(owner.user.id).filter(|owner| **owner != *ADMIN);
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

/// The user with the status of a connected user.
fn online(user: User) -> Arc<User> {
    Arc::new(User { status: PresenceStatus::Online, ..user })
}
