//! The network of a simulation, which replaces Redis.
//!
//! Messages are handled as over Redis: encoded, by topic, including a node's own. Each pair of nodes has its own
//! delays, which preserve the sender's order. A node may be cut off in one direction or both; its link then behaves as
//! the one to Redis does: it notices its own silence, keeps messages that outlive an outage, subscribes again, resends
//! what may have arrived, and reconciles. A frozen node neither sends nor receives for a while.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::{Instant, interval, sleep, sleep_until};

use crate::ops::dice::Dice;

use super::message::{ClusterMessage, Topic};
use super::node::Wakers;
use super::receiver::Receiver;
use super::transport::Transport;

/// The same as in the link to Redis.
const HEARTBEAT: Duration = Duration::from_secs(1);
const SILENCE: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_secs(2);
const UNSENT: Duration = Duration::from_secs(2);
const RETRY: Duration = Duration::from_millis(200);
const SWEEP_TICKS: u64 = 10;
const KEPT: Duration = Duration::from_secs(30);
/// The time limit for a subscription.
const SUBSCRIBED_WITHIN: Duration = Duration::from_secs(1);
/// Messages that are sent once more on a new connection, because their arrival was not confirmed.
const UNCONFIRMED: u64 = 4;

/// The directions in which a node is reachable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeReach {
    /// True if the messages of the node arrive.
    pub speaks: bool,
    /// True if messages from other nodes arrive at the node.
    pub hears: bool,
}

impl NodeReach {
    /// Reachable in both directions.
    pub const FULL: NodeReach = NodeReach { speaks: true, hears: true };
}

/// Carries messages between the nodes of a simulation.
#[derive(Debug)]
pub struct SimulatedNetwork(Mutex<NetworkState>);

#[derive(Debug)]
struct NetworkState {
    dice: Dice,
    nodes: BTreeMap<u64, NodePort>,
    /// Maximum delay of a message in milliseconds.
    delay: u64,
    sent: u64,
}

/// A node's connection, as the network sees it.
#[derive(Debug)]
struct NodePort {
    reach: NodeReach,
    frozen_until: Instant,
    topics: BTreeSet<String>,
    /// Messages in transit to the node, by time of arrival.
    waiting: BTreeMap<(Instant, u64), Bytes>,
    /// The arrival of the latest message of each sender, which later ones must not overtake.
    latest: BTreeMap<u64, Instant>,
    more: Arc<Notify>,
}

fn channel(topic: &Topic) -> String {
    topic.channel("")
}

impl SimulatedNetwork {
    /// A network without nodes.
    pub fn new(seed: u64) -> Arc<Self> {
        let nodes = BTreeMap::new();
        Arc::new(SimulatedNetwork(Mutex::new(NetworkState { dice: Dice(seed), nodes, delay: 5, sent: 0 })))
    }

    /// Sets the maximum delay of a message in milliseconds.
    pub fn set_delay(&self, delay: u64) {
        self.0.lock().delay = delay;
    }

    /// Sets the directions in which a node is reachable.
    pub fn set_reach(&self, node: u64, reach: NodeReach) {
        if let Some(port) = self.0.lock().nodes.get_mut(&node) {
            port.reach = reach;
            port.more.notify_one();
        }
    }

    /// Freezes a node until this time.
    pub fn freeze(&self, node: u64, until: Instant) {
        if let Some(port) = self.0.lock().nodes.get_mut(&node) {
            port.frozen_until = until;
        }
    }

    /// Removes a node from the network permanently.
    pub fn remove(&self, node: u64) {
        self.0.lock().nodes.remove(&node);
    }

    fn add(&self, node: u64) -> Arc<Notify> {
        let more = Arc::new(Notify::new());
        let port = NodePort {
            reach: NodeReach::FULL,
            frozen_until: Instant::now(),
            topics: BTreeSet::new(),
            waiting: BTreeMap::new(),
            latest: BTreeMap::new(),
            more: more.clone(),
        };
        self.0.lock().nodes.insert(node, port);
        more
    }

    /// The reach of a node; a removed node has none.
    fn reach(&self, node: u64) -> NodeReach {
        self.0.lock().nodes.get(&node).map_or(NodeReach { speaks: false, hears: false }, |port| port.reach)
    }

    fn frozen_until(&self, node: u64) -> Option<Instant> {
        self.0.lock().nodes.get(&node).map(|port| port.frozen_until)
    }

    fn subscribe(&self, node: u64, topics: &[Topic]) {
        if let Some(port) = self.0.lock().nodes.get_mut(&node) {
            port.topics.extend(topics.iter().map(channel));
        }
    }

    fn unsubscribe(&self, node: u64, topics: &[Topic]) {
        if let Some(port) = self.0.lock().nodes.get_mut(&node) {
            let gone: Vec<String> = topics.iter().map(channel).collect();
            port.topics.retain(|topic| !gone.contains(topic));
        }
    }

    /// Ends a connection, with its subscriptions and the messages in transit on it.
    fn disconnect(&self, node: u64) {
        if let Some(port) = self.0.lock().nodes.get_mut(&node) {
            port.topics.clear();
            port.waiting.clear();
        }
    }

    /// A number below the bound.
    fn roll(&self, bound: u64) -> u64 {
        self.0.lock().dice.below(bound)
    }

    fn send(&self, from: u64, message: &WaitingMessage) {
        let NetworkState { dice, nodes, delay, sent } = &mut *self.0.lock();
        let now = Instant::now();
        for topic in &message.topics {
            for port in nodes.values_mut().filter(|port| port.topics.contains(topic)) {
                *sent += 1;
                let at = now + Duration::from_millis(dice.below(*delay + 1));
                let latest = port.latest.entry(from).or_insert(at);
                *latest = at.max(*latest);
                port.waiting.insert((*latest, *sent), message.bytes.clone());
                port.more.notify_one();
            }
        }
    }

    /// The next message that has arrived at a node, or the time when the next one may arrive.
    fn take(&self, node: u64) -> Result<Bytes, Option<Instant>> {
        let mut state = self.0.lock();
        let Some(port) = state.nodes.get_mut(&node) else { return Err(None) };
        // A node that receives nothing gets it later, as over TCP, unless it gives up the connection before.
        let first = port.waiting.first_key_value().filter(|_| port.reach.hears);
        let Some(((at, _), _)) = first else { return Err(None) };
        let at = port.frozen_until.max(*at);
        if at > Instant::now() {
            return Err(Some(at));
        }
        Ok(port.waiting.pop_first().map(|(_, bytes)| bytes).unwrap_or_default())
    }
}

/// A message waiting to be sent.
#[derive(Clone, Debug)]
struct WaitingMessage {
    topics: Vec<String>,
    bytes: Bytes,
    outlives_outages: bool,
}

/// A node's link to the simulated network.
#[derive(Debug)]
pub(super) struct SimulatedTransport {
    node: u64,
    network: Arc<SimulatedNetwork>,
    link: Mutex<LinkState>,
    more: Arc<Notify>,
    cut: Notify,
}

/// A topic, and the time when it was last wanted.
#[derive(Debug)]
struct WantedTopic {
    topic: Topic,
    since: Instant,
}

#[derive(Debug)]
struct LinkState {
    is_up: bool,
    wanted: BTreeMap<String, WantedTopic>,
    confirmed: BTreeSet<String>,
    unsent: VecDeque<WaitingMessage>,
    /// The time since which messages have been waiting on an open connection.
    stuck_since: Option<Instant>,
    recent: VecDeque<WaitingMessage>,
    last_received: Instant,
}

impl SimulatedTransport {
    pub(super) fn new(network: &Arc<SimulatedNetwork>, node: u64) -> Arc<Self> {
        let more = network.add(node);
        let link = LinkState {
            is_up: false,
            wanted: BTreeMap::new(),
            confirmed: BTreeSet::new(),
            unsent: VecDeque::new(),
            stuck_since: None,
            recent: VecDeque::new(),
            last_received: Instant::now(),
        };
        let network = network.clone();
        Arc::new(SimulatedTransport { node, network, link: Mutex::new(link), more, cut: Notify::new() })
    }

    /// Maintains the link for as long as it is polled, and passes arriving messages to the receiver.
    pub(super) async fn run(self: Arc<Self>, receiver: Arc<Receiver>) {
        self.want(&[Topic::All, Topic::Node(self.node)]);
        tokio::join!(self.keep_connected(&receiver), self.clone().read(receiver.clone()));
    }

    fn want(&self, topics: &[Topic]) {
        let since = Instant::now();
        let wanted = topics.iter().map(|topic| (channel(topic), WantedTopic { topic: topic.clone(), since }));
        self.link.lock().wanted.extend(wanted);
    }

    async fn keep_connected(self: &Arc<Self>, receiver: &Arc<Receiver>) {
        // A killed node is no longer on the network.
        while self.network.frozen_until(self.node).is_some() {
            if self.network.reach(self.node) == NodeReach::FULL {
                self.serve(receiver).await;
            }
            receiver.reconciler.set_away(true);
            self.disconnect();
            sleep(RETRY).await;
        }
    }

    /// Ends the connection. Some of the latest messages may not have arrived, so they are sent again on the next one.
    fn disconnect(&self) {
        let again = usize::try_from(self.network.roll(UNCONFIRMED)).unwrap_or(0);
        let mut link = self.link.lock();
        link.is_up = false;
        link.confirmed.clear();
        let skip = link.recent.len().saturating_sub(again);
        let recent: Vec<WaitingMessage> = link.recent.drain(..).skip(skip).collect();
        recent.into_iter().rev().for_each(|message| link.unsent.push_front(message));
        link.unsent.retain(|message| message.outlives_outages);
        self.network.disconnect(self.node);
    }

    /// Serves one connection until it ends.
    async fn serve(self: &Arc<Self>, receiver: &Arc<Receiver>) {
        let wanted: Vec<Topic> = self.link.lock().wanted.values().map(|wanted| wanted.topic.clone()).collect();
        self.network.subscribe(self.node, &wanted);
        {
            let mut link = self.link.lock();
            link.confirmed = wanted.iter().map(channel).collect();
            link.last_received = Instant::now();
            link.is_up = true;
            link.stuck_since = None;
        }
        receiver.peers.renew_leases();
        receiver.node.invalidate_streams(None);
        receiver.reconciler.set_away(false);
        self.send_waiting();
        self.publish(&ClusterMessage::Join);
        receiver.send_snapshot(&**self, true);
        self.carry_on(receiver).await;
    }

    async fn carry_on(&self, receiver: &Receiver) {
        let mut ticks = interval(HEARTBEAT);
        let mut ticked = 0;
        let mut last_tick = Instant::now();
        loop {
            tokio::select! {
                biased;
                () = self.cut.notified() => return,
                _ = ticks.tick() => {}
            }
            let Some(frozen_until) = self.network.frozen_until(self.node) else { return };
            sleep_until(frozen_until).await;
            ticked += 1;
            let was_paused = last_tick.elapsed() > PAUSE;
            last_tick = Instant::now();
            if was_paused {
                ticks.reset();
                receiver.peers.renew_leases();
                receiver.recover(self);
            }
            let is_stuck = self.link.lock().stuck_since.is_some_and(|since| since.elapsed() > UNSENT);
            if is_stuck || self.link.lock().last_received.elapsed() > SILENCE {
                return;
            }
            self.publish(&ClusterMessage::Heartbeat);
            receiver.drop_lost_nodes();
            if ticked % SWEEP_TICKS == 0 {
                self.sweep(receiver);
            }
        }
    }

    fn sweep(&self, receiver: &Receiver) {
        let is_unused = |topic: &Topic| match topic {
            Topic::All | Topic::Node(_) => false,
            Topic::Chat(chat) => !receiver.node.is_subscribed(chat),
            Topic::User(user) => !receiver.node.is_connected(user),
        };
        let mut link = self.link.lock();
        let unused: Vec<Topic> = link
            .wanted
            .values()
            .filter(|wanted| wanted.since.elapsed() > KEPT && is_unused(&wanted.topic))
            .map(|wanted| wanted.topic.clone())
            .collect();
        for topic in &unused {
            link.wanted.remove(&channel(topic));
            link.confirmed.remove(&channel(topic));
        }
        drop(link);
        self.network.unsubscribe(self.node, &unused);
        let chats = unused.into_iter().filter_map(|topic| match topic {
            Topic::Chat(chat) => Some(chat),
            _ => None,
        });
        receiver.node.invalidate_streams(Some(&chats.collect::<Vec<_>>()));
    }

    /// Sends everything that is waiting, if the connection accepts it.
    fn send_waiting(&self) {
        let mut link = self.link.lock();
        if self.network.frozen_until(self.node).is_some_and(|until| until > Instant::now()) {
            return;
        }
        if !link.is_up || !self.network.reach(self.node).speaks {
            if link.is_up && !link.unsent.is_empty() {
                link.stuck_since.get_or_insert_with(Instant::now);
            }
            return;
        }
        link.stuck_since = None;
        while let Some(message) = link.unsent.pop_front() {
            self.network.send(self.node, &message);
            link.recent.push_back(message);
            if link.recent.len() > usize::try_from(UNCONFIRMED).unwrap_or(0) {
                link.recent.pop_front();
            }
        }
    }

    async fn read(self: Arc<Self>, receiver: Arc<Receiver>) {
        let transport: Arc<dyn Transport> = self.clone();
        loop {
            let bytes = match self.network.take(self.node) {
                Ok(bytes) => bytes,
                Err(at) => {
                    tokio::select! {
                        biased;
                        () = self.more.notified() => {}
                        () = sleep_until(at.unwrap_or_else(|| Instant::now() + Duration::from_secs(3600))) => {}
                    }
                    continue;
                }
            };
            let Some(envelope) = ClusterMessage::decode(&bytes) else { continue };
            if envelope.node == self.node {
                self.link.lock().last_received = Instant::now();
                continue;
            }
            let mut wakers = Wakers::default();
            receiver.receive(envelope, &transport, &mut wakers);
            wakers.wake();
        }
    }
}

#[async_trait]
impl Transport for SimulatedTransport {
    fn node(&self) -> u64 {
        self.node
    }

    fn publish(&self, message: &ClusterMessage) {
        let topics = message.topics().iter().map(channel).collect();
        let outlives_outages = message.outlives_outages();
        let message = WaitingMessage { topics, bytes: message.encode(self.node), outlives_outages };
        self.link.lock().unsent.push_back(message);
        self.send_waiting();
    }

    fn is_subscribed(&self, topic: &Topic) -> bool {
        self.link.lock().confirmed.contains(&channel(topic))
    }

    async fn subscribe(&self, topics: &[Topic]) {
        self.want(topics);
        let is_new = |topic: &&Topic| !self.is_subscribed(topic);
        let new: Vec<Topic> = topics.iter().filter(is_new).cloned().collect();
        if new.is_empty() || !self.link.lock().is_up {
            return;
        }
        if self.network.reach(self.node) != NodeReach::FULL {
            sleep(SUBSCRIBED_WITHIN).await;
            self.cut.notify_one();
            return;
        }
        sleep(Duration::from_millis(self.network.roll(4))).await;
        let mut link = self.link.lock();
        // The connection may have been replaced since; the new one has every needed topic.
        if link.is_up {
            self.network.subscribe(self.node, &new);
            link.confirmed.extend(new.iter().map(channel));
        }
    }

    async fn flush(&self) {}
}
