use clap::Args;

use super::fanout::Fanout;
use super::{BenchPlace, Result};

/// Send in many small rooms: the cost per message and per delivery, and the bytes written.
#[derive(Clone, Debug, Args)]
pub(super) struct Rooms {
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    rooms: u32,
    /// Number of members of each room, one of whom sends.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(2..=1000))]
    members: u32,
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=300))]
    seconds: u64,
    /// Maximum number of a room's messages in flight.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=1024))]
    backlog: u32,
    /// Characters per message.
    #[arg(long, default_value_t = 150, value_parser = clap::value_parser!(u64).range(12..=4096))]
    content: u64,
    /// Number of messages after which a listener marks them as read; 0 for never.
    #[arg(long, default_value_t = 16)]
    marked: u64,
}

impl Rooms {
    pub(super) async fn run(&self, place: &BenchPlace) -> Result<()> {
        let Rooms { rooms, members, seconds, backlog, content, marked } = *self;
        outln!("rooms: {rooms} × {members} members, {seconds} s, {backlog} ahead, read every {marked} messages")?;
        let fanout = Fanout { rooms, listeners: members - 1, senders: 1, rate: None, seconds, backlog, content };
        fanout.measure(place, marked).await?.print()?;
        Ok(())
    }
}
