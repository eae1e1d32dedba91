//! One connection: reads commands in order, has each answered once, and ends when it must.
//!
//! A session is one future that owns the socket. Commands run one after another; only sends to the same lane follow
//! each other without waiting for their answers, which the lane gives in their order. An answer that comes about
//! otherwise waits until those before it are given. What another part of the server wants of a connection, it leaves
//! in the outbox.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::task::{Context as Task, Poll};

use futures_util::future::BoxFuture;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::api::context::{Context, Origin, Services};
use crate::api::dispatch::{self, Completed};
use crate::api::streams;
use crate::auth::Identity;
use crate::auth::rate_limits::AnonymousSlot;
use crate::net::websocket::{Incoming, Socket};
use crate::realtime::hub::Connection;
use crate::realtime::outbox::{Close, Pulse};
use crate::realtime::reply::{PendingReply, Recipient};

mod deadlines;
mod echo;
mod flood;
mod greeting;
mod inbox;
mod text_mode;

pub use echo::run as echo;
pub use greeting::Handshake;

use deadlines::Deadlines;
use inbox::{Inbox, Next};

/// How many sends may be under way.
const PIPELINED: usize = 128;
/// The close code for a server that restarts.
pub const CLOSE_RESTART: u16 = 1012;

struct Session<S> {
    services: Arc<Services>,
    connection: Arc<Connection>,
    socket: Socket<S>,
    identity: Option<Arc<Identity>>,
    origin: Origin,
    /// Among the connections that are not authenticated yet.
    place: Option<AnonymousSlot>,
    inbox: Inbox,
    /// The command whose turn it is, and the lane in which it may follow others without waiting for their answers.
    next: Option<(Next, Option<u64>)>,
    running: Option<BoxFuture<'static, Option<Completed>>>,
    held: Option<Completed>,
    lane: Option<u64>,
    deadlines: Deadlines,
    /// Once a person has sent a line.
    human: Option<Arc<Mutex<text_mode::TextMode>>>,
    /// Nothing more can be written.
    gone: bool,
    ending: Option<Ending>,
}

/// How a session ends.
#[derive(Clone, Debug)]
enum Ending {
    /// Once the commands in hand are answered.
    Gently(Option<Close>),
    /// Now.
    AtOnce(Close),
}

/// Serves one connection from its first frame to its end.
pub async fn run<S>(services: Arc<Services>, (stream, early): (S, Vec<u8>), handshake: (Handshake, Origin))
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
{
    let limits = &services.config.limits;
    let connection = Arc::new(Connection::new(limits.outbox_bytes));
    let counted = (limits.frame_bytes, services.telemetry.delivered.clone());
    let socket = Socket::new(stream, early, connection.clone(), counted).await;
    services.hub.open(&connection);
    services.telemetry.connections.increment(1.0);
    let (deadlines, inbox) = (Deadlines::new(limits), Inbox::new(limits));
    let mut session = Session {
        services,
        connection,
        socket,
        identity: None,
        origin: handshake.1,
        place: None,
        inbox,
        next: None,
        running: None,
        held: None,
        lane: None,
        deadlines,
        human: None,
        gone: false,
        ending: None,
    };
    // What a connection needs for a moment only is not part of what it holds all the time.
    Box::pin(session.greet(handshake.0)).await;
    let close = std::future::poll_fn(|task| session.poll(task)).await;
    Box::pin(session.finish(close)).await;
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Session<S> {
    fn push(&self, text: &Utf8Bytes) {
        // The outbox may have been looked at in this turn already, and nobody else wakes the session for this.
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
                self.look_at_deadlines(pulse.full);
            }
            if let Some(close) = pulse.close {
                let gently = close.code == CLOSE_RESTART;
                self.ending.get_or_insert(if gently { Ending::Gently(Some(close)) } else { Ending::AtOnce(close) });
            }
            match incoming {
                Poll::Ready(incoming) => self.receive(incoming),
                // There may be a ping to be written.
                Poll::Pending if pulse.ticked => {}
                // Writing may have made room, and answers may have come in between.
                Poll::Pending if self.poll_command(task) || (!read && self.wants_to_read()) => {}
                Poll::Pending => return self.poll_end(),
            }
        }
    }

    fn wants_to_read(&self) -> bool {
        // Until it is known who they are, clients are heard one frame at a time.
        let is_next = self.identity.is_some() || self.is_idle();
        is_next && self.inbox.has_room() && self.ending.is_none() && !self.is_full()
    }

    fn is_idle(&self) -> bool {
        self.running.is_none() && self.held.is_none() && self.next.is_none() && self.inbox.is_empty()
    }

    fn is_full(&self) -> bool {
        self.connection.outbox.bytes() > self.services.config.limits.outbox_bytes
    }

    fn poll_socket(&mut self, task: &mut Task<'_>, read: bool) -> (Pulse, Poll<Incoming>) {
        if !self.gone {
            return self.socket.poll(task, read);
        }
        let mut unwritten = VecDeque::new();
        (self.connection.outbox.poll(task, &mut unwritten, false), Poll::Pending)
    }

    fn poll_end(&mut self) -> Poll<Option<Close>> {
        match &self.ending {
            None => Poll::Pending,
            Some(Ending::AtOnce(close)) => Poll::Ready(Some(close.clone())),
            Some(Ending::Gently(close)) => {
                let busy = self.running.is_some() || self.next.is_some() || !self.inbox.is_empty();
                let busy = busy || self.connection.outbox.unanswered() > 0;
                if busy { Poll::Pending } else { Poll::Ready(close.clone()) }
            }
        }
    }

    /// Has the commands move on by one step; false where they cannot.
    fn poll_command(&mut self, task: &mut Task<'_>) -> bool {
        if let Some(running) = &mut self.running {
            let Poll::Ready(done) = running.as_mut().poll(task) else { return false };
            self.running = None;
            self.held = done;
            return true;
        }
        if self.held.is_some() {
            return self.connection.outbox.unanswered() == 1 && self.settle();
        }
        if self.next.is_none() && !self.inbox.is_empty() {
            self.renew();
            self.next = self.inbox.next(self.identity.as_deref()).map(|next| {
                let pipeline = next.command.as_ref().ok().and_then(|command| command.pipeline());
                let lane = pipeline.map(|chat| self.services.commits.shard_key(chat));
                (next, lane)
            });
        }
        let may_begin = self.next.as_ref().is_some_and(|(_, lane)| self.may_begin(*lane));
        if let Some((next, lane)) = self.next.take_if(|_| may_begin) {
            self.lane = lane;
            self.begin(next);
        }
        may_begin
    }

    fn may_begin(&self, lane: Option<u64>) -> bool {
        let unanswered = self.connection.outbox.unanswered();
        let follows = lane.is_some() && lane == self.lane && unanswered < PIPELINED;
        // One that ends already does so by what is in hand, not by its deadline.
        let in_time = matches!(self.ending, Some(Ending::Gently(_))) || !self.deadlines.is_late();
        (unanswered == 0 || follows) && (self.gone || !self.is_full()) && in_time
    }

    fn begin(&mut self, next: Next) {
        let recipient = Recipient::Socket(self.connection.clone());
        self.renew();
        let answer = PendingReply::expect(recipient, next.name, next.request_id, &self.services.telemetry);
        if let Some(close) = next.close {
            self.inbox.close();
            self.ending.get_or_insert(Ending::Gently(Some(close)));
        }
        match next.command {
            Err(error) => self.held = Some(Completed { pending: answer, result: Err(error) }),
            Ok(command) => {
                let context = Context {
                    services: self.services.clone(),
                    identity: self.identity.clone(),
                    connection: Some(self.connection.clone()),
                    origin: self.origin.clone(),
                };
                self.running = Some(Box::pin(dispatch::execute(context, command, answer)));
            }
        }
    }

    /// Gives the answer that has come about here and not in a lane.
    fn settle(&mut self) -> bool {
        let Some(mut completed) = self.held.take() else { return false };
        let Some(binding) = completed.take_binding() else {
            dispatch::respond(&self.services, self.identity.as_deref(), completed);
            return true;
        };
        self.install(binding.identity);
        dispatch::respond(&self.services, self.identity.as_deref(), completed);
        self.services.hub.attach(&self.connection, &binding.chats);
        self.come_in();
        self.deadlines.set(&self.connection, self.identity.as_deref());
        true
    }

    fn look_at_deadlines(&mut self, full: bool) {
        // Who has asked in time is answered: passwords take long when many log in at once.
        let busy = self.running.is_some() || self.held.is_some();
        let known = (&*self.services, self.identity.as_deref());
        if let Some(close) = self.deadlines.check(&mut self.socket, (full, busy), known) {
            self.ending.get_or_insert(Ending::AtOnce(close));
        }
        if let Some(notice) = self.deadlines.notice(self.identity.as_deref(), &self.services) {
            self.push(&notice);
        }
        self.deadlines.set(&self.connection, self.identity.as_deref());
    }

    fn receive(&mut self, incoming: Incoming) {
        let (limits, anonymous) = (&self.services.config.limits, self.identity.is_none());
        match incoming {
            Incoming::Text(text) => self.receive_text(text),
            Incoming::Binary(bytes) => self.inbox.receive_binary(bytes, anonymous, limits),
            Incoming::TooLarge => self.inbox.refuse_size(limits.frame_bytes),
            Incoming::Ended(close) => {
                self.gone = close.is_none();
                self.ending.get_or_insert(Ending::Gently(close));
            }
        }
    }

    async fn finish(self, close: Option<Close>) {
        let Session { services, connection, socket, running, held, .. } = self;
        tracing::debug!(connection = connection.number, code = close.as_ref().map(|close| close.code), "closed");
        let chats = services.hub.leave(&connection);
        services.features.left(&connection, &chats);
        let kept = streams::interrupt(&services, &connection);
        connection.outbox.shut();
        drop((running, held));
        tokio::join!(kept, socket.close(close));
        if let Some(user) = connection.user() {
            services.receipts.flush_user(&user).await;
        }
        services.telemetry.connections.decrement(1.0);
        let (shed, lagged) = connection.outbox.take_losses();
        services.telemetry.shed.increment(shed);
        services.telemetry.lagged.increment(lagged);
    }
}
