//! Reports the findings of a slow walk over all records.

use std::time::Duration;

use crate::api::context::Services;
use crate::protocol::error::Result;
use crate::store::jobs;
use crate::store::scrub;

/// Records per run: about three million a day.
const RECORDS: usize = 2000;
/// The pause between two passes.
const REST: Duration = Duration::from_secs(24 * 60 * 60);

/// Continues the walk by one step, and reports inconsistencies.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond; the next run begins at the same position.
pub async fn check_some(services: &Services) -> Result<()> {
    let repository = &*services.repository;
    let from = jobs::read(repository).await?.scrub;
    let now = services.clock.look();
    if from.ended_at.is_some_and(|ended| ended > now.minus(REST)) {
        return Ok(());
    }
    let mut step = scrub::step(repository, from.clone(), RECORDS).await?;
    step.place.ended_at = step.place.is_between_passes().then_some(now);
    // Only the node that saves the step reports it: two nodes may have checked the same records.
    if !jobs::advance_scrub(repository, &from, &step.place).await? {
        return Ok(());
    }
    metrics::counter!("pichat_scrub_records_total").increment(step.records as u64);
    metrics::counter!("pichat_scrub_problems_total").increment(step.findings.len() as u64);
    for finding in &step.findings {
        tracing::warn!(finding, "stored records are inconsistent; run pichat verify");
    }
    Ok(())
}
