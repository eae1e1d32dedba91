//! Errors of PostgreSQL, by what the caller can do about them.

use deadpool_postgres::PoolError;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{WasNull, WrongType};

use crate::store::error::StoreError;

type PgCause = Box<dyn std::error::Error + Send + Sync>;

/// The reason why a statement or transaction failed.
#[derive(Debug)]
pub(super) enum PgError {
    /// A conflict with another transaction: try again.
    Race(tokio_postgres::Error),
    /// Another transaction held a row for too long.
    Held(tokio_postgres::Error),
    /// A constraint refuses the statement.
    Refused(tokio_postgres::Error),
    /// The connection was cut, for example by a restart of the server; a new one may work immediately.
    Cut(PgCause),
    /// The server does not respond, or cannot serve the request now.
    Away(PgCause),
    /// A fault of this program.
    Fault(PgCause),
}

impl PgError {
    /// The server did not answer in time.
    pub(super) fn late() -> Self {
        PgError::Away("PostgreSQL did not respond in time".into())
    }
}

impl From<tokio_postgres::Error> for PgError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(state) = error.code() else {
            return match error {
                error if error.is_closed() => PgError::Cut(error.into()),
                error if is_ours(&error) => PgError::Fault(error.into()),
                error => PgError::Away(error.into()),
            };
        };
        match (state, &state.code()[..2]) {
            (&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED, _) => PgError::Race(error),
            (&SqlState::LOCK_NOT_AVAILABLE, _) => PgError::Held(error),
            // Another transaction has inserted the same key; the next attempt sees it.
            (&SqlState::UNIQUE_VIOLATION, _) => PgError::Race(error),
            (_, "23") => PgError::Refused(error),
            (&SqlState::ADMIN_SHUTDOWN | &SqlState::CRASH_SHUTDOWN, _) => PgError::Cut(error.into()),
            (_, "22" | "42") => PgError::Fault(error.into()),
            _ => PgError::Away(error.into()),
        }
    }
}

/// True if a value did not fit its column; every other error without a code comes from the connection.
fn is_ours(error: &tokio_postgres::Error) -> bool {
    let source = std::error::Error::source(error);
    source.is_some_and(|source| source.is::<WrongType>() || source.is::<WasNull>() || source.is::<serde_json::Error>())
}

impl From<PoolError> for PgError {
    fn from(error: PoolError) -> Self {
        PgError::Away(error.into())
    }
}

/// Maps an error of PostgreSQL to one of the store.
pub(super) fn failure(error: PgError) -> StoreError {
    match error {
        PgError::Race(error) if error.code() != Some(&SqlState::UNIQUE_VIOLATION) => {
            StoreError::Conflict(Some(error.into()))
        }
        PgError::Held(error) => StoreError::Conflict(Some(error.into())),
        PgError::Cut(cause) | PgError::Away(cause) => StoreError::unavailable(cause),
        PgError::Race(error) | PgError::Refused(error) => StoreError::internal(error),
        PgError::Fault(cause) => StoreError::internal(cause),
    }
}
