use std::sync::Arc;

use clap::Args;

use super::load::{self, Crowd, LoadResult, Shape};
use super::report::line;
use super::room::Room;
use super::setup;
use super::target::{Folder, Target};
use super::{BenchPlace, Result};

/// Maximum number of messages in flight.
const BACKLOG: u32 = 64;

/// Send to a listener on the same node, then to one on another.
#[derive(Clone, Debug, Args)]
pub(super) struct Nodes {
    /// A node other than that of --url, for example ws://127.0.0.1:8081/ws.
    #[arg(long)]
    node: String,
    /// Messages per second.
    #[arg(long, default_value_t = 100.0)]
    rate: f64,
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=120))]
    seconds: u64,
}

impl Nodes {
    pub(super) async fn run(&self, place: &BenchPlace) -> Result<()> {
        outln!("nodes: {} messages/s, {} s, to a listener on the same node", self.rate, self.seconds)?;
        let folder = Folder::new(place)?;
        let targets = Target::several(place, &folder, std::slice::from_ref(&self.node))?;
        let mut near = self.measure(&targets[0], &targets[0]).await?;
        near.print()?;
        outln!(" to a listener on the other node")?;
        let mut far = self.measure(&targets[0], &targets[1]).await?;
        far.print()?;
        if let Some((near, far)) = near.delivery_p50().zip(far.delivery_p50()) {
            line("difference", format!("{:.2} ms of the p50 of deliveries", (far - near) / 1000.0))?;
        }
        Ok(())
    }

    async fn measure(&self, of_sender: &Target, of_listener: &Target) -> Result<LoadResult> {
        let accounts = setup::accounts(of_sender, 2).await?;
        let group = vec![accounts.iter().map(|account| account.id.clone()).collect()];
        let rooms = setup::rooms(of_sender, &group).await?;
        let room = Arc::new(Room::new(&rooms[0].0, rooms[0].1, 2, BACKLOG));
        let senders = setup::connections(of_sender, &accounts[..1]).await?;
        let listeners = setup::connections(of_listener, &accounts[1..]).await?;
        let shape =
            Shape { pipeline: BACKLOG as usize, rate: Some(self.rate), seconds: self.seconds, content: 100, marked: 0 };
        load::run(vec![Crowd { room, senders, listeners }], shape, None).await
    }
}
