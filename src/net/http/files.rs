//! `PUT /uploads/TICKET`, `GET /files/ID` and `GET /avatars/ID`: the bytes of files, streamed in both directions.

use axum::body::{Body, HttpBody};
use axum::extract::{Extension, Request, State};
use axum::response::Response;
use futures_util::stream;
use headers::{ETag, HeaderMapExt};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Method, StatusCode};

use crate::api::context::{Origin, Services};
use crate::api::files::{self, FileReader};
use crate::api::sessions;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{FileId, Scope};
use crate::store::repository::StoredFile;

use super::credentials;
use super::response::{LastSegment, empty};
use super::site::Site;

mod disposition;
mod range;
mod receive;

pub(super) use range::{RangeSelection, select};
pub(super) use receive::{cancel, receive};

/// Sends a file, or the range of it that the request asks for.
pub(super) async fn send(
    State(site): State<Site>,
    Extension(from): Extension<Origin>,
    LastSegment(id): LastSegment,
    request: Request,
) -> Result<Response> {
    let services = &site.services;
    let id = FileId::from(id);
    let ticket = request.uri().query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("ticket=")));
    let file = match ticket {
        Some(ticket) => files::redeem_address(services, &id, ticket, from.address).await?,
        None => by_token(services, request.headers(), &id, &from).await?,
    };
    answer(services, &request, file)
}

/// Sends the avatar of a user. Its address names the bytes for ever, so browsers need not ask again; only shared caches
/// must not keep what its owner may remove.
pub(super) async fn send_avatar(
    State(site): State<Site>,
    Extension(from): Extension<Origin>,
    LastSegment(id): LastSegment,
    request: Request,
) -> Result<Response> {
    let services = &site.services;
    services.rate_limits.stranger(from.address)?;
    let file = files::avatar(services, &FileId::from(id)).await?;
    let mut response = answer(services, &request, file)?;
    let forever = HeaderValue::from_static("private, max-age=31536000, immutable");
    response.headers_mut().insert(header::CACHE_CONTROL, forever);
    response.headers_mut().remove(header::VARY);
    Ok(response)
}

/// The response with the file, or with the range of it that the request asks for.
fn answer(services: &Services, request: &Request, file: StoredFile) -> Result<Response> {
    let etag = format!("\"{}\"", file.sha256.as_deref().unwrap_or_default());
    let etag: ETag = etag.parse().map_err(Error::internal)?;
    let selection = select(request.headers(), &etag, file.size);
    let mut response = match selection {
        RangeSelection::NotModified => empty(StatusCode::NOT_MODIFIED),
        RangeSelection::PreconditionFailed => empty(StatusCode::PRECONDITION_FAILED),
        RangeSelection::Unsatisfiable => empty(StatusCode::RANGE_NOT_SATISFIABLE),
        RangeSelection::Whole | RangeSelection::Part { .. } if request.method() == Method::HEAD => {
            empty(StatusCode::OK)
        }
        RangeSelection::Whole => body(services, &file, 0, file.size)?,
        RangeSelection::Part { start, end } => body(services, &file, start, end)?,
    };
    describe(response.headers_mut(), &file, etag)?;
    mark(&mut response, selection, &file)?;
    Ok(response)
}

/// Sets the status and length of the response.
fn mark(response: &mut Response, selection: RangeSelection, file: &StoredFile) -> Result<()> {
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
    let token = credentials::in_headers(headers)
        .ok_or_else(|| Error::new(Code::Unauthenticated, "send a bearer token, or use an address from GET_FILE"))?;
    let identity = sessions::authenticate(services, &token, from.address).await?.identity;
    if !identity.scopes.contains(&Scope::Read) {
        return Err(Error::forbidden("the token lacks the scope read"));
    }
    services.rate_limits.command(Some(&identity.user.id), from.address)?;
    files::readable(services, &identity.user, id).await
}

/// Headers that keep browsers from interpreting a file as anything but bytes or an image.
fn describe(headers: &mut HeaderMap, file: &StoredFile, etag: ETag) -> Result<()> {
    let value = |text: &str| HeaderValue::from_str(text).map_err(Error::internal);
    headers.insert(header::CONTENT_TYPE, value(disposition::media_type(file))?);
    headers.insert(header::CONTENT_DISPOSITION, value(&disposition::of(file))?);
    headers.typed_insert(etag);
    for (name, text) in [
        (header::ACCEPT_RANGES, "bytes"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
        // Revalidated each time, so that nobody reads from a cache what they may no longer read.
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::VARY, "Authorization, X-API-Key"),
    ] {
        headers.insert(name, HeaderValue::from_static(text));
    }
    Ok(())
}

fn body(services: &Services, file: &StoredFile, start: u64, end: u64) -> Result<Response> {
    let reader = FileReader::new(services.files.store()?.clone(), file.clone());
    let pieces = stream::try_unfold((reader, start), move |(reader, at)| async move {
        let piece = reader.read(at, end).await?;
        let next = at + piece.len() as u64;
        Ok::<_, Error>((!piece.is_empty()).then_some((piece, (reader, next))))
    });
    Ok(Response::new(Body::from_stream(pieces)))
}

/// The length of a body, if the client announced it.
fn length_of(body: &Body) -> Option<u64> {
    body.size_hint().exact()
}
