//! The listener: accepts connections, runs the server's periodic tasks, and drains on shutdown.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tokio_util::either::Either;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::api::clock_check;
use crate::api::context::Services;
use crate::api::jobs;
use crate::api::last_seen;
use crate::api::stats;
use crate::api::{departure, files};
use crate::net::http::{ClientStream, HttpServer, Mode, Peer, Port, Site};
use crate::net::session::CLOSE_RESTART;
use crate::ops::clock;
use crate::realtime::hub::Wakers;
use crate::realtime::outbox::Close;

pub mod admin;
pub mod tls;

use admin::AdminSocket;
use tls::Certificates;

/// Time limit for running commands when the server shuts down.
const DRAIN: Duration = Duration::from_secs(10);
/// Interval of checks of the connections' deadlines.
const TICK: Duration = Duration::from_millis(250);
/// Interval of clean-ups of the histograms, and of checks for a changed certificate.
const UPKEEP: Duration = Duration::from_secs(5);
/// Interval of writes of users' last-seen times.
const LAST_SEEN: Duration = Duration::from_secs(1);
/// Interval of comparisons with the storage's clock.
const CLOCK_CHECK: Duration = Duration::from_secs(60);
/// Time limit of a TLS handshake.
const TLS_WITHIN: Duration = Duration::from_secs(10);
/// Pause in accepting while the system has no free file descriptors.
const BREATH: Duration = Duration::from_millis(100);

/// Size of the system's send buffer per client, in bytes. By default it is megabytes and reports room only when a third
/// of it is free: a slow reader would look as if it accepted nothing.
const SEND_BUFFER: u32 = 64 << 10;
/// Maximum number of connections waiting to be accepted.
const BACKLOG: u32 = 1024;

/// Options of the port.
#[derive(Clone)]
pub struct Options {
    /// TLS, or plain TCP if none.
    pub tls: Option<Arc<Certificates>>,
    /// METRICS_PORT, which uses TLS if the chat does.
    pub metrics: Option<Arc<TcpListener>>,
    /// ADMIN_SOCKET.
    pub admin: Option<Arc<AdminSocket>>,
    /// The use of an upgraded socket.
    pub mode: Mode,
    /// Renders the page at `/docs` on the first request.
    pub reference: fn() -> String,
}

/// Listens on an address.
pub fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    // Accepted connections inherit it.
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves until `stop` resolves; then answers running commands, drains the outboxes and closes every connection with
/// 1012.
pub async fn run(listener: TcpListener, services: Arc<Services>, options: Options, stop: impl Future<Output = ()>) {
    let site = Site {
        services: services.clone(),
        stop: CancellationToken::new(),
        sessions: TaskTracker::new(),
        port: Port::Chat,
        mode: options.mode,
        reference: options.reference,
    };
    let ticking = tokio::spawn(tick(services.clone()));
    let upkeep = tokio::spawn(upkeep(services.clone(), options.tls.clone()));
    let last_seen = tokio::spawn(save_last_seen(services.clone()));
    let running = tokio::spawn(jobs::keep_running(services.clone()));
    let time = tokio::spawn(keep_time(services.clone()));
    let receipts = tokio::spawn(receipts(services.clone()));
    let files = tokio::spawn(files::keep_reviewing(services.clone()));
    tokio::select! {
        () = accept(&listener, &site, options.tls.as_ref()) => {}
        () = accept_metrics(options.metrics.as_deref(), &site, options.tls.as_ref()) => {}
        () = accept_admin(options.admin.as_deref(), &site) => {}
        () = stop => {}
    }
    drop((listener, options.metrics, options.admin));
    tracing::info!("stopping: no new connections");
    site.stop.cancel();
    services.authenticator.passwords.stop();
    drain(&services, &site.sessions).await;
    save_counts(&services).await;
    ticking.abort();
    upkeep.abort();
    last_seen.abort();
    running.abort();
    jobs::resign(&services).await;
    time.abort();
    if timeout(DRAIN, last_seen::save(&services)).await.is_err() {
        tracing::warn!("last-seen times were not saved in time");
    }
    files.abort();
    receipts.abort();
    if timeout(DRAIN, services.receipts.flush()).await.is_err() {
        tracing::warn!("read marks were not saved in time");
    }
}

async fn accept_metrics(listener: Option<&TcpListener>, site: &Site, tls: Option<&Arc<Certificates>>) {
    match listener {
        Some(listener) => accept(listener, &Site { port: Port::Metrics, ..site.clone() }, tls).await,
        None => std::future::pending().await,
    }
}

async fn accept_admin(socket: Option<&AdminSocket>, site: &Site) {
    let Some(socket) = socket else { return std::future::pending().await };
    let server = HttpServer::new(Site { port: Port::Admin, ..site.clone() });
    loop {
        match socket.accept().await {
            Ok(stream) => {
                let stream = ClientStream::Right(Either::Right(stream));
                site.sessions.spawn(server.clone().serve(stream, Peer::of_this_machine()));
            }
            Err(error) => {
                tracing::warn!(error = %error, "a connection to the administration socket could not be accepted");
                sleep(BREATH).await;
            }
        }
    }
}

async fn accept(listener: &TcpListener, site: &Site, tls: Option<&Arc<Certificates>>) {
    let server = HttpServer::new(site.clone());
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Without this, small frames would wait for the peer's acknowledgement (Nagle's algorithm).
                let _ = stream.set_nodelay(true);
                site.sessions.spawn(serve(server.clone(), stream, peer.ip(), tls.cloned()));
            }
            Err(error) => {
                tracing::warn!(error = %error, "a connection could not be accepted");
                if !is_peers_fault(&error) {
                    sleep(BREATH).await;
                }
            }
        }
    }
}

fn is_peers_fault(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

async fn serve(server: HttpServer, stream: TcpStream, peer: IpAddr, tls: Option<Arc<Certificates>>) {
    let client = server.peer(peer);
    let Some(tls) = tls else { return server.serve(ClientStream::Left(stream), client).await };
    let shaking = timeout(TLS_WITHIN, tls.acceptor().accept(stream));
    let shaken = tokio::select! {
        shaken = shaking => shaken,
        () = client.evicted() => return,
    };
    match shaken {
        Ok(Ok(stream)) => server.serve(ClientStream::Right(Either::Left(Box::new(stream))), client).await,
        Ok(Err(error)) => tracing::debug!(error = %error, "TLS handshake failed"),
        Err(_) => tracing::debug!("TLS handshake timed out"),
    }
}

/// Wakes the connections whose deadlines are due.
pub(crate) async fn tick(services: Arc<Services>) {
    let mut ticks = interval(TICK);
    loop {
        ticks.tick().await;
        let now = clock::uptime_millis();
        let mut wakers = Wakers::default();
        services.hub.each_connection(|connection| {
            if connection.due.load(Ordering::Relaxed) <= now {
                wakers.keep(connection.outbox.tick());
            }
        });
        wakers.wake();
        services.features.tick();
        services.hub.send_presence_batches();
    }
}

/// Writes read marks and reports deliveries to authors.
pub(crate) async fn receipts(services: Arc<Services>) {
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while services.clock.goes_by_itself() {
        ticks.tick().await;
        services.receipts.tick().await;
    }
}

async fn upkeep(services: Arc<Services>, tls: Option<Arc<Certificates>>) {
    let mut ticks = interval(UPKEEP);
    loop {
        ticks.tick().await;
        if let Some(tls) = &tls {
            tls.reload_if_changed();
        }
        services.telemetry.upkeep();
        services.stats.sample(services.telemetry.commands());
        save_counts(&services).await;
        if let Err(error) = departure::finish_pending(&services).await {
            tracing::warn!(error = %error, "deleted accounts could not be removed from all their chats; trying again");
        }
    }
}

/// Stores this node's report for GET_STATS on other nodes.
async fn save_counts(services: &Services) {
    if let Err(error) = stats::save(services).await {
        tracing::debug!(error = %error, "the report of this node was not saved");
    }
}

/// Keeps this node's clock in step with the storage's.
async fn keep_time(services: Arc<Services>) {
    loop {
        sleep(CLOCK_CHECK).await;
        if let Err(error) = clock_check::correct(&*services.repository, &services.clock).await {
            tracing::debug!(error = %error, "the storage's time could not be read");
        }
    }
}

/// Saves the last-seen times of users who disconnected.
pub(crate) async fn save_last_seen(services: Arc<Services>) {
    let mut ticks = interval(LAST_SEEN);
    loop {
        ticks.tick().await;
        last_seen::save(&services).await;
    }
}

async fn drain(services: &Services, sessions: &TaskTracker) {
    sessions.close();
    let finish = async {
        loop {
            // Repeated, because a handshake in progress may become a connection later.
            let mut wakers = Wakers::default();
            services.hub.each_connection(|connection| {
                wakers.keep(connection.outbox.close(Close { code: CLOSE_RESTART, reason: "server restarts" }));
            });
            wakers.wake();
            if timeout(TICK, sessions.wait()).await.is_ok() {
                return;
            }
        }
    };
    if timeout(DRAIN, finish).await.is_err() {
        tracing::warn!(connections = sessions.len(), "some connections did not end in time");
    }
}
