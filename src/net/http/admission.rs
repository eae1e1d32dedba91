//! Checks before every request: one `Host`, and a slot among the anonymous connections of the caller's address.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Extension, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use hyper::StatusCode;
use hyper::header::HOST;
use parking_lot::Mutex;

use crate::auth::rate_limits::{AnonymousSlot, PendingConnection};
use crate::protocol::error::{Code, Error};

use super::address;
use super::peer::Peer;
use super::response::refusal;
use super::site::{Port, Site};

/// The other end of a connection.
#[derive(Clone, Debug)]
pub(super) struct HttpPeer {
    /// The peer's address, which may be a proxy's.
    pub(super) address: IpAddr,
    /// The connection's slot among the unauthenticated ones of its address.
    place: Arc<Mutex<RequestPlace>>,
}

/// Until its first request head is complete, a connection counts as an arrival. After that it holds a slot, from each
/// request head to the next request or the end, because an unfinished request costs as much as an anonymous socket.
#[derive(Debug, Default)]
struct RequestPlace {
    _arrival: Option<PendingConnection>,
    slot: Option<AnonymousSlot>,
}

impl HttpPeer {
    /// A connection that has not sent a request yet.
    pub(super) fn new(peer: Peer) -> Self {
        let place = RequestPlace { _arrival: peer.arrival, slot: None };
        HttpPeer { address: peer.address, place: Arc::new(Mutex::new(place)) }
    }
}

/// Finds the origin of a request and counts the request against its address.
pub(super) async fn check(
    State(site): State<Site>,
    Extension(peer): Extension<HttpPeer>,
    mut request: Request,
    next: Next,
) -> Response {
    let origin = address::of_request(peer.address, request.headers(), &site.services.config);
    if let Some(refusal) = refuse(&site, &peer, &request, origin.address) {
        return refusal;
    }
    request.extensions_mut().insert(origin);
    next.run(request).await
}

/// Refuses a request above the limit. A handshake is counted by its session, unless it is authenticated.
fn refuse(site: &Site, peer: &HttpPeer, request: &Request, address: IpAddr) -> Option<Response> {
    // The previous request's slot is freed first, so that a connection can be reused even at the limit.
    *peer.place.lock() = RequestPlace::default();
    if request.headers().get_all(HOST).iter().count() > 1 {
        let error = Error::new(Code::InvalidArgument, "a request must have exactly one Host header");
        return Some(refusal(StatusCode::BAD_REQUEST, &error));
    }
    if request.uri().path() == "/ws" || site.port == Port::Admin {
        return None;
    }
    match site.services.rate_limits.anonymous(address) {
        Ok(taken) => peer.place.lock().slot = Some(taken),
        Err(error) => return Some(refusal(StatusCode::TOO_MANY_REQUESTS, &error)),
    }
    None
}
