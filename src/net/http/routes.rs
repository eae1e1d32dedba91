//! The routes of both ports, and the layers around every request.

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post, put};
use hyper::header::{
    AUTHORIZATION, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, IF_NONE_MATCH, IF_RANGE, RANGE,
    STRICT_TRANSPORT_SECURITY,
};
use hyper::{Method, StatusCode};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::ops::telemetry;
use crate::protocol::error::{Code, Error};

use super::response::{json, method_not_allowed, refusal};
use super::site::{Port, Site};
use super::{admission, command, cross_origin, export, files, operations, pages, upgrade};

/// Makes browsers that have connected over TLS once use nothing else for a year.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The protocol as AsyncAPI, generated from the table of commands.
const ASYNCAPI: &str = include_str!("../../../protocol/asyncapi.json");

/// `POST /command` as OpenAPI, from the same table.
const OPENAPI: &str = include_str!("../../../protocol/openapi.json");

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// Header fields that pages of other origins use to send and read files.
const FILE_HEADERS: [HeaderName; 8] = [
    AUTHORIZATION,
    CONTENT_TYPE,
    CONTENT_RANGE,
    HeaderName::from_static("repr-digest"),
    RANGE,
    IF_NONE_MATCH,
    IF_RANGE,
    API_KEY,
];

/// The labels of paths in the metrics that are the paths themselves.
const ROUTES: [&str; 8] =
    ["/ws", "/command", "/health", "/ready", "/metrics", "/asyncapi.json", "/openapi.json", "/docs"];

/// The labels of all other paths.
const OTHERS: [&str; 4] = ["/export", "/avatars", "page", "other"];

/// The routes of a port.
pub(super) fn of(site: &Site) -> Router {
    expect_responses();
    let routes = match site.port {
        Port::Chat | Port::Admin => chat(site),
        Port::Metrics => metrics(),
    };
    let hsts = site.services.config.tls.is_some().then_some(HSTS);
    routes
        .layer(from_fn_with_state(site.clone(), admission::check))
        .layer(SetResponseHeaderLayer::overriding(STRICT_TRANSPORT_SECURITY, hsts))
        .layer(from_fn(count))
        .with_state(site.clone())
}

fn metrics() -> Router<Site> {
    Router::new()
        .route("/health", get(health))
        .route("/ready", get(operations::ready))
        .route("/metrics", get_only(get(operations::metrics)))
        .method_not_allowed_fallback(nothing_on_this_port)
        .fallback(nothing_on_this_port)
}

fn chat(site: &Site) -> Router<Site> {
    let cors = cross_origin::allowed_pages(site);
    let command = allowing("POST, OPTIONS", post(command::answer));
    let command_cors = cors.clone().allow_methods([Method::POST]).allow_headers([AUTHORIZATION, CONTENT_TYPE, API_KEY]);
    let command = cross_origin::share(command, command_cors)
        .layer(from_fn_with_state(site.clone(), command::refuse_strange_pages));
    let download = allowing("GET, HEAD, OPTIONS", get(files::send));
    let upload = allowing("PUT, DELETE, OPTIONS", put(files::receive).delete(files::cancel));
    let file_cors = cors.allow_headers(FILE_HEADERS).expose_headers([RANGE, ETAG, CONTENT_RANGE]);
    let download = cross_origin::share(download, file_cors.clone().allow_methods([Method::GET, Method::HEAD]));
    let avatar = allowing("GET, HEAD, OPTIONS", get(files::send_avatar));
    let avatar = cross_origin::share(avatar, file_cors.clone().allow_methods([Method::GET, Method::HEAD]));
    let upload = cross_origin::share(upload, file_cors.allow_methods([Method::PUT, Method::DELETE]));
    let mut routes = Router::new()
        .route("/ws", get_only(get(upgrade::answer)))
        .route("/command", command)
        .route("/files/{id}", download)
        .route("/avatars/{id}", avatar)
        .route("/uploads/{ticket}", upload)
        // A HEAD request must not use up the ticket.
        .route("/export/{ticket}", get_only(get(export::answer)))
        .route("/health", allowing("GET", get(health)))
        .route("/ready", allowing("GET", get(operations::ready)))
        .route("/metrics", get_only(get(operations::metrics)))
        .route("/asyncapi.json", get_only(get(asyncapi)))
        .route("/openapi.json", get_only(get(openapi)))
        .route("/test", allowing("GET", get(pages::former_path)));
    for path in pages::paths() {
        routes = routes.route(path, allowing("GET", get(pages::answer)));
    }
    routes.fallback(nothing_here)
}

/// Refuses every other method with the list of allowed ones.
fn allowing(allowed: &'static str, route: MethodRouter<Site>) -> MethodRouter<Site> {
    route.fallback(move || async move { method_not_allowed(allowed) })
}

/// The same for a route that allows GET but not HEAD.
fn get_only(route: MethodRouter<Site>) -> MethodRouter<Site> {
    allowing("GET", route.head(|| async { method_not_allowed("GET") }))
}

async fn health() -> Response {
    json(StatusCode::OK, r#"{"status":"alive"}"#)
}

async fn asyncapi() -> Response {
    json(StatusCode::OK, ASYNCAPI)
}

async fn openapi() -> Response {
    json(StatusCode::OK, OPENAPI)
}

async fn nothing_here() -> Response {
    let sentence = "there is nothing at this path; the WebSocket is at /ws, and POST /command takes one command";
    refusal(StatusCode::NOT_FOUND, &Error::new(Code::NotFound, sentence))
}

async fn nothing_on_this_port() -> Response {
    refusal(StatusCode::NOT_FOUND, &Error::new(Code::NotFound, "this port serves /metrics, /ready and /health"))
}

/// Counts the responses of each route.
async fn count(request: Request, next: Next) -> Response {
    let route = label(request.uri().path());
    let response = next.run(request).await;
    telemetry::count_http_response(route, response.status().as_u16());
    response
}

/// Lets the counters of all routes begin at 0.
fn expect_responses() {
    for route in ROUTES.into_iter().chain(OTHERS) {
        let success = match route {
            "/ws" => StatusCode::SWITCHING_PROTOCOLS,
            "other" => StatusCode::NOT_FOUND,
            _ => StatusCode::OK,
        };
        telemetry::expect_responses(route, success.as_u16());
    }
}

/// The label of a path in the metrics: one per route, so that clients cannot create labels.
fn label(path: &str) -> &'static str {
    match ROUTES.into_iter().find(|route| *route == path) {
        Some(route) => route,
        None if path.starts_with("/export/") => "/export",
        None if path.starts_with("/avatars/") => "/avatars",
        None if pages::paths().any(|page| page == path) => "page",
        None => "other",
    }
}
