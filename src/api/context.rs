//! What commands work with: [`Services`], built once, and [`Context`], one command's view of them.

use std::net::IpAddr;
use std::sync::Arc;

use tokio_util::task::TaskTracker;

use crate::auth::rate_limits::RateLimits;
use crate::auth::{ADMIN, Authenticator, ExportLinks, Identity, StoredAuthority};
use crate::cluster::{Cluster, ClusterParts};
use crate::commit::{CommitQueues, CommitWorker, Publisher};
use crate::domain::{Action, Change};
use crate::ops::clock::Clock;
use crate::ops::config::Config;
use crate::ops::stats::StatsCounter;
use crate::ops::telemetry::Telemetry;
use crate::protocol::User;
use crate::protocol::error::{Code, Error, Result};
use crate::realtime::bus::Bus;
use crate::realtime::features::RealtimeFeatures;
use crate::realtime::hub::{Connection, Hub};
use crate::realtime::node::RealtimeNode;
use crate::realtime::receipts::Receipts;
use crate::store::repository::{AccountName, Repository};

/// Everything that lives as long as the server.
#[derive(Debug)]
pub struct Services {
    /// The settings.
    pub config: Config,
    /// The storage.
    pub repository: Arc<dyn Repository>,
    /// Who is connected here.
    pub hub: Arc<Hub>,
    /// Where events are published, here and to other nodes.
    pub bus: Arc<Bus>,
    /// What is never stored.
    pub features: Arc<RealtimeFeatures>,
    /// How far members have come.
    pub receipts: Arc<Receipts>,
    /// Where durable changes go.
    pub commits: CommitQueues,
    /// Where times and ids come from.
    pub clock: Arc<Clock>,
    /// What is counted.
    pub telemetry: Arc<Telemetry>,
    /// What was tried how often.
    pub rate_limits: Arc<RateLimits>,
    /// Counts of this node.
    pub stats: Arc<StatsCounter>,
    /// What this node is called.
    pub node: String,
    /// Who lets people have their data.
    pub export_links: ExportLinks,
    /// Who checks credentials.
    pub authenticator: Authenticator,
}

impl Services {
    /// Puts the services together and makes what must exist before the first connection. The lanes' committers are
    /// among `tasks` and end when the services are dropped.
    pub async fn start(
        config: Config,
        repository: Arc<dyn Repository>,
        clock: Clock,
        (tasks, commands): (&TaskTracker, impl Iterator<Item = &'static str>),
    ) -> Result<Services> {
        let stats = StatsCounter::default();
        let admin = repository.account(&AccountName::Id(ADMIN.into())).await?;
        stats.add_users(i64::from(admin.is_none() && config.api_token.is_some()));
        let authenticator = Authenticator::start(&config, &*repository, &clock).await?;
        let hub = Arc::<Hub>::default();
        let clock = Arc::new(clock);
        let telemetry = Arc::new(Telemetry::new(commands));
        let rate_limits = Arc::new(RateLimits::new(&config.limits));
        let node = RealtimeNode::new(hub.clone());
        let counted = rate_limits.clone();
        node.on_attempt(move |attempt| match serde_json::from_str(attempt.get()) {
            Ok(attempt) => counted.note(attempt),
            Err(error) => tracing::warn!(error = %error, "another node shared an attempt of an unknown form"),
        });
        let parts = ClusterParts {
            node: node.clone(),
            repository: repository.clone(),
            authority: StoredAuthority::new(repository.clone(), clock.clone()),
            telemetry: telemetry.clone(),
        };
        let cluster = match &config.redis {
            Some(url) => Cluster::over_redis(url, parts)?,
            None => Cluster::alone(parts),
        };
        let bus = Arc::new(Bus::new(hub.clone(), cluster));
        let features = RealtimeFeatures::new(hub.clone(), bus.clone(), repository.clone(), clock.clone());
        node.set_features(&features);
        let receipts = Receipts::new(repository.clone(), hub.clone(), bus.clone(), clock.clone());
        let publisher = Publisher { bus, features, receipts };
        let stats = Arc::new(stats);
        let worker = CommitWorker { repository: repository.clone(), publisher, clock, telemetry, stats };
        let export_links = ExportLinks::prepare(&*repository).await?;
        Ok(Services {
            commits: CommitQueues::start(&worker, tasks),
            hub,
            bus: worker.publisher.bus,
            features: worker.publisher.features,
            receipts: worker.publisher.receipts,
            clock: worker.clock,
            telemetry: worker.telemetry,
            rate_limits,
            stats: worker.stats,
            node: uuid::Uuid::new_v4().simple().to_string().split_off(24),
            export_links,
            config,
            repository,
            authenticator,
        })
    }

    /// Fills in whether the user is there now, and else when they last were.
    pub fn with_presence(&self, user: User) -> User {
        self.features.present(user)
    }
}

/// One command's view of the services and of who is calling.
#[derive(Clone, Debug)]
pub struct Context {
    /// Everything that lives as long as the server.
    pub services: Arc<Services>,
    /// Who is calling; none for open commands before authentication.
    pub identity: Option<Arc<Identity>>,
    /// The connection that is calling; none for `POST /command`.
    pub connection: Option<Arc<Connection>>,
    /// Where the caller comes from.
    pub origin: Origin,
}

/// Where a caller comes from, and by which name it has found this server.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The caller's address.
    pub address: IpAddr,
    /// The server's, as far as addresses of its pages have it in common: `https://chat.example`.
    pub site: Arc<str>,
}

impl Context {
    /// Who is calling.
    pub fn identity(&self) -> Result<&Arc<Identity>> {
        self.identity.as_ref().ok_or_else(|| {
            Error::new(
                Code::Unauthenticated,
                "authenticate first: AUTHENTICATE with a token, or send it at the handshake",
            )
        })
    }

    /// The calling user.
    pub fn user(&self) -> Result<&Arc<User>> {
        self.identity().map(|identity| &identity.user)
    }

    /// The connection that is calling.
    pub fn connection(&self) -> Result<&Arc<Connection>> {
        self.connection.as_ref().ok_or_else(|| Error::conflict("there is no connection"))
    }

    /// What the caller wishes to happen to a chat.
    pub fn change(&self, chat_id: crate::protocol::ChatId, action: Action) -> Result<Box<Change>> {
        let identity = self.identity()?;
        Ok(Box::new(Change { chat_id, actor: identity.user.clone(), authority: identity.authority(), action }))
    }
}
