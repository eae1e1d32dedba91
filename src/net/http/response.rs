use std::convert::Infallible;

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use hyper::StatusCode;
use hyper::header::{self, HeaderValue};
use hyper::http::request::Parts;

use crate::protocol::error::{Code, Error};
use crate::protocol::wire;

pub(super) fn json(status: StatusCode, text: impl Into<Bytes>) -> Response {
    let mut response = Response::new(Body::from(text.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A response with the ERROR object as its body.
pub(super) fn refusal(status: StatusCode, error: &Error) -> Response {
    json(status, wire::encode_error(error, None))
}

/// A handler's error is answered with the status of its code.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        refusal(status_of(self.code), &self)
    }
}

pub(super) fn method_not_allowed(allowed: &'static str) -> Response {
    let error = Error::new(Code::InvalidArgument, format!("method not allowed; use {allowed}"));
    let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, &error);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
    response
}

pub(super) fn status_of(code: Code) -> StatusCode {
    StatusCode::from_u16(code.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// A response without a body.
pub(super) fn empty(status: StatusCode) -> Response {
    let mut response = Response::default();
    *response.status_mut() = status;
    response
}

/// The last segment of a path, as the client sent it: the id of a file, or a ticket.
#[derive(Debug)]
pub(super) struct LastSegment(pub(super) String);

impl<S: Sync> FromRequestParts<S> for LastSegment {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let segment = parts.uri.path().rsplit('/').next().unwrap_or_default();
        Ok(LastSegment(segment.to_owned()))
    }
}
