//! Sessions: start, refresh and end, and the single place where credentials are checked.

use std::net::IpAddr;
use std::time::Duration;

use crate::api::context::Services;
use crate::auth::{self, AccessGrant, Identity, IssuedToken, Proved, RefreshToken, hash, security_log};
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{Scope, SessionId, Timestamp, UserId};
use crate::realtime::hub::{Credential, Revocation, RevokedCredentials};
use crate::realtime::outbox::Close;
use crate::store::repository::{Account, PreviousRefresh, StoredSession};

use super::accounts;

/// Attempts to refresh a session that others are refreshing at the same time.
const ATTEMPTS: usize = 5;

/// The tokens of a log-in.
#[derive(Debug)]
pub struct Issued {
    /// The token for handshakes and AUTHENTICATE.
    pub access: IssuedToken,
    /// The token for REFRESH_TOKEN.
    pub refresh: IssuedToken,
}

/// A session that was started or refreshed, checked again after the slow work before it.
#[derive(Debug)]
pub struct BegunSession {
    /// The caller and the account, as currently stored.
    pub proved: Proved,
    /// The tokens.
    pub issued: Issued,
}

/// The identity that a token proves. Failures are throttled per address and logged, however the token was sent.
///
/// # Errors
/// `UNAUTHENTICATED`, `TOKEN_EXPIRED`, `FORBIDDEN` for a banned account, `RATE_LIMITED` after too many wrong tokens.
pub async fn authenticate(services: &Services, token: &str, address: IpAddr) -> Result<Proved> {
    let digest = hash(token);
    services.rate_limits.token(&digest, address)?;
    let now = services.clock.now();
    let result = services.authenticator.authenticate(&*services.repository, token, now).await;
    note_token(services, digest, address, result)
}

/// As [`authenticate`], for a connection: it gets events, so its token needs the scope `read`, which old tokens may lack.
///
/// # Errors
/// As for [`authenticate`], and `FORBIDDEN` without the scope.
pub async fn authenticate_connection(services: &Services, token: &str, address: IpAddr) -> Result<Proved> {
    let proved = authenticate(services, token, address).await?;
    if !proved.identity.scopes.contains(&Scope::Read) {
        let sentence = "a connection gets events, and the token lacks the scope read; create another token, or send \
            commands by POST /command";
        return Err(Error::forbidden(sentence));
    }
    Ok(proved)
}

/// The built-in administrator, for a caller for whom the system or the command line vouches.
///
/// # Errors
/// `CONFLICT` if another account has its name.
pub async fn administrator(services: &Services) -> Result<Proved> {
    services.authenticator.administrator(&*services.repository, services.clock.now()).await
}

/// Counts and logs the outcome of a token check.
fn note_token<T>(services: &Services, digest: [u8; 32], address: IpAddr, result: Result<T>) -> Result<T> {
    match &result {
        Ok(_) => services.rate_limits.token_worked(digest, address),
        // Expired tokens and tokens of banned accounts were genuine, so they do not count as guesses.
        Err(Error { code: Code::Unauthenticated, .. }) => {
            services.bus.share_attempt(&services.rate_limits.token_failed(address));
            security_log::token_refused(address, Code::Unauthenticated);
        }
        Err(Error { code: code @ (Code::TokenExpired | Code::Forbidden), .. }) => {
            security_log::token_refused(address, *code);
        }
        Err(_) => {}
    }
    result
}

/// Checks an identity again right before it takes effect, because its account, session or token may have changed.
///
/// # Errors
/// As for [`authenticate`].
pub async fn confirm(services: &Services, identity: &Identity) -> Result<Proved> {
    services.authenticator.confirm(&*services.repository, identity, services.clock.now()).await
}

/// Starts a session of an account whose password was just checked or set; `account` is its state at that time.
///
/// The session is stored first and the account is read again afterwards. Password changes and bans work the other way
/// round: they commit first and end the sessions afterwards. So in any order, one of the two sees the other.
///
/// # Errors
/// `UNAUTHENTICATED` or `FORBIDDEN` if the account changed during the log-in; the session is then deleted again.
pub async fn begin(services: &Services, account: &Account, device: Option<String>) -> Result<BegunSession> {
    let now = services.clock.now();
    let user = &account.user.id;
    make_room(services, user, now).await?;
    let token = RefreshToken::first(user.clone(), SessionId::from(services.clock.id()))?;
    let session = StoredSession {
        id: token.session.clone(),
        user_id: user.clone(),
        device_id: device,
        created_at: now,
        last_seen_at: now,
        expires_at: refresh_expiry(services, now),
        family: hash(&token.family),
        refresh: hash(&token.text()),
        previous: None,
    };
    services.repository.create_session(&session).await?;
    let issued = issued(services, account, &session, &token, now)?;
    let identity = Identity::of_session(account, &session.id, issued.access.expires_at);
    let proved = match confirm(services, &identity).await {
        Ok(proved) if proved.account.password == account.password => Ok(proved),
        Ok(_) => Err(accounts::wrong_password()),
        Err(error) if error.code == Code::Unauthenticated => Err(accounts::wrong_password()),
        Err(error) => Err(error),
    };
    if proved.is_err() {
        services.repository.end_session(user, &session.id).await?;
    }
    Ok(BegunSession { proved: proved?, issued })
}

async fn make_room(services: &Services, user: &UserId, now: Timestamp) -> Result<()> {
    let mut sessions = services.repository.sessions(user).await?;
    sessions.sort_by_key(|session| std::cmp::Reverse(session.last_seen_at));
    let max = services.config.limits.sessions_per_user;
    let is_over = |place: usize| max > 0 && place + 1 >= max;
    let old = sessions.iter().enumerate().filter(|(place, session)| is_over(*place) || session.expires_at <= now);
    for (_, session) in old {
        end(services, user, &session.id, "session ended").await?;
    }
    Ok(())
}

/// Refreshes a session: a refresh token is valid once, and the next one replaces it. Reusing a token ends the session,
/// unless it is the previous one and the settings allow for lost replies.
///
/// # Errors
/// `UNAUTHENTICATED` or `TOKEN_EXPIRED` at `refreshToken`; `FORBIDDEN` for a banned account.
pub async fn refresh(services: &Services, text: &str, address: IpAddr) -> Result<BegunSession> {
    let digest = hash(text);
    services.rate_limits.token(&digest, address)?;
    let result = refreshed(services, text).await;
    note_token(services, digest, address, result)
}

async fn refreshed(services: &Services, text: &str) -> Result<BegunSession> {
    let now = services.clock.now();
    let token = RefreshToken::parse(text).ok_or_else(wrong)?;
    let grace = services.config.accounts.refresh_grace;
    for _ in 0..ATTEMPTS {
        let Continued { account, session } = continued(services, &token, now).await?;
        let Some(spent) = spent(&session, hash(text), now, grace) else {
            end(services, &account.user.id, &session.id, "refresh token used twice").await?;
            let sentence = "this refresh token was already used; log in again";
            return Err(Error::new(Code::Unauthenticated, sentence).at("refreshToken"));
        };
        let next = token.next()?;
        let renewed = StoredSession {
            refresh: hash(&next.text()),
            previous: Some(spent),
            last_seen_at: now,
            expires_at: refresh_expiry(services, now),
            ..session.clone()
        };
        if services.repository.renew_session(&renewed, &session.refresh).await? {
            let issued = issued(services, &account, &renewed, &next, now)?;
            let identity = Identity::of_session(&account, &renewed.id, issued.access.expires_at);
            let proved = confirm(services, &identity).await.map_err(at_refresh_token)?;
            return Ok(BegunSession { proved, issued });
        }
    }
    Err(Error::unavailable("the session is being refreshed concurrently; try again"))
}

fn at_refresh_token(error: Error) -> Error {
    if error.code == Code::Unauthenticated { wrong() } else { error }
}

/// A session and its account.
struct Continued {
    account: Account,
    session: StoredSession,
}

/// The session of a refresh token, unless it has ended.
async fn continued(services: &Services, token: &RefreshToken, now: Timestamp) -> Result<Continued> {
    let found = services.repository.account_in(&token.user, &token.session).await?;
    let Some((account, Some(session))) = found else { return Err(wrong()) };
    if hash(&token.family) != session.family {
        return Err(wrong());
    }
    auth::admit(&*services.repository, &account, now).await?;
    if session.expires_at <= now {
        return Err(Error::new(Code::TokenExpired, "the refresh token has expired; log in again").at("refreshToken"));
    }
    Ok(Continued { account, session })
}

/// Accepts the current refresh token, or the previous one within the grace period while the current one is unused.
fn spent(session: &StoredSession, token: [u8; 32], now: Timestamp, grace: Duration) -> Option<PreviousRefresh> {
    if session.refresh == token {
        return Some(PreviousRefresh { refresh: token, at: now });
    }
    let since = |at: Timestamp| u128::try_from(now.millis() - at.millis()).unwrap_or(0);
    session.previous.filter(|previous| previous.refresh == token && since(previous.at) < grace.as_millis())
}

fn wrong() -> Error {
    Error::new(Code::Unauthenticated, "this refresh token is invalid; log in again").at("refreshToken")
}

/// Ends a session and its connections; false if it does not exist.
pub async fn end(services: &Services, user: &UserId, session: &SessionId, reason: &'static str) -> Result<bool> {
    let ended = services.repository.end_session(user, session).await?;
    let which = RevokedCredentials::One(Credential::Session(session.clone()));
    services.bus.revoke(&Revocation { user: user.clone(), which, close: Close { code: 4401, reason } });
    Ok(ended)
}

/// Ends all of a user's sessions except one; the caller closes their connections.
pub async fn forget_all(services: &Services, user: &UserId, but: Option<&SessionId>) -> Result<()> {
    for session in services.repository.sessions(user).await? {
        if Some(&session.id) != but {
            services.repository.end_session(user, &session.id).await?;
        }
    }
    Ok(())
}

/// Ends the sessions except one from before the account's tokens became invalid.
pub async fn forget_outdated(services: &Services, account: &Account, but: Option<&SessionId>) -> Result<()> {
    let user = &account.user.id;
    for session in services.repository.sessions(user).await? {
        if Some(&session.id) != but && Some(session.created_at) < account.tokens_valid_from {
            services.repository.end_session(user, &session.id).await?;
        }
    }
    Ok(())
}

fn refresh_expiry(services: &Services, now: Timestamp) -> Timestamp {
    let lifetime = i64::try_from(services.config.accounts.refresh_token_lifetime.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millis(now.millis().saturating_add(lifetime))
}

fn issued(
    services: &Services,
    account: &Account,
    session: &StoredSession,
    refresh: &RefreshToken,
    now: Timestamp,
) -> Result<Issued> {
    let lifetime = i64::try_from(services.config.accounts.access_token_lifetime.as_secs()).unwrap_or(i64::MAX);
    let id = services.clock.id();
    let grant = AccessGrant { user: &account.user.id, session: &session.id, id: &id, now, lifetime_seconds: lifetime };
    let access = services.authenticator.issue(&grant)?;
    let refresh = IssuedToken { text: refresh.text(), expires_at: session.expires_at };
    Ok(Issued { access, refresh })
}

/// Deletes expired sessions.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond.
pub async fn forget_expired(services: &Services) -> Result<()> {
    Ok(services.repository.forget_sessions(services.clock.look()).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_previous_token_is_valid_within_the_grace_period() {
        let at = Timestamp::from_millis;
        let session = StoredSession {
            id: "s".into(),
            user_id: "u".into(),
            device_id: None,
            created_at: at(0),
            last_seen_at: at(0),
            expires_at: at(i64::MAX),
            family: [0; 32],
            refresh: [3; 32],
            previous: Some(PreviousRefresh { refresh: [2; 32], at: at(10_000) }),
        };
        let none = Duration::ZERO;
        let half = Duration::from_secs(30);
        for (token, now, grace, good) in [
            (3, 10_000, none, Some(10_000)),
            (3, 99_000, half, Some(99_000)),
            (2, 10_000, none, None),
            (2, 10_000, half, Some(10_000)),
            (2, 39_999, half, Some(10_000)),
            (2, 40_000, half, None),
            (2, 9_000, half, Some(10_000)),
            (1, 10_000, half, None),
        ] {
            let found = spent(&session, [token; 32], at(now), grace).map(|spent| (spent.refresh, spent.at.millis()));
            assert_eq!(found, good.map(|at| ([token; 32], at)), "{token} at {now} with {grace:?}");
        }
    }
}
