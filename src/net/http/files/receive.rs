//! The body of an upload, received chunk by chunk.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::response::Response;
use data_encoding::BASE64;
use http_body_util::BodyExt;
use hyper::StatusCode;
use hyper::header::{CONTENT_RANGE, HeaderMap, HeaderValue, RANGE};
use serde::Serialize;
use tokio::time::{Instant, timeout_at};

use super::super::response::{LastSegment, empty, json};
use super::super::site::Site;
use super::length_of;
use crate::api::context::{Origin, Services};
use crate::api::files::{self, UploadProgress, UploadRequest, UploadStep};
use crate::protocol::StoredAttachment;
use crate::protocol::error::{Error, Result};
use crate::store::repository::StoredFile;

/// The body of the answer to a complete upload.
#[derive(Serialize)]
struct Complete {
    file: StoredAttachment,
    sha256: Option<String>,
}

/// The body of the response to a partial upload.
#[derive(Serialize)]
struct Incomplete {
    received: u64,
    size: u64,
}

/// Bytes per second below which an upload is interrupted.
const LEAST_RATE: u64 = 256;

/// The bytes received in the current period.
struct ArrivalPeriod {
    begun: Instant,
    bytes: u64,
}

impl ArrivalPeriod {
    /// True if a whole period brought less than the minimum rate; starts the next period.
    fn is_too_slow(&mut self, length: Duration) -> bool {
        let took = self.begun.elapsed();
        if took < length {
            return false;
        }
        let minimum = took.as_secs().saturating_mul(LEAST_RATE);
        let is_too_slow = self.bytes < minimum;
        *self = ArrivalPeriod { begun: Instant::now(), bytes: 0 };
        is_too_slow
    }
}

/// Cancels an upload.
pub(in super::super) async fn cancel(
    State(site): State<Site>,
    Extension(from): Extension<Origin>,
    LastSegment(ticket): LastSegment,
) -> Result<Response> {
    files::cancel(&site.services, &ticket, from.address).await?;
    Ok(empty(StatusCode::NO_CONTENT))
}

/// Receives a range of an upload, or all of it.
pub(in super::super) async fn receive(
    State(Site { services, .. }): State<Site>,
    Extension(from): Extension<Origin>,
    LastSegment(ticket): LastSegment,
    request: Request,
) -> Result<Response> {
    let (parts, body) = request.into_parts();
    // A task of its own, so that received bytes are kept even if the connection, and with it this request, ends.
    let received = tokio::spawn(async move {
        let headers = &parts.headers;
        let range = headers.get(CONTENT_RANGE).map(|range| range.to_str().unwrap_or("?"));
        let sha256 = digest(headers)?;
        let request = UploadRequest { ticket: &ticket, address: from.address, range, length: length_of(&body), sha256 };
        take(&services, &request, body).await
    });
    match received.await.map_err(Error::internal)?? {
        UploadStep::Complete(file) => complete(&file),
        UploadStep::Waiting(progress) => incomplete(progress),
        UploadStep::Receiving(_) => Err(Error::internal("an upload was not finished")),
    }
}

async fn take(services: &Arc<Services>, request: &UploadRequest<'_>, mut body: Body) -> Result<UploadStep> {
    let mut upload = match files::begin(services, request).await? {
        UploadStep::Receiving(upload) => upload,
        step => return Ok(step),
    };
    let silence = services.config.limits.heartbeat_timeout;
    let replaced = upload.replaced();
    let left = upload.expires_at().millis().saturating_sub(services.clock.look().millis()).max(0).unsigned_abs();
    let end = Instant::now() + Duration::from_millis(left);
    let mut period = ArrivalPeriod { begun: Instant::now(), bytes: 0 };
    loop {
        let until = (Instant::now() + silence).min(end);
        let frame = tokio::select! {
            frame = timeout_at(until, body.frame()) => frame,
            () = replaced.cancelled() => return Err(upload.give_up(files::taken_over()).await),
        };
        match frame {
            Ok(Some(Ok(frame))) => {
                if let Ok(bytes) = frame.into_data() {
                    period.bytes += bytes.len() as u64;
                    if let Err(error) = upload.write(bytes).await {
                        return Err(upload.give_up(error).await);
                    }
                }
                if period.is_too_slow(silence) && !upload.is_received() {
                    return upload.pause().await.map(UploadStep::Waiting);
                }
            }
            Ok(None) if upload.is_received() => return upload.finish().await,
            // The connection broke, or the client stopped sending: the next request may continue from here.
            Ok(None | Some(Err(_))) | Err(_) => return upload.pause().await.map(UploadStep::Waiting),
        }
    }
}

/// The digest in `Repr-Digest: sha-256=:BASE64:`, which covers the whole file (RFC 9530).
fn digest(headers: &HeaderMap) -> Result<Option<[u8; 32]>> {
    let Some(value) = headers.get("repr-digest") else { return Ok(None) };
    let digests = value.to_str().unwrap_or_default().split(',');
    let Some(digest) = digests.map(str::trim).find_map(|digest| digest.strip_prefix("sha-256=")) else {
        return Ok(None);
    };
    let digest = digest.strip_prefix(':').and_then(|digest| digest.strip_suffix(':'));
    let bytes = digest.and_then(|digest| BASE64.decode(digest.as_bytes()).ok()).and_then(|bytes| bytes.try_into().ok());
    let wrong = || Error::invalid("Repr-Digest", "Repr-Digest must have the form sha-256=:BASE64 OF 32 BYTES:");
    bytes.map(Some).ok_or_else(wrong)
}

fn complete(file: &StoredFile) -> Result<Response> {
    let body = Complete { file: file.shown(), sha256: file.sha256.clone() };
    let text = serde_json::to_vec(&body).map_err(Error::internal)?;
    Ok(json(StatusCode::CREATED, text))
}

/// 308 with the stored range in `Range`, as in other resumable upload protocols.
fn incomplete(progress: UploadProgress) -> Result<Response> {
    let UploadProgress { received, size } = progress;
    let text = serde_json::to_vec(&Incomplete { received, size }).map_err(Error::internal)?;
    let mut response = json(StatusCode::PERMANENT_REDIRECT, text);
    if let Some(last) = received.checked_sub(1) {
        let range = HeaderValue::from_str(&format!("bytes=0-{last}")).map_err(Error::internal)?;
        response.headers_mut().insert(RANGE, range);
    }
    Ok(response)
}
