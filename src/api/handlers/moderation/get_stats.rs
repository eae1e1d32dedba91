use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::audit;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::jobs::{self, JobStatus};
use crate::api::stats;
use crate::ops::stats::NodeFigures;
use crate::protocol::error::Result;
use crate::store::repository::{FileTotals, Totals};
use crate::store::stats::StatsRecord;

/// Gets statistics of the whole server.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetStats {}

/// Statistics of the whole server.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "STATS", rename_all = "camelCase")]
pub struct Stats {
    /// Connections open on all nodes.
    connections: u64,
    /// Accounts that are not deleted.
    users: u64,
    /// Chats.
    chats: u64,
    /// Messages that are not deleted.
    messages: u64,
    /// Complete files.
    files: u64,
    /// Their size in bytes.
    file_bytes: u64,
    /// Number of current reactions by emoji; the 50 most frequent.
    reactions: BTreeMap<String, u64>,
    /// Rates over the last minute, of all nodes together.
    rates: Rates,
    /// Figures of each node.
    nodes: Vec<NodeStats>,
    /// The server's jobs and the results of their runs.
    jobs: Vec<JobStatus>,
}

/// Rates over the last minute.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Rates {
    /// Commands answered per second.
    commands_per_second: f64,
    /// Messages sent per second.
    messages_per_second: f64,
}

/// Figures of one node.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NodeStats {
    /// The node's name, chosen at start.
    node: String,
    /// Connections open on this node.
    connections: u64,
    /// Rates of this node.
    rates: Rates,
}

impl Command for GetStats {
    const NAME: &'static str = "GET_STATS";
    const SUMMARY: &'static str = "Gets statistics of the server; for moderators.";
    const ACCESS: Access = Access::MODERATOR;
    const TAKES_OP_ID: bool = false;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = "{}";
    type Reply = Stats;

    /// The store counts all records for this.
    fn cost(&self) -> u32 {
        10
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        audit::record(context, Self::NAME, None, None).await?;
        let totals = context.services.repository.totals().await?;
        let files = context.services.repository.file_totals().await?;
        let record = stats::merge(&context.services).await?;
        let jobs = jobs::all(&context.services).await?;
        Ok(Response::reply(Stats { jobs, ..Stats::new(totals, files, record) }))
    }
}

impl Stats {
    fn new(totals: Totals, files: FileTotals, record: StatsRecord) -> Self {
        let nodes: Vec<NodeStats> =
            record.nodes.into_iter().map(|(node, figures)| NodeStats::new(node, figures)).collect();
        let sum = |rate: fn(&Rates) -> f64| nodes.iter().map(|node| rate(&node.rates)).sum();
        Stats {
            connections: nodes.iter().map(|node| node.connections).sum(),
            users: totals.users,
            chats: totals.chats,
            messages: totals.messages,
            files: files.files,
            file_bytes: files.bytes,
            reactions: totals.reactions,
            rates: Rates {
                commands_per_second: sum(|rates| rates.commands_per_second),
                messages_per_second: sum(|rates| rates.messages_per_second),
            },
            nodes,
            jobs: vec![],
        }
    }
}

impl NodeStats {
    fn new(node: String, figures: NodeFigures) -> Self {
        let rates = Rates { commands_per_second: figures.commands, messages_per_second: figures.messages };
        NodeStats { node, connections: figures.connections, rates }
    }
}
