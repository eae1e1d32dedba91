//! Synchronises this node's clock with the storage, if several nodes share one: message times, bans and expiry dates
//! must mean the same on every node.

use crate::ops::clock::Clock;
use crate::protocol::error::{Code, Error, Result};
use crate::store::repository::Repository;

/// Skew in milliseconds from which the log has a warning.
const WARN_FROM: i64 = 1_000;
/// The largest skew in milliseconds at which a node starts.
const LARGEST: i64 = 60_000;

/// Corrects the clock before anything uses it.
///
/// # Errors
/// Fails if the clocks differ by more than a minute, or the storage does not respond.
pub async fn require_small_skew(repository: &dyn Repository, clock: &Clock) -> Result<()> {
    let skew = correct(repository, clock).await?;
    if skew.abs() <= LARGEST {
        return Ok(());
    }
    let seconds = -skew.signum() * ((skew.abs() + 500) / 1000);
    let sentence = format!(
        "the clock of this machine differs from that of the storage by {} s, and at most {} s are allowed; set it, for \
         example with NTP",
        seconds,
        LARGEST / 1000
    );
    Err(Error::new(Code::Unavailable, sentence))
}

/// Measures by how many milliseconds the storage's clock is ahead of the machine's, and corrects the clock by that.
///
/// # Errors
/// Fails if the storage fails.
pub async fn correct(repository: &dyn Repository, clock: &Clock) -> Result<i64> {
    let Some(before) = clock.correctable() else { return Ok(0) };
    let Some(time) = repository.time().await? else { return Ok(0) };
    let after = clock.correctable().unwrap_or(before);
    let ahead = time.at.millis() - (before + (after - before) / 2);
    // A difference within the error of the measurement is ignored.
    let uncertainty = time.precision + (after - before) / 2;
    let ahead = if ahead.abs() <= uncertainty { 0 } else { ahead };
    if ahead.abs() >= WARN_FROM {
        tracing::warn!(skew_ms = -ahead, "the clock of this machine differs from that of the storage; correcting it");
    }
    clock.correct(ahead);
    Ok(ahead)
}
