use std::time::{Duration, Instant};

use clap::Args;

use super::client::Client;
use super::process::Process;
use super::report::{line, number};
use super::target::{Folder, Target};
use super::{BenchPlace, Result};

mod fill;
mod steps;

use steps::{At, OF_CHATS, OF_MEMBERS, OF_MESSAGES, Step};

/// The server's processor time per command as chats grow in messages and members, and users in chats; always on a
/// separate server.
#[derive(Clone, Debug, Args)]
pub(super) struct Growth {
    /// Message counts, one chat for each.
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 100_000], value_parser = clap::value_parser!(u64).range(10..=10_000_000))]
    messages: Vec<u64>,
    /// Member counts, one chat for each.
    #[arg(long, value_delimiter = ',', default_values_t = [10, 1_000], value_parser = clap::value_parser!(u64).range(2..=100_000))]
    members: Vec<u64>,
    /// Chat counts, one user for each.
    #[arg(long, value_delimiter = ',', default_values_t = [10, 1_000, 20_000], value_parser = clap::value_parser!(u64).range(1..=100_000))]
    chats: Vec<u64>,
    /// Number of times that each command is sent.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    times: u64,
}

/// A connection to a chat of one size, or of a user with a number of chats.
struct SizedPlace {
    client: Client,
    chat: String,
    size: u64,
}

impl Growth {
    pub(super) async fn run(&self, place: &BenchPlace) -> Result<()> {
        outln!("growth: µs of the server's processor time for each command, {} times each", self.times)?;
        if place.url.is_some() || place.database.is_some() {
            let sentence = "this scenario writes its chats into its own SQLite file; omit --url and --database";
            return Err(sentence.into());
        }
        let folder = Folder::new(place)?;
        let begun = Instant::now();
        let owners = self.fill(&folder).await?;
        line("filled", format!("in {:.1} s", begun.elapsed().as_secs_f64()))?;
        let target = Target::of(place, &folder)?;
        let process = target.process.ok_or("the server's process is unknown")?;
        settle(process).await?;
        for (what, sizes, steps) in [("messages", &self.messages, OF_MESSAGES), ("members", &self.members, OF_MEMBERS)]
        {
            let mut connected = vec![];
            for &size in sizes {
                let client = Client::connect(&target, &target.token).await?;
                connected.push(SizedPlace { client, chat: format!("{what}-{size}"), size });
            }
            self.table(what, process, &mut connected, steps).await?;
        }
        let mut connected = vec![];
        for (&size, token) in self.chats.iter().zip(&owners) {
            let client = Client::connect(&target, token).await?;
            connected.push(SizedPlace { client, chat: format!("chats-{size}-0"), size });
        }
        self.table("own chats", process, &mut connected, OF_CHATS).await?;
        let mut costs = vec![];
        for token in &owners {
            let times = self.times.div_ceil(10);
            let before = process.cpu_of_threads()?;
            for _ in 0..times {
                Client::connect(&target, token).await?;
            }
            let spent = process.cpu_of_threads()?.saturating_sub(before);
            costs.push(CommandCost::new(spent, times, 1));
        }
        row("connecting", &costs)?;
        Ok(())
    }

    /// One line for each command, with its cost at each size.
    async fn table(&self, what: &str, process: Process, places: &mut [SizedPlace], steps: &[Step]) -> Result<()> {
        let sizes: Vec<String> = places.iter().map(|place| format!("{:>10}", number(place.size as f64))).collect();
        line(what, format!("{:8}{}", "", sizes.join(" ")))?;
        for step in steps {
            let mut costs = vec![];
            for place in &mut *places {
                costs.push(place.cost(step, process, self.times).await?);
            }
            row(step.name, &costs)?;
        }
        Ok(())
    }
}

/// The cost of one command.
struct CommandCost {
    micros: f64,
    /// Size of its answer in bytes.
    answer: usize,
}

impl CommandCost {
    fn new(spent: Duration, times: u64, answer: usize) -> CommandCost {
        CommandCost { micros: spent.as_secs_f64() * 1e6 / times as f64, answer }
    }
}

impl SizedPlace {
    /// The cost of a step, without that of the commands before it. Steps that need such commands are sent after all of
    /// them.
    async fn cost(&mut self, step: &Step, process: Process, times: u64) -> Result<CommandCost> {
        let SizedPlace { client, chat, size } = self;
        let at = |turn| At { chat: &*chat, size: *size, turn };
        // The first one prepares statements and fills caches.
        let mut spent = Duration::ZERO;
        let mut answer = 0;
        for turn in 0..=times {
            if let Some(before) = step.before {
                client.command(before(&at(turn))).await?;
            }
            let before = process.cpu_of_threads()?;
            let reply = client.command((step.command)(&at(turn))).await?;
            if turn > 0 {
                spent += process.cpu_of_threads()?.saturating_sub(before);
                answer = reply.to_string().len();
            }
        }
        Ok(CommandCost::new(spent, times, answer))
    }
}

/// Waits until the server is idle: after the chats were filled, it indexes their text.
async fn settle(process: Process) -> Result<()> {
    let mut known = process.cpu_of_threads()?;
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let now = process.cpu_of_threads()?;
        if now.saturating_sub(known) < Duration::from_millis(10) {
            return Ok(());
        }
        known = now;
    }
}

/// The cost at each size, and the ratio of the last to the first; also of the answer, if it grows.
fn row(name: &str, costs: &[CommandCost]) -> Result<()> {
    let (Some(first), Some(last)) = (costs.first(), costs.last()) else { return Ok(()) };
    let micros: Vec<String> = costs.iter().map(|cost| format!("{:>10.0}", cost.micros)).collect();
    let ratio = last.micros / first.micros.max(1.0);
    let growth = last.answer as f64 / first.answer.max(1) as f64;
    let answer = if growth > 1.2 { format!(", of the answer {growth:.2}") } else { String::new() };
    Ok(outln!("  {name:<20} {}   ratio {ratio:.2}{answer}", micros.join(" "))?)
}
