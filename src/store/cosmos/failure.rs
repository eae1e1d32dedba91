//! Maps errors of the account to errors of the store.

use std::time::Duration;

use azure_data_cosmos::CosmosError;

use crate::store::error::StoreError;

/// The pause if the account does not suggest one.
const PAUSE: Duration = Duration::from_secs(1);

/// Maps an error of Cosmos: refused requests are bugs in this program; everything else may succeed later.
pub(super) fn failure(error: CosmosError) -> StoreError {
    let status = u16::from(error.status().status_code());
    let suggested = error.response().and_then(|response| response.headers().retry_after_ms).map(Duration::from_millis);
    let retry_after = suggested.unwrap_or(PAUSE);
    match status {
        429 => StoreError::Busy { retry_after, cause: Some(error.into()) },
        413 => StoreError::TooLarge(Some(error.into())),
        400 | 409 | 412 => StoreError::internal(error),
        _ => StoreError::Unavailable { retry_after: Some(retry_after), cause: Some(error.into()) },
    }
}

/// The account's provisioned throughput was exceeded, for longer than a caller waits.
pub(super) fn too_fast() -> StoreError {
    StoreError::Busy { retry_after: PAUSE, cause: None }
}

/// Other writers were faster at every attempt.
pub(super) fn contended() -> StoreError {
    StoreError::Conflict(None)
}
