//! What can go wrong, by what is to be done about it.

use deadpool_postgres::PoolError;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{WasNull, WrongType};

use crate::protocol::error::Error;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why something was not done.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Another transaction was in the way: it is to be done again.
    Race(tokio_postgres::Error),
    /// The tables do not allow it.
    Refused(tokio_postgres::Error),
    /// The connection was cut, as it is when the server restarts; another one may be had at once.
    Cut(Cause),
    /// The server is not there, or not able.
    Away(Cause),
    /// A fault of this program.
    Fault(Cause),
}

impl Trouble {
    /// The server did not answer in time.
    pub(super) fn late() -> Self {
        Trouble::Away("PostgreSQL did not answer in time".into())
    }
}

impl From<tokio_postgres::Error> for Trouble {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(state) = error.code() else {
            return match error {
                error if error.is_closed() => Trouble::Cut(error.into()),
                error if is_ours(&error) => Trouble::Fault(error.into()),
                error => Trouble::Away(error.into()),
            };
        };
        match (state, &state.code()[..2]) {
            (&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED, _) => Trouble::Race(error),
            // Somebody else was quicker; whoever looks again sees it.
            (&SqlState::UNIQUE_VIOLATION, _) => Trouble::Race(error),
            (_, "23") => Trouble::Refused(error),
            (&SqlState::ADMIN_SHUTDOWN | &SqlState::CRASH_SHUTDOWN, _) => Trouble::Cut(error.into()),
            (_, "22" | "42") => Trouble::Fault(error.into()),
            _ => Trouble::Away(error.into()),
        }
    }
}

/// Whether a value did not fit its column: everything else without a code comes from the connection.
fn is_ours(error: &tokio_postgres::Error) -> bool {
    let source = std::error::Error::source(error);
    source.is_some_and(|source| source.is::<WrongType>() || source.is::<WasNull>() || source.is::<serde_json::Error>())
}

impl From<PoolError> for Trouble {
    fn from(error: PoolError) -> Self {
        Trouble::Away(error.into())
    }
}

/// What a client is told of it.
pub(super) fn failure(trouble: Trouble) -> Error {
    match trouble {
        Trouble::Race(error) if error.code() != Some(&SqlState::UNIQUE_VIOLATION) => Error::unavailable(error),
        Trouble::Cut(cause) | Trouble::Away(cause) => Error::unavailable(cause),
        Trouble::Race(error) | Trouble::Refused(error) => Error::internal(error),
        Trouble::Fault(cause) => Error::internal(cause),
    }
}
