use std::sync::Arc;

use clap::Args;

use super::load::{self, Crowd, LoadResult, Shape};
use super::report::line;
use super::room::Room;
use super::target::{Folder, Target};
use super::{BenchPlace, Result, setup};

/// Send from many connections that wait for their replies, which arrive when the message is durable.
#[derive(Clone, Debug, Args)]
pub(super) struct Sends {
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    connections: u32,
    /// Maximum number of a connection's messages in flight.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=128))]
    pipeline: u32,
    /// Use one room for all connections instead of a room for each.
    #[arg(long)]
    shared: bool,
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=120))]
    seconds: u64,
    /// Characters per message.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(12..=4096))]
    content: u64,
}

impl Sends {
    pub(super) async fn run(&self, place: &BenchPlace) -> Result<()> {
        let Sends { connections, pipeline, seconds, .. } = self;
        let rooms = if self.shared { "all in one room" } else { "each in its own room" };
        outln!("durable sends: {connections} connections, {rooms}, {pipeline} in flight each, {seconds} s")?;
        let (mut pichat, batch) = self.measure(place).await?;
        pichat.print()?;
        line("batches", format!("{batch:.1} messages each on average"))?;
        #[cfg(any(feature = "sqlite", feature = "postgres"))]
        if !place.alone {
            self.compare(place, &pichat, batch).await?;
        }
        Ok(())
    }

    /// Compares the rate with those of plain loops.
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    async fn compare(&self, place: &BenchPlace, pichat: &LoadResult, batch: f64) -> Result<()> {
        use super::{plain, report::number};
        let rooms = if self.shared { 1 } else { self.connections };
        let work = plain::Work { rooms, batch, content: self.content, seconds: self.seconds };
        for rate in work.rates(place).await? {
            outln!(" {}: the same rows in the same tables, as many to a transaction", rate.loops)?;
            line("rate", format!("{} rows/s", number(rate.rows)))?;
            line("ratio", format!("{:.2} of its rate", pichat.per_second(pichat.sent) / rate.rows))?;
        }
        Ok(())
    }

    async fn measure(&self, place: &BenchPlace) -> Result<(LoadResult, f64)> {
        super::process::allow_sockets(self.connections.into())?;
        let folder = Folder::new(place)?;
        let target = Target::of(place, &folder)?;
        let accounts = setup::accounts(&target, self.connections as usize).await?;
        let together = if self.shared { accounts.len() } else { 1 };
        let groups: Vec<Vec<String>> =
            accounts.chunks(together).map(|group| group.iter().map(|account| account.id.clone()).collect()).collect();
        let made = setup::rooms(&target, &groups).await?;
        let mut crowds = vec![];
        for (group, (id, seq)) in accounts.chunks(together).zip(made) {
            let members = u32::try_from(group.len())?;
            let room = Arc::new(Room::new(&id, seq, members, self.pipeline * members));
            let senders = setup::connections(&target, group).await?;
            crowds.push(Crowd { room, senders, listeners: vec![] });
        }
        let shape = Shape {
            pipeline: self.pipeline as usize,
            rate: None,
            seconds: self.seconds,
            content: usize::try_from(self.content)?,
            marked: 0,
        };
        let before = batches(&target).await?;
        let outcome = load::run(crowds, shape, target.process).await?;
        let after = batches(&target).await?;
        Ok((outcome, (after.0 - before.0) / (after.1 - before.1)))
    }
}

/// Number of changes committed so far, and of batches.
async fn batches(target: &Target) -> Result<(f64, f64)> {
    let page = target.page("/metrics").await?;
    let value = |name: &str| -> Result<f64> {
        let line = page.lines().find_map(|line| line.strip_prefix(name)).ok_or_else(|| format!("no {name}"))?;
        Ok(line.trim().parse()?)
    };
    Ok((value("pichat_batch_changes_sum")?, value("pichat_batch_changes_count")?))
}
