//! One WebSocket, polled by the task that owns it: frames in, an outbox out.
//!
//! Writing comes first and flushes all waiting frames at once, because a system call costs the same whatever it
//! carries. tungstenite answers pings and closes itself but sends no close code for a peer's protocol error; this
//! module does. The peer's remaining bytes are read at the end: a socket closed with unread bytes is reset, and the
//! close code is lost.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Sink, Stream};
use metrics::Counter;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::time::{Instant, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::CapacityError;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error as WsError, Message, Utf8Bytes};

pub use hang_up::HangUp;

use crate::realtime::hub::Connection;
use crate::realtime::outbox::{Close, Pulse};

mod framing;
mod hang_up;
mod metered;

use metered::Metered;

// The whole read buffer is zeroed on every poll, so its size costs time as well as memory.
const READ_BUFFER: usize = 2 << 10;
/// Bytes collected for one system call. The buffer grows to this size and never shrinks.
const WRITE_BUFFER: usize = 8 << 10;
/// Maximum payload of a frame; a larger message is sent in fragments. The write buffer has room for the largest frame and
/// never shrinks.
const FRAGMENT: usize = 32 << 10;
/// Time limit of each step of closing a connection.
const GOODBYE: Duration = Duration::from_secs(2);
/// Maximum time for reading from a peer that keeps sending after the end.
const DRAIN: Duration = Duration::from_secs(5);
/// Maximum number of bytes that the peer may still send after the end.
const DRAIN_BYTES: usize = 64 << 20;
/// Number of reads of 4 KiB per turn while the connection is closing.
const DISCARD_ROUNDS: usize = 16;
/// Number of write rounds per turn, before other tasks get theirs.
const ROUNDS: usize = 4;

/// A frame from the peer, or its end.
#[derive(Debug)]
pub enum Incoming {
    /// A text frame.
    Text(Utf8Bytes),
    /// A binary frame.
    Binary(Bytes),
    /// A ping or a pong; pings have already been answered.
    Control,
    /// A frame over the limit.
    TooLarge,
    /// The peer closed or disconnected (none), or violated RFC 6455 (the close to send).
    Ended(Option<Close>),
}

/// Presents frames in another format.
pub trait Rendering: Send {
    /// The text sent instead of a frame; if none, nothing is sent.
    fn render(&mut self, frame: &str) -> Option<String>;
}

/// A client's socket and its outbox.
#[derive(Debug)]
pub struct Socket<S> {
    stream: WebSocketStream<Metered<S>>,
    connection: Arc<Connection>,
    delivered: Counter,
    frames: VecDeque<Message>,
    unflushed: bool,
    ping: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Socket<S> {
    /// Takes over an upgraded stream; `early` holds bytes that arrived with the handshake.
    pub async fn new(
        stream: S,
        early: Vec<u8>,
        connection: Arc<Connection>,
        frame_bytes: usize,
        delivered: Counter,
    ) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(WRITE_BUFFER)
            .max_write_buffer_size(usize::MAX)
            .max_message_size(Some(frame_bytes))
            .max_frame_size(Some(frame_bytes));
        let stream =
            WebSocketStream::from_partially_read(Metered::new(stream, &early), early, Role::Server, Some(config)).await;
        let frames = VecDeque::new();
        Socket { stream, connection, delivered, frames, unflushed: false, ping: false }
    }

    /// Writes as much as possible, then reads one frame if `read` is set.
    pub fn poll(
        &mut self,
        context: &mut Context<'_>,
        read: bool,
        rendering: Option<&mut (dyn Rendering + 'static)>,
    ) -> (Pulse, Poll<Incoming>) {
        let (pulse, written) = self.poll_write(context, rendering);
        if written.is_err() {
            return (pulse, Poll::Ready(Incoming::Ended(None)));
        }
        (pulse, if read { self.poll_read(context) } else { Poll::Pending })
    }

    /// Ready once the peer has gone, as far as that can be told without reading.
    pub fn poll_hang_up(&self, context: &mut Context<'_>) -> Poll<()>
    where
        S: HangUp,
    {
        self.stream.get_ref().inner().poll_hang_up(context)
    }

    /// Refuses larger messages before they are buffered.
    pub fn limit_messages(&mut self, bytes: usize) {
        self.stream.get_mut().limit_messages(bytes);
    }

    /// Accepts messages of up to the limit of [`Socket::new`].
    pub fn lift_message_limit(&mut self) {
        self.stream.get_mut().lift_message_limit();
    }

    /// Sends a ping with the next write.
    pub fn ping(&mut self) {
        self.ping = true;
    }

    /// Sends a message that did not come from the outbox.
    pub fn send(&mut self, message: Message) {
        self.frames.push_back(message);
    }

    /// True if the operating system has accepted everything taken from the outbox.
    pub fn is_flushed(&self) -> bool {
        self.frames.is_empty() && !self.unflushed
    }

    /// The time of the peer's last sign of life: it sent a byte, or made room in a full send buffer. Bytes that only
    /// move into the system's buffer do not count.
    pub fn last_life(&self) -> Instant {
        let meter = self.stream.get_ref();
        meter.last_read.max(meter.last_taken)
    }

    /// The time at which the system last accepted a byte for the peer.
    pub fn last_write(&self) -> Instant {
        self.stream.get_ref().last_write
    }

    fn poll_write(
        &mut self,
        context: &mut Context<'_>,
        mut rendering: Option<&mut (dyn Rendering + 'static)>,
    ) -> (Pulse, Result<(), WsError>) {
        let mut ticked = false;
        for _ in 0..ROUNDS {
            let mut pulse = self.take(context, rendering.as_deref_mut());
            ticked |= pulse.ticked;
            pulse.ticked = ticked;
            let idle = self.frames.is_empty() && !self.ping;
            match self.poll_frames(context) {
                Poll::Ready(Ok(())) if !idle => {}
                Poll::Ready(Ok(())) | Poll::Pending => return (pulse, Ok(())),
                Poll::Ready(Err(error)) => return (pulse, Err(error)),
            }
        }
        context.waker().wake_by_ref();
        let pulse = self.take(context, rendering);
        (Pulse { ticked: ticked | pulse.ticked, ..pulse }, Ok(()))
    }

    /// Takes frames from the outbox if everything taken before has been written.
    fn take(&mut self, context: &Context<'_>, mut rendering: Option<&mut (dyn Rendering + 'static)>) -> Pulse {
        let mut ticked = false;
        loop {
            let before = self.frames.len();
            let pulse = self.connection.outbox.poll(context, &mut self.frames, !self.unflushed);
            ticked |= pulse.ticked;
            let taken = self.frames.len() - before;
            if taken > 0 {
                self.delivered.increment(taken as u64);
                if let Some(rendering) = rendering.as_deref_mut() {
                    self.render(rendering);
                }
                self.fragment();
            }
            // If the rendering suppressed every frame, more may be waiting.
            if taken == 0 || !self.frames.is_empty() {
                return Pulse { ticked, ..pulse };
            }
        }
    }

    fn render(&mut self, rendering: &mut dyn Rendering) {
        let rendered = |frame: Message| match frame {
            Message::Text(text) => rendering.render(&text).map(Message::text),
            other => Some(other),
        };
        self.frames = self.frames.drain(..).filter_map(rendered).collect();
    }

    /// Splits large messages, of which every fragment shares the text.
    fn fragment(&mut self) {
        let is_large = |message: &Message| matches!(message, Message::Text(text) if text.len() > FRAGMENT);
        if !self.frames.iter().any(is_large) {
            return;
        }
        for message in std::mem::take(&mut self.frames) {
            match message {
                Message::Text(text) if text.len() > FRAGMENT => self.frames.extend(fragments(text.into())),
                message => self.frames.push_back(message),
            }
        }
    }

    fn poll_frames(&mut self, context: &mut Context<'_>) -> Poll<Result<(), WsError>> {
        while self.ping || !self.frames.is_empty() {
            std::task::ready!(Pin::new(&mut self.stream).poll_ready(context))?;
            let ping = std::mem::take(&mut self.ping).then(|| Message::Ping(Bytes::new()));
            if let Some(message) = ping.or_else(|| self.frames.pop_front()) {
                self.unflushed = true;
                Pin::new(&mut self.stream).start_send(message)?;
            }
        }
        if self.unflushed {
            std::task::ready!(Pin::new(&mut self.stream).poll_flush(context))?;
            self.unflushed = false;
        }
        Poll::Ready(Ok(()))
    }

    fn poll_read(&mut self, context: &mut Context<'_>) -> Poll<Incoming> {
        let incoming = match std::task::ready!(Pin::new(&mut self.stream).poll_next(context)) {
            Some(Ok(Message::Text(text))) => Incoming::Text(text),
            Some(Ok(Message::Binary(bytes))) => Incoming::Binary(bytes),
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {
                // tungstenite has queued the pong; the next write flushes it.
                self.unflushed = true;
                Incoming::Control
            }
            Some(Ok(Message::Close(_))) => {
                self.unflushed = true;
                Incoming::Ended(None)
            }
            Some(Err(WsError::Capacity(CapacityError::MessageTooLong { .. }))) => Incoming::TooLarge,
            Some(Err(WsError::Io(error))) if error.kind() == metered::TOO_LARGE => Incoming::TooLarge,
            Some(Err(WsError::Utf8(_))) => Incoming::Ended(Some(Close { code: 1007, reason: "text must be UTF-8" })),
            Some(Err(WsError::Protocol(_))) => Incoming::Ended(Some(Close { code: 1002, reason: "broken framing" })),
            Some(Err(_)) | None => Incoming::Ended(None),
        };
        Poll::Ready(incoming)
    }

    /// Writes the remaining frames and the close code, then waits for the peer to close.
    ///
    /// The peer's bytes are read and dropped in the meantime. A peer that floods may be blocked in a write: it would
    /// never read the close code, nor would it receive the code if the socket were closed with unread bytes.
    pub async fn close(mut self, close: Option<Close>, mut rendering: Option<&mut (dyn Rendering + 'static)>) {
        self.lift_message_limit();
        let flushed = std::future::poll_fn(|context| {
            self.discard(context);
            self.poll_rest(context, rendering.as_deref_mut())
        });
        let _ = timeout(GOODBYE, flushed).await;
        if let Some(Close { code, reason }) = close {
            let frame = CloseFrame { code: code.into(), reason: Utf8Bytes::from_static(reason) };
            self.frames.push_back(Message::Close(Some(frame)));
            let flushed = std::future::poll_fn(|context| {
                self.discard(context);
                self.poll_frames(context)
            });
            let _ = timeout(GOODBYE, flushed).await;
        }
        let stream = self.stream.get_mut();
        let _ = timeout(GOODBYE, stream.shutdown()).await;
        let _ = timeout(DRAIN, drain(stream)).await;
    }

    /// Reads and drops what the peer has sent, a bounded amount at a time.
    fn discard(&mut self, context: &mut Context<'_>) {
        let mut bytes = [0; 4096];
        for _ in 0..DISCARD_ROUNDS {
            let mut buffer = ReadBuf::new(&mut bytes);
            let polled = Pin::new(self.stream.get_mut()).poll_read(context, &mut buffer);
            if !matches!(polled, Poll::Ready(Ok(()))) || buffer.filled().is_empty() {
                return;
            }
        }
        context.waker().wake_by_ref();
    }

    fn poll_rest(
        &mut self,
        context: &mut Context<'_>,
        mut rendering: Option<&mut (dyn Rendering + 'static)>,
    ) -> Poll<()> {
        loop {
            let (_, written) = self.poll_write(context, rendering.as_deref_mut());
            if written.is_err() || (self.frames.is_empty() && self.connection.outbox.bytes() == 0) {
                let flushed = Pin::new(&mut self.stream).poll_flush(context);
                return flushed.map(|_| ());
            }
            if !self.is_flushed() {
                return Poll::Pending;
            }
        }
    }
}

/// The frames of a message: the first says that it is text.
fn fragments(mut text: Bytes) -> Vec<Message> {
    let mut frames = Vec::with_capacity(text.len().div_ceil(FRAGMENT));
    while !text.is_empty() {
        let kind = if frames.is_empty() { Data::Text } else { Data::Continue };
        let part = text.split_to(FRAGMENT.min(text.len()));
        frames.push(Message::Frame(Frame::message(part, OpCode::Data(kind), text.is_empty())));
    }
    frames
}

/// Reads until the peer closes: unread bytes would reset the connection and lose the close frame.
async fn drain(stream: &mut (impl AsyncRead + Unpin)) {
    let mut buffer = [0; 4096];
    let mut read = 0;
    while let Ok(bytes @ 1..) = stream.read(&mut buffer).await {
        read += bytes;
        if read > DRAIN_BYTES {
            return;
        }
    }
}
