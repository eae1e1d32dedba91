//! HTTP on the one port: the upgrade to WebSocket, `POST /command` and the side pages.

use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};

use crate::api::context::Services;
use crate::protocol::error::{Code, Error};

mod address;
mod command;
mod credentials;
mod export;
mod origin;
mod pages;
mod response;
mod site;
mod upgrade;

pub use site::{Mode, Site};

use response::{Answer, Page, json, method_not_allowed, refusal, whole};

/// Longest time for the head of a request.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// Largest head of a request, in bytes.
const HEAD_BYTES: usize = 8 << 10;
/// Most header fields of a request.
const HEAD_FIELDS: usize = 64;

/// The protocol as AsyncAPI, generated from the table of commands.
const ASYNCAPI: &str = include_str!("../../protocol/asyncapi.json");

/// Serves one connection until it ends, is upgraded, or the server shuts down.
pub async fn serve<S>(site: Site, stream: S, peer: IpAddr)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let stop = site.stop.clone();
    let service = service_fn(move |request| {
        let site = site.clone();
        async move { Ok::<_, std::convert::Infallible>(open::<S>(site, request, peer).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEAD_FIELDS)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let served = tokio::select! {
        served = connection.as_mut() => served,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = served {
        tracing::debug!(error = %error, "a request ended early");
    }
}

async fn open<S>(site: Site, request: Request<Incoming>, peer: IpAddr) -> Page
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    match request.uri().path().strip_prefix(export::PATH) {
        Some(ticket) if request.method() == Method::GET => export::answer(site.services, ticket).await,
        Some(_) => whole(method_not_allowed("GET")),
        None => whole(route::<S>(site, request, peer).await),
    }
}

async fn route<S>(site: Site, request: Request<Incoming>, peer: IpAddr) -> Answer
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let services = site.services.clone();
    let origin = address::of_request(peer, request.headers(), &services.config);
    match (request.method(), request.uri().path()) {
        (&Method::GET, "/ws") => upgrade::answer::<S>(site, request, origin).await,
        (&Method::POST | &Method::OPTIONS, "/command") => command::answer(services, request, origin).await,
        (&Method::GET | &Method::HEAD, "/health") => json(StatusCode::OK, r#"{"status":"alive"}"#.into()),
        (&Method::GET | &Method::HEAD, "/ready") => ready(&site).await,
        (&Method::GET, "/metrics") => metrics(&services),
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

async fn ready(site: &Site) -> Answer {
    if site.stop.is_cancelled() {
        return json(StatusCode::SERVICE_UNAVAILABLE, r#"{"status":"stopping"}"#.into());
    }
    match site.services.repository.ready().await {
        Ok(()) => {
            // A node cut off from the others reads everything from the storage, so it can still serve clients.
            let bus = match site.services.bus.is_up() {
                None => "",
                Some(true) => r#","bus":"ok""#,
                Some(false) => r#","bus":"away""#,
            };
            json(StatusCode::OK, format!(r#"{{"status":"ready","storage":"ok"{bus}}}"#).into())
        }
        Err(_) => json(StatusCode::SERVICE_UNAVAILABLE, r#"{"status":"unavailable","storage":"down"}"#.into()),
    }
}

fn metrics(services: &Services) -> Answer {
    let mut waiting = 0;
    services.hub.each_connection(|connection| {
        waiting += connection.outbox.bytes();
        let (shed, lagged) = connection.outbox.take_losses();
        services.telemetry.shed.increment(shed);
        services.telemetry.lagged.increment(lagged);
    });
    services.telemetry.outbox_bytes.set(waiting as f64);
    let mut response = Response::new(Full::new(Bytes::from(services.telemetry.render())));
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}
