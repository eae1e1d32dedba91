use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use redis::RedisResult;
use redis::aio::MultiplexedConnection;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, sleep};

use crate::cluster::Carrier;
use crate::cluster::letter::{Letter, Topic};
use crate::cluster::read::Reader;

use super::{Redis, UNREAD_LETTERS};

/// How often a node says that it is there.
const SIGN_OF_LIFE: Duration = Duration::from_secs(1);
/// How long it may not hear itself before it gives the connection up.
const SILENCE: Duration = Duration::from_secs(3);
/// How often topics are given up that are of no use.
const SWEEP_TICKS: u64 = 10;
/// How long between two attempts to connect, at first and at most.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(1));
/// How many topics are asked for at once.
const TOPICS: usize = 1000;

impl Redis {
    /// Keeps a connection to Redis for as long as it is polled, and gives what comes to the reader.
    pub(in crate::cluster) async fn run(self: Arc<Self>, reader: Arc<Reader>) {
        let (sender, receiver) = mpsc::channel(UNREAD_LETTERS);
        self.interest.want(&[Topic::All, Topic::Node(self.node)]);
        let serving = async {
            let (mut pause, mut is_told) = (PAUSES.0, false);
            loop {
                let served = self.serve(&sender, &reader).await;
                reader.watch.set_away(true);
                self.telemetry.bus_up.set(0.0);
                self.interest.begin();
                match served {
                    Ok(()) => (pause, is_told) = (PAUSES.0, false),
                    Err(error) if is_told => tracing::debug!(error = %error, "still no connection to Redis"),
                    Err(error) => {
                        tracing::warn!(error = %error, "no connection to Redis; it is tried again and again");
                        is_told = true;
                    }
                }
                sleep(pause).await;
                pause = (pause * 2).min(PAUSES.1);
            }
        };
        tokio::join!(serving, self.clone().read(receiver, reader.clone()));
    }

    /// Serves one connection until it ends; an error where it never began.
    async fn serve(self: &Arc<Self>, sender: &mpsc::Sender<bytes::Bytes>, reader: &Arc<Reader>) -> RedisResult<()> {
        let mut connection = self.connect(sender, reader).await?;
        let generation = self.interest.begin();
        loop {
            let topics = self.interest.unheard(TOPICS, &connection);
            if topics.is_empty() {
                break;
            }
            connection.subscribe(self.channels(&topics)).await?;
            self.interest.confirm(generation, &topics);
        }
        self.heard_itself();
        reader.peers.renew();
        reader.doubt(None);
        reader.watch.set_away(false);
        self.telemetry.bus_up.set(1.0);
        self.carry(Letter::Hello);
        reader.introduce(&**self, true);
        tracing::info!("connected to Redis");
        self.carry_on(connection, reader).await;
        tracing::warn!("Redis is away: other nodes' events are looked up in the storage until it is back");
        Ok(())
    }

    async fn carry_on(&self, mut connection: MultiplexedConnection, reader: &Reader) {
        let mut ticks = interval(SIGN_OF_LIFE);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut ticked = 0;
        loop {
            tokio::select! {
                () = self.cut.notified() => return,
                () = self.queue.more.notified() => {}
                _ = ticks.tick() => {
                    ticked += 1;
                    self.look_round(reader);
                    if self.silence() > SILENCE {
                        return;
                    }
                    if ticked % SWEEP_TICKS == 0 {
                        self.sweep(reader).await;
                    }
                }
            }
            if self.send(&mut connection).await.is_err() {
                return;
            }
        }
    }

    /// Says that this node is there, and notes who no longer is.
    fn look_round(&self, reader: &Reader) {
        let dropped = self.queue.take_dropped();
        if dropped > 0 {
            self.telemetry.letters_lost.increment(dropped);
            self.carry(Letter::Lost);
        }
        if self.overflowed.swap(false, Ordering::Relaxed) {
            reader.doubt(None);
            self.carry(Letter::Hello);
        }
        self.carry(Letter::Alive);
        for node in reader.peers.take_silent() {
            tracing::warn!(node, "a node has ended without a word");
            reader.ended(node);
        }
    }

    async fn sweep(&self, reader: &Reader) {
        let _turn = self.turn.write().await;
        let is_of_use = |topic: &Topic| match topic {
            Topic::All | Topic::Node(_) => true,
            Topic::Chat(chat) => reader.hub.is_heard(chat),
            Topic::User(user) => reader.hub.is_here(user),
        };
        let Some((mut connection, topics)) = self.interest.sweep(is_of_use) else { return };
        if let Err(error) = connection.unsubscribe(self.channels(&topics)).await {
            tracing::debug!(error = %error, "topics could not be given up");
        }
        let chats =
            topics.into_iter().filter_map(|topic| if let Topic::Chat(chat) = topic { Some(chat) } else { None });
        reader.doubt(Some(&chats.collect::<Vec<_>>()));
    }

    /// Sends everything that waits.
    async fn send(&self, connection: &mut MultiplexedConnection) -> RedisResult<()> {
        loop {
            let batch = self.queue.take();
            if batch.is_empty() {
                return Ok(());
            }
            let mut pipeline = redis::pipe();
            for letter in &batch {
                for channel in &letter.channels {
                    pipeline.cmd("PUBLISH").arg(channel).arg(&letter.bytes[..]).ignore();
                }
            }
            match pipeline.query_async::<()>(connection).await {
                Ok(()) => self.telemetry.letters_sent.increment(batch.len() as u64),
                Err(error) => {
                    tracing::debug!(error = %error, "letters could not be sent");
                    self.queue.put_back(batch);
                    return Err(error);
                }
            }
        }
    }
}
