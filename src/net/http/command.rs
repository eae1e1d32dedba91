//! `POST /command`: one command, for programs without a socket.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use tokio::sync::oneshot;

use crate::api::context::{Context, Origin, Services};
use crate::api::dispatch::{self, Completed};
use crate::api::handlers;
use crate::api::sessions;
use crate::auth::Identity;
use crate::auth::security_log;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::wire;
use crate::realtime::reply::{HttpAnswer, PendingReply, Recipient};

use super::{Answer, credentials, json, origin, refusal, status_of};

/// How long credentials need not be looked at again.
const FRESH: Duration = Duration::from_millis(100);

pub(super) async fn answer(services: Arc<Services>, request: Request<Incoming>, origin: Origin) -> Answer {
    let from = origin::of(request.headers()).map(str::to_owned);
    let allowed = &services.config.allowed_origins;
    if let Some(from) = from.as_deref().filter(|from| !origin::is_allowed(from, request.headers(), allowed)) {
        security_log::origin_refused(from, origin.address);
        let error = Error::forbidden("this origin may not send commands; see ALLOWED_ORIGINS");
        return refusal(StatusCode::FORBIDDEN, &error);
    }
    let response = match *request.method() {
        Method::OPTIONS => preflight(),
        _ => match run(services, request, origin).await {
            Ok(HttpAnswer { code, text }) => json(code.map_or(StatusCode::OK, status_of), text.into()),
            Err(error) => refusal(status_of(error.code), &error),
        },
    };
    with_origin(response, from.as_deref())
}

fn preflight() -> Answer {
    let mut response = Response::new(Full::default());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
    let allowed = HeaderValue::from_static("authorization, content-type, x-api-key");
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    response
}

fn with_origin(mut response: Answer, from: Option<&str>) -> Answer {
    if let Some(Ok(from)) = from.map(HeaderValue::from_str) {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, from);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Origin"));
    }
    response
}

async fn run(services: Arc<Services>, request: Request<Incoming>, origin: Origin) -> Result<HttpAnswer> {
    let (parts, body) = request.into_parts();
    let identity = identity(&services, &parts.headers, origin.address).await?;
    let body = read(body, services.config.limits.frame_bytes).await?;
    // The client decides how long its body takes, and may have been banned meanwhile.
    let identity = match identity {
        Some(identity) if identity.checked_at.elapsed() > FRESH => {
            Some(Arc::new(sessions::confirm(&services, &identity).await?.identity))
        }
        identity => identity,
    };
    let text = std::str::from_utf8(&body).map_err(|_| Error::new(Code::InvalidJson, "the body must be UTF-8 JSON"))?;
    if text.trim_start().starts_with('[') {
        return Err(Error::new(Code::InvalidJson, "one command, not an array; send arrays by WebSocket"));
    }
    wire::split(text, services.config.limits.batch)?;
    let (sender, receiver) = oneshot::channel();
    let recipient = Recipient::Http(sender);
    let mut request = match wire::Request::parse(text) {
        Ok(request) => request,
        Err(unreadable) => {
            let answer = PendingReply::expect(recipient, None, unreadable.request_id, &services.telemetry);
            let completed = Completed { pending: answer, result: Err(unreadable.error) };
            dispatch::respond(&services, None, completed);
            return given(receiver).await;
        }
    };
    let row = handlers::find(&mut request);
    let name = row.as_ref().ok().map(|row| row.name);
    let allowed = services.rate_limits.command(identity.as_ref().map(|identity| &identity.user.id), origin.address);
    let command = allowed.and(row).and_then(|row| handlers::admit(row, &request, identity.as_deref(), false));
    let answer = PendingReply::expect(recipient, name, request.request_id, &services.telemetry);
    let context = Context { services: services.clone(), identity: identity.clone(), connection: None, origin };
    // The command goes on if the client does not wait for it: an answer that is lost must not undo what was done.
    tokio::spawn(async move {
        let completed = match command {
            Ok(command) => dispatch::execute(context, command, answer).await,
            Err(error) => Some(Completed { pending: answer, result: Err(error) }),
        };
        if let Some(completed) = completed {
            dispatch::respond(&services, identity.as_deref(), completed);
        }
    });
    given(receiver).await
}

async fn given(receiver: oneshot::Receiver<HttpAnswer>) -> Result<HttpAnswer> {
    receiver.await.map_err(|_| Error::internal("the command was dropped"))
}

async fn identity(services: &Services, headers: &HeaderMap, address: IpAddr) -> Result<Option<Arc<Identity>>> {
    let Some(token) = credentials::in_headers(headers) else { return Ok(None) };
    let proved = sessions::authenticate(services, token, address).await?;
    Ok(Some(Arc::new(proved.identity)))
}

async fn read(body: Incoming, most: usize) -> Result<Bytes> {
    match Limited::new(body, most).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            Err(Error::new(Code::TooLarge, format!("a command may have at most {most} bytes")))
        }
        Err(_) => Err(Error::new(Code::InvalidJson, "the body ended early")),
    }
}
