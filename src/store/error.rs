//! Failures of a store, by what the caller can do about them, and the single mapping to protocol errors.

use std::time::Duration;

use crate::protocol::error::{Code, Error};

type StoreCause = Box<dyn std::error::Error + Send + Sync>;

/// The result of every operation of a store.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// The reason why a store did not do what was requested.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The rules of chats forbid the change. Nothing was stored; the same change would be refused again.
    #[error(transparent)]
    Refused(#[from] Error),
    /// Another account has this value. A different one can be stored.
    #[error("the {} is taken", .0.name())]
    Taken(UniqueField),
    /// Concurrent writers changed the same records at every attempt. The same request may succeed later.
    #[error("the records were changed concurrently at every attempt")]
    Conflict(#[source] Option<StoreCause>),
    /// The storage is overloaded. The same request may succeed after the pause.
    #[error("the storage is overloaded")]
    Busy {
        /// The pause before the next attempt.
        retry_after: Duration,
        #[source]
        cause: Option<StoreCause>,
    },
    /// The storage is not responding. The same request may succeed later.
    #[error("the storage is not responding")]
    Unavailable {
        /// The pause that the storage suggests before the next attempt.
        retry_after: Option<Duration>,
        #[source]
        cause: Option<StoreCause>,
    },
    /// The record is larger than the storage allows. A smaller one can be stored.
    #[error("the record is too large")]
    TooLarge(#[source] Option<StoreCause>),
    /// A bug in this program. Trying again does not help.
    #[error("the storage failed")]
    Internal(#[source] Option<StoreCause>),
}

/// A field of an account that no two accounts share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UniqueField {
    Username,
    Email,
}

impl UniqueField {
    /// The field on the wire.
    pub fn name(self) -> &'static str {
        match self {
            UniqueField::Username => "username",
            UniqueField::Email => "email",
        }
    }
}

/// The pause after a conflict, after which the other writers have probably finished.
const CONFLICT_PAUSE: Duration = Duration::from_secs(1);

impl StoreError {
    /// The storage is not responding.
    pub fn unavailable(cause: impl Into<StoreCause>) -> Self {
        StoreError::Unavailable { retry_after: None, cause: Some(cause.into()) }
    }

    /// A fault of this program.
    pub fn internal(cause: impl Into<StoreCause>) -> Self {
        StoreError::Internal(Some(cause.into()))
    }

    /// True if the same request may succeed a little later.
    pub fn is_temporary(&self) -> bool {
        matches!(self, StoreError::Conflict(_) | StoreError::Busy { .. } | StoreError::Unavailable { .. })
    }

    /// A copy for another caller; the cause stays with the first.
    pub fn repeated(&self) -> Self {
        match self {
            StoreError::Refused(error) => StoreError::Refused(error.repeated()),
            StoreError::Taken(field) => StoreError::Taken(*field),
            StoreError::Conflict(_) => StoreError::Conflict(None),
            StoreError::Busy { retry_after, .. } => StoreError::Busy { retry_after: *retry_after, cause: None },
            StoreError::Unavailable { retry_after, .. } => {
                StoreError::Unavailable { retry_after: *retry_after, cause: None }
            }
            StoreError::TooLarge(_) => StoreError::TooLarge(None),
            StoreError::Internal(_) => StoreError::Internal(None),
        }
    }
}

/// The only place that turns a store's failure into a message for clients.
impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let worded = |error: Error, retry_after, cause| Error { retry_after, cause, ..error };
        let unavailable = "the storage is not responding; try again with the same ids";
        match error {
            StoreError::Refused(error) => error,
            StoreError::Taken(UniqueField::Username) => Error::conflict("this username is taken").at("username"),
            StoreError::Taken(UniqueField::Email) => Error::conflict("this e-mail address is taken").at("email"),
            StoreError::Conflict(cause) => {
                // Without this, the log would not distinguish a conflict from an outage.
                let cause = cause.or_else(|| Some("the records were changed concurrently at every attempt".into()));
                worded(Error::new(Code::Unavailable, unavailable), Some(CONFLICT_PAUSE), cause)
            }
            StoreError::Busy { retry_after, cause } => {
                let sentence = "the storage is overloaded; try again with the same ids";
                worded(Error::new(Code::RateLimited, sentence), Some(retry_after), cause)
            }
            StoreError::Unavailable { retry_after, cause } => {
                worded(Error::new(Code::Unavailable, unavailable), retry_after, cause)
            }
            StoreError::TooLarge(cause) => {
                let sentence = "this is larger than the storage allows in one record";
                worded(Error::new(Code::TooLarge, sentence), None, cause)
            }
            StoreError::Internal(cause) => {
                let sentence = "the server failed on this command; it has been logged";
                worded(Error::new(Code::Internal, sentence), None, cause)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{StoreError, UniqueField};
    use crate::protocol::error::{Code, Error};

    #[test]
    fn every_failure_has_one_code_and_a_retry_hint() {
        let second = Duration::from_secs(1);
        let failures = [
            (StoreError::Refused(Error::forbidden("no")), Code::Forbidden, None),
            (StoreError::Taken(UniqueField::Email), Code::Conflict, None),
            (StoreError::Conflict(None), Code::Unavailable, Some(second)),
            (StoreError::Busy { retry_after: second, cause: None }, Code::RateLimited, Some(second)),
            (StoreError::unavailable("away"), Code::Unavailable, None),
            (StoreError::TooLarge(None), Code::TooLarge, None),
            (StoreError::internal("a fault"), Code::Internal, None),
        ];
        for (failure, code, retry_after) in failures {
            let is_temporary = failure.is_temporary();
            let repeated = Error::from(failure.repeated());
            let error = Error::from(failure);
            assert_eq!((error.code, error.retry_after), (code, retry_after), "{error}");
            assert_eq!((repeated.code, repeated.retry_after), (code, retry_after), "{error}");
            assert_eq!(is_temporary, [Code::Unavailable, Code::RateLimited].contains(&code), "{error}");
        }
    }

    #[test]
    fn a_taken_value_names_its_field() {
        for field in [UniqueField::Username, UniqueField::Email] {
            assert_eq!(Error::from(StoreError::Taken(field)).field.as_deref(), Some(field.name()));
        }
    }
}
