use clap::Subcommand;
use serde_json::{Value, json};

use super::Failure;
use super::output::Table;
use super::remote::{Address, Remote};

/// The subcommands of `pichat jobs`.
#[derive(Debug, Subcommand)]
pub(super) enum JobsCommand {
    /// List the jobs and the results of their runs; over the network with the token of a moderator or admin.
    List {
        #[command(flatten)]
        address: Address,
        /// Print each job as a line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Run a job now and wait for its end; over the network with the token of an admin.
    Run {
        /// The job's name, for example retention.
        name: String,
        #[command(flatten)]
        address: Address,
    },
}

/// Lists or runs jobs.
pub(super) fn main(command: &JobsCommand) -> Result<(), Failure> {
    let (jobs, as_json) = match command {
        JobsCommand::List { address, json } => (ask(address, json!({"type":"GET_STATS"}))?["jobs"].take(), *json),
        JobsCommand::Run { name, address } => {
            (Value::from(vec![ask(address, json!({"type":"RUN_JOB","name":name}))?["job"].take()]), false)
        }
    };
    let mut table = Table::new(&["job", "every s", "runs", "failures", "last ms", "last success", "problems"]);
    for job in jobs.as_array().into_iter().flatten() {
        if as_json {
            outln!("{job}")?;
        } else {
            table.add(row(job));
        }
    }
    if as_json { Ok(()) } else { Ok(table.print()?) }
}

fn ask(address: &Address, command: Value) -> Result<Value, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async { Remote::of(address).await?.command(command).await })
}

fn row(job: &Value) -> Vec<String> {
    let text = |name: &str| job[name].as_str().unwrap_or("never").to_owned();
    let numbers = ["everySeconds", "runs", "failures", "lastMs"].map(|name| job[name].to_string());
    let problems = match job["problems"].as_u64() {
        None | Some(0) => String::new(),
        Some(problems) => format!("{problems}; see the log and run pichat verify"),
    };
    [text("name")].into_iter().chain(numbers).chain([text("lastSuccessAt"), problems]).collect()
}
