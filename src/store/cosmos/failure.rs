//! What a failure of the account means to a client.

use std::time::Duration;

use azure_data_cosmos::CosmosError;

use crate::protocol::error::{Code, Error};

/// How long to wait where the account does not say.
const PAUSE: Duration = Duration::from_secs(1);

/// What Cosmos refuses for good is a fault of this program; whatever else goes wrong may go well later.
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

/// Whether the same request may go well a little later.
pub(super) fn is_passing(error: &Error) -> bool {
    matches!(error.code, Code::Unavailable | Code::RateLimited)
}
