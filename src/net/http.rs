//! HTTP on the one port: the upgrade to WebSocket, `POST /command` and the side pages.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hyper::body::Incoming;
use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use parking_lot::Mutex;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::api::context::{Origin, Services};
use crate::auth::rate_limits::{AnonymousSlot, PendingConnection};
use crate::ops::telemetry;
use crate::protocol::error::{Code, Error};

mod address;
mod command;
mod credentials;
mod export;
mod files;
#[cfg(test)]
mod fuzz;
mod operations;
mod origin;
mod pages;
mod peer;
mod response;
mod site;
mod upgrade;
mod write_deadline;

pub use peer::Peer;
pub use site::{Mode, Port, Site};

use response::{Answer, HttpResponse, json, method_not_allowed, refusal, whole};
use write_deadline::WriteDeadline;

/// Longest time for the head of a request.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// Largest head of a request, in bytes.
const HEAD_BYTES: usize = 8 << 10;
/// Most header fields of a request.
const HEAD_FIELDS: usize = 64;

/// Browsers that have spoken TLS with this server once speak nothing else for a year.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The protocol as AsyncAPI, generated from the table of commands.
const ASYNCAPI: &str = include_str!("../../protocol/asyncapi.json");

/// The place of a connection among those of its address that are not authenticated. From the start to the end of the
/// first head it is an arrival; then it is a slot, from the head of a request to the next request or the end, because an
/// unfinished request costs as much as an anonymous socket.
#[derive(Debug, Default)]
struct RequestPlace {
    _arrival: Option<PendingConnection>,
    slot: Option<AnonymousSlot>,
}

/// Serves one connection until it ends, is upgraded, or the server shuts down.
pub async fn serve<S>(site: Site, stream: S, peer: Peer)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let stop = site.stop.clone();
    let requests = site.services.telemetry.http_connections.clone();
    let write_within = site.services.config.limits.heartbeat_timeout;
    let evicted = peer.token();
    let address = peer.address;
    let place = Arc::new(Mutex::new(RequestPlace { _arrival: peer.arrival, slot: None }));
    let service = service_fn(move |request| {
        let site = site.clone();
        let place = place.clone();
        async move { Ok::<_, std::convert::Infallible>(open::<S>(site, request, address, &place).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEAD_FIELDS)
        .serve_connection(TokioIo::new(WriteDeadline::new(stream, write_within)), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    requests.increment(1.0);
    let served = tokio::select! {
        served = connection.as_mut() => served,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
        () = evicted.cancelled() => {
            tracing::debug!("a connection without a request made room for another of its address");
            Ok(())
        }
    };
    requests.decrement(1.0);
    if let Err(error) = served {
        tracing::debug!(error = %error, "a request ended early");
    }
}

async fn open<S>(site: Site, request: Request<Incoming>, peer: IpAddr, place: &Mutex<RequestPlace>) -> HttpResponse
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let services = site.services.clone();
    let path = route_name(request.uri().path());
    let origin = address::of_request(peer, request.headers(), &services.config);
    let mut response = match refuse(&services, &request, origin.address, place) {
        Some(refusal) => whole(refusal),
        None if site.port == Port::Metrics => whole(route_metrics(&site, &request).await),
        None if [files::FILES, files::UPLOADS].iter().any(|path| request.uri().path().starts_with(path)) => {
            files::answer(site.services, request, origin).await
        }
        None => match request.uri().path().strip_prefix(export::PATH) {
            Some(ticket) if request.method() == Method::GET => export::answer(site.services, ticket).await,
            Some(_) => whole(method_not_allowed("GET")),
            None => whole(route::<S>(site, request, origin).await),
        },
    };
    telemetry::count_http_response(path, response.status().as_u16());
    if services.config.tls.is_some() {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}

/// The label of a path in the metrics: one for each route, so that a client cannot make up any.
fn route_name(path: &str) -> &'static str {
    const ROUTES: [&str; 7] = ["/ws", "/command", "/health", "/ready", "/metrics", "/asyncapi.json", "/docs"];
    match ROUTES.into_iter().find(|route| *route == path) {
        Some(route) => route,
        None if path.starts_with(export::PATH) => "/export",
        None if pages::exists(path) => "page",
        None => "other",
    }
}

/// Counts the request against its address; returns the refusal of one too many. A handshake is counted by its session,
/// unless it is authenticated.
fn refuse(
    services: &Services,
    request: &Request<Incoming>,
    address: IpAddr,
    place: &Mutex<RequestPlace>,
) -> Option<Answer> {
    // The previous request's place goes first: at the limit, a connection may still be used again.
    *place.lock() = RequestPlace::default();
    if request.headers().get_all(header::HOST).iter().count() > 1 {
        let error = Error::new(Code::InvalidArgument, "a request has one Host header");
        return Some(refusal(StatusCode::BAD_REQUEST, &error));
    }
    if request.uri().path() == "/ws" {
        return None;
    }
    match services.rate_limits.anonymous(address) {
        Ok(taken) => place.lock().slot = Some(taken),
        Err(error) => return Some(refusal(StatusCode::TOO_MANY_REQUESTS, &error)),
    }
    None
}

async fn route_metrics(site: &Site, request: &Request<Incoming>) -> Answer {
    match (request.method(), request.uri().path()) {
        (&Method::GET | &Method::HEAD, "/health") => health(),
        (&Method::GET | &Method::HEAD, "/ready") => operations::ready(site, request.headers()).await,
        (&Method::GET, "/metrics") => operations::metrics(site, request.headers()),
        _ => {
            refusal(StatusCode::NOT_FOUND, &Error::new(Code::NotFound, "this port serves /metrics, /ready and /health"))
        }
    }
}

fn health() -> Answer {
    json(StatusCode::OK, r#"{"status":"alive"}"#.into())
}

async fn route<S>(site: Site, request: Request<Incoming>, origin: Origin) -> Answer
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let services = site.services.clone();
    match (request.method(), request.uri().path()) {
        (&Method::GET, "/ws") => upgrade::answer::<S>(site, request, origin).await,
        (&Method::POST | &Method::OPTIONS, "/command") => command::answer(services, request, origin).await,
        (&Method::GET | &Method::HEAD, "/health") => health(),
        (&Method::GET | &Method::HEAD, "/ready") => operations::ready(&site, request.headers()).await,
        (&Method::GET, "/metrics") => operations::metrics(&site, request.headers()),
        (&Method::GET, "/asyncapi.json") => json(StatusCode::OK, Bytes::from_static(ASYNCAPI.as_bytes())),
        (_, "/ws" | "/health" | "/ready" | "/metrics" | "/asyncapi.json") => method_not_allowed("GET"),
        (_, "/command") => method_not_allowed("POST, OPTIONS"),
        _ => page(&request, site.reference),
    }
}

/// The chat page, the reference, or 404.
fn page(request: &Request<Incoming>, reference: fn() -> String) -> Answer {
    let path = request.uri().path();
    let asks = matches!(*request.method(), Method::GET | Method::HEAD);
    if !asks && (path == "/test" || pages::exists(path)) {
        return method_not_allowed("GET");
    }
    let found = match path {
        "/test" => Some(pages::redirect("/")),
        _ => pages::answer(path, request.headers(), reference),
    };
    found.filter(|_| asks).unwrap_or_else(|| {
        let sentence = "nothing here; the WebSocket is at /ws, and POST /command takes one command";
        refusal(StatusCode::NOT_FOUND, &Error::new(Code::NotFound, sentence))
    })
}
