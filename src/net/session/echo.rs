//! Sends every message back, on the same socket as the chat: what WebSocket conformance suites are run against.

use std::sync::Arc;
use std::task::Poll;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::Message;

use crate::api::context::Services;
use crate::net::websocket::{Incoming, Socket};
use crate::realtime::hub::Connection;
use crate::realtime::outbox::Close;

use super::deadlines::Deadlines;

/// Serves one connection until it ends.
pub async fn run<S>(services: Arc<Services>, (stream, early): (S, Vec<u8>))
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
{
    let limits = &services.config.limits;
    let connection = Arc::new(Connection::new(limits.outbox_bytes));
    let counted = (limits.frame_bytes, services.telemetry.delivered.clone());
    let mut socket = Socket::new(stream, early, connection.clone(), counted).await;
    services.hub.open(&connection);
    let mut deadlines = Deadlines::new(limits);
    deadlines.authenticated();
    deadlines.set(&connection, None);
    let close = std::future::poll_fn(|task| {
        loop {
            let read = socket.is_flushed();
            let (pulse, incoming) = socket.poll(task, read);
            if pulse.ticked {
                let late = deadlines.check(&mut socket, (pulse.full, false), (&services, None));
                deadlines.set(&connection, None);
                if late.is_some() {
                    return Poll::Ready(late);
                }
            }
            match (pulse.close, incoming) {
                (Some(close), _) => return Poll::Ready(Some(close)),
                (None, Poll::Ready(Incoming::Text(text))) => socket.send(Message::Text(text)),
                (None, Poll::Ready(Incoming::Binary(bytes))) => socket.send(Message::Binary(bytes)),
                (None, Poll::Ready(Incoming::TooLarge)) => {
                    return Poll::Ready(Some(Close { code: 1009, reason: "frame too large" }));
                }
                (None, Poll::Ready(Incoming::Ended(close))) => return Poll::Ready(close),
                (None, Poll::Pending) if !read && socket.is_flushed() => {}
                (None, Poll::Pending) => return Poll::Pending,
            }
        }
    })
    .await;
    services.hub.leave(&connection);
    socket.close(close).await;
}
