//! One connection, from its first frame to its close.
//!
//! ```text
//!  handshake      state                                  ended by
//!  refused   ──────────────────────────────► closing     4401, 4403
//!  anonymous ──► anonymous ────────────────► closing     4401: not authenticated in time
//!                    │ LOG_IN, SIGN_UP, AUTHENTICATE, REFRESH_TOKEN
//!                    ▼
//!  known ──────► bind ──► bound ───────────► closing     the peer, a revocation, a flood, silence, a shutdown
//!                    ▲      │
//!                    └──────┘ new credentials of the same user
//! ```
//!
//! A session is one future that owns the socket. Commands run one after another. Only consecutive sends with the same
//! shard key may run concurrently: their commit queue answers them in order. Every other reply is held until the
//! replies before it are queued. Other parts of the server never call a session; they leave frames, a close or a tick
//! in its outbox.
//!
//! A session ends in one of three ways: gracefully, after all received commands are answered (the peer closed, the
//! server shuts down, a flood); after the running command, if that is the one that ends the session's log-in; or
//! immediately (a deadline, any other revocation).

use std::collections::VecDeque;
use std::sync::Arc;
use std::task::{Context as Task, Poll};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::api::context::{Context, Origin, Services};
use crate::api::dispatch;
use crate::api::streams;
use crate::auth::Identity;
use crate::auth::rate_limits::AnonymousSlot;
use crate::net::text_mode::TextMode;
use crate::net::websocket::{HangUp, Incoming, Rendering, Socket};
use crate::ops::telemetry;
use crate::protocol::{TokenExpiring, wire};
use crate::realtime::hub::Connection;
use crate::realtime::outbox::{Close, Pulse};

mod binding;
mod deadlines;
mod echo;
mod flood;
mod handshake;
mod inbox;
mod pipeline;

pub use echo::run as echo;
pub use handshake::Handshake;

use deadlines::{Deadlines, Due, EXPIRED, Observation};
use inbox::{ANONYMOUS_FRAME, FrameAction, FrameSender, Inbox};
use pipeline::{Held, Pipeline};

/// Bytes of replies that wait on an anonymous connection before its next command begins.
const ANONYMOUS_OUTBOX: usize = 4 << 10;

/// The close code of a server that is restarting.
pub const CLOSE_RESTART: u16 = 1012;

struct Session<S> {
    services: Arc<Services>,
    connection: Arc<Connection>,
    socket: Socket<S>,
    /// None while the connection is anonymous.
    identity: Option<Arc<Identity>>,
    origin: Origin,
    /// Counts the connection against its address while it is anonymous.
    anonymous_slot: Option<AnonymousSlot>,
    inbox: Inbox,
    pipeline: Pipeline,
    deadlines: Deadlines,
    /// Set by the first line that begins with `/`.
    text_mode: Option<TextMode>,
    /// The peer can no longer be written to.
    peer_gone: bool,
    ending: Option<Ending>,
}

/// The way in which a session ends.
#[derive(Clone, Debug)]
enum Ending {
    /// After all received commands are answered.
    Graceful(Option<Close>),
    /// After the running command is answered.
    AfterReply(Close),
    Immediate(Close),
}

/// Serves one connection from its first frame to its end. `early` holds bytes that arrived with the handshake.
pub async fn run<S>(services: Arc<Services>, stream: S, early: Vec<u8>, handshake: Handshake, origin: Origin)
where
    S: AsyncRead + AsyncWrite + HangUp + Unpin + Send,
{
    let limits = &services.config.limits;
    let connection = Arc::new(Connection::new(limits.outbox_bytes));
    let delivered = services.telemetry.delivered.clone();
    let mut socket = Socket::new(stream, early, connection.clone(), limits.frame_bytes, delivered).await;
    socket.limit_messages(ANONYMOUS_FRAME);
    services.hub.open(&connection);
    services.telemetry.connections.increment(1.0);
    let mut session = Session {
        deadlines: Deadlines::new(limits),
        inbox: Inbox::new(limits),
        pipeline: Pipeline::new(connection.clone()),
        services,
        connection,
        socket,
        identity: None,
        origin,
        anonymous_slot: None,
        text_mode: None,
        peer_gone: false,
        ending: None,
    };
    // Boxed, because the states of these futures would otherwise take up the session's memory for its whole life.
    Box::pin(session.greet(handshake)).await;
    let close = std::future::poll_fn(|task| session.poll(task)).await;
    Box::pin(session.finish(close)).await;
}

impl<S: AsyncRead + AsyncWrite + HangUp + Unpin + Send> Session<S> {
    fn push(&self, text: &Utf8Bytes) {
        // The outbox may already have been drained in this turn, and nothing else wakes the session for this frame.
        if let Some(waker) = self.connection.outbox.push_vital(text.clone(), None) {
            waker.wake();
        }
    }

    fn poll(&mut self, task: &mut Task<'_>) -> Poll<Option<Close>> {
        loop {
            while self.poll_command(task) {}
            let read = self.wants_to_read();
            let (pulse, incoming) = self.poll_socket(task, read);
            if pulse.ticked {
                self.check_deadlines(pulse.full);
            }
            if let Some(close) = pulse.close {
                let close = self.expiry().filter(|expired| expired.code == close.code).unwrap_or(close);
                self.end(match close.code {
                    CLOSE_RESTART => Ending::Graceful(Some(close)),
                    // The hub may revoke the log-in before the command that ends it has finished.
                    _ if self.pipeline.ends_login() => Ending::AfterReply(close),
                    _ => Ending::Immediate(close),
                });
            }
            match incoming {
                Poll::Ready(incoming) => self.receive(incoming),
                // A ping may be due, which only another round writes.
                Poll::Pending if pulse.ticked => {}
                // Writing may have made room for the next command or frame, and the wake-ups for both have been used.
                Poll::Pending if self.poll_command(task) || (!read && self.wants_to_read()) => {}
                Poll::Pending => return self.poll_end(),
            }
        }
    }

    /// The close of a connection whose credentials have expired. Others may have noticed it first, and deleted them.
    fn expiry(&self) -> Option<Close> {
        let end = self.identity.as_ref()?.expires_at?;
        (end <= self.services.clock.look()).then_some(EXPIRED)
    }

    fn wants_to_read(&mut self) -> bool {
        // An anonymous connection is read one frame at a time, because the frame after LOG_IN depends on the new
        // identity.
        let may_read_ahead = self.identity.is_some() || (self.pipeline.is_idle() && self.inbox.is_empty());
        may_read_ahead && self.inbox.has_room(self.pipeline.cost()) && self.ending.is_none() && !self.is_full()
    }

    /// True if replies wait for a client that does not read: no command begins meanwhile, and nothing is read.
    fn is_full(&self) -> bool {
        let outbox = &self.connection.outbox;
        outbox.is_crowded() || (self.identity.is_none() && outbox.bytes() > ANONYMOUS_OUTBOX)
    }

    fn poll_socket(&mut self, task: &mut Task<'_>, read: bool) -> (Pulse, Poll<Incoming>) {
        if !self.peer_gone {
            // Nobody waits for a log-in whose client has gone; an anonymous connection is not read meanwhile.
            if !read && self.identity.is_none() && self.pipeline.is_busy() && self.socket.poll_hang_up(task).is_ready()
            {
                return (Pulse::default(), Poll::Ready(Incoming::Ended(None)));
            }
            return self.socket.poll(task, read, rendering(&mut self.text_mode));
        }
        // Running commands continue to the end; their replies are discarded.
        let mut unwritten = VecDeque::new();
        (self.connection.outbox.poll(task, &mut unwritten, false), Poll::Pending)
    }

    fn end(&mut self, ending: Ending) {
        // The first reason is kept.
        self.ending.get_or_insert(ending);
    }

    fn poll_end(&self) -> Poll<Option<Close>> {
        match &self.ending {
            None => Poll::Pending,
            Some(Ending::Immediate(close)) => Poll::Ready(Some(close.clone())),
            Some(Ending::AfterReply(_)) if self.pipeline.is_busy() => Poll::Pending,
            Some(Ending::AfterReply(close)) => Poll::Ready(Some(close.clone())),
            Some(Ending::Graceful(close)) => {
                let is_done = self.pipeline.is_idle() && self.inbox.is_empty();
                if is_done { Poll::Ready(close.clone()) } else { Poll::Pending }
            }
        }
    }

    /// Advances the commands by one step; false if they have to wait.
    fn poll_command(&mut self, task: &mut Task<'_>) -> bool {
        if self.pipeline.is_busy() {
            return match self.pipeline.take_held() {
                Some(held) => self.answer(held),
                None => self.pipeline.poll_running(task),
            };
        }
        if !self.pipeline.has_next() && self.is_next_due() {
            self.refresh_identity();
            let sender = sender(&self.services, self.identity.as_deref(), &self.origin);
            if let Some(next) = self.inbox.next(&sender, self.text_mode.as_mut()) {
                self.pipeline.put_next(next, &self.services);
            }
        }
        self.may_begin() && self.begin()
    }

    /// A line of text mode waits until the person has seen every earlier answer, because it may refer to them.
    fn is_next_due(&self) -> bool {
        let is_shown = || self.connection.outbox.unanswered() == 0 && self.connection.outbox.bytes() == 0;
        !self.inbox.is_empty() && (!self.inbox.begins_with_line() || is_shown())
    }

    fn may_begin(&self) -> bool {
        // A connection that is already closing answers the commands it has read, whatever its deadline.
        let in_time = matches!(self.ending, Some(Ending::Graceful(_))) || !self.deadlines.is_late();
        let may_follow = !matches!(self.ending, Some(Ending::AfterReply(_)));
        in_time && may_follow && (self.peer_gone || !self.is_full())
    }

    fn begin(&mut self) -> bool {
        let Some(mut next) = self.pipeline.take_next() else { return false };
        if matches!(next.work, FrameAction::Quit) {
            next.close = Some(Close { code: 1000, reason: "goodbye" });
        }
        if let Some(close) = next.close.take() {
            self.inbox.close();
            self.end(Ending::Graceful(Some(close)));
        }
        self.refresh_identity();
        let context = Context {
            services: self.services.clone(),
            identity: self.identity.clone(),
            connection: Some(self.connection.clone()),
            origin: self.origin.clone(),
            operation: None,
            claim: None,
        };
        self.pipeline.begin(next, context);
        true
    }

    /// Queues a reply that does not come from a commit queue.
    fn answer(&mut self, held: Held) -> bool {
        match held {
            Held::Reply(mut completed) => {
                let binding = completed.take_binding();
                dispatch::respond(&self.services, self.identity.as_deref(), *completed);
                if let Some(binding) = binding {
                    self.bind(binding.identity, &binding.chats);
                }
            }
            // This session is awake and drains its outbox next.
            Held::Line(line) => drop(self.connection.outbox.push_answer(line, None)),
        }
        true
    }

    fn check_deadlines(&mut self, full: bool) {
        let observation = Observation {
            last_life: self.socket.last_life(),
            last_write: self.socket.last_write(),
            is_blocked: full && !self.socket.is_flushed(),
            // A log-in sent in time is answered, however long the password queue is.
            is_busy: self.pipeline.is_busy(),
            expires_at: self.identity.as_ref().and_then(|identity| identity.expires_at),
            now: self.services.clock.look(),
        };
        match self.deadlines.check(&observation) {
            Due::Nothing => {}
            Due::Ping => self.socket.ping(),
            Due::Close(close) => self.end(Ending::Immediate(close)),
        }
        // A full outbox would drop the notice, so the next check tries again.
        if !full && let Some(expires_at) = self.deadlines.expiry_notice(&observation) {
            self.push(&wire::encode(&TokenExpiring { expires_at }));
        }
        self.schedule();
    }

    /// Sets the time of the next tick that wakes this session.
    fn schedule(&self) {
        let expires = self.identity.as_ref().is_some_and(|identity| identity.expires_at.is_some());
        self.deadlines.schedule(&self.connection.due, expires);
    }

    fn receive(&mut self, incoming: Incoming) {
        let is_anonymous = self.identity.is_none();
        match incoming {
            Incoming::Text(text) if self.text_mode.is_some() || text.starts_with('/') => {
                self.text_mode.get_or_insert_default();
                self.inbox.receive_line(text, is_anonymous);
            }
            Incoming::Text(text) => self.inbox.receive(text, is_anonymous),
            Incoming::Binary(bytes) => self.inbox.receive_binary(bytes, is_anonymous),
            Incoming::Control => {
                let sender = sender(&self.services, self.identity.as_deref(), &self.origin);
                if let Some(close) = self.inbox.control_frame(&sender) {
                    self.end(Ending::Graceful(Some(close)));
                }
            }
            Incoming::TooLarge => {
                let most = if is_anonymous { ANONYMOUS_FRAME } else { self.services.config.limits.frame_bytes };
                self.inbox.refuse_size(most);
            }
            Incoming::Ended(close) => {
                self.peer_gone = close.is_none();
                self.connection.gone.cancel();
                self.end(Ending::Graceful(close));
            }
        }
    }

    async fn finish(self, close: Option<Close>) {
        let Session { services, connection, socket, pipeline, mut text_mode, .. } = self;
        if let Some(close) = &close {
            telemetry::count_close(close.code);
        }
        tracing::debug!(connection = connection.number, code = close.as_ref().map(|close| close.code), "closed");
        let chats = services.hub.leave(&connection);
        services.features.left(&connection, &chats);
        let kept = streams::interrupt(&services, &connection);
        // Shut first: a pending reply that is dropped would otherwise answer INTERNAL.
        connection.outbox.shut();
        drop(pipeline);
        tokio::join!(kept, socket.close(close, rendering(&mut text_mode)));
        if let Some(user) = connection.user() {
            services.receipts.flush_user(&user).await;
        }
        services.telemetry.connections.decrement(1.0);
    }
}

fn sender<'a>(services: &'a Services, identity: Option<&'a Identity>, origin: &Origin) -> FrameSender<'a> {
    FrameSender { services, identity, address: origin.address }
}

fn rendering(text_mode: &mut Option<TextMode>) -> Option<&mut (dyn Rendering + 'static)> {
    text_mode.as_mut().map(|text_mode| text_mode as _)
}
