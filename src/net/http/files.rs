//! `PUT /uploads/TICKET` and `GET /files/ID`: the bytes of files, streamed in both directions.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Body, Frame, Incoming};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};

use crate::api::context::{Origin, Services};
use crate::api::files::{self, FileReader};
use crate::api::sessions;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{FileId, Scope};
use crate::store::repository::StoredFile;

use super::response::{HttpResponse, refusal, status_of, whole};
use super::{credentials, origin};

mod disposition;
mod range;
mod receive;

pub(super) use range::{RangeSelection, select};

/// The path before a file's id.
pub(super) const FILES: &str = "/files/";
/// The path before an upload's ticket.
pub(super) const UPLOADS: &str = "/uploads/";

/// Answers a request for one of the two paths.
pub(super) async fn answer(services: Arc<Services>, request: Request<Incoming>, from: Origin) -> HttpResponse {
    let page = origin::of(request.headers()).map(str::to_owned);
    let page = page.filter(|page| origin::is_allowed(page, request.headers(), &services.config));
    let is_upload = request.uri().path().starts_with(UPLOADS);
    let methods = if is_upload { "PUT, DELETE, OPTIONS" } else { "GET, HEAD, OPTIONS" };
    let result = match *request.method() {
        Method::OPTIONS => Ok(preflight(methods)),
        Method::PUT | Method::DELETE if is_upload => receive::answer(services, request).await,
        Method::GET | Method::HEAD if !is_upload => send(services, request, from).await,
        _ => Ok(whole(super::response::method_not_allowed(methods))),
    };
    let mut response = result.unwrap_or_else(|error| whole(refusal(status_of(error.code), &error)));
    if let Some(Ok(page)) = page.as_deref().map(HeaderValue::from_str) {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, page);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("range, etag, content-range"));
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
    }
    response
}

fn preflight(methods: &'static str) -> HttpResponse {
    let mut response = whole(Response::default());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let allowed = "authorization, content-type, content-range, repr-digest, range, if-none-match, if-range, x-api-key";
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(methods));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(allowed));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    response
}

async fn send(services: Arc<Services>, request: Request<Incoming>, from: Origin) -> Result<HttpResponse> {
    let id = FileId::from(request.uri().path().trim_start_matches(FILES));
    let ticket = request.uri().query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("ticket=")));
    let file = match ticket {
        Some(ticket) => files::redeem_address(&services, &id, ticket).await?,
        None => by_token(&services, request.headers(), &id, &from).await?,
    };
    let etag = format!("\"{}\"", file.sha256.as_deref().unwrap_or_default());
    let selection = select(request.headers(), &etag, file.size);
    let mut response = match selection {
        RangeSelection::NotModified => empty(StatusCode::NOT_MODIFIED),
        RangeSelection::PreconditionFailed => empty(StatusCode::PRECONDITION_FAILED),
        RangeSelection::Unsatisfiable => empty(StatusCode::RANGE_NOT_SATISFIABLE),
        RangeSelection::Whole | RangeSelection::Part { .. } if request.method() == Method::HEAD => {
            empty(StatusCode::OK)
        }
        RangeSelection::Whole => body(&services, &file, 0, file.size)?,
        RangeSelection::Part { start, end } => body(&services, &file, start, end)?,
    };
    describe(response.headers_mut(), &file, &etag)?;
    mark(&mut response, selection, &file)?;
    Ok(response)
}

/// The status and the length of what is sent.
fn mark(response: &mut HttpResponse, selection: RangeSelection, file: &StoredFile) -> Result<()> {
    let size = file.size;
    let headers = response.headers_mut();
    match selection {
        RangeSelection::Whole => {
            headers.insert(header::CONTENT_LENGTH, size.into());
        }
        RangeSelection::Part { start, end } => {
            headers.insert(header::CONTENT_LENGTH, (end - start).into());
            let range = format!("bytes {start}-{}/{size}", end - 1);
            headers.insert(header::CONTENT_RANGE, HeaderValue::from_str(&range).map_err(Error::internal)?);
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        }
        RangeSelection::Unsatisfiable => {
            let range = format!("bytes */{size}");
            headers.insert(header::CONTENT_RANGE, HeaderValue::from_str(&range).map_err(Error::internal)?);
        }
        RangeSelection::NotModified | RangeSelection::PreconditionFailed => {}
    }
    Ok(())
}

async fn by_token(services: &Services, headers: &HeaderMap, id: &FileId, from: &Origin) -> Result<StoredFile> {
    let token = credentials::in_headers(headers).ok_or_else(|| {
        Error::new(Code::Unauthenticated, "send a bearer token, or use the address that GET_FILE gives")
    })?;
    let identity = sessions::authenticate(services, token, from.address).await?.identity;
    if !identity.scopes.contains(&Scope::Read) {
        return Err(Error::forbidden("the token lacks the scope read"));
    }
    services.rate_limits.command(Some(&identity.user.id), from.address)?;
    files::readable(services, &identity.user, id).await
}

/// Headers that let no browser take a file for more than bytes, or for an image.
fn describe(headers: &mut HeaderMap, file: &StoredFile, etag: &str) -> Result<()> {
    let value = |text: &str| HeaderValue::from_str(text).map_err(Error::internal);
    headers.insert(header::CONTENT_TYPE, value(disposition::media_type(file))?);
    headers.insert(header::CONTENT_DISPOSITION, value(&disposition::of(file))?);
    headers.insert(header::ETAG, value(etag)?);
    for (name, text) in [
        (header::ACCEPT_RANGES, "bytes"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
        // Asked for again each time, so that nobody reads from a cache what they may not read any more.
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::VARY, "Authorization, X-API-Key"),
    ] {
        headers.insert(name, HeaderValue::from_static(text));
    }
    Ok(())
}

fn empty(status: StatusCode) -> HttpResponse {
    let mut response = whole(Response::default());
    *response.status_mut() = status;
    response
}

fn body(services: &Services, file: &StoredFile, start: u64, end: u64) -> Result<HttpResponse> {
    let reader = FileReader::new(services.files.store()?.clone(), file.clone());
    let pieces = stream::try_unfold((reader, start), move |(reader, at)| async move {
        let piece = reader.read(at, end).await?;
        let next = at + piece.len() as u64;
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(
            (!piece.is_empty()).then(|| (Frame::data(piece), (reader, next))),
        )
    });
    Ok(Response::new(StreamBody::new(pieces).boxed_unsync()))
}

/// The length of a body, if the client has announced it.
fn length_of(body: &impl Body<Data = Bytes>) -> Option<u64> {
    body.size_hint().exact()
}
