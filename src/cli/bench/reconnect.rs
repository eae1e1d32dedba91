use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::client::Client;
use super::report::{Times, line, number};
use super::setup::{self, BenchAccount};
use super::target::{Folder, Target};
use super::{BenchPlace, Result, process};

/// Number of users in the same chats.
const COMPANY: usize = 50;
/// The time limit for one client to reconnect.
const PATIENCE: Duration = Duration::from_secs(120);

/// Disconnect all clients at once and let them reconnect at once.
#[derive(Clone, Debug, Args)]
pub(super) struct Reconnect {
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    clients: u32,
    /// Number of chats per client.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=100))]
    chats: u32,
    /// A node other than that of --url, for example ws://127.0.0.1:8081/ws; can be repeated. Clients reconnect to a
    /// different node than before.
    #[arg(long = "node")]
    nodes: Vec<String>,
}

/// A chat and its clock.
type ReconnectedChat = (String, u64);

/// A client that reconnects.
#[derive(Clone, Debug)]
struct Comer {
    token: String,
    /// The chats it is in, and their clocks when it was disconnected.
    chats: Arc<[ReconnectedChat]>,
}

impl Reconnect {
    pub(super) async fn run(&self, place: &BenchPlace) -> Result<()> {
        let Reconnect { clients, chats, nodes } = self;
        let known = nodes.len() + 1;
        outln!("reconnect: {clients} clients, each in {chats} chats, cut off at once; {known} node(s)")?;
        process::allow_sockets((*clients).into())?;
        let folder = Folder::new(place)?;
        let targets = Arc::new(Target::several(place, &folder, nodes)?);
        let comers = self.comers(&targets[0]).await?;
        let before = connect(&targets, &comers).await?;
        drop(before);
        let all: Vec<String> = companies(&comers).flat_map(|chats| chats.iter().map(|chat| chat.0.clone())).collect();
        setup::say(&targets[0], &all).await?;
        let asked = requests(&targets).await?;
        let (back, took, mut times) = storm(&targets, &comers).await?;
        let asked = requests(&targets).await?.zip(asked).map(|(after, before)| after - before);
        line("back", format!("{} of {clients}, each with what it had missed, once", number(back.len() as f64)))?;
        line("in sync", format!("the last after {:.2} s; {}", took.as_secs_f64(), times.summary()))?;
        if let Some(asked) = asked {
            line("storage", format!("{:.1} requests per client", asked / f64::from(*clients)))?;
        }
        setup::say(&targets[0], &all).await?;
        hear(back).await?;
        line("live", "each has received the next message once in each chat")?;
        Ok(())
    }

    /// Creates users with their own chats, group by group.
    async fn comers(&self, target: &Target) -> Result<Vec<Comer>> {
        let accounts = setup::accounts(target, self.clients as usize).await?;
        let ids = |company: &[BenchAccount]| company.iter().map(|account| account.id.clone()).collect::<Vec<_>>();
        let groups: Vec<_> =
            accounts.chunks(COMPANY).flat_map(|company| vec![ids(company); self.chats as usize]).collect();
        let rooms = setup::rooms(target, &groups).await?;
        let of_companies = rooms.chunks(self.chats as usize).map(Arc::<[ReconnectedChat]>::from);
        let comers = accounts.chunks(COMPANY).zip(of_companies).flat_map(|(company, chats)| {
            let comer = move |account: &BenchAccount| Comer { token: account.token.clone(), chats: chats.clone() };
            company.iter().map(comer).collect::<Vec<_>>()
        });
        Ok(comers.collect())
    }
}

/// The chats of each company.
fn companies(comers: &[Comer]) -> impl Iterator<Item = &[ReconnectedChat]> {
    comers.chunks(COMPANY).map(|company| &*company[0].chats)
}

async fn connect(targets: &[Target], comers: &[Comer]) -> Result<Vec<Client>> {
    let mut clients = vec![];
    for (place, target) in targets.iter().enumerate() {
        let here = comers.iter().skip(place).step_by(targets.len());
        let tokens: Vec<&str> = here.map(|comer| &*comer.token).collect();
        clients.extend(setup::connected(target, &tokens).await?);
    }
    Ok(clients)
}

/// Reconnects all clients at once; returns the total time, and the time of each.
async fn storm(targets: &Arc<Vec<Target>>, comers: &[Comer]) -> Result<(Vec<(Client, Comer)>, Duration, Times)> {
    let begun = Instant::now();
    let mut returning = JoinSet::new();
    let mut times = Times::default();
    for (place, comer) in comers.iter().enumerate() {
        returning.spawn(come_back(targets.clone(), place + 1, comer.clone()));
    }
    let mut back = vec![];
    while let Some(client) = returning.join_next().await {
        back.push(client??);
        times.add(begun.elapsed());
    }
    Ok((back, begun.elapsed(), times))
}

/// Connects and catches up; the client must receive exactly what it missed: one message in each of its chats.
async fn come_back(targets: Arc<Vec<Target>>, place: usize, comer: Comer) -> Result<(Client, Comer)> {
    let target = &targets[place % targets.len()];
    let positions: Map<String, Value> = comer.chats.iter().map(|(chat, seq)| (chat.clone(), json!(seq))).collect();
    let caught_up = async {
        let mut client = Client::connect(target, &comer.token).await?;
        let synced = client.command(json!({"type":"SYNC","chats":positions})).await?;
        Result::Ok((client, synced))
    };
    let (client, synced) = timeout(PATIENCE, caught_up).await.map_err(|_| "a client did not reconnect in time")??;
    let synced_chats = synced["chats"].as_array().map_or(&[][..], Vec::as_slice);
    for (chat, seq) in &*comer.chats {
        let of_chat = synced_chats
            .iter()
            .find(|chat_sync| chat_sync["chatId"] == **chat)
            .ok_or("a chat is missing from SYNCED")?;
        let messages = of_chat["messages"].as_array().map_or(&[][..], Vec::as_slice);
        let is_exact = of_chat["seq"] == seq + 1 && messages.len() == 1 && messages[0]["seq"] == seq + 1;
        if !is_exact || of_chat["more"] == true {
            return Err(format!("not in sync after {seq}: {of_chat}").into());
        }
    }
    Ok((client, comer))
}

/// Waits until every client has received the next message in each of its chats.
async fn hear(back: Vec<(Client, Comer)>) -> Result<()> {
    let mut hearing = JoinSet::new();
    for (mut client, comer) in back {
        hearing.spawn(async move {
            let mut open: Vec<&ReconnectedChat> = comer.chats.iter().collect();
            while !open.is_empty() {
                let frame = timeout(PATIENCE, client.event("NEW_MESSAGE")).await??;
                let is_next = |(chat, seq): &&ReconnectedChat| frame["chatId"] == **chat && frame["seq"] == seq + 2;
                let place = open.iter().position(is_next).ok_or_else(|| format!("unexpected: {frame}"))?;
                open.swap_remove(place);
            }
            Result::Ok(())
        });
    }
    while let Some(result) = hearing.join_next().await {
        result??;
    }
    Ok(())
}

/// Total storage requests of all nodes, if they report them.
async fn requests(targets: &[Target]) -> Result<Option<f64>> {
    let mut all = None;
    for target in targets {
        let counts = ["pichat_storage_requests_total", "pichat_cosmos_requests_total"];
        let page = target.page("/metrics").await?;
        let is_count = |line: &&str| counts.iter().any(|count| line.starts_with(count));
        for line in page.lines().filter(is_count) {
            let count: f64 = line.rsplit(' ').next().unwrap_or_default().parse()?;
            all = Some(all.unwrap_or(0.0) + count);
        }
    }
    Ok(all)
}
