//! Stores users' last-seen times in batches, with a short delay.

use crate::api::context::Services;

/// Users per write.
const AT_ONCE: usize = 256;

/// Stores the last-seen times recorded since the last call. Failed writes are repeated by the next call.
pub async fn save(services: &Services) {
    for seen in services.features.seen().chunks(AT_ONCE) {
        match services.repository.note_seen(seen).await {
            Ok(()) => services.features.forget_seen(seen),
            Err(error) => tracing::debug!(error = %error, "last-seen times could not be stored; trying again later"),
        }
    }
}
