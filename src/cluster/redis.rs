//! Messages over Redis pub/sub: a node subscribes only to the channels it needs.
//!
//! Redis may lose, delay or repeat a message, and may be unavailable. Publishing goes through a bounded queue that one
//! task sends in pipelines; messages that do not fit are dropped, and the other nodes are notified
//! ([`ClusterMessage::MessagesLost`]). One connection serves both directions, because two would not order a
//! subscription before later messages. The connection is replaced if the node does not receive its own heartbeat on it,
//! so that a half-open connection does not persist.
//!
//! Lock order: the sweep lock, then the interests. Neither the queue's lock nor the interests' is held across an await.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use redis::aio::MultiplexedConnection;
use redis::{
    AsyncConnectionConfig, Client, IntoConnectionInfo, ProtocolVersion, PushInfo, PushKind, RedisResult, Value,
};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Notify, RwLock, mpsc};
use tokio::time::timeout;

use crate::ops::clock;
use crate::ops::crypto;
use crate::ops::telemetry::Telemetry;
use crate::protocol::error::{Error, Result};

use super::message::{ClusterMessage, Topic};
use super::node::Wakers;
use super::receiver::Receiver;
use super::transport::Transport;

mod interest;
mod link;
mod outgoing;

use interest::Interest;
use outgoing::{Outgoing, OutgoingQueue};

/// The time limit for every request to Redis.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);
/// The time limit for a subscription; events missed after that are read from the storage.
const SUBSCRIBED_WITHIN: Duration = Duration::from_secs(1);
/// Limits of the queue of received messages: their number, and approximately their bytes.
const UNREAD_MESSAGES: usize = 16 << 10;
const UNREAD_BYTES: usize = 32 << 20;

/// This node's connection to Redis.
#[derive(Debug)]
pub(super) struct RedisTransport {
    client: Client,
    prefix: String,
    /// Distinguishes this node's messages from those of others.
    node: u64,
    queue: OutgoingQueue,
    interest: Interest,
    /// Held exclusively while unused topics are unsubscribed, so that no task subscribes to one of them at the same
    /// time.
    sweeping: RwLock<()>,
    telemetry: Arc<Telemetry>,
    unread: AtomicUsize,
    /// True if received messages were dropped because too many were waiting.
    overflowed: AtomicBool,
    /// The time at which this node last received its own heartbeat, in milliseconds of its uptime.
    echoed: AtomicU64,
    cut: Notify,
}

impl RedisTransport {
    /// Parses the address; nothing is sent yet.
    pub(super) fn new(url: &SecretString, telemetry: &Arc<Telemetry>) -> Result<Arc<RedisTransport>> {
        let info = url.expose_secret().into_connection_info().map_err(Error::unavailable)?;
        let prefix = format!("pichat:{}:", info.redis_settings().db());
        let settings = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP3);
        let tcp = info.tcp_settings().clone().set_nodelay(true);
        let client =
            Client::open(info.set_redis_settings(settings).set_tcp_settings(tcp)).map_err(Error::unavailable)?;
        let node = crypto::random::<8>().map_err(Error::internal)?;
        Ok(Arc::new(RedisTransport {
            client,
            prefix,
            // JSON numbers keep 53 bits.
            node: u64::from_le_bytes(node) >> 11,
            queue: OutgoingQueue::default(),
            interest: Interest::default(),
            sweeping: RwLock::default(),
            telemetry: telemetry.clone(),
            unread: AtomicUsize::new(0),
            overflowed: AtomicBool::new(false),
            echoed: AtomicU64::new(0),
            cut: Notify::new(),
        }))
    }

    /// Opens a connection that puts received messages into `unread`.
    async fn connect(
        self: &Arc<Self>,
        unread: &mpsc::Sender<Bytes>,
        receiver: &Arc<Receiver>,
    ) -> RedisResult<MultiplexedConnection> {
        let redis = self.clone();
        let receiver = receiver.clone();
        let unread = unread.clone();
        // Runs where the socket is read, so it must neither wait nor grow.
        let push = move |push: PushInfo| {
            redis.pushed(push, &unread, &receiver);
            Ok::<_, std::convert::Infallible>(())
        };
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(ANSWER_WITHIN))
            .set_response_timeout(Some(ANSWER_WITHIN))
            .set_push_sender(push);
        self.client.get_multiplexed_async_connection_with_config(&config).await
    }

    fn pushed(&self, push: PushInfo, unread: &mpsc::Sender<Bytes>, receiver: &Receiver) {
        match push.kind {
            PushKind::Disconnection => self.cut.notify_one(),
            PushKind::Message => {
                let Some(Value::BulkString(bytes)) = push.data.into_iter().nth(1) else { return };
                let size = bytes.len();
                let fits = self.unread.load(Ordering::Relaxed) + size <= UNREAD_BYTES;
                if fits && unread.try_send(bytes.into()).is_ok() {
                    self.unread.fetch_add(size, Ordering::Relaxed);
                } else {
                    // Dropped rather than waited for: waiting here would delay the heartbeat on the same socket, and
                    // lost events are read from the storage.
                    self.telemetry.node_messages_lost.increment(1);
                    self.overflowed.store(true, Ordering::Relaxed);
                    receiver.reconciler.invalidate();
                }
            }
            _ => {}
        }
    }

    fn channels(&self, topics: &[Topic]) -> Vec<String> {
        topics.iter().map(|topic| topic.channel(&self.prefix)).collect()
    }

    fn heard_itself(&self) {
        self.echoed.store(clock::uptime_millis(), Ordering::Relaxed);
    }

    /// The time since this node last received its own heartbeat.
    fn silence(&self) -> Duration {
        Duration::from_millis(clock::uptime_millis().saturating_sub(self.echoed.load(Ordering::Relaxed)))
    }

    /// Passes received messages to the receiver, for as long as it is polled.
    async fn read(self: Arc<Self>, mut unread: mpsc::Receiver<Bytes>, receiver: Arc<Receiver>) {
        let mut batch: Vec<Bytes> = vec![];
        let transport: Arc<dyn Transport> = self.clone();
        while unread.recv_many(&mut batch, 256).await > 0 {
            let mut wakers = Wakers::default();
            self.telemetry.node_messages_received.increment(batch.len() as u64);
            for bytes in batch.drain(..) {
                self.unread.fetch_sub(bytes.len(), Ordering::Relaxed);
                match ClusterMessage::decode(&bytes) {
                    Some(envelope) if envelope.node == self.node => self.heard_itself(),
                    Some(envelope) => receiver.receive(envelope, &transport, &mut wakers),
                    None => tracing::warn!("received an invalid message; do all nodes have the same version?"),
                }
            }
            wakers.wake();
        }
    }
}

#[async_trait]
impl Transport for RedisTransport {
    fn node(&self) -> u64 {
        self.node
    }

    fn publish(&self, message: &ClusterMessage) {
        let channels = self.channels(&message.topics());
        let outlives_outages = message.outlives_outages();
        self.queue.push(Outgoing { channels, bytes: message.encode(self.node), outlives_outages });
    }

    fn is_subscribed(&self, topic: &Topic) -> bool {
        self.interest.is_subscribed(topic)
    }

    async fn subscribe(&self, topics: &[Topic]) {
        let _subscribing = self.sweeping.read().await;
        let Some(mut request) = self.interest.want(topics) else { return };
        let asked = request.connection.subscribe(self.channels(&request.topics));
        match timeout(SUBSCRIBED_WITHIN, asked).await {
            Ok(Ok(())) => self.interest.confirm(request.generation, &request.topics),
            // A connection that does not respond is replaced: the next one subscribes to every needed topic.
            _ => self.cut.notify_one(),
        }
    }

    async fn flush(&self) {
        // Polls, because this runs only once, when the server stops.
        while !self.queue.is_done() {
            self.queue.more.notify_one();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}
