//! Telling the storage when users were last there: many at once, a little later.

use crate::api::context::Services;

/// How many users one write tells of at most.
const AT_ONCE: usize = 256;

/// Tells the storage who has gone since it was last told. What fails is told the next time.
pub async fn save(services: &Services) {
    for seen in services.features.seen().chunks(AT_ONCE) {
        match services.repository.note_seen(seen).await {
            Ok(()) => services.features.forget_seen(seen),
            Err(error) => tracing::debug!(error = %error, "it is not kept yet who was last seen when"),
        }
    }
}
