//! `pichat check`: verifies that a deployment keeps its guarantees.
//!
//! Many clients on all nodes send random commands like people, and compare what they receive with the guarantees of the
//! protocol: each chat in the same order and without gaps for everybody, nothing acknowledged lost, nothing duplicated,
//! and in the end the same state for all clients on every node. Nodes, Redis and the storage may be stopped,
//! disconnected and restarted in the meantime.

use std::error::Error;
use std::process::exit;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout_at};

mod cast;
mod ledger;
mod memberships;
mod own_state;
mod person;
mod picture;
mod promise;
mod revocations;
#[cfg(test)]
mod simulated_nodes;
#[cfg(test)]
mod simulation;
mod socket;
mod verdict;
mod view;
mod wishes;

use super::output::counted;
use super::remote::way;
use ledger::Ledger;
use person::SimulatedClient;
use picture::Picture;
use promise::Promise;
use socket::NodeSocket;
use view::Goal;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The interval between progress reports.
const TOLD_EVERY: Duration = Duration::from_secs(1);
/// The time after settling within which the clients must end; a client that still sends SYNC then will never be up to
/// date.
const ENDS_WITHIN: Duration = Duration::from_secs(20);
/// Number of violations reported in detail.
const TOLD: usize = 5;
/// The number of promises.
const PROMISES: usize = 12;
/// The exit code if nothing could be checked.
const NOT_CHECKED: i32 = 2;

/// The text that `pichat check --help` prints after the options.
const MANUAL: &str = "\
The clients send, edit, delete and pin messages, add reactions, resend messages, join and leave, add and remove each \
other, rename chats, mark chats read, mute them, change their profiles and settings, page through their chats, \
disconnect, and come back on another node with SYNC. They repeat commands with the same opId. Meanwhile bots are \
connected to every node and deleted. While it runs, kill nodes, stop Redis, restart \
the database and cut connections; at the end all nodes must be up.

It checks that every client sees each chat's clock complete and in order, and the same event at each position; that \
replies arrive in the order of the commands; that everything acknowledged is stored, once; and that at the end every \
client has received everything without asking, agrees with every node, and has nothing left to fetch with SYNC. It also \
checks that nobody receives anything of a chat they have left, that marks, mutes and settings stay as acknowledged, \
that a deleted bot's token stops working on every node within 10 seconds, and that lists of chats miss none.

The clients are bots of the token's user. They and their chats (\"check …\") remain. If COMMANDS_PER_SECOND is low, \
the clients wait as requested. The exit code is 0 if every guarantee was kept, 1 if one was broken, and 2 if \
nothing could be checked.

Examples:
  pichat check --url ws://10.0.0.1:8080/ws --url ws://10.0.0.2:8080/ws --token \"$API_TOKEN\"
  pichat check --url wss://chat.example/ws --sign-up --clients 10 --seconds 0";

/// Verify the guarantees of a running deployment across all its nodes.
#[derive(Debug, Args)]
#[command(after_long_help = MANUAL)]
pub(super) struct Check {
    /// A node, for example ws://127.0.0.1:8080/ws or wss://chat.example/ws; repeat it for each node.
    #[arg(long = "url", value_name = "URL", required = true, value_parser = way::checked)]
    urls: Vec<String>,
    /// The token of the user who creates the clients and their chats; by default API_TOKEN.
    #[arg(long)]
    token: Option<String>,
    /// Sign up a new user for that instead; the password is discarded.
    #[arg(long, conflicts_with = "token")]
    sign_up: bool,
    /// Number of clients, spread over the nodes.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(2..=10_000))]
    clients: u64,
    /// Number of chats.
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    chats: u64,
    /// Duration of the load in seconds; 0 runs until Ctrl-C, which always prints a verdict.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// Average pause of a client between two commands, in milliseconds.
    #[arg(long, default_value_t = 100)]
    rest: u64,
    /// Seconds to wait afterwards for all clients to catch up.
    #[arg(long, default_value_t = 30)]
    settle: u64,
    /// Seed of the random choices.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// The phases of a run.
#[derive(Clone, Debug)]
enum Phase {
    /// Sends random commands.
    Busy,
    /// Finds out which of its messages have arrived, by a deadline, and sends no more.
    Quiet(Instant),
    /// Must receive every event by a deadline.
    Listen(Arc<Goal>, Instant),
}

/// State that all clients of a run share.
#[derive(Debug)]
struct Run {
    urls: Vec<String>,
    chats: Vec<String>,
    people: Vec<String>,
    rest: Duration,
    ledger: Ledger,
    phase: watch::Sender<Phase>,
    /// The number of clients that have finished sending.
    silent: watch::Sender<u64>,
}

impl Run {
    fn new(check: &Check, chats: Vec<String>, people: &[SimulatedClient]) -> Self {
        Run {
            urls: check.urls.clone(),
            chats,
            people: people.iter().map(|person| person.id.clone()).collect(),
            rest: Duration::from_millis(check.rest),
            ledger: Ledger::default(),
            phase: watch::Sender::new(Phase::Busy),
            silent: watch::Sender::new(0),
        }
    }

    fn phase(&self) -> Phase {
        self.phase.borrow().clone()
    }

    fn is_busy(&self) -> bool {
        matches!(*self.phase.borrow(), Phase::Busy)
    }

    /// True once the time is up.
    fn is_over(&self) -> bool {
        match *self.phase.borrow() {
            Phase::Busy => false,
            Phase::Quiet(by) | Phase::Listen(_, by) => Instant::now() >= by,
        }
    }
}

/// Runs the check and reports the result; an error if a guarantee was broken.
pub(super) fn main(check: Check) -> std::result::Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let run = runtime.block_on(check.run()).unwrap_or_else(|error| {
        eprintln!("pichat: {error}");
        exit(NOT_CHECKED)
    });
    check.report(&run)
}

impl Check {
    async fn run(&self) -> Result<Arc<Run>> {
        let mark = cast::mark();
        let (token, people, chats) = cast::prepare(self, &mark).await?;
        let run = Arc::new(Run::new(self, chats, &people));
        outln!("{} clients are running; Ctrl-C ends the run with a verdict", people.len())?;
        let mut busy = JoinSet::new();
        for person in people {
            busy.spawn(person.live(run.clone()));
        }
        let revoking = tokio::spawn(revocations::keep_revoking(run.clone(), token.clone(), mark));
        self.pass_time(&run).await?;
        outln!("the load has ended; waiting until every client has everything")?;
        let by = self.set_goal(&run, &token).await?;
        revoking.await?;
        let pictures = last_pictures(&run, busy, by + ENDS_WITHIN).await?;
        verdict::compare(&run, &token, &pictures).await;
        Ok(run)
    }

    /// Reports progress until the time is up, or until Ctrl-C.
    async fn pass_time(&self, run: &Run) -> Result<()> {
        let begun = Instant::now();
        let mut interrupt = std::pin::pin!(tokio::signal::ctrl_c());
        while self.seconds == 0 || begun.elapsed().as_secs() < self.seconds {
            tokio::select! {
                pressed = &mut interrupt => return Ok(pressed?),
                () = sleep(TOLD_EVERY) => outln!("{:>5} s  {}", begun.elapsed().as_secs(), run.ledger.summary())?,
            }
        }
        Ok(())
    }

    /// Waits until no client has commands left, and returns the time by which every client must have caught up with its
    /// chats.
    async fn set_goal(&self, run: &Run, token: &str) -> Result<Instant> {
        let by = Instant::now() + Duration::from_secs(self.settle);
        run.phase.send_replace(Phase::Quiet(by));
        outln!("the load has ended; waiting until every client has everything")?;
        let mut silent = run.silent.subscribe();
        // Clients that find no node in time report that themselves.
        let _ = timeout_at(by, silent.wait_for(|silent| *silent >= self.clients)).await;
        let goal = verdict::goal(run, token).await?;
        let by = Instant::now() + Duration::from_secs(self.settle);
        run.phase.send_replace(Phase::Listen(Arc::new(goal), by));
        Ok(by)
    }

    fn report(&self, run: &Run) -> std::result::Result<(), Box<dyn Error>> {
        let (counts, faults) = run.ledger.read();
        let parts = [
            counted(self.clients, "client", "clients"),
            counted(self.urls.len() as u64, "node", "nodes"),
            counted(self.chats, "chat", "chats"),
        ];
        outln!("{} on {}, {}", parts[0], parts[1], parts[2])?;
        for (what, count) in counts {
            outln!("{count:>8} {what}")?;
        }
        if faults.is_empty() {
            outln!("KEPT: every guarantee was kept")?;
            return Ok(());
        }
        for (promise, faults) in &faults {
            outln!("BROKEN, {} times: {promise}", faults.len())?;
            for fault in faults.iter().take(TOLD) {
                outln!("    {fault}")?;
            }
        }
        Err(format!("{} of {PROMISES} guarantees were broken", faults.len()).into())
    }
}

/// The final states of the clients; clients that have not ended by then are stopped and reported.
async fn last_pictures(run: &Run, mut busy: JoinSet<Option<Picture>>, by: Instant) -> Result<Vec<Picture>> {
    let mut pictures = vec![];
    while let Ok(Some(ended)) = timeout_at(by, busy.join_next()).await {
        pictures.extend(ended?);
    }
    if !busy.is_empty() {
        let count = busy.len();
        run.ledger.fault(Promise::Resume, format!("{count} clients keep sending SYNC and are never up to date"));
        busy.shutdown().await;
    }
    Ok(pictures)
}
