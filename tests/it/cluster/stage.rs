//! Several nodes in this process over one storage and one Redis, each through its own proxy.

use std::sync::Arc;

use pichat::store::postgres::PostgresRepository;
use pichat::store::repository::Repository;
use serde_json::Value;

use crate::support::proxy::Proxy;
use crate::support::redis::{self, Redis};
use crate::support::server::{self, Server, settings};
use crate::support::{Client, postgres};

pub struct Cluster {
    // Nodes are dropped before their dependencies.
    pub nodes: Vec<Server>,
    pub proxies: Vec<Proxy>,
    pub redis: Redis,
}

/// That many connected nodes; none if Redis or PostgreSQL is not installed.
pub async fn cluster(nodes: usize) -> Option<Cluster> {
    cluster_with(nodes, &[]).await
}

/// A number of nodes with these settings in addition to those of tests.
pub async fn cluster_with(nodes: usize, beside: &[(&str, &str)]) -> Option<Cluster> {
    let redis = Redis::start().await?;
    let place = postgres::shared().await?.place().await;
    let mut cluster = Cluster { nodes: vec![], proxies: vec![], redis };
    for _ in 0..nodes {
        let proxy = Proxy::before(cluster.redis.port).await;
        let url = redis::url(proxy.port);
        let own = [("REDIS_URL", url.as_str()), ("DATABASE_URL", "postgres://127.0.0.1:1/not-asked")];
        let own = [beside, &own].concat();
        let repository: Arc<dyn Repository> = Arc::new(PostgresRepository::open(&place).await.expect("a schema"));
        cluster.nodes.push(server::start_over(repository, Box::new(()), settings(&own)).await);
        cluster.proxies.push(proxy);
    }
    for node in 0..nodes {
        cluster.until_bus(node, "ok").await;
    }
    Some(cluster)
}

impl Cluster {
    /// A user of that name with a connection to that node.
    pub async fn user(&self, node: usize, name: &str) -> Client {
        let token = self.nodes[0].token_of(name).await;
        self.nodes[node].user_with(&token).await
    }

    /// Another device of the same user, on that node.
    pub async fn device(&self, node: usize, of: &Client) -> Client {
        self.nodes[node].user_with(&of.token).await
    }

    /// Waits until a node reports that bus status.
    pub async fn until_bus(&self, node: usize, state: &str) {
        let address = self.nodes[node].address;
        let said = format!(r#""bus":"{state}""#);
        let waiting = async {
            while !crate::support::http::send(address, "GET /ready", &[], b"").await.body.contains(&said) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(crate::support::client::PATIENCE, waiting).await.expect("a bus in time");
    }

    /// The number of nodes subscribed to a chat.
    pub async fn hearing(&self, chat: &Value) -> u64 {
        let url = redis::url(self.redis.port);
        let client = ::redis::Client::open(url).expect("an address");
        let mut connection = client.get_multiplexed_async_connection().await.expect("a connection");
        let channel = format!("pichat:0:c:{}", chat.as_str().expect("an id"));
        let asked = ::redis::cmd("PUBSUB").arg("NUMSUB").arg(channel).query_async(&mut connection).await;
        let (_, nodes): (String, u64) = asked.expect("an answer");
        nodes
    }
}
