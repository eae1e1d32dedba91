//! Statistics of the whole server.

use crate::api::context::Services;
use crate::ops::stats::NodeFigures;
use crate::protocol::error::Result;
use crate::store::stats::{self, NodeReport, StatsRecord};

/// Stores this node's report and returns those of all nodes.
pub async fn merge(services: &Services) -> Result<StatsRecord> {
    let mut connections = 0;
    services.hub.each_connection(|_| connections += 1);
    let rates = services.stats.rates(services.telemetry.commands());
    let name = if services.bus.is_alone() { "local" } else { services.node.as_str() }.to_owned();
    let stats =
        NodeFigures { connections, commands: rates.commands, messages: rates.messages, at: services.clock.now() };
    Ok(stats::merge(&*services.repository, NodeReport { name, stats }).await?)
}

/// Stores this node's report, if there are other nodes to read it.
pub async fn save(services: &Services) -> Result<()> {
    if services.bus.is_alone() {
        return Ok(());
    }
    merge(services).await.map(drop)
}
