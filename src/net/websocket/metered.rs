use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A stream that records when bytes last moved.
#[derive(Debug)]
pub(super) struct Metered<S> {
    inner: S,
    pub(super) last_read: Instant,
    pub(super) last_write: Instant,
    /// When the system last had room again after it had none: the peer took something.
    pub(super) last_taken: Instant,
    blocked: bool,
}

impl<S> Metered<S> {
    pub(super) fn new(inner: S) -> Self {
        let now = Instant::now();
        Metered { inner, last_read: now, last_write: now, last_taken: now, blocked: false }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Metered<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.inner).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.last_read = Instant::now();
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
