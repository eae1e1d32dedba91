use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clap::Args;
use futures_util::future::try_join_all;
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};
use uuid::Uuid;

use super::client::Client;
use super::report::{Times, line, number};
use super::setup::{self, BenchAccount};
use super::target::{Folder, Target};
use super::{BenchPlace, Result, process};

mod attacks;

use attacks::{Attack, Attacker};

/// Number of messages in the chat that is searched.
const MESSAGES: usize = 2000;
/// Number of users who only send PING.
const VICTIMS: usize = 5;
/// The time between two PINGs of a victim, within its rate limit.
const PING_EVERY: Duration = Duration::from_millis(100);
/// The time that attacks run before their effect is measured.
const SETTLE: Duration = Duration::from_secs(1);

/// Attack a server with its default limits, and measure the effect on another user.
#[derive(Clone, Debug, Args)]
pub(super) struct Hostile {
    /// Requests or writes per second of each attack.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    rate: u32,
    /// Seconds without attacks, and seconds with all of them; each attack on its own takes a fifth.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=300))]
    seconds: u64,
}

/// An attacker.
#[derive(Debug)]
struct AttackerAccount {
    source: IpAddr,
    token: String,
    username: String,
}

/// The users of a run, and the chat with messages.
#[derive(Debug)]
struct Stage {
    chat: String,
    attackers: Vec<AttackerAccount>,
    victims: Vec<BenchAccount>,
}

impl Hostile {
    pub(super) async fn run(&self, place: &BenchPlace) -> Result<()> {
        let Hostile { rate, seconds } = self;
        let kinds = Attack::ALL.len();
        outln!("hostile: {kinds} attacks, {rate}/s each, {seconds} s, against the default limits")?;
        process::allow_sockets(8000)?;
        let folder = Folder::new(place)?;
        // Prepared without limits, then attacked with them.
        let Stage { chat, attackers, victims } = stage(&Target::of(place, &folder)?).await?;
        let target = Arc::new(Target::guarded(place, &folder)?);
        let process = target.process.ok_or("with --url, give --pid to read the figures of the process")?;
        let mut idle = {
            let mut quiet = setup::connections(&target, &victims).await?;
            pings(&mut quiet, Duration::from_secs(*seconds)).await?
        };
        line("idle", format!("PING {}", idle.summary()))?;
        let mut alone = vec![];
        for (account, attack) in attackers.into_iter().zip(Attack::ALL) {
            let AttackerAccount { source, token, username } = account;
            let mut attacker = Attacker::new(target.clone(), source, &token, &username, &chat);
            let cpu = process.cpu()?;
            let memory = process.resident()?;
            let requests = AtomicU64::new(0);
            let until = Instant::now() + Duration::from_secs(*seconds) / 5;
            strike(&mut attacker, attack, *rate, Some(until), &requests).await;
            let requests = requests.load(Ordering::Relaxed).max(1);
            let micros = process.cpu()?.saturating_sub(cpu).as_secs_f64() * 1e6 / requests as f64;
            let bytes = process.resident()?.saturating_sub(memory) / requests;
            let count = number(requests as f64);
            outln!("  {:<42} {count:>8} requests, {micros:>7.0} µs of CPU and {bytes:>6} bytes each", attack.name())?;
            alone.push(attacker);
        }
        // Connected anew: the server closes connections that are silent while each attack runs on its own.
        let mut victims = setup::connections(&target, &victims).await?;
        self.together(&mut victims, alone, &mut idle, process).await
    }

    async fn together(
        &self,
        victims: &mut [Client],
        attackers: Vec<Attacker>,
        idle: &mut Times,
        process: process::Process,
    ) -> Result<()> {
        let requests = Arc::<AtomicU64>::default();
        let cpu = process.cpu()?;
        let memory = process.resident()?;
        let mut running = JoinSet::new();
        for (mut attacker, attack) in attackers.into_iter().zip(Attack::ALL) {
            let requests = requests.clone();
            let rate = self.rate;
            running.spawn(async move { strike(&mut attacker, attack, rate, None, &requests).await });
        }
        sleep(SETTLE).await;
        let mut busy = pings(victims, Duration::from_secs(self.seconds)).await?;
        let grown = process.resident()?.saturating_sub(memory);
        running.shutdown().await;
        let count = requests.load(Ordering::Relaxed).max(1);
        let micros = process.cpu()?.saturating_sub(cpu).as_secs_f64() * 1e6 / count as f64;
        line("attacked", format!("PING {}", busy.summary()))?;
        line("cost", format!("{micros:.0} µs of CPU per request of {}", number(count as f64)))?;
        line("memory", format!("{:.1} MiB more", grown as f64 / f64::from(1 << 20)))?;
        if let Some((quiet, busy)) = idle.percentile(0.99).zip(busy.percentile(0.99)) {
            line("ratio", format!("{:.2} of the p99 without attacks", f64::from(busy) / f64::from(quiet)))?;
        }
        Ok(())
    }
}

/// Repeats an attack at a steady rate, until a given time or until it is dropped.
async fn strike(attacker: &mut Attacker, attack: Attack, rate: u32, until: Option<Instant>, requests: &AtomicU64) {
    let mut ticks = interval(Duration::from_secs(1) / rate);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while until.is_none_or(|until| Instant::now() < until) {
        ticks.tick().await;
        requests.fetch_add(attacker.strike(attack).await, Ordering::Relaxed);
    }
}

/// The times from PING to PONG of several users.
async fn pings(clients: &mut [Client], during: Duration) -> Result<Times> {
    let mut times = Times::default();
    for mut of_one in try_join_all(clients.iter_mut().map(|client| pings_of(client, during))).await? {
        times.append(&mut of_one);
    }
    Ok(times)
}

async fn pings_of(client: &mut Client, during: Duration) -> Result<Times> {
    let mut times = Times::default();
    let mut ticks = interval(PING_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let until = Instant::now() + during;
    while Instant::now() < until {
        ticks.tick().await;
        let begun = Instant::now();
        client.command(json!({"type":"PING"})).await?;
        times.add(begun.elapsed());
    }
    Ok(times)
}

/// Creates the users and the chat.
async fn stage(target: &Target) -> Result<Stage> {
    let mut admin = Client::connect(target, &target.token).await?;
    let chat = admin.command(json!({"type":"CREATE_CHAT","name":"benchmark"})).await?;
    let chat = chat["chatId"].as_str().ok_or("no chat")?.to_owned();
    for number in 0..MESSAGES {
        let content = format!("message {number}: to be, or not to be, that is the benchmark");
        admin.command(json!({"type":"SEND_MESSAGE","chatId":chat,"content":content})).await?;
    }
    let mut attackers = vec![];
    for place in 0..Attack::ALL.len() {
        let source: IpAddr = Ipv4Addr::new(127, 0, 1, u8::try_from(place)?).into();
        let username = format!("bench-{}", &Uuid::new_v4().simple().to_string()[..12]);
        let account = json!({"type":"SIGN_UP","username":username,"password":"correct horse battery"});
        let account = Client::connect(target, "").await?.command(account).await?;
        let token = account["accessToken"].as_str().ok_or("no access token")?.to_owned();
        let id = account["user"]["id"].as_str().ok_or("no user")?;
        admin.command(json!({"type":"ADD_MEMBERS","chatId":chat,"members":[id]})).await?;
        attackers.push(AttackerAccount { source, token, username });
    }
    Ok(Stage { chat, attackers, victims: setup::accounts(target, VICTIMS).await? })
}
