use std::borrow::Cow;

use headers::authorization::Bearer;
use headers::{Authorization, HeaderMapExt};
use hyper::header::{HeaderMap, SEC_WEBSOCKET_PROTOCOL};
use hyper::http::request::Parts;

/// The subprotocol of this server.
pub(super) const SUBPROTOCOL: &str = "pichat.v1";

/// The token of `Authorization: Bearer T` or `X-API-Key: T`.
pub(super) fn in_headers(headers: &HeaderMap) -> Option<String> {
    match headers.typed_try_get::<Authorization<Bearer>>() {
        Ok(Some(bearer)) => Some(bearer.token().to_owned()),
        Ok(None) => headers.get("x-api-key")?.to_str().ok().map(|key| key.trim().to_owned()),
        // Another scheme counts as wrong credentials, not as missing ones.
        Err(_) => Some(String::new()),
    }
}

/// The token of a handshake: in a header, in a subprotocol `bearer.T`, or in the query `?token=T`.
pub(super) fn of_handshake(parts: &Parts) -> Option<Cow<'_, str>> {
    let header = in_headers(&parts.headers).map(Cow::Owned);
    let offered =
        || subprotocols(&parts.headers).find_map(|offered| offered.strip_prefix("bearer.")).map(Cow::Borrowed);
    let query = || parts.uri.query()?.split('&').find_map(|pair| pair.strip_prefix("token=")).map(decoded);
    header.or_else(offered).or_else(query)
}

/// True if the client offers this subprotocol.
pub(super) fn offers_protocol(headers: &HeaderMap) -> bool {
    subprotocols(headers).any(|offered| offered == SUBPROTOCOL)
}

fn subprotocols(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let lists = headers.get_all(SEC_WEBSOCKET_PROTOCOL).into_iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).map(str::trim)
}

fn decoded(text: &str) -> Cow<'_, str> {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy()
}
