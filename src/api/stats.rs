//! Statistics of the whole server.

use crate::api::context::Services;
use crate::ops::stats::NodeFigures;
use crate::protocol::error::Result;
use crate::store::stats::{self, NodeReport, StatsRecord};

/// Adds this node's counts and report to the stored statistics and returns them.
pub async fn merge(services: &Services) -> Result<StatsRecord> {
    let mut connections = 0;
    services.hub.each_connection(|_| connections += 1);
    let rates = services.stats.rates(services.telemetry.commands());
    let name = if services.bus.is_alone() { "local" } else { services.node.as_str() }.to_owned();
    let stats =
        NodeFigures { connections, commands: rates.commands, messages: rates.messages, at: services.clock.now() };
    Ok(stats::merge(&services.stats, &*services.repository, Some(NodeReport { name, stats })).await?)
}

/// Adds this node's counts to the stored statistics; a node of several reports itself as well.
pub async fn save(services: &Services) -> Result<()> {
    if services.bus.is_alone() {
        return Ok(stats::save(&services.stats, &*services.repository).await?);
    }
    merge(services).await.map(drop)
}
