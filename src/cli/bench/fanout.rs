use std::sync::Arc;

use clap::Args;

use super::load::{self, Crowd, LoadResult, Shape};
use super::report::line;
use super::room::Room;
use super::setup::{self, BenchAccount};
use super::target::{Folder, Target};
use super::{BenchPlace, Result};

/// Send to rooms full of listeners.
#[derive(Clone, Debug, Args)]
pub(super) struct Fanout {
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(super) rooms: u32,
    /// Number of listeners in each room.
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(super) listeners: u32,
    /// Number of senders in each room.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(super) senders: u32,
    /// Messages per second of each sender; by default as many as can be delivered.
    #[arg(long)]
    pub(super) rate: Option<f64>,
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=120))]
    pub(super) seconds: u64,
    /// Maximum number of a room's messages in flight.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub(super) backlog: u32,
    /// Characters per message.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(12..=4096))]
    pub(super) content: u64,
}

impl Fanout {
    pub(super) async fn run(&self, place: &BenchPlace) -> Result<()> {
        let Fanout { rooms, listeners, senders, seconds, backlog, .. } = self;
        let pace = self.rate.map_or("saturated".to_owned(), |rate| format!("{rate} messages/s each"));
        outln!("fan-out: {rooms} × {listeners} listeners, {senders} sender(s), {pace}, {seconds} s, {backlog} ahead")?;
        let mut pichat = self.measure(place, 0).await?;
        pichat.print()?;
        if place.alone {
            return Ok(());
        }
        for (name, how) in
            [("the bare loop, one flush per frame", "each"), ("the bare loop, many frames per flush", "gather")]
        {
            outln!(" {name}, {} bytes per frame as above", pichat.bytes)?;
            let mut bare = self.compare(pichat.bytes, how).await?;
            bare.print()?;
            if let Some((pichat, bare)) = pichat.micros_per_delivery().zip(bare.micros_per_delivery()) {
                line("ratio", format!("{:.2} of its CPU per delivered message", pichat / bare))?;
            }
        }
        Ok(())
    }

    fn shape(&self, marked: u64) -> Shape {
        let pipeline = self.backlog as usize;
        let content = usize::try_from(self.content).unwrap_or(100);
        Shape { pipeline, rate: self.rate, seconds: self.seconds, content, marked }
    }

    /// Listeners mark messages as read after this many; never for 0.
    pub(super) async fn measure(&self, place: &BenchPlace, marked: u64) -> Result<LoadResult> {
        let members = self.listeners + self.senders;
        super::process::allow_sockets(u64::from(members) * u64::from(self.rooms))?;
        let folder = Folder::new(place)?;
        let target = Target::of(place, &folder)?;
        let accounts = setup::accounts(&target, (members * self.rooms) as usize).await?;
        let groups: Vec<&[BenchAccount]> = accounts.chunks(members as usize).collect();
        let ids: Vec<Vec<String>> =
            groups.iter().map(|group| group.iter().map(|account| account.id.clone()).collect()).collect();
        let mut crowds = vec![];
        for (group, (id, seq)) in groups.iter().zip(setup::rooms(&target, &ids).await?) {
            crowds.push(self.crowd(&target, group, &id, seq).await?);
        }
        load::run(crowds, self.shape(marked), target.process).await
    }

    async fn compare(&self, bytes: u64, how: &str) -> Result<LoadResult> {
        let target = Target::start(&["bench", "bare", "--bytes", &bytes.to_string(), "--how", how], None)?;
        let nobody = BenchAccount { id: String::new(), token: "nobody".into() };
        let group = vec![nobody; (self.listeners + self.senders) as usize];
        let crowd = self.crowd(&target, &group, "bare", 0).await?;
        load::run(vec![crowd], self.shape(0), target.process).await
    }

    async fn crowd(&self, target: &Target, group: &[BenchAccount], id: &str, seq: u64) -> Result<Crowd> {
        let room = Arc::new(Room::new(id, seq, self.listeners + self.senders, self.backlog));
        let (senders, listeners) = group.split_at(self.senders as usize);
        let listeners = setup::connections(target, listeners).await?;
        Ok(Crowd { room, senders: setup::connections(target, senders).await?, listeners })
    }
}
