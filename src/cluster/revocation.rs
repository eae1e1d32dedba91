use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::protocol::error::Result;
use crate::protocol::{Close, SessionId, TokenId, User, UserId};

/// The credential that a connection depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Credential {
    /// The built-in administrator's token.
    Administrator,
    /// An API token.
    Token(TokenId),
    /// A log-in.
    Session(SessionId),
    /// A token signed by another service, by its own id.
    Foreign(String),
}

/// Credentials that are no longer valid.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Revocation {
    /// The user they belong to.
    pub user: UserId,
    /// The revoked credentials of the user.
    pub which: RevokedCredentials,
    /// The close code and reason for their connections.
    pub close: Close,
}

/// A selection of one user's credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RevokedCredentials {
    /// All credentials.
    All,
    /// Only this credential.
    One(Credential),
    /// Sessions and tokens of other services, except one; API tokens stay valid.
    LogIns {
        /// The one that stays valid.
        but: Option<Credential>,
    },
}

impl Revocation {
    /// True if connections that depend on this credential must be closed.
    pub fn concerns(&self, credential: Option<&Credential>) -> bool {
        match &self.which {
            RevokedCredentials::All => true,
            RevokedCredentials::One(one) => credential == Some(one),
            RevokedCredentials::LogIns { but } => {
                let is_log_in = matches!(credential, Some(Credential::Session(_) | Credential::Foreign(_)));
                is_log_in && credential != but.as_ref()
            }
        }
    }
}

/// A credential that a connection depends on, and the age of its check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldCredential {
    /// The credential.
    pub credential: Credential,
    /// The time since the check.
    pub age: Duration,
}

/// The stored state of a connected user.
#[derive(Debug)]
pub struct Review {
    /// The user; none if the account no longer exists.
    pub user: Option<User>,
    /// Revocations that follow from the review.
    pub revocations: Vec<Revocation>,
}

/// Decides from the storage alone whether a user's connections may stay open.
///
/// # Errors
/// `review` fails only if the storage fails; nothing is revoked then.
#[async_trait]
pub trait Authority: std::fmt::Debug + Send + Sync + 'static {
    /// Checks a user and the credentials in use.
    async fn review(&self, user: &UserId, held: &[HeldCredential]) -> Result<Review>;
}
