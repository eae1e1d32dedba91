//! Log-ins: how they begin, go on and end.

use std::time::{Duration, Instant};

use crate::api::context::Services;
use crate::auth::{self, Identity, RefreshToken, hash};
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{SessionId, Timestamp, UserId};
use crate::realtime::hub::{Credential, Revocation, Which};
use crate::realtime::outbox::Close;
use crate::store::repository::{Account, PreviousRefresh, Session};

/// How often a log-in is tried to be renewed that others renew at the same time.
const ATTEMPTS: usize = 5;

/// The tokens of a log-in.
#[derive(Debug)]
pub struct Issued {
    /// For handshakes and AUTHENTICATE.
    pub access: (String, Timestamp),
    /// For REFRESH_TOKEN.
    pub refresh: (String, Timestamp),
}

/// Begins a session of somebody who has proved who they are.
pub async fn begin(services: &Services, account: &Account, device: Option<String>) -> Result<(Identity, Issued)> {
    let checked_at = Instant::now();
    let now = services.clock.now();
    let user = &account.user.id;
    make_room(services, user, now).await?;
    let token = RefreshToken::first(user.clone(), SessionId::from(services.clock.id()))?;
    let session = Session {
        id: token.session.clone(),
        user_id: user.clone(),
        device_id: device,
        created_at: now,
        last_seen_at: now,
        expires_at: refresh_expiry(services, now),
        family: hash(&token.family),
        refresh: hash(&token.text()),
        spent: None,
    };
    services.repository.create_session(&session).await?;
    issued(services, (account, &session), &token, (now, checked_at))
}

async fn make_room(services: &Services, user: &UserId, now: Timestamp) -> Result<()> {
    let mut sessions = services.repository.sessions(user).await?;
    sessions.sort_by_key(|session| std::cmp::Reverse(session.last_seen_at));
    let most = services.config.limits.sessions_per_user;
    let is_over = |place: usize| most > 0 && place + 1 >= most;
    let old = sessions.iter().enumerate().filter(|(place, session)| is_over(*place) || session.expires_at <= now);
    for (_, session) in old {
        end(services, user, &session.id, "session ended").await?;
    }
    Ok(())
}

/// Goes on with a session: the refresh token is good once, and the next one comes for it. One that was used before ends
/// the session, unless it is the one before the latest and the settings allow for answers that are lost.
pub async fn refresh(services: &Services, text: &str) -> Result<(Identity, Account, Issued)> {
    let checked_at = Instant::now();
    let now = services.clock.now();
    let token = RefreshToken::parse(text).ok_or_else(wrong)?;
    for _ in 0..ATTEMPTS {
        let (account, session) = continued(services, &token, now).await?;
        let Some(spent) = spent(&session, hash(text), (now, services.config.accounts.refresh_grace)) else {
            end(services, &account.user.id, &session.id, "refresh token used twice").await?;
            let sentence = "this refresh token was already used; log in again";
            return Err(Error::new(Code::Unauthenticated, sentence).at("refreshToken"));
        };
        let next = token.next()?;
        let renewed = Session {
            refresh: hash(&next.text()),
            spent: Some(spent),
            last_seen_at: now,
            expires_at: refresh_expiry(services, now),
            ..session.clone()
        };
        if services.repository.renew_session(&renewed, &session.refresh).await? {
            let (identity, issued) = issued(services, (&account, &renewed), &next, (now, checked_at))?;
            return Ok((identity, account, issued));
        }
    }
    Err(Error::unavailable("the session is being refreshed concurrently; try again"))
}

/// The session that a refresh token belongs to, if it goes on.
async fn continued(services: &Services, token: &RefreshToken, now: Timestamp) -> Result<(Account, Session)> {
    let found = services.repository.account_in(&token.user, &token.session).await?;
    let Some((account, Some(session))) = found else { return Err(wrong()) };
    if hash(&token.family) != session.family {
        return Err(wrong());
    }
    auth::admit(&*services.repository, &account, now).await?;
    if session.expires_at <= now {
        return Err(Error::new(Code::TokenExpired, "the refresh token has expired; log in again").at("refreshToken"));
    }
    Ok((account, session))
}

/// What is noted of a token that may be used: it is the latest; or it is the one before, was used first not longer ago
/// than that, and what was given for it was not used since.
fn spent(session: &Session, token: [u8; 32], (now, grace): (Timestamp, Duration)) -> Option<PreviousRefresh> {
    if session.refresh == token {
        return Some(PreviousRefresh { refresh: token, at: now });
    }
    let since = |at: Timestamp| u128::try_from(now.millis() - at.millis()).unwrap_or(0);
    session.spent.filter(|spent| spent.refresh == token && since(spent.at) < grace.as_millis())
}

fn wrong() -> Error {
    Error::new(Code::Unauthenticated, "this refresh token is invalid; log in again").at("refreshToken")
}

/// Ends a session and the connections that it keeps open; false if there is none.
pub async fn end(services: &Services, user: &UserId, session: &SessionId, reason: &'static str) -> Result<bool> {
    let ended = services.repository.end_session(user, session).await?;
    let which = Which::One(Credential::Session(session.clone()));
    services.bus.revoke(&Revocation { user: user.clone(), which, close: Close { code: 4401, reason } });
    Ok(ended)
}

/// Forgets all of a user's sessions but for one. Their connections are still to be ended.
pub async fn forget_all(services: &Services, user: &UserId, but: Option<&SessionId>) -> Result<()> {
    for session in services.repository.sessions(user).await? {
        if Some(&session.id) != but {
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
    (account, session): (&Account, &Session),
    refresh: &RefreshToken,
    (now, checked_at): (Timestamp, Instant),
) -> Result<(Identity, Issued)> {
    let lifetime = i64::try_from(services.config.accounts.access_token_lifetime.as_secs()).unwrap_or(i64::MAX);
    let id = services.clock.id();
    let access = services.authenticator.issue((&account.user.id, &session.id), &id, (now, lifetime))?;
    let identity = Identity::of_session(account, &session.id, (access.1, checked_at));
    Ok((identity, Issued { access, refresh: (refresh.text(), session.expires_at) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_token_before_the_latest_is_good_again_and_only_for_a_while() {
        let at = Timestamp::from_millis;
        let session = Session {
            id: "s".into(),
            user_id: "u".into(),
            device_id: None,
            created_at: at(0),
            last_seen_at: at(0),
            expires_at: at(i64::MAX),
            family: [0; 32],
            refresh: [3; 32],
            spent: Some(PreviousRefresh { refresh: [2; 32], at: at(10_000) }),
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
            let found = spent(&session, [token; 32], (at(now), grace)).map(|spent| (spent.refresh, spent.at.millis()));
            assert_eq!(found, good.map(|at| ([token; 32], at)), "{token} at {now} with {grace:?}");
        }
    }
}
