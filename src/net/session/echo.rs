//! Sends every message back over the chat's own socket code, as the target of WebSocket conformance suites.

use std::sync::Arc;
use std::task::Poll;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::Message;

use crate::api::context::Services;
use crate::net::websocket::{Incoming, Socket};
use crate::realtime::hub::Connection;
use crate::realtime::outbox::Close;

use super::deadlines::{Deadlines, Due, Observation};

/// Serves one connection until it ends.
pub async fn run<S>(services: Arc<Services>, stream: S, early: Vec<u8>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
{
    let limits = &services.config.limits;
    let connection = Arc::new(Connection::new(limits.outbox_bytes));
    let delivered = services.telemetry.delivered.clone();
    let mut socket = Socket::new(stream, early, connection.clone(), limits.frame_bytes, delivered).await;
    services.hub.open(&connection);
    let mut deadlines = Deadlines::new(limits);
    deadlines.authenticated();
    deadlines.schedule(&connection.due, false);
    let close = std::future::poll_fn(|task| {
        loop {
            let read = socket.is_flushed();
            let (pulse, incoming) = socket.poll(task, read, None);
            if pulse.ticked {
                let observation = Observation {
                    last_life: socket.last_life(),
                    last_write: socket.last_write(),
                    is_blocked: pulse.full && !socket.is_flushed(),
                    is_busy: false,
                    expires_at: None,
                    now: services.clock.look(),
                };
                deadlines.schedule(&connection.due, false);
                match deadlines.check(&observation) {
                    Due::Nothing => {}
                    Due::Ping => socket.ping(),
                    Due::Close(close) => return Poll::Ready(Some(close)),
                }
            }
            match (pulse.close, incoming) {
                (Some(close), _) => return Poll::Ready(Some(close)),
                (None, Poll::Ready(Incoming::Text(text))) => socket.send(Message::Text(text)),
                (None, Poll::Ready(Incoming::Binary(bytes))) => socket.send(Message::Binary(bytes)),
                (None, Poll::Ready(Incoming::Control)) => {}
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
    socket.close(close, None).await;
}
