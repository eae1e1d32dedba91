//! HTTP on the main port: the upgrade to WebSocket, `POST /command` and the side pages.
//!
//! axum routes the requests and tower-http answers cross-origin requests; begin with `routes`. The rest is written by
//! hand because neither does it. Connections are served here, because `axum::serve` limits neither the head of a
//! request nor the time of a write. The limits and time-outs of bodies are in their routes, because they depend on the
//! caller, and exceeding them is answered with the protocol's `ERROR`, which the layers of tower-http cannot do.

use std::net::IpAddr;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpStream, UnixStream};
use tokio_rustls::server::TlsStream;
use tokio_util::either::Either;
use tower_http::add_extension::AddExtension;

use crate::api::context::Services;

mod address;
mod admission;
mod command;
mod credentials;
mod cross_origin;
mod export;
mod files;
#[cfg(test)]
mod fuzz;
mod hang_up;
mod operations;
mod origin;
mod pages;
mod peer;
mod response;
mod routes;
mod site;
mod upgrade;
mod write_deadline;

pub use peer::Peer;
pub use site::{Mode, Port, Site};

use admission::HttpPeer;
use write_deadline::WriteDeadline;

/// Time limit for receiving the head of a request.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// Maximum size of a request head in bytes.
const HEAD_BYTES: usize = 8 << 10;
/// Maximum number of header fields in a request.
const HEAD_FIELDS: usize = 64;

/// The stream of a connection. TLS is boxed, so that connections without it do not carry its size.
pub type ClientStream = Either<TcpStream, Either<Box<TlsStream<TcpStream>>, UnixStream>>;

/// The HTTP server of one port.
#[derive(Clone, Debug)]
pub struct HttpServer {
    site: Site,
    routes: Router,
}

impl HttpServer {
    /// Builds the routes of a port, once for all of its connections.
    pub fn new(site: Site) -> Self {
        HttpServer { routes: routes::of(&site), site }
    }

    /// The peer of a new connection, which counts against its address from now on.
    pub fn peer(&self, address: IpAddr) -> Peer {
        let Services { config, rate_limits, .. } = &*self.site.services;
        // A proxy's connections do not belong to one client; client addresses come from the requests.
        let is_client = !config.trusted_proxies.contains(address.to_canonical());
        Peer { address, arrival: is_client.then(|| rate_limits.arrive(address)) }
    }

    /// Serves one connection until it ends, is upgraded or evicted, or the server shuts down.
    pub async fn serve(self, stream: ClientStream, peer: Peer) {
        let services = &self.site.services;
        let requests = services.telemetry.http_connections.clone();
        let stream = WriteDeadline::new(stream, services.config.limits.heartbeat_timeout);
        let evicted = peer.token();
        let peer = HttpPeer::new(peer);
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_WITHIN)
            .max_buf_size(HEAD_BYTES)
            .max_headers(HEAD_FIELDS)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(AddExtension::new(self.routes, peer)))
            .with_upgrades();
        let mut connection = std::pin::pin!(connection);
        requests.increment(1.0);
        let served = tokio::select! {
            served = connection.as_mut() => served,
            () = self.site.stop.cancelled() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
            () = evicted.cancelled() => {
                tracing::debug!("a connection without a request was evicted for a newer one from its address");
                Ok(())
            }
        };
        requests.decrement(1.0);
        if let Err(error) = served {
            tracing::debug!(error = %error, "a request ended early");
        }
    }
}
