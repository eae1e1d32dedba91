use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::response::{IntoResponse, Response};
use hyper::StatusCode;
use hyper::header::{HeaderValue, SEC_WEBSOCKET_PROTOCOL};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;

use crate::api::context::Origin;
use crate::api::sessions;
use crate::auth::security_log;
use crate::net::session::{self, Handshake};
use crate::protocol::error::{Code, Error};

use super::ClientStream;
use super::response::refusal;
use super::site::{Mode, Port, Site};
use super::write_deadline::WriteDeadline;
use super::{credentials, origin};

/// Answers a handshake; an accepted one continues as a session.
pub(super) async fn answer(
    State(site): State<Site>,
    Extension(origin): Extension<Origin>,
    request: Request,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let head = Request::from_parts(parts.clone(), ());
    let mut response = match create_response_with_body(&head, Body::empty) {
        Ok(response) => response,
        Err(_) => {
            let error = Error::new(Code::InvalidArgument, "this endpoint accepts only WebSocket connections");
            return refusal(StatusCode::UPGRADE_REQUIRED, &error);
        }
    };
    let handshake = match admit(&site, &parts, origin.address).await {
        Ok(handshake) => handshake,
        Err(error) => return error.into_response(),
    };
    if credentials::offers_protocol(&parts.headers) {
        let chosen = HeaderValue::from_static(credentials::SUBPROTOCOL);
        response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, chosen);
    }
    let sessions = site.sessions.clone();
    parts.headers.clear();
    let upgrade = hyper::upgrade::on(Request::from_parts(parts, body));
    sessions.spawn(async move {
        match upgrade.await {
            Ok(upgraded) => begin(site, upgraded, handshake, origin).await,
            Err(error) => tracing::debug!(error = %error, "a handshake was not finished"),
        }
    });
    response
}

/// Checks the credentials of a handshake. A browser never sees the body of a refused handshake, so the error is sent on
/// the socket.
async fn admit(site: &Site, parts: &hyper::http::request::Parts, address: IpAddr) -> Result<Handshake, Error> {
    let services = &site.services;
    let from = origin::of(&parts.headers);
    if let Some(from) = from.filter(|from| !origin::is_allowed(from, &parts.headers, &services.config)) {
        security_log::origin_refused(from, address);
        return Err(Error::forbidden("this origin may not connect; name it in ALLOWED_ORIGINS"));
    }
    if site.port == Port::Admin {
        let proved = sessions::administrator(services).await?;
        return Ok(Handshake::Administration(Arc::new(proved.identity)));
    }
    let refused = match credentials::of_handshake(parts) {
        None => None,
        Some(token) => match sessions::authenticate_connection(services, &token, address).await {
            Ok(proved) => return Ok(Handshake::Known(Arc::new(proved.identity))),
            Err(error) => Some(error),
        },
    };
    // A socket without valid credentials costs as much as one of its frames.
    services.rate_limits.stranger(address)?;
    match refused {
        None => Ok(Handshake::Anonymous),
        Some(error) if from.is_some() => Ok(Handshake::Refused(error)),
        Some(error) => Err(error),
    }
}

async fn begin(site: Site, upgraded: Upgraded, handshake: Handshake, origin: Origin) {
    let Ok(parts) = upgraded.downcast::<TokioIo<WriteDeadline<ClientStream>>>() else {
        tracing::error!("an upgraded stream has an unexpected type");
        return;
    };
    let early = parts.read_buf.to_vec();
    let stream = parts.io.into_inner().into_inner();
    // Otherwise its whole buffer would live as long as the session.
    drop(parts.read_buf);
    match site.mode {
        Mode::Chat => session::run(site.services, stream, early, handshake, origin).await,
        Mode::Echo => session::echo(site.services, stream, early).await,
    }
}
