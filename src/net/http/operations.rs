//! `/ready` and `/metrics`, for operators: METRICS_PORT and METRICS_TOKEN control access to them.

use axum::body::Body;
use axum::extract::{Extension, State};
use axum::response::Response;
use hyper::StatusCode;
use hyper::header::{self, HeaderMap, HeaderValue};
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;

use crate::api::context::{Origin, Services};
use crate::api::wrong_credential;
use crate::protocol::error::{Code, Error};

use super::credentials;
use super::response::{json, refusal};
use super::site::{Port, Site};

/// The outcome of a request for details.
enum OperatorAccess {
    Granted,
    /// The details are served only on the other port.
    Elsewhere,
    /// The token is missing or wrong.
    Refused,
    /// The address has presented too many wrong tokens.
    Throttled(Error),
}

fn access(site: &Site, headers: &HeaderMap, from: Option<&Origin>) -> OperatorAccess {
    if site.port == Port::Admin {
        return OperatorAccess::Granted;
    }
    let settings = &site.services.config.metrics;
    if settings.port.is_some() && site.port != Port::Metrics {
        return OperatorAccess::Elsewhere;
    }
    let Some(token) = &settings.token else { return OperatorAccess::Granted };
    let given = credentials::in_headers(headers).unwrap_or_default();
    let is_right: bool = token.expose_secret().as_bytes().ct_eq(given.as_bytes()).into();
    if is_right {
        return OperatorAccess::Granted;
    }
    let Some(from) = from.filter(|_| !given.is_empty()) else { return OperatorAccess::Refused };
    match wrong_credential::count(&site.services, &given, from.address) {
        Ok(()) => OperatorAccess::Refused,
        Err(error) => OperatorAccess::Throttled(error),
    }
}

/// Reports whether the node can serve clients; names the failing parts only to operators.
pub(super) async fn ready(State(site): State<Site>, from: Option<Extension<Origin>>, headers: HeaderMap) -> Response {
    if site.stop.is_cancelled() {
        return json(StatusCode::SERVICE_UNAVAILABLE, r#"{"status":"stopping"}"#);
    }
    let has_access = matches!(access(&site, &headers, from.as_deref()), OperatorAccess::Granted);
    let details = |text: String| if has_access { text } else { String::new() };
    match site.services.repository.ready().await {
        Ok(()) => {
            // A node cut off from the others reads everything from the storage, so it can still serve clients.
            let bus = match site.services.bus.is_up() {
                None => "",
                Some(true) => r#","bus":"ok""#,
                Some(false) => r#","bus":"away""#,
            };
            let details = details(format!(r#","storage":"ok"{bus}"#));
            json(StatusCode::OK, format!(r#"{{"status":"ready"{details}}}"#))
        }
        Err(_) => {
            let details = details(r#","storage":"down""#.to_owned());
            json(StatusCode::SERVICE_UNAVAILABLE, format!(r#"{{"status":"unavailable"{details}}}"#))
        }
    }
}

pub(super) async fn metrics(State(site): State<Site>, from: Option<Extension<Origin>>, headers: HeaderMap) -> Response {
    match access(&site, &headers, from.as_deref()) {
        OperatorAccess::Granted => exposition(&site.services),
        OperatorAccess::Elsewhere => refusal(StatusCode::NOT_FOUND, &Error::new(Code::NotFound, "nothing here")),
        OperatorAccess::Throttled(error) => refusal(StatusCode::TOO_MANY_REQUESTS, &error),
        OperatorAccess::Refused => {
            let error = Error::new(Code::Unauthenticated, "send METRICS_TOKEN as a bearer token");
            let mut response = refusal(StatusCode::UNAUTHORIZED, &error);
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            response
        }
    }
}

fn exposition(services: &Services) -> Response {
    let mut waiting = 0;
    services.hub.each_connection(|connection| waiting += connection.outbox.bytes());
    services.telemetry.outbox_bytes.set(waiting as f64);
    services.telemetry.users_online.set(services.hub.users_online() as f64);
    let mut response = Response::new(Body::from(services.telemetry.render()));
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}
