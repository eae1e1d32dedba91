use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use redis::RedisResult;
use redis::aio::MultiplexedConnection;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

use crate::cluster::message::{ClusterMessage, Topic};
use crate::cluster::receiver::Receiver;
use crate::cluster::transport::Transport;

use super::{RedisTransport, UNREAD_MESSAGES};

/// The interval of heartbeats.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// The time without an echo of its own messages after which a node replaces the connection.
const SILENCE: Duration = Duration::from_secs(3);
/// An interval between two ticks that only a pause of this process explains.
const PAUSE: Duration = Duration::from_secs(2);
/// Number of heartbeats between two sweeps of unused topics.
const SWEEP_TICKS: u64 = 10;
/// The first and the longest pause between two attempts to connect.
const FIRST_RETRY: Duration = Duration::from_millis(50);
const LAST_RETRY: Duration = Duration::from_secs(1);
/// Maximum number of topics in one SUBSCRIBE.
const TOPICS: usize = 1000;

impl RedisTransport {
    /// Maintains a connection to Redis for as long as it is polled, and passes incoming messages to the receiver.
    pub(in crate::cluster) async fn run(self: Arc<Self>, receiver: Arc<Receiver>) {
        let (sender, unread) = mpsc::channel(UNREAD_MESSAGES);
        self.interest.want(&[Topic::All, Topic::Node(self.node)]);
        tokio::join!(self.keep_connected(sender, &receiver), self.clone().read(unread, receiver.clone()));
    }

    async fn keep_connected(self: &Arc<Self>, sender: mpsc::Sender<bytes::Bytes>, receiver: &Arc<Receiver>) {
        let mut retry = FIRST_RETRY;
        let mut is_told = false;
        loop {
            let served = self.serve(&sender, receiver).await;
            receiver.reconciler.set_away(true);
            self.telemetry.bus_up.set(0.0);
            // The subscriptions ended with the connection. Until the next one is up, events are read from the storage.
            self.interest.begin();
            match served {
                Ok(()) => {
                    retry = FIRST_RETRY;
                    is_told = false;
                }
                Err(error) if is_told => tracing::debug!(error = %error, "still no connection to Redis"),
                Err(error) => {
                    tracing::warn!(error = %error, "no connection to Redis; trying again");
                    is_told = true;
                }
            }
            sleep(retry).await;
            retry = (retry * 2).min(LAST_RETRY);
        }
    }

    /// Serves one connection until it ends; an error if it could not be opened.
    async fn serve(self: &Arc<Self>, sender: &mpsc::Sender<bytes::Bytes>, receiver: &Arc<Receiver>) -> RedisResult<()> {
        let mut connection = self.connect(sender, receiver).await?;
        let generation = self.interest.begin();
        loop {
            let topics = self.interest.unconfirmed(TOPICS, &connection);
            if topics.is_empty() {
                break;
            }
            connection.subscribe(self.channels(&topics)).await?;
            self.interest.confirm(generation, &topics);
        }
        self.heard_itself();
        receiver.peers.renew_leases();
        receiver.node.invalidate_streams(None);
        receiver.reconciler.set_away(false);
        self.telemetry.bus_up.set(1.0);
        // Only now that every subscription is confirmed, because the answers to Join must arrive.
        self.publish(&ClusterMessage::Join);
        receiver.send_snapshot(&**self, true);
        tracing::info!("connected to Redis");
        self.carry_on(connection, receiver).await;
        tracing::warn!("lost the connection to Redis; reading other nodes' events from the storage until it is back");
        Ok(())
    }

    async fn carry_on(&self, mut connection: MultiplexedConnection, receiver: &Receiver) {
        let mut ticks = interval(HEARTBEAT);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut ticked = 0;
        let mut last_tick = Instant::now();
        loop {
            tokio::select! {
                () = self.cut.notified() => return,
                () = self.queue.more.notified() => {}
                _ = ticks.tick() => {
                    ticked += 1;
                    // A suspended process resumes with every lease expired, and with old heartbeats still in its
                    // socket. Its own silence comes first: it considers the other nodes only from now on.
                    let was_paused = last_tick.elapsed() > PAUSE;
                    last_tick = Instant::now();
                    if was_paused {
                        tracing::warn!("this process was paused; reconciling");
                        receiver.peers.renew_leases();
                        receiver.recover(self);
                    }
                    if self.silence() > SILENCE {
                        return;
                    }
                    self.tick(receiver);
                    if ticked % SWEEP_TICKS == 0 {
                        self.sweep(receiver).await;
                    }
                }
            }
            if self.send(&mut connection).await.is_err() {
                return;
            }
        }
    }

    /// Sends a heartbeat, and handles lost messages and lost nodes.
    fn tick(&self, receiver: &Receiver) {
        let dropped = self.queue.take_dropped();
        if dropped > 0 {
            self.telemetry.node_messages_lost.increment(dropped);
            self.publish(&ClusterMessage::MessagesLost);
        }
        if self.overflowed.swap(false, Ordering::Relaxed) {
            receiver.recover(self);
        }
        self.publish(&ClusterMessage::Heartbeat);
        receiver.drop_lost_nodes();
    }

    async fn sweep(&self, receiver: &Receiver) {
        let _sweeping = self.sweeping.write().await;
        let is_used = |topic: &Topic| match topic {
            Topic::All | Topic::Node(_) => true,
            Topic::Chat(chat) => receiver.node.is_subscribed(chat),
            Topic::User(user) => receiver.node.is_connected(user),
        };
        let Some(mut request) = self.interest.sweep(is_used) else { return };
        if let Err(error) = request.connection.unsubscribe(self.channels(&request.topics)).await {
            tracing::debug!(error = %error, "topics could not be unsubscribed");
        }
        let chats = request.topics.into_iter().filter_map(|topic| match topic {
            Topic::Chat(chat) => Some(chat),
            _ => None,
        });
        receiver.node.invalidate_streams(Some(&chats.collect::<Vec<_>>()));
    }

    /// Sends every queued message.
    async fn send(&self, connection: &mut MultiplexedConnection) -> RedisResult<()> {
        loop {
            let batch = self.queue.take();
            if batch.is_empty() {
                return Ok(());
            }
            let mut pipeline = redis::pipe();
            for message in &batch {
                for channel in &message.channels {
                    pipeline.cmd("PUBLISH").arg(channel).arg(&message.bytes[..]).ignore();
                }
            }
            match pipeline.query_async::<()>(connection).await {
                Ok(()) => self.telemetry.node_messages_sent.increment(batch.len() as u64),
                Err(error) => {
                    tracing::debug!(error = %error, "messages could not be sent");
                    // Some of it may have arrived; a duplicate event is recognised by its `seq`.
                    self.queue.put_back(batch);
                    return Err(error);
                }
            }
        }
    }
}
