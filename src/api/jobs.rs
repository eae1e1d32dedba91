//! The server's own jobs: periodic clean-up that runs on one of the nodes.
//!
//! The node that holds the lease runs due jobs. If it crashes, the lease expires and another node continues. Two nodes
//! may run a job at the same time, if a lease ends during a run or an admin starts one, so every job is idempotent.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use schemars::JsonSchema;
use serde::Serialize;
use tokio::time::{interval_at, sleep};

use crate::api::context::Services;
use crate::api::{accounts, audit, bots, files, operations, retention, scrub, sessions};
use crate::ops::telemetry;
use crate::protocol::Timestamp;
use crate::protocol::error::Result;
use crate::store::jobs::{self, JobRun, JobsRecord, LEASE_MILLIS};

/// The interval at which a node looks for due jobs, and its delay after the start.
const LOOK: Duration = Duration::from_secs(10);
/// The interval at which the lease is renewed during a run.
const RENEW: Duration = Duration::from_millis(LEASE_MILLIS as u64 / 4);

/// A periodic job.
pub struct ServerJob {
    /// The name that RUN_JOB takes.
    pub name: &'static str,
    /// The job's purpose, in one sentence.
    pub summary: &'static str,
    /// Seconds from the start of one run to that of the next.
    pub every: u32,
    run: fn(&Services) -> BoxFuture<'_, Result<()>>,
}

const MINUTE: u32 = 60;
const HOUR: u32 = 60 * MINUTE;

/// The job that finds damaged records.
const SCRUB: &str = "scrub";

/// Every job, by name.
pub static JOBS: &[ServerJob] = &[
    ServerJob {
        name: "audit",
        summary: "Removes audit log entries older than AUDIT_RETENTION_DAYS.",
        every: HOUR,
        run: |services| audit::forget_expired(services).boxed(),
    },
    ServerJob {
        name: "bans",
        summary: "Removes expired bans from the server.",
        every: HOUR,
        run: |services| accounts::forget_expired_bans(services).boxed(),
    },
    ServerJob {
        name: "files",
        summary: "Deletes unreferenced files: expired uploads, and files of deleted messages, chats and accounts.",
        every: MINUTE,
        run: |services| files::review_due(services).boxed(),
    },
    ServerJob {
        name: "operations",
        summary: "Deletes expired opId results.",
        every: HOUR,
        run: |services| operations::forget_expired(services).boxed(),
    },
    ServerJob {
        name: "orphans",
        summary: "Deletes stored files that have been missing from the database for 30 days.",
        every: 24 * HOUR,
        run: |services| files::collect_orphans(services).boxed(),
    },
    ServerJob {
        name: "retention",
        summary: "Removes messages older than their chat's retention period.",
        every: HOUR,
        run: |services| retention::trim_expired(services).boxed(),
    },
    ServerJob {
        name: SCRUB,
        summary: "Checks stored records in the background and reports inconsistencies.",
        every: MINUTE,
        run: |services| scrub::check_some(services).boxed(),
    },
    ServerJob {
        name: "sessions",
        summary: "Deletes sessions that have expired.",
        every: HOUR,
        run: |services| sessions::forget_expired(services).boxed(),
    },
    ServerJob {
        name: "tokens",
        summary: "Deletes API tokens that expired more than 30 days ago.",
        every: HOUR,
        run: |services| bots::forget_expired_tokens(services).boxed(),
    },
];

/// A job and the results of its runs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobStatus {
    /// The job's name.
    pub name: &'static str,
    /// The job's purpose, in one sentence.
    pub summary: &'static str,
    /// Seconds from the start of one run to that of the next.
    pub every_seconds: u32,
    /// Runs on all nodes.
    pub runs: u64,
    /// Runs that failed.
    pub failures: u64,
    /// The start of the latest run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_run_at: Option<Timestamp>,
    /// The start of the latest successful run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_success_at: Option<Timestamp>,
    /// Duration of the latest run in milliseconds.
    pub last_ms: u64,
    /// Problems found in the stored records by the current pass or, if more, the previous one; only for `scrub`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problems: Option<u64>,
}

impl JobStatus {
    fn new(job: &ServerJob, record: &JobsRecord) -> JobStatus {
        let figures = record.jobs.get(job.name).cloned().unwrap_or_default();
        JobStatus {
            name: job.name,
            summary: job.summary,
            every_seconds: job.every,
            runs: figures.runs,
            failures: figures.failures,
            last_run_at: figures.last_run_at,
            last_success_at: figures.last_success_at,
            last_ms: figures.last_millis,
            problems: (job.name == SCRUB).then(|| record.scrub.problems()),
        }
    }
}

/// Every job, with the results of its runs on all nodes.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond.
pub async fn all(services: &Services) -> Result<Vec<JobStatus>> {
    let record = jobs::read(&*services.repository).await?;
    Ok(JOBS.iter().map(|job| JobStatus::new(job, &record)).collect())
}

/// Runs a job now, on this node.
///
/// # Errors
/// The error of the job, which is counted as a failure.
pub async fn run(services: &Services, job: &ServerJob) -> Result<JobStatus> {
    let at = services.clock.look();
    let begun = Instant::now();
    let result = (job.run)(services).await;
    let took = begun.elapsed();
    let is_success = result.is_ok();
    let outcome = if is_success { "ok" } else { "failed" };
    metrics::counter!("pichat_job_runs_total", "job" => job.name, "outcome" => outcome).increment(1);
    metrics::histogram!("pichat_job_seconds", "job" => job.name).record(took.as_secs_f64());
    if is_success {
        let seconds = at.millis() as f64 / 1000.0;
        metrics::gauge!("pichat_job_last_success_timestamp_seconds", "job" => job.name).set(seconds);
    }
    let millis = services.clock.look().millis().saturating_sub(at.millis()).max(0).unsigned_abs();
    let noted = jobs::note(&*services.repository, JobRun { name: job.name, at, millis, is_success }).await;
    result?;
    Ok(JobStatus::new(job, &noted?))
}

/// Runs due jobs for as long as it is polled, while this node holds the lease.
pub async fn keep_running(services: Arc<Services>) {
    telemetry::expect_jobs(JOBS.iter().map(|job| job.name));
    let mut ticks = interval_at(tokio::time::Instant::now() + LOOK, LOOK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while services.clock.goes_by_itself() {
        ticks.tick().await;
        if let Err(error) = run_due(&services).await {
            tracing::warn!(error = %error, "the server's jobs could not be looked up; trying again shortly");
        }
    }
}

/// Runs every job that is due, if this node holds or can take the lease.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond. A failed job is logged and tried again at its next time.
pub async fn run_due(services: &Services) -> Result<()> {
    let now = services.clock.look();
    let Some(record) = jobs::lead(&*services.repository, &services.node, now).await? else { return Ok(()) };
    for job in JOBS.iter().filter(|job| is_due(job, &record, now)) {
        let ran = tokio::select! {
            ran = run(services, job) => ran,
            () = lose_lead(services) => {
                tracing::warn!(job = job.name, "another node took over during a job");
                return Ok(());
            }
        };
        if let Err(error) = ran {
            tracing::warn!(job = job.name, error = %error, "a job failed; trying again at its next time");
        }
    }
    Ok(())
}

fn is_due(job: &ServerJob, record: &JobsRecord, now: Timestamp) -> bool {
    let last = record.jobs.get(job.name).and_then(|figures| figures.last_run_at);
    last.is_none_or(|last| now.millis() - last.millis() >= i64::from(job.every) * 1000)
}

/// Renews the lease until another node takes it.
async fn lose_lead(services: &Services) {
    loop {
        sleep(RENEW).await;
        if let Ok(None) = jobs::lead(&*services.repository, &services.node, services.clock.look()).await {
            return;
        }
    }
}

/// Gives up the lease, so that another node can run the jobs.
pub async fn resign(services: &Services) {
    if let Err(error) = jobs::resign(&*services.repository, &services.node).await {
        tracing::debug!(error = %error, "the lease of the jobs could not be given up; it expires shortly");
    }
}
