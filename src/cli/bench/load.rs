//! Load on rooms: senders that send, listeners that listen, and a check that every frame is delivered exactly once.

use std::collections::VecDeque;
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use tokio::sync::SemaphorePermit;
use tokio::task::JoinSet;
use tokio::time::{sleep, sleep_until, timeout};

use super::Result;
use super::client::{Client, text};
use super::process::{Process, Written};
use super::report::{Times, line, number};
use super::room::Room;

/// The time limit for the last deliveries.
const REST_WITHIN: Duration = Duration::from_secs(60);
/// One in this many listeners measures the latency of messages.
const SAMPLED: usize = 32;

/// A room and the connections in it.
pub(super) struct Crowd {
    pub(super) room: Arc<Room>,
    pub(super) senders: Vec<Client>,
    pub(super) listeners: Vec<Client>,
}

/// The behaviour of senders.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Number of unanswered sends per connection.
    pub(super) pipeline: usize,
    /// Sends per second of each sender; none for as many as possible.
    pub(super) rate: Option<f64>,
    pub(super) seconds: u64,
    /// Characters of a message.
    pub(super) content: usize,
    /// Number of messages after which a listener marks them as read; 0 for never.
    pub(super) marked: u64,
}

/// The measured result; there is none if delivery was not exact.
#[derive(Debug)]
pub(super) struct LoadResult {
    pub(super) sent: u64,
    pub(super) delivered: u64,
    pub(super) elapsed: Duration,
    pub(super) cpu: Option<Duration>,
    written: Option<Written>,
    /// Bytes of one event.
    pub(super) bytes: u64,
    acks: Times,
    deliveries: Times,
}

/// Runs the load and waits until every member has seen every message.
pub(super) async fn run(crowds: Vec<Crowd>, shape: Shape, process: Option<Process>) -> Result<LoadResult> {
    let cpu = || process.map(Process::cpu).transpose();
    let rooms: Vec<_> = crowds.iter().map(|crowd| crowd.room.clone()).collect();
    let begun = Instant::now();
    let before = cpu()?;
    let written_before = process.and_then(Process::written);
    let mut tasks = JoinSet::new();
    for crowd in crowds {
        for (place, listener) in crowd.listeners.into_iter().enumerate() {
            tasks.spawn(listen(crowd.room.clone(), listener, place.is_multiple_of(SAMPLED), shape.marked));
        }
        for sender in crowd.senders {
            tasks.spawn(send(crowd.room.clone(), sender, shape));
        }
    }
    let work = async {
        sleep(Duration::from_secs(shape.seconds)).await;
        // All rooms at once, because waiting ones would keep sending.
        let rest = try_join_all(rooms.iter().map(|room| room.finish()));
        let rest = timeout(REST_WITHIN, rest).await;
        rest.unwrap_or_else(|_| Err("delivery is not exact: messages are missing".into())).map(drop)
    };
    tokio::select! {
        done = work => done?,
        Some(ended) = tasks.join_next() => ended?.map_err(|error| format!("delivery is not exact: {error}"))?,
    }
    let elapsed = begun.elapsed();
    let cpu = cpu()?.zip(before).map(|(after, before)| after.saturating_sub(before));
    let written = process.and_then(Process::written).zip(written_before).map(|(after, before)| after.since(before));
    Ok(LoadResult { cpu, written, ..LoadResult::of(&rooms, elapsed) })
}

async fn listen(room: Arc<Room>, mut client: Client, sampled: bool, marked: u64) -> Result<()> {
    let mut reader = room.reader().sampled(sampled);
    let mut read = reader.latest();
    loop {
        client.take(|frame| reader.look(frame).map(drop))?;
        if marked > 0 && reader.latest() >= read + marked {
            read = reader.latest();
            client.send(&text(&room.mark(read))?).await?;
        }
        client.fill().await?;
    }
}

async fn send(room: Arc<Room>, mut client: Client, shape: Shape) -> Result<()> {
    let mut reader = room.reader();
    let mut unanswered = VecDeque::with_capacity(shape.pipeline);
    let mut pace = Pace::new(shape.rate);
    let mut request_id = 0;
    let mut frames = vec![];
    loop {
        tokio::select! {
            filled = client.fill() => {
                filled?;
                client.take(|frame| {
                    let sent: Option<Instant> = reader.look(frame)?.then(|| unanswered.pop_front()).flatten();
                    sent.into_iter().for_each(|sent| room.acknowledged(sent.elapsed()));
                    Ok(())
                })?;
            }
            permit = pace.turn(&room), if unanswered.len() < shape.pipeline => {
                let mut turn = Some(permit?);
                while let Some(permit) = turn {
                    permit.forget();
                    request_id += 1;
                    frames.extend(text(&room.command(request_id, shape.content))?);
                    unanswered.push_back(Instant::now());
                    pace.advance();
                    let more = unanswered.len() < shape.pipeline && pace.is_due();
                    turn = more.then(|| room.window.try_acquire().ok()).flatten();
                    room.sent.fetch_add(1, Ordering::Relaxed);
                }
                client.send(&frames).await?;
                frames.clear();
            }
        }
    }
}

/// The schedule of a sender.
struct Pace {
    next: tokio::time::Instant,
    period: Duration,
}

impl Pace {
    fn new(rate: Option<f64>) -> Self {
        let period = rate.map_or(Duration::ZERO, |rate| Duration::from_secs_f64(1.0 / rate));
        Pace { next: tokio::time::Instant::now(), period }
    }

    async fn turn<'a>(&self, room: &'a Room) -> Result<SemaphorePermit<'a>> {
        if !self.is_due() {
            sleep_until(self.next).await;
        }
        match room.window.acquire().await {
            Ok(permit) => Ok(permit),
            Err(_) => pending().await,
        }
    }

    fn is_due(&self) -> bool {
        self.period.is_zero() || self.next <= tokio::time::Instant::now()
    }

    fn advance(&mut self) {
        self.next += self.period;
    }
}

impl LoadResult {
    fn of(rooms: &[Arc<Room>], elapsed: Duration) -> LoadResult {
        let mut acks = Times::default();
        let mut deliveries = Times::default();
        let mut sent = 0;
        let mut delivered = 0;
        let mut bytes = 0;
        for room in rooms {
            let count = room.sent.load(Ordering::Relaxed);
            sent += count;
            delivered += count * u64::from(room.members);
            bytes = bytes.max(room.bytes.load(Ordering::Relaxed));
            acks.append(&mut room.acks());
            deliveries.append(&mut room.deliveries());
        }
        LoadResult { sent, delivered, elapsed, cpu: None, written: None, bytes, acks, deliveries }
    }

    /// Processor time of the server per delivery, in microseconds.
    pub(super) fn micros_per_delivery(&self) -> Option<f64> {
        self.cpu.map(|cpu| cpu.as_secs_f64() * 1e6 / self.delivered as f64)
    }

    /// The median delivery time in microseconds, if it was measured.
    pub(super) fn delivery_p50(&mut self) -> Option<f64> {
        self.deliveries.percentile(0.5).map(f64::from)
    }

    /// The 99th percentile of delivery times in microseconds, if it was measured.
    pub(super) fn delivery_p99(&mut self) -> Option<f64> {
        self.deliveries.percentile(0.99).map(f64::from)
    }

    pub(super) fn per_second(&self, count: u64) -> f64 {
        count as f64 / self.elapsed.as_secs_f64()
    }

    /// Writes the figures down.
    pub(super) fn print(&mut self) -> Result<()> {
        let sent = number(self.sent as f64);
        let delivered = number(self.delivered as f64);
        line("exact", format!("{sent} sent, {delivered} delivered, each once and in order"))?;
        let sends = self.per_second(self.sent);
        let deliveries = self.per_second(self.delivered);
        line("rate", format!("{} sent/s, {} delivered/s", number(sends), number(deliveries)))?;
        if let Some(micros) = self.micros_per_delivery() {
            line("server CPU", format!("{micros:.2} µs per delivered message"))?;
        }
        if let Some(Written { bytes, calls }) = self.written {
            let bytes = number(bytes as f64 / self.sent as f64);
            let calls = calls as f64 / self.sent as f64;
            line("written", format!("{bytes} bytes and {calls:.2} calls per message"))?;
        }
        line("reply", self.acks.summary())?;
        if self.deliveries.percentile(0.5).is_some() {
            line("delivery", self.deliveries.summary())?;
        }
        Ok(())
    }
}
