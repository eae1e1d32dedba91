use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{HeaderValue, SEC_WEBSOCKET_PROTOCOL};
use hyper::upgrade::Upgraded;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;

use crate::api::context::Origin;
use crate::api::sessions;
use crate::auth::security_log;
use crate::net::session::{self, Handshake};
use crate::protocol::error::{Code, Error};

use super::{Answer, Mode, Site, credentials, origin, refusal, status_of};

/// Answers a handshake; an accepted one goes on as a session.
pub(super) async fn answer<S>(site: Site, request: Request<Incoming>, origin: Origin) -> Answer
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut parts, body) = request.into_parts();
    let head = Request::from_parts(parts.clone(), ());
    let mut response: Response<Full<Bytes>> = match create_response_with_body(&head, Full::default) {
        Ok(response) => response,
        Err(error) => {
            let error = Error::new(Code::InvalidArgument, format!("this is a WebSocket: {error}"));
            return refusal(StatusCode::UPGRADE_REQUIRED, &error);
        }
    };
    let handshake = match admit(&site, &parts, origin.address).await {
        Ok(handshake) => handshake,
        Err(error) => return refusal(status_of(error.code), &error),
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
            Ok(upgraded) => begin::<S>(site, upgraded, (handshake, origin)).await,
            Err(error) => tracing::debug!(error = %error, "a handshake was not finished"),
        }
    });
    response
}

/// Who is shaking hands. A browser never sees the body of a refused handshake, so it is told on the socket.
async fn admit(site: &Site, parts: &hyper::http::request::Parts, address: IpAddr) -> Result<Handshake, Error> {
    let services = &site.services;
    let from = origin::of(&parts.headers);
    let allowed = &services.config.allowed_origins;
    if let Some(from) = from.filter(|from| !origin::is_allowed(from, &parts.headers, allowed)) {
        security_log::origin_refused(from, address);
        return Err(Error::forbidden("this origin may not connect; see ALLOWED_ORIGINS"));
    }
    let Some(token) = credentials::of_handshake(parts) else { return Ok(Handshake::Anonymous) };
    match sessions::authenticate(services, &token, address).await {
        Ok(proved) => Ok(Handshake::Known(Arc::new(proved.identity))),
        Err(error) if from.is_some() => Ok(Handshake::Refused(error)),
        Err(error) => Err(error),
    }
}

async fn begin<S>(site: Site, upgraded: Upgraded, handshake: (Handshake, Origin))
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let Ok(parts) = upgraded.downcast::<TokioIo<S>>() else {
        tracing::error!("an upgraded stream is not the one that was served");
        return;
    };
    let (stream, early) = (parts.io.into_inner(), parts.read_buf.to_vec());
    // It would keep its whole buffer for as long as the session lives.
    drop(parts.read_buf);
    match site.mode {
        Mode::Chat => session::run(site.services, (stream, early), handshake).await,
        Mode::Echo => session::echo(site.services, (stream, early)).await,
    }
}
