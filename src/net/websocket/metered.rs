use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

use super::framing::Framing;

/// The error of a message over the limit.
pub(super) const TOO_LARGE: io::ErrorKind = io::ErrorKind::FileTooLarge;

/// A stream that records when bytes last moved.
#[derive(Debug)]
pub(super) struct Metered<S> {
    inner: S,
    pub(super) last_read: Instant,
    pub(super) last_write: Instant,
    /// The time at which a full send buffer last had room again, because the peer accepted bytes.
    pub(super) last_taken: Instant,
    blocked: bool,
    /// Maximum size of a message on an anonymous connection.
    limit: Option<u64>,
    framing: Framing,
}

impl<S> Metered<S> {
    /// The stream itself.
    pub(super) fn inner(&self) -> &S {
        &self.inner
    }

    /// Wraps a stream of which `early` has already been read.
    pub(super) fn new(inner: S, early: &[u8]) -> Self {
        let now = Instant::now();
        let mut framing = Framing::default();
        framing.feed(early);
        Metered { inner, last_read: now, last_write: now, last_taken: now, blocked: false, limit: None, framing }
    }

    pub(super) fn limit_messages(&mut self, message_bytes: usize) {
        self.limit = u64::try_from(message_bytes).ok();
    }

    pub(super) fn lift_message_limit(&mut self) {
        self.limit = None;
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Metered<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        // tungstenite reads further only for an incomplete message: those before it have been handed out, and may have
        // authenticated the connection.
        if self.limit.is_some_and(|limit| self.framing.announced() > limit) {
            return Poll::Ready(Err(TOO_LARGE.into()));
        }
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.inner).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.last_read = Instant::now();
            if self.limit.is_some() {
                self.framing.feed(&buffer.filled()[before..]);
            }
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Metered<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.inner).poll_write(context, bytes);
        if let Poll::Ready(Ok(1..)) = polled {
            self.last_write = Instant::now();
            if std::mem::take(&mut self.blocked) {
                self.last_taken = self.last_write;
            }
        }
        self.blocked |= polled.is_pending();
        polled
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}
