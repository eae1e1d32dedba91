//! The environment of commands: [`Services`], created once, and [`Context`], one command's view of them.

use std::net::IpAddr;
use std::sync::Arc;

use serde::Deserialize;
use tokio_util::task::TaskTracker;

use crate::api::changes::ChatAction;
use crate::api::clock_check;
use crate::api::command::Response;
use crate::api::digests::KnownDigests;
use crate::api::files::FileService;
use crate::api::operations::{HeldClaim, OperationTurns, OperationUsages};
use crate::api::own_turns::OwnTurns;
use crate::api::quotas::{Quotas, Spent};
use crate::auth::rate_limits::{RateLimits, Tried};
use crate::auth::{Authenticator, ExportLinks, Identity, StoredAuthority};
use crate::cluster::{Cluster, ClusterParts};
use crate::commit::{CommitQueues, CommitWorker, Publisher};
use crate::domain::{Action, Change, Operation};
use crate::ops::clock::Clock;
use crate::ops::config::Config;
use crate::ops::crypto;
use crate::ops::stats::StatsCounter;
use crate::ops::telemetry::Telemetry;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{ChatId, LargeChats, User};
use crate::realtime::bus::Bus;
use crate::realtime::features::RealtimeFeatures;
use crate::realtime::hub::{Connection, Hub};
use crate::realtime::newcomers::Newcomers;
use crate::realtime::node::RealtimeNode;
use crate::realtime::receipts::Receipts;
use crate::store::repository::Repository;

/// The services, which live as long as the server.
#[derive(Debug)]
pub struct Services {
    /// The settings.
    pub config: Config,
    /// The storage.
    pub repository: Arc<dyn Repository>,
    /// The connections and subscriptions of this node.
    pub hub: Arc<Hub>,
    /// Publishes events, here and to other nodes.
    pub bus: Arc<Bus>,
    /// Presence, typing and streams.
    pub features: Arc<RealtimeFeatures>,
    /// Read and delivered positions of members.
    pub receipts: Arc<Receipts>,
    /// The queues for durable changes.
    pub commits: CommitQueues,
    /// The source of times and ids.
    pub clock: Arc<Clock>,
    /// Metrics and logs.
    pub telemetry: Arc<Telemetry>,
    /// Throttles of log-ins, sign-ups and anonymous clients.
    pub rate_limits: Arc<RateLimits>,
    /// Counts of this node.
    pub stats: Arc<StatsCounter>,
    /// The name of this node.
    pub node: String,
    /// The quotas that users have spent.
    pub quotas: Arc<Quotas>,
    /// Turns of users at changing their own state.
    pub own_turns: OwnTurns,
    /// The commands with an `opId` that run on this node.
    pub operations: Arc<OperationTurns>,
    /// The outcomes that are kept for users.
    pub operation_usage: OperationUsages,
    /// The computed digests of chats.
    pub digests: KnownDigests,
    /// Uploaded files.
    pub files: FileService,
    /// The signer of export links.
    pub export_links: ExportLinks,
    /// The checker of credentials.
    pub authenticator: Authenticator,
}

impl Services {
    /// Creates the services and every document that must exist before the first connection. The commit workers are
    /// among `tasks` and end when the services are dropped.
    pub async fn start(
        config: Config,
        repository: Arc<dyn Repository>,
        clock: Clock,
        tasks: &TaskTracker,
        commands: impl Iterator<Item = &'static str>,
    ) -> Result<Services> {
        Services::start_in(config, repository, clock, tasks, commands, cluster).await
    }

    /// Creates the services of a node that `connect` joins to the other nodes.
    pub async fn start_in(
        config: Config,
        repository: Arc<dyn Repository>,
        clock: Clock,
        tasks: &TaskTracker,
        commands: impl Iterator<Item = &'static str>,
        connect: impl FnOnce(&Config, ClusterParts) -> Result<Cluster>,
    ) -> Result<Services> {
        clock_check::require_small_skew(&*repository, &clock).await?;
        let stats = StatsCounter::default();
        let authenticator = Authenticator::start(&config, &*repository, &clock).await?;
        let large_chats = LargeChats::above(config.limits.large_chat_members);
        let hub = Arc::new(Hub::new(large_chats));
        let clock = Arc::new(clock);
        let telemetry = Arc::new(Telemetry::new(commands, config.slow_command));
        let rate_limits = Arc::new(RateLimits::new(&config.limits));
        let node = RealtimeNode::new(hub.clone());
        let quotas = Arc::new(Quotas::new(&config.limits));
        count_shared(&node, rate_limits.clone(), quotas.clone());
        let parts = ClusterParts {
            node: node.clone(),
            repository: repository.clone(),
            authority: StoredAuthority::new(repository.clone(), clock.clone()),
            telemetry: telemetry.clone(),
            clock: clock.clone(),
        };
        let bus = Arc::new(Bus::new(hub.clone(), connect(&config, parts)?));
        let features = RealtimeFeatures::new(hub.clone(), bus.clone(), repository.clone(), clock.clone());
        node.set_features(&features);
        let receipts = Receipts::new(repository.clone(), hub.clone(), bus.clone(), clock.clone());
        let files = FileService::new(&config).map_err(Error::internal)?;
        let publisher = Publisher { bus, features, receipts, reviews: files.reviews().clone() };
        let newcomers = Newcomers::start(repository.clone(), publisher.bus.clone(), publisher.features.clone(), tasks);
        let stats = Arc::new(stats);
        let worker = CommitWorker { repository: repository.clone(), publisher, newcomers, clock, telemetry, stats };
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
            operations: Arc::default(),
            operation_usage: OperationUsages::default(),
            digests: KnownDigests::default(),
            files,
            own_turns: OwnTurns::default(),
            quotas,
            config,
            repository,
            authenticator,
        })
    }

    /// The chats that are large.
    pub fn large_chats(&self) -> LargeChats {
        LargeChats::above(self.config.limits.large_chat_members)
    }

    /// Fills in the user's presence, for those who share a chat with the user.
    /// [`present_to_caller`](crate::api::user_lookup::present_to_caller) is for everybody else.
    pub fn with_presence(&self, user: User) -> User {
        self.features.present(user)
    }
}

/// Counts the spending and log-in attempts that other nodes share.
fn count_shared(node: &RealtimeNode, rate_limits: Arc<RateLimits>, quotas: Arc<Quotas>) {
    node.on_attempt(move |attempt| match serde_json::from_str(attempt.get()) {
        Ok(SharedCount::Tried(tried)) => rate_limits.note(tried),
        Ok(SharedCount::Spent(cost)) => quotas.note(cost),
        Err(error) => tracing::warn!(error = %error, "another node shared an attempt in an unknown format"),
    });
}

/// The cluster that the settings ask for: over Redis, or this node alone.
fn cluster(config: &Config, parts: ClusterParts) -> Result<Cluster> {
    match &config.redis {
        #[cfg(feature = "redis")]
        Some(url) => Cluster::over_redis(url, parts),
        _ => Ok(Cluster::alone(parts)),
    }
}

/// A count shared by another node.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum SharedCount {
    Tried(Tried),
    Spent(Spent),
}

/// One command's view of the services and its caller.
#[derive(Clone, Debug)]
pub struct Context {
    /// The services, which live as long as the server.
    pub services: Arc<Services>,
    /// The caller; none for open commands before authentication.
    pub identity: Option<Arc<Identity>>,
    /// The calling connection; none for `POST /command`.
    pub connection: Option<Arc<Connection>>,
    /// The caller's origin.
    pub origin: Origin,
    /// The command's `opId`, if it has one.
    pub operation: Option<Operation>,
    /// The claim of the `opId` under which the command runs, if it has one.
    pub claim: Option<Arc<HeldClaim>>,
}

/// The caller's address, and the address at which the caller reached this server.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The common prefix of the addresses of the server's pages: `https://chat.example`.
    pub address: IpAddr,
    /// The common beginning of the addresses of the server's pages: `https://chat.example`.
    pub site: Arc<str>,
}

impl Context {
    /// The caller.
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

    /// The calling connection.
    pub fn connection(&self) -> Result<&Arc<Connection>> {
        self.connection.as_ref().ok_or_else(|| Error::conflict("send this command over a WebSocket"))
    }

    /// Submits a change in the caller's name; the commit queue sends the reply.
    pub fn commit<R>(&self, chat_id: ChatId, change: ChatAction<R>) -> Result<Response<R>> {
        self.change(chat_id, change.action).map(Response::commit)
    }

    /// Like [`Context::commit`], with this view of the caller as actor.
    pub fn commit_as<R>(&self, actor: Arc<User>, chat_id: ChatId, change: ChatAction<R>) -> Result<Response<R>> {
        let change = self.change(chat_id, change.action)?;
        Ok(Response::commit(Box::new(Change { actor, ..*change })))
    }

    /// An id for what the command creates. A command repeated with its `opId` gets the same id on the same day, even
    /// while the outcome of the first attempt is unknown.
    pub fn new_id(&self) -> String {
        let (Some(operation), Some(identity)) = (&self.operation, &self.identity) else {
            return self.services.clock.id();
        };
        let today: String = self.services.clock.look().to_string().chars().take(10).collect();
        let name = format!("{}\n{}\n{today}", identity.user.id, operation.id);
        crypto::sha256(name.as_bytes())[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A change to a chat in the caller's name.
    pub fn change(&self, chat_id: ChatId, action: Action) -> Result<Box<Change>> {
        let identity = self.identity()?;
        let operation = self.operation.clone();
        Ok(Box::new(Change {
            chat_id,
            actor: identity.user.clone(),
            authority: identity.authority(),
            action,
            operation,
            large_chats: self.services.large_chats(),
        }))
    }
}
