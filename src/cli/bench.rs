//! `pichat bench`: speed, memory and latency of the server on this machine.
//!
//! Each scenario starts its own server in a child process, on loopback and in a folder that is deleted afterwards, and
//! compares its figures with a loop that does only the same work. Figures from one run can be compared with each other;
//! those from two machines cannot.

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

#[cfg(feature = "sqlite")]
mod archive;
mod bare;
mod client;
mod fanout;
#[cfg(feature = "sqlite")]
mod growth;
#[cfg(feature = "sqlite")]
mod history;
mod hostile;
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
mod rooms;
mod sends;
mod setup;
mod target;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The longest time a scenario may take.
const AT_MOST: Duration = Duration::from_secs(600);

/// Measure the server on this machine; by default with every scenario that needs no other server.
#[derive(Debug, Args)]
pub(super) struct Bench {
    #[command(subcommand)]
    scenario: Option<Scenario>,
    #[command(flatten)]
    place: BenchPlace,
}

#[derive(Debug, Subcommand)]
enum Scenario {
    /// One sender, many listeners: the cost per delivery.
    Fanout(fanout::Fanout),
    /// Many small rooms: the cost per message, and the bytes written.
    Rooms(rooms::Rooms),
    /// Many senders: the rate of durable messages.
    Sends(sends::Sends),
    /// Many idle connections: the memory per connection.
    Idle(idle::Idle),
    /// History pages of a short and a long chat: the ratio of their costs.
    #[cfg(feature = "sqlite")]
    History(history::HistoryPages),
    /// Commands as chats and their members grow: the ratio of their costs.
    #[cfg(feature = "sqlite")]
    Growth(growth::Growth),
    /// Export and import of a SQLite file: rates and peak memory.
    #[cfg(feature = "sqlite")]
    Archive(archive::Archive),
    /// Many log-ins: their effect on deliveries, and the cost of authenticating a connection.
    LogIns(log_ins::LogIns),
    /// All clients disconnected at once: the time until the last one is synchronised again.
    Reconnect(reconnect::Reconnect),
    /// Attacks on a server with its default limits: their cost, and the effect on another user.
    Hostile(hostile::Hostile),
    /// A client on another node: the additional delay of its messages.
    Nodes(nodes::Nodes),
    /// Serve the loop that fan-out is compared with.
    #[command(hide = true)]
    Bare(bare::Bare),
}

/// The server to measure, and the folder for files.
#[derive(Clone, Debug, Args)]
struct BenchPlace {
    /// A running server on this machine, for example ws://127.0.0.1:8080/ws; by default one is started.
    #[arg(long, global = true)]
    url: Option<String>,
    /// The token of an admin of the running server.
    #[arg(long, global = true)]
    token: Option<String>,
    /// The process id of the running server, for CPU and memory.
    #[arg(long, global = true)]
    pid: Option<u32>,
    /// The folder for temporary files; it must be on a real disk for durable sends to be meaningful.
    #[arg(long, global = true, default_value = ".")]
    directory: PathBuf,
    /// The database of the started server instead of a SQLite file, for example
    /// postgres://USER:PASSWORD@127.0.0.1/DATABASE; it should be empty, and the data stays in it.
    #[arg(long, global = true, conflicts_with = "url")]
    database: Option<String>,
    /// Skip the baseline measurements.
    #[arg(long, global = true)]
    alone: bool,
}

/// Runs the scenarios given on the command line.
pub(super) fn main(bench: Bench) -> std::result::Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let Bench { scenario, place } = bench;
    let scenarios = match scenario {
        Some(scenario) => vec![scenario],
        None => vec![
            Scenario::Fanout(usual()),
            Scenario::Rooms(usual()),
            Scenario::Sends(usual()),
            Scenario::Idle(usual()),
            #[cfg(feature = "sqlite")]
            Scenario::History(usual()),
            #[cfg(feature = "sqlite")]
            Scenario::Growth(usual()),
            #[cfg(feature = "sqlite")]
            Scenario::Archive(usual()),
            Scenario::LogIns(usual()),
            Scenario::Reconnect(usual()),
            Scenario::Hostile(usual()),
        ],
    };
    for scenario in scenarios {
        let measured = runtime.block_on(measure(scenario, &place));
        measured.map_err(|error| -> Box<dyn Error> { error })?;
    }
    Ok(())
}

/// A scenario with its default options.
fn usual<S: Args>() -> S {
    #[derive(Parser)]
    struct Usual<S: Args> {
        #[command(flatten)]
        scenario: S,
    }
    Usual::parse_from(["bench"]).scenario
}

async fn measure(scenario: Scenario, place: &BenchPlace) -> Result<()> {
    let measured = async {
        match scenario {
            Scenario::Fanout(fanout) => fanout.run(place).await,
            Scenario::Rooms(rooms) => rooms.run(place).await,
            Scenario::Sends(sends) => sends.run(place).await,
            Scenario::Idle(idle) => idle.run(place).await,
            #[cfg(feature = "sqlite")]
            Scenario::History(history) => history.run(place).await,
            #[cfg(feature = "sqlite")]
            Scenario::Growth(growth) => growth.run(place).await,
            #[cfg(feature = "sqlite")]
            Scenario::Archive(archive) => archive.run(place).await,
            Scenario::LogIns(log_ins) => log_ins.run(place).await,
            Scenario::Reconnect(reconnect) => reconnect.run(place).await,
            Scenario::Hostile(hostile) => hostile.run(place).await,
            Scenario::Nodes(nodes) => nodes.run(place).await,
            Scenario::Bare(bare) => bare.serve().await,
        }
    };
    tokio::time::timeout(AT_MOST, measured).await?
}
