//! What is counted is added up.

use crate::census::{Node, Record};
use crate::context::Services;
use crate::error::Result;

/// Adds what this node has counted to what all have, and tells what there is.
pub async fn settle(services: &Services) -> Result<Record> {
    let mut connections = 0;
    services.hub.each_connection(|_| connections += 1);
    let (commands, messages) = services.census.rates(services.telemetry.commands());
    let node = Node { connections, commands, messages, at: services.clock.now() };
    let name = if services.bus.is_alone() { "local" } else { services.node.as_str() };
    services.census.settle(&*services.repository, Some((name, node))).await
}

/// Adds what this node has counted, where there is anything to be told.
pub async fn keep(services: &Services) -> Result<()> {
    if services.bus.is_alone() {
        return services.census.keep(&*services.repository).await;
    }
    settle(services).await.map(drop)
}
