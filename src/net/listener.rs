//! The listener: accepts, ticks, and drains.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::api::context::Services;
use crate::api::last_seen;
use crate::api::stats;
use crate::net::http::{self, Mode, Site};
use crate::net::session::CLOSE_RESTART;
use crate::ops::clock;
use crate::realtime::hub::Wakers;
use crate::realtime::outbox::Close;

pub mod tls;

/// How long a stopping server may take to finish what it has in hand.
const DRAIN: Duration = Duration::from_secs(10);
/// How often connections are looked at whose deadlines may have come.
const TICK: Duration = Duration::from_millis(250);
/// How often histograms are kept from growing.
const UPKEEP: Duration = Duration::from_secs(5);
/// How often the storage is told who has gone.
const REMEMBER: Duration = Duration::from_secs(1);
/// How long a client may take to agree on TLS.
const TLS_WITHIN: Duration = Duration::from_secs(10);
/// How long nothing is accepted when the system has no more descriptors.
const BREATH: Duration = Duration::from_millis(100);

/// How much the system keeps for one client that it has not taken yet. Left alone, the system keeps megabytes, and
/// says that there is room again when a third of them is gone: a slow reader would look like one that takes nothing.
const SEND_BUFFER: u32 = 64 << 10;
/// How many connections wait to be accepted.
const BACKLOG: u32 = 1024;

/// How the port is served.
#[derive(Clone)]
pub struct Options {
    /// TLS, or plain TCP.
    pub tls: Option<TlsAcceptor>,
    /// What is done with an upgraded socket.
    pub mode: Mode,
    /// Makes the page at `/docs`, when somebody asks for it.
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

/// Serves until `stop` is there, then finishes what is in hand, writes what waits, and closes every connection
/// with 1012.
pub async fn run(listener: TcpListener, services: Arc<Services>, options: Options, stop: impl Future<Output = ()>) {
    let site = Site {
        services: services.clone(),
        stop: CancellationToken::new(),
        sessions: TaskTracker::new(),
        mode: options.mode,
        reference: options.reference,
    };
    let ticking = tokio::spawn(tick(services.clone()));
    let upkeep = tokio::spawn(upkeep(services.clone()));
    let remembering = tokio::spawn(remember(services.clone()));
    let receipts = tokio::spawn(receipts(services.clone()));
    tokio::select! {
        () = accept(&listener, &site, options.tls) => {}
        () = stop => {}
    }
    drop(listener);
    tracing::info!("stopping: no new connections");
    site.stop.cancel();
    drain(&services, &site.sessions).await;
    keep_count(&services).await;
    ticking.abort();
    upkeep.abort();
    remembering.abort();
    if timeout(DRAIN, last_seen::save(&services)).await.is_err() {
        tracing::warn!("the storage was not told in time who was last seen when");
    }
    receipts.abort();
    if timeout(DRAIN, services.receipts.flush()).await.is_err() {
        tracing::warn!("the storage was not told in time how far members have read");
    }
}

async fn accept(listener: &TcpListener, site: &Site, tls: Option<TlsAcceptor>) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Frames are small and wait for nothing; without it they would wait for the peer.
                let _ = stream.set_nodelay(true);
                site.sessions.spawn(greet(site.clone(), (stream, peer.ip()), tls.clone()));
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

async fn greet(site: Site, (stream, peer): (TcpStream, IpAddr), tls: Option<TlsAcceptor>) {
    let Some(tls) = tls else { return http::serve(site, stream, peer).await };
    match timeout(TLS_WITHIN, tls.accept(stream)).await {
        Ok(Ok(stream)) => http::serve(site, stream, peer).await,
        Ok(Err(error)) => tracing::debug!(error = %error, "no agreement on TLS"),
        Err(_) => tracing::debug!("no agreement on TLS in time"),
    }
}

/// Wakes the connections whose deadlines have come.
async fn tick(services: Arc<Services>) {
    let mut ticks = interval(TICK);
    loop {
        ticks.tick().await;
        let (now, mut wakers) = (clock::uptime_millis(), Wakers::default());
        services.hub.each_connection(|connection| {
            if connection.due.load(Ordering::Relaxed) <= now {
                wakers.keep(connection.outbox.tick());
            }
        });
        wakers.wake();
        services.features.tick();
    }
}

/// Has marks written, and authors told what has arrived.
async fn receipts(services: Arc<Services>) {
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while services.clock.goes_by_itself() {
        ticks.tick().await;
        services.receipts.tick().await;
    }
}

async fn upkeep(services: Arc<Services>) {
    let mut ticks = interval(UPKEEP);
    loop {
        ticks.tick().await;
        services.telemetry.upkeep();
        services.stats.sample(services.telemetry.commands());
        keep_count(&services).await;
    }
}

/// What was counted is not lost when the server ends badly.
async fn keep_count(services: &Services) {
    if let Err(error) = stats::save(services).await {
        tracing::debug!(error = %error, "what was counted is not yet written");
    }
}

/// Tells the storage now and then who has gone.
async fn remember(services: Arc<Services>) {
    let mut ticks = interval(REMEMBER);
    loop {
        ticks.tick().await;
        last_seen::save(&services).await;
    }
}

async fn drain(services: &Services, sessions: &TaskTracker) {
    sessions.close();
    let finish = async {
        loop {
            // A handshake may have been under way: it is told as soon as it is a connection.
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
