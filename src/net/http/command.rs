//! `POST /command`: one command for programs without a socket.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{Extension, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::StatusCode;
use hyper::header::HeaderMap;
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::api::context::{Context, Origin};
use crate::api::dispatch::{self, Completed};
use crate::api::handlers;
use crate::api::sessions;
use crate::auth::Identity;
use crate::auth::security_log;
use crate::ops::traceparent::Traceparent;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::wire;
use crate::realtime::reply::{Asked, HttpAnswer, PendingReply, Recipient};

use super::response::{json, status_of};
use super::site::{Port, Site};
use super::{credentials, origin};

/// Maximum size of a body without valid credentials, in bytes.
const ANONYMOUS_BODY: usize = 4 << 10;

/// The age at which credentials must be checked again.
const FRESH: Duration = Duration::from_millis(100);

/// Refuses requests from pages of other origins, because CORS alone would run the command and only hide the reply from
/// the page.
pub(super) async fn refuse_strange_pages(
    State(site): State<Site>,
    Extension(origin): Extension<Origin>,
    request: Request,
    next: Next,
) -> Result<Response> {
    let headers = request.headers();
    if let Some(from) = origin::of(headers).filter(|from| !origin::is_allowed(from, headers, &site.services.config)) {
        security_log::origin_refused(from, origin.address);
        return Err(Error::forbidden("this origin may not send commands; name it in ALLOWED_ORIGINS"));
    }
    Ok(next.run(request).await)
}

pub(super) async fn answer(
    State(site): State<Site>,
    Extension(origin): Extension<Origin>,
    request: Request,
) -> Result<Response> {
    let HttpAnswer { code, text } = run(site, request, origin).await?;
    Ok(json(code.map_or(StatusCode::OK, status_of), text))
}

async fn run(site: Site, request: Request, origin: Origin) -> Result<HttpAnswer> {
    let (parts, body) = request.into_parts();
    let services = site.services.clone();
    // Credentials and rate are checked before the body, so that neither a stranger nor a flood makes the server read
    // much.
    let identity = identity(&site, &parts.headers, origin.address).await?;
    let user = identity.as_ref().map(|identity| &identity.user.id);
    let allowed = services.rate_limits.command(user, origin.address);
    let limits = &services.config.limits;
    let max = if identity.is_some() && allowed.is_ok() { limits.frame_bytes } else { ANONYMOUS_BODY };
    let Ok(body) = timeout(limits.authenticate_within, read(body, max)).await else {
        return Err(Error::new(Code::InvalidJson, "the body did not arrive in time"));
    };
    let body = match body {
        Ok(body) => body,
        Err(error) => return Err(allowed.err().unwrap_or(error)),
    };
    // The body may have arrived slowly, and the caller may have been banned since.
    let identity = match identity {
        Some(identity) if identity.checked_at.elapsed() > FRESH => {
            Some(Arc::new(sessions::confirm(&services, &identity).await?.identity))
        }
        identity => identity,
    };
    let text = match command_text(&body, limits.batch) {
        Ok(text) => text,
        Err(error) => return Err(allowed.err().unwrap_or(error)),
    };
    let traced = traced(&parts.headers);
    let (sender, receiver) = oneshot::channel();
    let recipient = Recipient::Http(sender);
    let mut request = match wire::Request::parse(text) {
        Ok(request) => request,
        Err(unreadable) => {
            let asked = Asked { request_id: unreadable.request_id, parent: traced, ..Asked::default() };
            let answer = PendingReply::expect(recipient, asked, &services.telemetry);
            let completed = Completed { pending: answer, result: Err(allowed.err().unwrap_or(unreadable.error)) };
            dispatch::respond(&services, None, completed);
            return receive_answer(receiver).await;
        }
    };
    let row = handlers::find(&mut request);
    let name = row.as_ref().ok().map(|row| row.name);
    let command = allowed.and(row).and_then(|row| handlers::admit(row, &request, identity.as_deref(), false));
    // The field comes from the client itself; a proxy may have replaced the header.
    let parent = request.traceparent.or(traced);
    let asked = Asked { command: name, request_id: request.request_id, parent };
    let answer = PendingReply::expect(recipient, asked, &services.telemetry);
    let services_here = services.clone();
    let context = Context {
        services: services_here,
        identity: identity.clone(),
        connection: None,
        origin,
        operation: None,
        claim: None,
    };
    // Spawned, so that a client that disconnects does not cancel a command halfway.
    tokio::spawn(async move {
        let completed = match command {
            Ok(command) => dispatch::execute(context, command, answer).await,
            Err(error) => Some(Completed { pending: answer, result: Err(error) }),
        };
        if let Some(completed) = completed {
            dispatch::respond(&services, identity.as_deref(), completed);
        }
    });
    receive_answer(receiver).await
}

/// The trace that the request belongs to. A malformed header is ignored, as W3C Trace Context requires, because a proxy
/// may have set it.
fn traced(headers: &HeaderMap) -> Option<Traceparent> {
    let mut values = headers.get_all("traceparent").iter();
    let only = values.next().filter(|_| values.next().is_none())?;
    Traceparent::parse(only.to_str().ok()?)
}

fn command_text(body: &[u8], batch: usize) -> Result<&str> {
    let text = std::str::from_utf8(body).map_err(|_| Error::new(Code::InvalidJson, "the body must be UTF-8 JSON"))?;
    if text.trim_start().starts_with('[') {
        return Err(Error::new(Code::InvalidJson, "send one command, not an array; arrays need a WebSocket"));
    }
    wire::split(text, batch)?;
    Ok(text)
}

async fn receive_answer(receiver: oneshot::Receiver<HttpAnswer>) -> Result<HttpAnswer> {
    receiver.await.map_err(|_| Error::internal("the command was dropped"))
}

async fn identity(site: &Site, headers: &HeaderMap, address: IpAddr) -> Result<Option<Arc<Identity>>> {
    if site.port == Port::Admin {
        return Ok(Some(Arc::new(sessions::administrator(&site.services).await?.identity)));
    }
    let Some(token) = credentials::in_headers(headers) else { return Ok(None) };
    let proved = sessions::authenticate(&site.services, &token, address).await?;
    Ok(Some(Arc::new(proved.identity)))
}

/// Reads a body; one announced as larger than `max` bytes is refused before it arrives.
async fn read(body: Body, max: usize) -> Result<Bytes> {
    let too_large = || Error::new(Code::TooLarge, format!("a command sent here may have at most {max} bytes"));
    if body.size_hint().lower() > max as u64 {
        return Err(too_large());
    }
    match Limited::new(body, max).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(_) => Err(Error::new(Code::InvalidJson, "the body ended early")),
    }
}
