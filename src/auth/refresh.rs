//! The format of refresh tokens: `pichat_refresh_`, the family's secret, the token's own secret, session and user, and
//! a checksum. They are opaque to clients, and accepted only by REFRESH_TOKEN.
//!
//! A token of the right family that is not the latest was already used, by a thief or by the victim, so the whole
//! family is revoked. Knowing a session's id is not enough to create one.

use super::secret::{checksum, random};
use crate::protocol::error::Result;
use crate::protocol::{SessionId, UserId};

const PREFIX: &str = "pichat_refresh_";
const FAMILY_BYTES: usize = 16;
const FAMILY_DIGITS: usize = 2 * FAMILY_BYTES;
const SECRET_BYTES: usize = 32;
const SECRET_DIGITS: usize = 2 * SECRET_BYTES;
const CHECK_DIGITS: usize = 8;

/// A parsed refresh token.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// The user.
    pub user: UserId,
    /// The session.
    pub session: SessionId,
    /// The secret that all tokens of the session share.
    pub family: String,
    secret: String,
}

impl std::fmt::Debug for RefreshToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("RefreshToken").field("session", &self.session).finish_non_exhaustive()
    }
}

impl RefreshToken {
    /// The first token of a session.
    pub fn first(user: UserId, session: SessionId) -> Result<Self> {
        Ok(RefreshToken { user, session, family: random::<FAMILY_BYTES>()?, secret: random::<SECRET_BYTES>()? })
    }

    /// The token that replaces this one.
    pub fn next(&self) -> Result<Self> {
        Ok(RefreshToken { secret: random::<SECRET_BYTES>()?, ..self.clone() })
    }

    /// The text that the client stores.
    pub fn text(&self) -> String {
        let RefreshToken { user, session, family, secret } = self;
        let body = format!("{PREFIX}{family}{secret}{session}.{user}");
        let check = checksum(&body);
        body + &check
    }

    /// The parts of a well-formed token.
    pub fn parse(text: &str) -> Option<Self> {
        if !text.is_ascii() || text.len() < PREFIX.len() + FAMILY_DIGITS + SECRET_DIGITS + CHECK_DIGITS {
            return None;
        }
        let (body, check) = text.split_at(text.len() - CHECK_DIGITS);
        let rest = body.strip_prefix(PREFIX).filter(|_| checksum(body) == check)?;
        let (family, rest) = rest.split_at(FAMILY_DIGITS);
        let (secret, rest) = rest.split_at(SECRET_DIGITS);
        let (session, user) = rest.split_once('.')?;
        Some(RefreshToken {
            user: UserId::from(user),
            session: SessionId::from(session),
            family: family.to_owned(),
            secret: secret.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::is_well_formed;

    #[test]
    fn refresh_tokens_round_trip() {
        let first = RefreshToken::first("id.of-ann".into(), "s-1".into()).expect("random bytes");
        let next = first.next().expect("random bytes");
        assert_eq!(RefreshToken::parse(&first.text()), Some(first.clone()));
        assert_eq!(RefreshToken::parse(&next.text()), Some(next.clone()));
        assert!(first.family == next.family && first.text() != next.text());
        let text = first.text();
        for wrong in [&text[1..], &text[..text.len() - 1], "", "pichat_refresh_", &text.replace("ann", "ben"), "ä"] {
            assert_eq!(RefreshToken::parse(wrong), None, "{wrong}");
        }
        assert!(!is_well_formed(&text) && !format!("{first:?}").contains(&first.family));
    }
}
