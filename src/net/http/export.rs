//! `GET /export/TICKET`: the download that EXPORT_MY_DATA announced.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use hyper::header::{self, HeaderValue};
use hyper::{Response, StatusCode};
use tokio::sync::mpsc;

use crate::api::context::Services;
use crate::api::export;

use super::response::{HttpResponse, refusal, status_of, whole};

/// The path before the ticket.
pub(super) const PATH: &str = "/export/";

/// Pages read ahead of the client.
const READ_AHEAD: usize = 1;

pub(super) async fn answer(services: Arc<Services>, ticket: &str) -> HttpResponse {
    let account = match export::redeem(&services, ticket).await {
        Ok(account) => account,
        Err(error) => return whole(refusal(status_of(error.code), &error)),
    };
    let (sender, receiver) = mpsc::channel(READ_AHEAD);
    tokio::spawn(export::write(services, account, sender));
    let frames = stream::unfold(receiver, |mut receiver| async {
        let next = receiver.recv().await?;
        Some((next.map(Frame::<Bytes>::data).map_err(Into::into), receiver))
    });
    let mut response = Response::new(StreamBody::new(frames).boxed_unsync());
    *response.status_mut() = StatusCode::OK;
    for (name, value) in [
        (header::CONTENT_TYPE, "application/x-ndjson"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"pichat.jsonl\""),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
