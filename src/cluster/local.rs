use async_trait::async_trait;

use super::message::{ClusterMessage, Topic};
use super::transport::Transport;

/// The transport of a node that is alone; it drops every message.
#[derive(Debug)]
pub struct LocalTransport;

#[async_trait]
impl Transport for LocalTransport {
    fn node(&self) -> u64 {
        0
    }

    fn publish(&self, _: &ClusterMessage) {}

    fn is_subscribed(&self, _: &Topic) -> bool {
        true
    }

    async fn subscribe(&self, _: &[Topic]) {}

    async fn flush(&self) {}
}
