use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::header::{self, HeaderValue};
use hyper::{Response, StatusCode};

use crate::protocol::error::{Code, Error};
use crate::protocol::wire;

/// A response whose body is complete.
pub(super) type Answer = Response<Full<Bytes>>;

/// A response whose body may be streamed.
pub(super) type HttpResponse = Response<UnsyncBoxBody<Bytes, Box<dyn std::error::Error + Send + Sync>>>;

pub(super) fn json(status: StatusCode, body: Bytes) -> Answer {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A response with the ERROR object as its body.
pub(super) fn refusal(status: StatusCode, error: &Error) -> Answer {
    json(status, wire::encode_error(error, None).into())
}

pub(super) fn method_not_allowed(allowed: &'static str) -> Answer {
    let error = Error::new(Code::InvalidArgument, format!("the method must be one of {allowed}"));
    let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, &error);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
    response
}

pub(super) fn status_of(code: Code) -> StatusCode {
    StatusCode::from_u16(code.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Wraps a body that is complete.
pub(super) fn whole(answer: Answer) -> HttpResponse {
    answer.map(|body| body.map_err(|never| match never {}).boxed_unsync())
}
