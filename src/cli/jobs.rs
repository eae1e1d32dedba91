use clap::Subcommand;
use serde_json::{Value, json};

use super::Failure;
use super::remote::{Address, Remote};

/// The subcommands of `pichat jobs`.
#[derive(Debug, Subcommand)]
pub(super) enum JobsCommand {
    /// List the jobs and the results of their runs; over the network with the token of a moderator or admin.
    List(Address),
    /// Run a job now and wait for it to finish; over the network with the token of an admin.
    Run {
        /// The job's name, for example retention.
        name: String,
        #[command(flatten)]
        address: Address,
    },
}

/// Lists or runs jobs.
pub(super) fn main(command: &JobsCommand) -> Result<(), Failure> {
    let jobs = match command {
        JobsCommand::List(address) => ask(address, json!({"type":"GET_STATS"}))?["jobs"].take(),
        JobsCommand::Run { name, address } => {
            Value::from(vec![ask(address, json!({"type":"RUN_JOB","name":name}))?["job"].take()])
        }
    };
    outln!("{:<12} {:>9} {:>8} {:>9} {:>8}  last success", "job", "every s", "runs", "failures", "last ms")?;
    for job in jobs.as_array().into_iter().flatten() {
        outln!("{}", row(job))?;
    }
    Ok(())
}

fn ask(address: &Address, command: Value) -> Result<Value, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async { Remote::of(address).await?.command(command).await })
}

fn row(job: &Value) -> String {
    let text = |name: &str| job[name].as_str().unwrap_or("never").to_owned();
    let [every, runs, failures, took] =
        ["everySeconds", "runs", "failures", "lastMs"].map(|name| job[name].to_string());
    let problems = match job["problems"].as_u64() {
        None | Some(0) => String::new(),
        Some(1) => "  1 problem; see the log and run pichat verify".to_owned(),
        Some(problems) => format!("  {problems} problems; see the log and run pichat verify"),
    };
    let last = text("lastSuccessAt");
    format!("{:<12} {every:>9} {runs:>8} {failures:>9} {took:>8}  {last}{problems}", text("name"))
}
