use std::fmt::Debug;

use async_trait::async_trait;

use super::message::{ClusterMessage, Topic};

/// Carries messages between nodes. It may drop, delay and repeat them without reporting it to the caller: durable
/// events are found in the storage, and everything else is repeated by heartbeats and snapshots.
///
/// A transport MUST keep the order of the messages of one node on one topic.
#[async_trait]
pub trait Transport: Debug + Send + Sync + 'static {
    /// The number of this node, which distinguishes its messages from those of others.
    fn node(&self) -> u64;

    /// Publishes a message. It never waits: a message that does not fit is dropped, and the other nodes are notified.
    fn publish(&self, message: &ClusterMessage);

    /// True if messages of this topic reach this node.
    fn is_subscribed(&self, topic: &Topic) -> bool;

    /// Subscribes to topics. Returns when their messages reach this node, or when that takes too long.
    async fn subscribe(&self, topics: &[Topic]);

    /// Waits until everything has been sent.
    async fn flush(&self);
}
