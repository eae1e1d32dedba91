//! Letters over Redis: published to channels, of which a node subscribes to those that somebody on it is concerned with.
//!
//! Redis may lose, delay or repeat a letter, and may be away. Publishing goes through a bounded queue that one task
//! sends in pipelines; what does not fit is dropped, and the others are told to look everything up. One connection
//! does it all. It is given up when the node does not hear its own sign of life on it, so a connection that is open
//! only in name does not last.

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

use super::letter::{Letter, Topic};
use super::read::Reader;
use super::{Carrier, letter};

mod interest;
mod link;
mod outgoing;

use interest::Interest;
use outgoing::{Outgoing, Queue};

/// How long Redis may take for anything.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);
/// How long a connection waits for its topics; what it misses after that is looked up.
const HEARD_WITHIN: Duration = Duration::from_secs(1);
/// How many letters wait to be read, and about how many bytes.
const UNREAD_LETTERS: usize = 16 << 10;
const UNREAD_BYTES: usize = 32 << 20;

/// A node's connection to Redis.
#[derive(Debug)]
pub(super) struct Redis {
    client: Client,
    prefix: String,
    /// Tells this node's letters from others'.
    node: u64,
    queue: Queue,
    interest: Interest,
    /// Held while topics are given up, so that nobody asks for one of them meanwhile.
    turn: RwLock<()>,
    telemetry: Arc<Telemetry>,
    unread: AtomicUsize,
    /// Letters have come that could not be kept: one must ask how everybody stands.
    overflowed: AtomicBool,
    /// When this node last heard itself, in milliseconds of its life.
    echoed: AtomicU64,
    cut: Notify,
}

impl Redis {
    /// Knows where Redis is; nothing is sent yet.
    pub(super) fn new(url: &SecretString, telemetry: &Arc<Telemetry>) -> Result<Arc<Redis>> {
        let info = url.expose_secret().into_connection_info().map_err(Error::unavailable)?;
        let prefix = format!("pichat:{}:", info.redis_settings().db());
        let settings = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP3);
        let tcp = info.tcp_settings().clone().set_nodelay(true);
        let client =
            Client::open(info.set_redis_settings(settings).set_tcp_settings(tcp)).map_err(Error::unavailable)?;
        let node = crypto::random::<8>().map_err(Error::internal)?;
        Ok(Arc::new(Redis {
            client,
            prefix,
            // JSON numbers keep 53 bits.
            node: u64::from_le_bytes(node) >> 11,
            queue: Queue::default(),
            interest: Interest::default(),
            turn: RwLock::default(),
            telemetry: telemetry.clone(),
            unread: AtomicUsize::new(0),
            overflowed: AtomicBool::new(false),
            echoed: AtomicU64::new(0),
            cut: Notify::new(),
        }))
    }

    /// Opens a connection whose letters go to `unread`.
    async fn connect(
        self: &Arc<Self>,
        unread: &mpsc::Sender<Bytes>,
        reader: &Arc<Reader>,
    ) -> RedisResult<MultiplexedConnection> {
        let (redis, reader, unread) = (self.clone(), reader.clone(), unread.clone());
        // It runs where the socket is read: it must neither wait nor grow.
        let push = move |push: PushInfo| {
            redis.pushed(push, &unread, &reader);
            Ok::<_, std::convert::Infallible>(())
        };
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(ANSWER_WITHIN))
            .set_response_timeout(Some(ANSWER_WITHIN))
            .set_push_sender(push);
        self.client.get_multiplexed_async_connection_with_config(&config).await
    }

    fn pushed(&self, push: PushInfo, unread: &mpsc::Sender<Bytes>, reader: &Reader) {
        match push.kind {
            PushKind::Disconnection => self.cut.notify_one(),
            PushKind::Message => {
                let Some(Value::BulkString(bytes)) = push.data.into_iter().nth(1) else { return };
                let size = bytes.len();
                let fits = self.unread.load(Ordering::Relaxed) + size <= UNREAD_BYTES;
                if fits && unread.try_send(bytes.into()).is_ok() {
                    self.unread.fetch_add(size, Ordering::Relaxed);
                } else {
                    self.telemetry.letters_lost.increment(1);
                    self.overflowed.store(true, Ordering::Relaxed);
                    reader.watch.lost();
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

    /// How long ago this node heard itself.
    fn silence(&self) -> Duration {
        Duration::from_millis(clock::uptime_millis().saturating_sub(self.echoed.load(Ordering::Relaxed)))
    }

    /// Gives what has come to the reader, for as long as it is polled.
    async fn read(self: Arc<Self>, mut unread: mpsc::Receiver<Bytes>, reader: Arc<Reader>) {
        let (mut batch, carrier): (Vec<Bytes>, Arc<dyn Carrier>) = (vec![], self.clone());
        while unread.recv_many(&mut batch, 256).await > 0 {
            let mut wakers = crate::realtime::hub::Wakers::default();
            self.telemetry.letters_received.increment(batch.len() as u64);
            for bytes in batch.drain(..) {
                self.unread.fetch_sub(bytes.len(), Ordering::Relaxed);
                match letter::read(bytes) {
                    Some((node, _)) if node == self.node => self.heard_itself(),
                    Some(received) => reader.receive(received, &carrier, &mut wakers),
                    None => tracing::warn!("a letter makes no sense; do all nodes have the same version?"),
                }
            }
            wakers.wake();
        }
    }
}

#[async_trait]
impl Carrier for Redis {
    fn carry(&self, letter: Letter<'_>) {
        let channels = self.channels(&letter.topics());
        self.queue.push(Outgoing { channels, bytes: letter.write(self.node), keeps: letter.keeps() });
    }

    fn hears(&self, topic: &Topic) -> bool {
        self.interest.hears(topic)
    }

    async fn hear(&self, topics: &[Topic]) {
        let _turn = self.turn.read().await;
        let Some((mut connection, generation, new)) = self.interest.want(topics) else { return };
        let asked = connection.subscribe(self.channels(&new));
        match timeout(HEARD_WITHIN, asked).await {
            Ok(Ok(())) => self.interest.confirm(generation, &new),
            // Without an answer the connection is of no use: the next one begins with all that is wanted.
            _ => self.cut.notify_one(),
        }
    }

    async fn flush(&self) {
        while !self.queue.is_done() {
            self.queue.more.notify_one();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}
