use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use clap::Args;
use futures_util::future::try_join_all;
use tokio::time::sleep;

use super::client::Client;
use super::report::{line, number};
use super::setup::{self, BenchAccount};
use super::target::{Folder, Target};
use super::{BenchPlace, Result, process};

/// Number of connections opened concurrently.
const WAVE: usize = 64;
/// Number of users in the same chats.
const COMPANY: usize = 50;
/// Number of connections from one address; a system has about 28,000 ports for them.
const FROM_ONE_ADDRESS: usize = 20_000;
/// The time a process gets to release memory.
const SETTLE: Duration = Duration::from_secs(2);

/// Open idle connections of as many users, each in a few chats.
#[derive(Clone, Debug, Args)]
pub(super) struct Idle {
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=200_000))]
    connections: u32,
    /// Number of chats per user.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(0..=100))]
    chats: u32,
}

impl Idle {
    pub(super) async fn run(&self, place: &BenchPlace) -> Result<()> {
        let Idle { connections, chats } = self;
        outln!("idle: {connections} connections of as many users, each in {chats} chats")?;
        process::allow_sockets((*connections).into())?;
        let folder = Folder::new(place)?;
        let target = Target::of(place, &folder)?;
        let process = target.process.ok_or("with --url, give --pid to read the memory of the process")?;
        sleep(SETTLE).await;
        line("empty", mebibytes(process.resident()?))?;
        let accounts = setup::accounts(&target, self.connections as usize).await?;
        let groups: Vec<_> = accounts.chunks(COMPANY).flat_map(|company| self.chats_of(company)).collect();
        setup::rooms(&target, &groups).await?;
        sleep(SETTLE).await;
        let before = process.resident()?;
        line("prepared", format!("{}: users and chats exist", mebibytes(before)))?;
        let clients = connect(&target, &accounts).await?;
        sleep(SETTLE).await;
        let after = process.resident()?;
        let each = after.saturating_sub(before) as f64 / 1024.0 / clients.len() as f64;
        line("connected", format!("{}: {} connections", mebibytes(after), number(clients.len() as f64)))?;
        line("each", format!("{each:.1} KiB per connection"))?;
        Ok(())
    }

    fn chats_of(&self, company: &[BenchAccount]) -> Vec<Vec<String>> {
        let members: Vec<_> = company.iter().map(|account| account.id.clone()).collect();
        vec![members; self.chats as usize]
    }
}

async fn connect(target: &Target, accounts: &[BenchAccount]) -> Result<Vec<Client>> {
    let mut clients = Vec::with_capacity(accounts.len());
    for wave in accounts.chunks(WAVE) {
        let source = source(target, clients.len())?;
        let new = wave.iter().map(|account| Client::connect_from(target, &account.token, source));
        clients.extend(try_join_all(new).await?);
    }
    clients.iter_mut().for_each(Client::rest);
    Ok(clients)
}

/// The addresses of this machine one after another, if there are several.
fn source(target: &Target, count: usize) -> Result<Option<IpAddr>> {
    let place = u8::try_from(count / FROM_ONE_ADDRESS)?;
    let several = target.address.is_ipv4() && place > 0;
    Ok(several.then(|| Ipv4Addr::new(127, 0, 0, place + 1).into()))
}

fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20))
}
