//! Other nodes: the messages between them, and the recovery of lost ones.
//!
//! This room knows the storage and, through [`LocalNode`], the node it runs on; it knows nothing of sockets. Begin
//! reading at [`ClusterMessage`], then [`Transport`]. Messages are delivered at most once, so nothing relies on them:
//! the gap filler reads missing events of a chat from the storage, and the reconciler compares everything with the
//! storage.
//!
//! Invariants:
//!
//! 1. A single node has no cost for messages: they are not even built.
//! 2. Publishing never waits, so a batch can be published between two commits.
//! 3. A node considers its own silence before that of others: after a pause or a disconnection every lease starts anew.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::ops::clock::Clock;
use crate::ops::collections::HashMap;
use crate::ops::telemetry::Telemetry;
use crate::protocol::error::Result;
use crate::protocol::{ChatId, Seq, UserId};
use crate::store::repository::{ChatSize, Repository};

mod gap_filler;
mod local;
mod mark_review;
mod message;
mod node;
mod peers;
mod receiver;
mod recent_revocations;
mod reconciler;
#[cfg(feature = "redis")]
mod redis;
mod revocation;
#[cfg(test)]
mod simulated;
mod transport;

pub use local::LocalTransport;
pub use message::{
    Audience, Broadcast, ClusterMessage, Envelope, NodePresence, NodeSnapshot, Publication, RunningStream, StreamKey,
    StreamNotice, Topic, UserPresence,
};
pub use node::{Arrival, Backfill, ChatSubscription, LocalNode, MovedMarks, SeqRange, Wakers, Welcome};
pub use revocation::{Authority, Credential, HeldCredential, Review, Revocation, RevokedCredentials};
#[cfg(test)]
pub use simulated::{NodeReach, SimulatedNetwork};
pub use transport::Transport;

use gap_filler::{GRACE, GapFiller};
use peers::Peers;
use receiver::{Receiver, follow, note_arrival};
use recent_revocations::RecentRevocations;
use reconciler::Reconciler;
#[cfg(feature = "redis")]
use redis::RedisTransport;
#[cfg(test)]
use simulated::SimulatedTransport;

/// The time that a stopping node waits for its last messages to be sent.
const LEAVE_WITHIN: Duration = Duration::from_secs(1);

/// The parts that a cluster is made of.
#[derive(Debug)]
pub struct ClusterParts {
    /// The node that the cluster runs on.
    pub node: Arc<dyn LocalNode>,
    /// The storage that all nodes share.
    pub repository: Arc<dyn Repository>,
    /// Decides which connections may stay open.
    pub authority: Arc<dyn Authority>,
    /// Counts messages and repairs.
    pub telemetry: Arc<Telemetry>,
    /// The time of the storage, as known to this node.
    pub clock: Arc<Clock>,
}

/// This node's membership of a cluster.
#[derive(Debug)]
pub struct Cluster {
    node: Arc<dyn LocalNode>,
    repository: Arc<dyn Repository>,
    transport: Arc<dyn Transport>,
    gaps: Arc<GapFiller>,
    reconciler: Arc<Reconciler>,
    revocations: Arc<RecentRevocations>,
    is_alone: bool,
    /// The tasks end with the cluster.
    #[cfg_attr(not(any(feature = "redis", test)), expect(dead_code, reason = "only Redis adds to them"))]
    tasks: JoinSet<()>,
}

impl Cluster {
    /// A cluster of one node. Its users are reviewed too, because the outcome of a commit may have been lost.
    pub fn alone(parts: ClusterParts) -> Self {
        let transport: Arc<dyn Transport> = Arc::new(LocalTransport);
        let gaps = GapFiller::new(&parts, &transport);
        let reconciler = Reconciler::new(&parts, &gaps);
        reconciler.set_away(false);
        let mut tasks = JoinSet::new();
        tasks.spawn(gaps.clone().run());
        tasks.spawn(reconciler.clone().watch_users());
        let ClusterParts { node, repository, .. } = parts;
        let revocations = Arc::default();
        Cluster { node, repository, transport, gaps, reconciler, revocations, is_alone: true, tasks }
    }

    /// A cluster of nodes that reach each other over Redis.
    ///
    /// # Errors
    /// Fails only if the address is not a Redis address; Redis need not be reachable.
    #[cfg(feature = "redis")]
    pub fn over_redis(url: &secrecy::SecretString, parts: ClusterParts) -> Result<Self> {
        let redis = RedisTransport::new(url, &parts.telemetry)?;
        let (mut cluster, receiver) = Cluster::of_several(redis.clone(), parts);
        cluster.tasks.spawn(redis.run(Arc::new(receiver)));
        Ok(cluster)
    }

    /// A cluster whose nodes reach each other over a simulated network, where this node has the given number.
    #[cfg(test)]
    pub fn over_network(network: &Arc<SimulatedNetwork>, node: u64, parts: ClusterParts) -> Self {
        let transport = SimulatedTransport::new(network, node);
        let (mut cluster, receiver) = Cluster::of_several(transport.clone(), parts);
        cluster.tasks.spawn(transport.run(Arc::new(receiver)));
        cluster
    }

    /// A cluster whose transport has not been started with this receiver yet.
    #[cfg(any(feature = "redis", test))]
    fn of_several(transport: Arc<dyn Transport>, parts: ClusterParts) -> (Self, Receiver) {
        let gaps = GapFiller::new(&parts, &transport);
        let reconciler = Reconciler::new(&parts, &gaps);
        let receiver = Receiver {
            node: parts.node.clone(),
            gaps: gaps.clone(),
            reconciler: reconciler.clone(),
            peers: Peers::default(),
            revocations: Arc::default(),
        };
        let revocations = receiver.revocations.clone();
        let mut tasks = JoinSet::new();
        tasks.spawn(gaps.clone().run());
        tasks.spawn(reconciler.clone().watch_chats());
        tasks.spawn(reconciler.clone().watch_users());
        tasks.spawn(reconciler.clone().watch_own_events());
        let ClusterParts { node, repository, .. } = parts;
        (Cluster { node, repository, transport, gaps, reconciler, revocations, is_alone: false, tasks }, receiver)
    }

    /// True if there are no other nodes.
    pub fn is_alone(&self) -> bool {
        self.is_alone
    }

    /// True if messages from other nodes arrive; none on a single node.
    pub fn is_up(&self) -> Option<bool> {
        (!self.is_alone).then(|| !self.reconciler.is_away())
    }

    /// The number of this node.
    pub fn node(&self) -> u64 {
        self.transport.node()
    }

    /// Publishes a message to the other nodes.
    pub fn publish(&self, message: &ClusterMessage) {
        if let ClusterMessage::Revoked(revocation) = message {
            self.revocations.note(revocation);
        }
        self.transport.publish(message);
    }

    /// Announces to the other nodes that this node stops, after everything it still has to publish.
    pub async fn leave(&self) {
        self.transport.publish(&ClusterMessage::Leave);
        if timeout(LEAVE_WITHIN, self.transport.flush()).await.is_err() {
            tracing::warn!("the other nodes may not have received everything");
        }
    }

    /// Subscribes this node to a user's topic.
    pub async fn subscribe_to_user(&self, user: &UserId) {
        self.transport.subscribe(&[Topic::User(user.clone())]).await;
    }

    /// Subscribes this node to chats for at least a short time.
    pub async fn subscribe_to_chats(&self, chats: impl Iterator<Item = &ChatId>) {
        let topics: Vec<_> = chats.cloned().map(Topic::Chat).collect();
        self.transport.subscribe(&topics).await;
    }

    /// Subscribes this node to chats and returns the positions from which connections may subscribe to them here. If a
    /// later event does not arrive, it is detected as missing.
    ///
    /// # Errors
    /// Fails if there are other nodes and the storage fails: without a position, missing events would go unnoticed.
    pub async fn join_chats(&self, chats: Vec<ChatId>) -> Result<Vec<ChatSubscription>> {
        if self.is_alone {
            return Ok(self.join_chats_alone(chats).await);
        }
        self.subscribe_to_chats(chats.iter()).await;
        // Taken before the read, during which the last subscriber of a chat may leave.
        let delivered: Vec<Seq> = chats.iter().map(|chat| self.node.latest_seq(chat)).collect();
        let mut new = self.node.unsized_chats(&chats);
        new.extend(chats.iter().zip(&delivered).filter(|(_, seq)| **seq == 0).map(|(chat, _)| chat.clone()));
        let sizes = self.sizes(new.into_iter().collect()).await?;
        let place = |(chat, delivered): (ChatId, Seq)| match sizes.get(&chat) {
            Some(ChatSize { seq, members }) => ChatSubscription { chat, seq: *seq, members: *members },
            None => ChatSubscription { chat, seq: delivered, members: 0 },
        };
        Ok(chats.into_iter().zip(delivered).map(place).collect())
    }

    /// The same on a single node, which gets every event in order and needs only the numbers of members.
    async fn join_chats_alone(&self, chats: Vec<ChatId>) -> Vec<ChatSubscription> {
        let new = self.node.unsized_chats(&chats).into_iter().collect();
        let sizes = self.sizes(new).await.unwrap_or_else(|error| {
            tracing::debug!(error = %error, "the sizes of chats could not be read");
            HashMap::default()
        });
        let members = |chat: &ChatId| sizes.get(chat).map_or(0, |size| size.members);
        chats.into_iter().map(|chat| ChatSubscription { members: members(&chat), chat, seq: 0 }).collect()
    }

    /// The positions and sizes of these chats, in one read.
    async fn sizes(&self, chats: Vec<ChatId>) -> Result<HashMap<ChatId, ChatSize>> {
        if chats.is_empty() {
            return Ok(HashMap::default());
        }
        let sizes = self.repository.sizes(&chats).await?;
        Ok(chats.into_iter().zip(sizes).filter_map(|(chat, size)| Some((chat, size?))).collect())
    }

    /// Schedules filling the gap that an event on this node reveals. `changes_members` is true if users who are connected
    /// here join or leave with it.
    pub fn note_arrival(&self, chat: &ChatId, arrival: Arrival, changes_members: bool) {
        note_arrival(&self.gaps, chat, arrival, changes_members);
    }

    /// Schedules filling a known gap in a chat.
    pub fn note_gap(&self, chat: &ChatId) {
        self.gaps.schedule(chat, GRACE, false);
    }

    /// Records on every node that the outcome of a change of this chat is unknown: the chat is read, and committed
    /// changes are published.
    pub fn doubt(&self, chat: &ChatId) {
        self.gaps.doubt(chat);
        self.tell_of_doubt(chat);
    }

    /// Makes the other nodes read this chat, because an event was missed here.
    pub fn tell_of_doubt(&self, chat: &ChatId) {
        if !self.is_alone {
            self.transport.publish(&ClusterMessage::ChatDoubted(chat.clone()));
        }
    }

    /// Publishes the changes committed in this chat while an outcome was unknown.
    ///
    /// # Errors
    /// Fails if the storage fails.
    pub async fn settle(&self, chat: &ChatId) -> Result<()> {
        self.gaps.settle(chat).await
    }

    /// Subscribes the connections here of members who are not subscribed to these chats: the events of their joining
    /// have not arrived. Each gets NEW_CHAT, so its replies and later events have a place to follow. Ends the
    /// subscriptions of users who have left likewise.
    ///
    /// # Errors
    /// Fails if the storage does.
    pub async fn reconcile_members(&self, chats: &[ChatId]) -> Result<()> {
        for chat in chats {
            self.gaps.reconcile_members(chat).await?;
        }
        Ok(())
    }

    /// Subscribes this node to a chat that a user of this node has joined.
    pub fn follow(&self, chat: &ChatId) {
        follow(&self.reconciler, &self.transport, chat);
    }
}
