use std::error::Error;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::task::TaskTracker;

use crate::api::context::Services;
use crate::api::contract;
use crate::api::files::FileService;
use crate::api::handlers;
use crate::net::http::Mode;
use crate::net::listener::admin::AdminSocket;
use crate::net::listener::tls::Certificates;
use crate::net::listener::{self, Options};
use crate::ops::clock::Clock;
use crate::ops::config::{AdminSocketSettings, BadSetting, Config, Database};
use crate::ops::fault;
use crate::ops::telemetry;
use crate::store::archive::{ArchiveError, UNFINISHED};
#[cfg(feature = "cosmos")]
use crate::store::cosmos::{self, CosmosOpenError, CosmosRepository};
use crate::store::error::StoreError;
#[cfg(feature = "postgres")]
use crate::store::postgres::PostgresRepository;
use crate::store::repository::Repository;
#[cfg(feature = "sqlite")]
use crate::store::sqlite::{SqliteOpenError, SqliteRepository};

/// Serves until SIGTERM or SIGINT.
pub fn main(mode: Mode) -> Result<(), Box<dyn Error>> {
    let config = Config::from_environment()?;
    // Not read from .env, where it could be forgotten.
    let asked = std::env::var(fault::NAME).ok();
    fault::begin(asked.as_deref()).map_err(|problem| BadSetting { name: fault::NAME.into(), problem })?;
    let mut logging = telemetry::start_logging(&config)?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let stop = async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        logging.start_exports();
        let served = serve(config, mode, stop).await;
        logging.finish().await;
        served
    })
}

/// Opens the storage, binds the port, prints the address, and serves until `stop`.
pub async fn serve(config: Config, mode: Mode, stop: impl Future<Output = ()>) -> Result<(), Box<dyn Error>> {
    let tls = config.tls.as_ref().map(Certificates::read).transpose()?.map(Arc::new);
    let address = SocketAddr::new(config.host, config.port);
    let metrics_address = config.metrics.port.map(|port| SocketAddr::new(config.host, port));
    let scheme = if tls.is_some() { "wss" } else { "ws" };
    let repository = open(&config).await?;
    FileService::new(&config)?.prepare(&*repository).await?;
    let tasks = TaskTracker::new();
    let names = handlers::TABLE.iter().map(|row| row.name);
    let services =
        Arc::new(Services::start(config, repository, Clock::shared(fault::clock_skew()?), &tasks, names).await?);
    #[cfg(feature = "cosmos")]
    if matches!(services.config.database, Database::Cosmos(_)) {
        cosmos::expect_requests();
    }
    announce(&services.config);
    let admin = services.config.admin_socket.as_ref().map(bind_admin).transpose()?.flatten().map(Arc::new);
    let bind = |address| listener::bind(address).map_err(|error| format!("cannot listen on {address}: {error}"));
    let listener = bind(address)?;
    let metrics = metrics_address.map(bind).transpose()?.map(Arc::new);
    let options = Options { tls, metrics: metrics.clone(), admin, mode, reference: contract::reference };
    outln!("pichat {} listening on {scheme}://{}/ws", env!("CARGO_PKG_VERSION"), listener.local_addr()?)?;
    if let Some(metrics) = metrics {
        tracing::info!(address = %metrics.local_addr()?, "serving metrics");
    }
    listener::run(listener, services.clone(), options, stop).await;
    services.bus.leave_cluster().await;
    drop(services);
    tasks.close();
    tasks.wait().await;
    Ok(())
}

/// Binds the administration socket; none if the default path cannot be used.
fn bind_admin(settings: &AdminSocketSettings) -> Result<Option<AdminSocket>, BadSetting> {
    match AdminSocket::bind(&settings.path) {
        Ok(socket) => Ok(Some(socket)),
        Err(error) if settings.is_required => {
            Err(BadSetting { name: "ADMIN_SOCKET".into(), problem: error.to_string() })
        }
        Err(error) => {
            tracing::warn!(error = %error, "no administration socket; set ADMIN_SOCKET to a usable path");
            Ok(None)
        }
    }
}

/// Logs the settings that affect permissions, and warns of risky ones; never logs a secret.
fn announce(config: &Config) {
    let storage = match &config.database {
        #[cfg(feature = "sqlite")]
        Database::Sqlite(_) => "sqlite",
        #[cfg(feature = "postgres")]
        Database::Postgres(_) => "postgres",
        #[cfg(feature = "cosmos")]
        Database::Cosmos(_) => "cosmos",
    };
    let nodes = if config.redis.is_some() { "several, over Redis" } else { "one" };
    tracing::info!(
        host = %config.host,
        port = config.port,
        tls = config.tls.is_some(),
        storage,
        nodes,
        sign_up = config.accounts.allow_sign_up,
        email_lookup = config.accounts.email_lookup,
        administrator = config.api_token.is_some(),
        allowed_origins = ?config.allowed_origins,
        trusted_proxies = ?config.trusted_proxies,
        "starting"
    );
    if !config.host.is_loopback() && config.tls.is_none() {
        tracing::warn!(host = %config.host, "HOST is reachable from outside and TLS is off: put a TLS proxy in front, or set TLS_CERT and TLS_KEY");
    }
    if config.allowed_origins.iter().any(|origin| origin == "*") {
        tracing::warn!("ALLOWED_ORIGINS=* lets any web page connect with its visitors' tokens");
    }
    if config.trusted_proxies.has_everybody() {
        tracing::warn!("TRUSTED_PROXIES has every address: each client can claim any address by X-Forwarded-For");
    }
    if config.accounts.allow_sign_up {
        tracing::warn!("ALLOW_SIGN_UP=true: anyone can create an account");
        if config.accounts.email_lookup {
            tracing::warn!(
                "EMAIL_LOOKUP=true while sign-up is open: addresses are not verified, so messages to an address reach whoever claimed it first"
            );
        }
    }
}

/// A storage that could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum NotOpened {
    /// The setting is invalid, or the storage does not respond.
    #[error(transparent)]
    Refused(#[from] BadSetting),
    /// Another process uses the file.
    #[cfg(feature = "sqlite")]
    #[error(transparent)]
    InUse(SqliteOpenError),
    /// The storage contains only part of an import.
    #[error(transparent)]
    Unfinished(#[from] ArchiveError),
    /// The storage did not respond.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The account cannot be used.
    #[cfg(feature = "cosmos")]
    #[error(transparent)]
    Cosmos(#[from] CosmosOpenError),
}

impl NotOpened {
    /// The file, if another process on this machine has it open.
    pub(super) fn path_in_use(&self) -> Option<&str> {
        match self {
            #[cfg(feature = "sqlite")]
            NotOpened::InUse(SqliteOpenError::InUse { path }) => Some(path),
            _ => None,
        }
    }
}

/// Opens the configured storage.
///
/// # Errors
/// Fails if the storage cannot be used, or contains only part of an import.
pub async fn open(config: &Config) -> Result<Arc<dyn Repository>, NotOpened> {
    let repository = connect(config).await?;
    if repository.document(UNFINISHED).await?.is_some() {
        return Err(ArchiveError::Unfinished.into());
    }
    Ok(repository)
}

async fn connect(config: &Config) -> Result<Arc<dyn Repository>, NotOpened> {
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    let refused = |problem: String| BadSetting { name: "DATABASE_URL".into(), problem };
    match &config.database {
        #[cfg(feature = "sqlite")]
        Database::Sqlite(path) => match SqliteRepository::open(path) {
            Ok(repository) => Ok(Arc::new(repository)),
            Err(error @ SqliteOpenError::InUse { .. }) => Err(NotOpened::InUse(error)),
            Err(error) => Err(refused(error.to_string()).into()),
        },
        #[cfg(feature = "postgres")]
        Database::Postgres(server) => match PostgresRepository::open(server).await {
            Ok(repository) => Ok(Arc::new(repository)),
            Err(error) => Err(refused(error.to_string()).into()),
        },
        #[cfg(feature = "cosmos")]
        Database::Cosmos(account) => Ok(Arc::new(CosmosRepository::open(account).await?)),
    }
}
