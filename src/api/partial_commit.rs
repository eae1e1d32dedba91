//! Changes that are part of a larger command, or that the server makes itself.

use std::sync::Arc;

use tokio::sync::oneshot;

use crate::api::context::Services;
use crate::domain::Change;
use crate::protocol::error::Code;
use crate::realtime::hub::Connection;
use crate::realtime::reply::{Asked, HttpAnswer, PendingReply, Recipient};

/// Commits a change and counts it for that command; `None` if it succeeded. The connection that sent the command does
/// not receive the event.
pub async fn commit_part(
    services: &Services,
    command: &'static str,
    caller: Option<Arc<Connection>>,
    change: Change,
) -> Option<Code> {
    let (sender, receiver) = oneshot::channel();
    let recipient = match caller {
        Some(caller) => Recipient::Command(caller, sender),
        None => Recipient::Http(sender),
    };
    let answer = PendingReply::expect(recipient, Asked::by_server(Some(command)), &services.telemetry);
    services.commits.submit(Box::new(change), answer).await;
    match receiver.await {
        Ok(HttpAnswer { code, .. }) => code,
        Err(_) => Some(Code::Unavailable),
    }
}

/// Commits a change that the server makes itself; `None` if it succeeded.
pub async fn commit_as_server(services: &Services, change: Change) -> Option<Code> {
    let (sender, receiver) = oneshot::channel();
    let answer = PendingReply::expect(Recipient::Job(sender), Asked::default(), &services.telemetry);
    services.commits.submit(Box::new(change), answer).await;
    receiver.await.map_or(Some(Code::Unavailable), |answer| answer.code)
}
