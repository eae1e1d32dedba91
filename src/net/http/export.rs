//! `GET /export/TICKET`: the download that EXPORT_MY_DATA announced.

use axum::body::Body;
use axum::extract::{Extension, State};
use axum::response::Response;
use futures_util::stream;
use hyper::header::{self, HeaderValue};
use tokio::sync::mpsc;

use crate::api::context::Origin;
use crate::api::export;
use crate::protocol::error::Result;

use super::response::LastSegment;
use super::site::Site;

/// Number of pages read ahead of the client.
const READ_AHEAD: usize = 1;

pub(super) async fn answer(
    State(site): State<Site>,
    Extension(from): Extension<Origin>,
    LastSegment(ticket): LastSegment,
) -> Result<Response> {
    let account = export::redeem(&site.services, &ticket, from.address).await?;
    let (sender, receiver) = mpsc::channel(READ_AHEAD);
    tokio::spawn(export::write(site.services, account, sender));
    let pages = stream::unfold(receiver, |mut receiver| async {
        let next = receiver.recv().await?;
        Some((next, receiver))
    });
    let mut response = Response::new(Body::from_stream(pages));
    for (name, value) in [
        (header::CONTENT_TYPE, "application/x-ndjson"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"pichat.jsonl\""),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}
