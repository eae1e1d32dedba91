//! The form of refresh tokens: `pichat_refresh_`, what a family of them has in common, what only this one has, whose
//! it is, and a checksum. They are opaque to clients, and never good for anything but REFRESH_TOKEN.
//!
//! Who shows one whose family is right and which is not the latest has an old one, as a thief has, or the victim: the
//! family ends. Who only knows a session's id cannot make one.

use super::secret::{checksum, random};
use crate::protocol::error::Result;
use crate::protocol::{SessionId, UserId};

const PREFIX: &str = "pichat_refresh_";
const FAMILY_DIGITS: usize = 32;
const SECRET_DIGITS: usize = 64;
const CHECK_DIGITS: usize = 8;

/// A refresh token in its parts.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// Whose.
    pub user: UserId,
    /// Of which log-in.
    pub session: SessionId,
    /// What all of that log-in have in common.
    pub family: String,
    secret: String,
}

impl std::fmt::Debug for RefreshToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("RefreshToken").field("session", &self.session).finish_non_exhaustive()
    }
}

impl RefreshToken {
    /// The first of a log-in.
    pub fn first(user: UserId, session: SessionId) -> Result<Self> {
        Ok(RefreshToken { user, session, family: random(FAMILY_DIGITS)?, secret: random(SECRET_DIGITS)? })
    }

    /// The one that follows.
    pub fn next(&self) -> Result<Self> {
        Ok(RefreshToken { secret: random(SECRET_DIGITS)?, ..self.clone() })
    }

    /// As the client keeps it.
    pub fn text(&self) -> String {
        let RefreshToken { user, session, family, secret } = self;
        let body = format!("{PREFIX}{family}{secret}{session}.{user}");
        let check = checksum(&body);
        body + &check
    }

    /// The parts of a token that can be one of this server at all.
    pub fn parse(text: &str) -> Option<Self> {
        if !text.is_ascii() || text.len() < PREFIX.len() + FAMILY_DIGITS + SECRET_DIGITS + CHECK_DIGITS {
            return None;
        }
        let (body, check) = text.split_at(text.len() - CHECK_DIGITS);
        let rest = body.strip_prefix(PREFIX).filter(|_| checksum(body) == check)?;
        let ((family, rest), secret) = (rest.split_at(FAMILY_DIGITS), &rest[FAMILY_DIGITS..][..SECRET_DIGITS]);
        let (session, user) = rest[SECRET_DIGITS..].split_once('.')?;
        let (user, session) = (UserId::from(user), SessionId::from(session));
        Some(RefreshToken { user, session, family: family.to_owned(), secret: secret.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::is_well_formed;

    #[test]
    fn a_refresh_token_is_read_as_it_was_written() {
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
