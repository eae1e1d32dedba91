//! `pichat bench`: how fast, how small and how steady the server is on this machine.
//!
//! Each scenario starts a server of its own in a child process, on loopback and in a folder that is deleted again,
//! and sets its figures beside those of a loop that does nothing but the same work. Figures of one run compare with
//! each other; those of two machines do not.

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

mod bare;
mod client;
mod fanout;
#[cfg(feature = "sqlite")]
mod history;
mod idle;
mod load;
mod log_ins;
mod nodes;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod plain;
mod process;
mod reconnect;
mod report;
mod room;
mod sends;
mod setup;
mod target;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The time limit of a scenario.
const AT_MOST: Duration = Duration::from_secs(600);

/// Measures the server on this machine; without a scenario: all that need no other server.
#[derive(Debug, Args)]
pub(super) struct Bench {
    #[command(subcommand)]
    scenario: Option<Scenario>,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Subcommand)]
enum Scenario {
    /// One sender, many listeners: what does a delivery cost?
    Fanout(fanout::Fanout),
    /// Many senders: how many messages become durable?
    Sends(sends::Sends),
    /// Many connections that do nothing: how much memory do they take?
    Idle(idle::Idle),
    /// Pages of a short and of a long chat: do they cost the same?
    #[cfg(feature = "sqlite")]
    History(history::HistoryPages),
    /// Many log in: do messages wait for them, and what does it cost to know who connects?
    LogIns(log_ins::LogIns),
    /// All clients are cut off and come back at once: how long until the last is in sync?
    Reconnect(reconnect::Reconnect),
    /// A message to another node: how much later does it come?
    Nodes(nodes::Nodes),
    /// The loop that fan-out is compared with.
    #[command(hide = true)]
    Bare(bare::Bare),
}

/// The server under test.
#[derive(Clone, Debug, Args)]
struct Place {
    /// A running server on this machine, for instance ws://127.0.0.1:8080/ws, instead of one of its own.
    #[arg(long, global = true)]
    url: Option<String>,
    /// The token of an administrator of the running server.
    #[arg(long, global = true)]
    token: Option<String>,
    /// The process of the running server, for CPU and memory.
    #[arg(long, global = true)]
    pid: Option<u32>,
    /// Where files are kept meanwhile; on a real disk, or "durable" means nothing.
    #[arg(long, global = true, default_value = ".")]
    directory: PathBuf,
    /// Where a server of its own keeps its data instead of a SQLite file, for instance
    /// postgres://USER:PASSWORD@127.0.0.1/DATABASE; it should be empty, and what is written there stays.
    #[arg(long, global = true, conflicts_with = "url")]
    database: Option<String>,
    /// Leaves out the loops that the figures are compared with.
    #[arg(long, global = true)]
    alone: bool,
}

/// Measures what the command line asks for.
pub(super) fn main(bench: Bench) -> std::result::Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let Bench { scenario, place } = bench;
    let scenarios = match scenario {
        Some(scenario) => vec![scenario],
        None => vec![
            Scenario::Fanout(usual()),
            Scenario::Sends(usual()),
            Scenario::Idle(usual()),
            #[cfg(feature = "sqlite")]
            Scenario::History(usual()),
            Scenario::LogIns(usual()),
            Scenario::Reconnect(usual()),
        ],
    };
    for scenario in scenarios {
        let measured = runtime.block_on(measure(scenario, &place));
        measured.map_err(|error| -> Box<dyn Error> { error })?;
    }
    Ok(())
}

/// A scenario without options, as the command line would have it.
fn usual<S: Args>() -> S {
    #[derive(Parser)]
    struct Usual<S: Args> {
        #[command(flatten)]
        scenario: S,
    }
    Usual::parse_from(["bench"]).scenario
}

async fn measure(scenario: Scenario, place: &Place) -> Result<()> {
    let measured = async {
        match scenario {
            Scenario::Fanout(fanout) => fanout.run(place).await,
            Scenario::Sends(sends) => sends.run(place).await,
            Scenario::Idle(idle) => idle.run(place).await,
            #[cfg(feature = "sqlite")]
            Scenario::History(history) => history.run(place).await,
            Scenario::LogIns(log_ins) => log_ins.run(place).await,
            Scenario::Reconnect(reconnect) => reconnect.run(place).await,
            Scenario::Nodes(nodes) => nodes.run(place).await,
            Scenario::Bare(bare) => bare.serve().await,
        }
    };
    tokio::time::timeout(AT_MOST, measured).await?
}
