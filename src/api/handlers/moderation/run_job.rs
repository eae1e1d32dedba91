use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::audit;
use crate::api::command::{Access, Command, Repetition, Response};
use crate::api::context::Context;
use crate::api::jobs::{self, JOBS, JobStatus};
use crate::protocol::ServerRole;
use crate::protocol::error::{Error, Result};

/// Runs one of the server's jobs now.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunJob {
    /// The job's name; GET_STATS lists them.
    name: String,
}

/// A job ran.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "JOB_RAN", rename_all = "camelCase")]
pub struct JobRan {
    /// The job, with this run.
    job: JobStatus,
}

impl Command for RunJob {
    const NAME: &'static str = "RUN_JOB";
    const SUMMARY: &'static str = "Runs one of the server's jobs now, for example retention; for admins.";
    const ACCESS: Access = Access::Authority(ServerRole::Admin);
    const REPETITION: Repetition = Repetition::Harmless;
    const EXAMPLE: &'static str = r#"{"name":"retention"}"#;
    type Reply = JobRan;

    fn cost(&self) -> u32 {
        10
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let job = JOBS.iter().find(|job| job.name == self.name).ok_or_else(|| {
            let names: Vec<&str> = JOBS.iter().map(|job| job.name).collect();
            Error::not_found("name", format!("no such job; give one of {}", names.join(", ")))
        })?;
        audit::record(context, Self::NAME, Some(job.name), None).await?;
        Ok(Response::reply(JobRan { job: jobs::run(&context.services, job).await? }))
    }
}
