use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clap::Args;
use futures_util::future::try_join_all;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

use super::client::Client;
use super::load::{self, Crowd, LoadResult, Shape};
use super::report::line;
use super::room::Room;
use super::setup::{self, BenchAccount};
use super::target::{Folder, Target};
use super::{BenchPlace, Result};

/// Accounts used for log-ins.
const PEOPLE: usize = 4;
const PASSWORD: &str = "correct horse battery";
/// Number of connections opened concurrently.
const HANDS: usize = 16;

/// Send to a room at a steady rate, first without and then with log-ins.
#[derive(Clone, Debug, Args)]
pub(super) struct LogIns {
    /// Log-ins per second, each on its own connection.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
    log_ins: u32,
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    listeners: u32,
    /// Messages per second.
    #[arg(long, default_value_t = 100.0)]
    rate: f64,
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=120))]
    seconds: u64,
    /// Number of connections with each kind of credentials, and with none.
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    connections: u32,
}

/// Outcomes of log-ins.
#[derive(Debug, Default)]
struct Counts {
    done: AtomicU64,
    refused: AtomicU64,
}

impl LogIns {
    pub(super) async fn run(&self, place: &BenchPlace) -> Result<()> {
        let LogIns { log_ins, listeners, rate, seconds, connections } = self;
        super::process::allow_sockets(u64::from(*connections) + u64::from(*listeners) + 1000)?;
        let folder = Folder::new(place)?;
        let target = Arc::new(Target::of(place, &folder)?);
        let people = sign_up(&target).await?;
        outln!("authentication: {connections} connections with each kind of credentials, and as many with none")?;
        self.authenticate(&target, &people).await?;
        outln!("log-ins: {listeners} listeners, {rate} messages/s, {seconds} s; without log-ins")?;
        let mut quiet = self.load(&target).await?;
        quiet.print()?;
        outln!(" {log_ins} log-ins per second")?;
        let counts = Arc::<Counts>::default();
        let storm = tokio::spawn(storm(target.clone(), people, self.log_ins, counts.clone()));
        let busy = self.load(&target).await;
        storm.abort();
        let mut busy = busy?;
        busy.print()?;
        let done = counts.done.load(Ordering::Relaxed);
        let refused = counts.refused.load(Ordering::Relaxed);
        line("log-ins", format!("{done} done, {refused} asked to retry"))?;
        if let Some((quiet, busy)) = quiet.delivery_p99().zip(busy.delivery_p99()) {
            line("ratio", format!("{:.2} of the p99 of deliveries without log-ins", busy / quiet))?;
        }
        Ok(())
    }

    async fn load(&self, target: &Target) -> Result<LoadResult> {
        let accounts = setup::accounts(target, self.listeners as usize + 1).await?;
        let ids = accounts.iter().map(|account| account.id.clone()).collect();
        let (id, seq) = setup::rooms(target, &[ids]).await?.pop().ok_or("no room")?;
        let room = Arc::new(Room::new(&id, seq, self.listeners + 1, 64));
        let (sender, listeners) = accounts.split_at(1);
        let senders = setup::connections(target, sender).await?;
        let crowd = Crowd { room, senders, listeners: setup::connections(target, listeners).await? };
        let shape = Shape { pipeline: 64, rate: Some(self.rate), seconds: self.seconds, content: 100, marked: 0 };
        load::run(vec![crowd], shape, target.process).await
    }

    /// Measures the server's cost of connections with credentials, compared with those without.
    async fn authenticate(&self, target: &Target, people: &[LogInAccount]) -> Result<()> {
        let count = self.connections as usize;
        let api: Vec<BenchAccount> = setup::accounts(target, 1).await?;
        let kinds = [("none", ""), ("JWT", &*people[0].access_token), ("API token", &*api[0].token)];
        let mut without = None;
        // Warm-up: first-use work is not counted.
        open(target, &api[0].token, HANDS).await?;
        for (name, token) in kinds {
            let Some(cpu) = open(target, token, count).await? else { return Ok(()) };
            let micros = cpu.as_secs_f64() * 1e6 / count as f64;
            let without = *without.get_or_insert(micros);
            match token {
                "" => line(name, format!("{micros:.1} µs of CPU per connection"))?,
                _ => line(name, format!("{micros:.1} µs of CPU per connection, {:.1} more", micros - without))?,
            }
        }
        Ok(())
    }
}

/// Opens a number of connections; returns the server's processor time.
async fn open(target: &Target, token: &str, count: usize) -> Result<Option<Duration>> {
    let cpu = || target.process.map(|process| process.cpu()).transpose();
    let before = cpu()?;
    let mut clients = vec![];
    while clients.len() < count {
        let hands = HANDS.min(count - clients.len());
        clients.extend(try_join_all((0..hands).map(|_| Client::connect(target, token))).await?);
    }
    Ok(cpu()?.zip(before).map(|(after, before)| after.saturating_sub(before)))
}

/// A client that logs in.
#[derive(Clone, Debug)]
struct LogInAccount {
    username: String,
    access_token: String,
}

async fn sign_up(target: &Target) -> Result<Vec<LogInAccount>> {
    let run = Uuid::new_v4().simple().to_string();
    let mut people = vec![];
    for place in 0..PEOPLE {
        let username = format!("bench-{}-person{place}", &run[..8]);
        let command = json!({"type":"SIGN_UP","username":username,"password":PASSWORD});
        let reply = Client::connect(target, "").await?.command(command).await?;
        let access_token = reply["accessToken"].as_str().ok_or("no access token")?.to_owned();
        people.push(LogInAccount { username, access_token });
    }
    Ok(people)
}

/// Logs in at a steady rate, whether or not earlier log-ins have finished, until it is dropped.
async fn storm(target: Arc<Target>, people: Vec<LogInAccount>, rate: u32, counts: Arc<Counts>) {
    let mut turns = interval(Duration::from_secs(1) / rate);
    turns.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut log_ins = JoinSet::new();
    for person in people.iter().cycle() {
        turns.tick().await;
        while log_ins.try_join_next().is_some() {}
        let command = json!({"type":"LOG_IN","username":person.username,"password":PASSWORD});
        log_ins.spawn(log_in(target.clone(), command, counts.clone()));
    }
}

async fn log_in(target: Arc<Target>, command: Value, counts: Arc<Counts>) {
    let done = async { Client::connect(&target, "").await?.command(command).await };
    let count = if done.await.is_ok() { &counts.done } else { &counts.refused };
    count.fetch_add(1, Ordering::Relaxed);
}
