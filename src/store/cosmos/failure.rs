//! Maps failures of the account to errors for clients.

use std::time::Duration;

use azure_data_cosmos::CosmosError;

use crate::protocol::error::{Code, Error};

/// The pause if the account does not suggest one.
const PAUSE: Duration = Duration::from_secs(1);

/// Maps an error of Cosmos: refused requests are faults of this program; everything else may succeed later.
pub(super) fn failure(error: CosmosError) -> Error {
    let status = error.status();
    let told = error.response().and_then(|response| response.headers().retry_after_ms).map(Duration::from_millis);
    let mut failure = match u16::from(status.status_code()) {
        429 => too_fast(),
        413 => Error::new(Code::TooLarge, "this is more than the storage keeps in one piece"),
        400 | 409 | 412 => return Error::internal(error),
        _ => Error::unavailable("Cosmos"),
    };
    failure.cause = Some(Box::new(error));
    if failure.code != Code::TooLarge {
        failure.retry_after = Some(told.unwrap_or(PAUSE));
    }
    failure
}

/// The storage was asked for more than was paid for, longer than one could wait.
pub(super) fn too_fast() -> Error {
    let mut error = Error::new(Code::RateLimited, "the storage is asked for too much; try again with the same ids");
    error.retry_after = Some(PAUSE);
    error
}

/// Others wrote at the same time, more often than one could try again.
pub(super) fn contended() -> Error {
    let mut error = Error::unavailable("others wrote to the same documents at every attempt");
    error.retry_after = Some(PAUSE);
    error
}

/// True if the same request may succeed a little later.
pub(super) fn is_passing(error: &Error) -> bool {
    matches!(error.code, Code::Unavailable | Code::RateLimited)
}
