//! One connection: reads commands in order, has each answered once, and ends when it must.
//!
//! A session is one future that owns the socket. Commands run one after another; only sends to the same lane follow
//! each other without waiting for their answers, which the lane gives in their order. An answer that comes about
//! otherwise waits until those before it are given. What another part of the server wants of a connection, it leaves
//! in the outbox.

use std::collections::VecDeque;
use std::sync::Arc;
use std::task::{Context as Task, Poll};

use futures_util::future::BoxFuture;
use serde_json::value::RawValue;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::answer::{Answer, Recipient};
use crate::auth::Identity;
use crate::command::{Prepared, Reply};
use crate::commands::{self, welcome};
use crate::context::{Context, Services};
use crate::dispatch::{self, Done};
use crate::error::{Code, Error, Result};
use crate::hub::Connection;
use crate::outbox::{Close, Pulse};
use crate::socket::{Incoming, Socket};
use crate::wire::{self, Request, RequestId};

mod deadlines;
mod echo;
mod flood;

pub use deadlines::TokenExpiring;
pub use echo::run as echo;

use deadlines::Deadlines;
use flood::Flood;

/// How many frames are read ahead of the command that runs.
const READ_AHEAD: usize = 64;
/// How many sends may be under way.
const PIPELINED: usize = 128;
/// The close code for a server that restarts.
pub const CLOSE_RESTART: u16 = 1012;
/// Bytes of a frame before authentication.
const ANONYMOUS_FRAME: usize = 4 << 10;

/// Who a connection was found to be at the handshake.
#[derive(Debug)]
pub enum Handshake {
    /// There were good credentials.
    Known(Arc<Identity>),
    /// There were none.
    Anonymous,
    /// They were refused, which a browser is only told after the handshake.
    Refused(Error),
}

/// What was read and waits for its turn.
enum Waiting {
    Command(Utf8Bytes),
    /// A frame that holds no command, and the close that follows its answer.
    Refused(Box<Error>, Option<Close>),
}

/// A command whose turn it is.
struct Next {
    name: Option<&'static str>,
    request_id: Option<RequestId>,
    command: Result<Box<dyn Prepared>>,
    /// The lane in which it may follow others without waiting for their answers.
    lane: Option<usize>,
    close: Option<Close>,
}

struct Session<S> {
    services: Arc<Services>,
    connection: Arc<Connection>,
    socket: Socket<S>,
    identity: Option<Arc<Identity>>,
    inbox: VecDeque<Waiting>,
    next: Option<Next>,
    running: Option<BoxFuture<'static, Option<Done>>>,
    held: Option<Done>,
    lane: Option<usize>,
    flood: Flood,
    deadlines: Deadlines,
    /// Nothing more is read.
    deaf: bool,
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
pub async fn run<S>(services: Arc<Services>, (stream, early): (S, Vec<u8>), handshake: Handshake)
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
{
    let limits = &services.config.limits;
    let connection = Arc::new(Connection::new(limits.outbox_bytes));
    let counted = (limits.frame_bytes, services.telemetry.delivered.clone());
    let socket = Socket::new(stream, early, connection.clone(), counted).await;
    services.hub.open(&connection);
    services.telemetry.connections.increment(1.0);
    let (deadlines, flood) = (Deadlines::new(limits), Flood::new(limits));
    let mut session = Session {
        flood,
        services,
        connection,
        socket,
        identity: None,
        inbox: VecDeque::new(),
        next: None,
        running: None,
        held: None,
        lane: None,
        deadlines,
        deaf: false,
        gone: false,
        ending: None,
    };
    session.greet(handshake).await;
    let close = std::future::poll_fn(|task| session.poll(task)).await;
    session.finish(close).await;
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Session<S> {
    async fn greet(&mut self, handshake: Handshake) {
        let refusal = match handshake {
            Handshake::Refused(error) => Some((close_code(error.code), error)),
            Handshake::Anonymous => {
                self.push(&wire::encode(&welcome::Connected::new(&self.services, None)));
                None
            }
            Handshake::Known(identity) => {
                let user = identity.user.as_ref().clone();
                self.push(&wire::encode(&welcome::Connected::new(&self.services, Some(user))));
                match welcome::enter(&self.services, &self.connection, &identity.user).await {
                    Ok(chats) => {
                        self.install(identity);
                        self.services.hub.attach(&self.connection, &chats);
                        None
                    }
                    Err(error) => Some((close_code(error.code), error)),
                }
            }
        };
        if let Some((code, error)) = refusal {
            self.push(&wire::encode_error(&error, None));
            drop(self.connection.outbox.close(Close { code, reason: error.code.name() }));
        }
        self.deadlines.set(&self.connection, self.identity.as_deref());
    }

    fn push(&self, text: &Utf8Bytes) {
        // The session itself is running, so there is nobody to wake.
        drop(self.connection.outbox.push_vital(text.clone(), None));
    }

    fn install(&mut self, identity: Arc<Identity>) {
        self.connection.set_token(identity.token.clone());
        self.deadlines.authenticated();
        self.identity = Some(identity);
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
                // Writing may have made room, and answers may have come in between.
                Poll::Pending if self.poll_command(task) || (!read && self.wants_to_read()) => {}
                Poll::Pending => return self.poll_end(),
            }
        }
    }

    fn wants_to_read(&self) -> bool {
        !self.deaf && self.ending.is_none() && self.inbox.len() < READ_AHEAD && !self.is_full()
    }

    fn is_full(&self) -> bool {
        self.connection.outbox.bytes() > self.services.config.limits.outbox_bytes
    }

    fn poll_socket(&mut self, task: &mut Task<'_>, read: bool) -> (Pulse, Poll<Incoming>) {
        if !self.gone {
            return self.socket.poll(task, read);
        }
        let mut unwritten = VecDeque::new();
        (self.connection.outbox.poll(task, &mut unwritten), Poll::Pending)
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
        if self.next.is_none() {
            self.next = self.inbox.pop_front().map(|waiting| self.read(waiting));
        }
        let may_begin = self.next.as_ref().is_some_and(|next| self.may_begin(next));
        if let Some(next) = self.next.take_if(|_| may_begin) {
            self.begin(next);
        }
        may_begin
    }

    fn may_begin(&self, next: &Next) -> bool {
        let unanswered = self.connection.outbox.unanswered();
        let follows = next.command.is_ok() && next.lane.is_some() && next.lane == self.lane;
        (unanswered == 0 || (follows && unanswered < PIPELINED)) && (self.gone || !self.is_full())
    }

    fn read(&mut self, waiting: Waiting) -> Next {
        let text = match waiting {
            Waiting::Command(text) => text,
            Waiting::Refused(error, close) => {
                let close = close.or_else(|| self.flood.bad_frame(error.code));
                return Next { name: None, request_id: None, command: Err(*error), lane: None, close };
            }
        };
        let mut request = match Request::parse(&text) {
            Ok(request) => request,
            Err(unreadable) => {
                let close = self.flood.bad_frame(unreadable.error.code);
                let (request_id, command) = (unreadable.request_id, Err(unreadable.error));
                return Next { name: None, request_id, command, lane: None, close };
            }
        };
        let row = commands::find(&mut request);
        let name = row.as_ref().ok().map(|row| row.name);
        let limited = self.flood.command(name.is_some());
        let command = match (limited, row) {
            (Some(limited), _) => Err(limited),
            (None, Err(error)) => Err(error),
            (None, Ok(row)) => commands::admit(row, &request, self.identity.as_deref(), true),
        };
        let close = self.flood.verdict();
        let pipeline = command.as_ref().ok().and_then(|command| command.pipeline());
        let lane = pipeline.map(|chat| self.services.lanes.of(chat));
        Next { name, request_id: request.request_id, command, lane, close }
    }

    fn begin(&mut self, next: Next) {
        let recipient = Recipient::Socket(self.connection.clone());
        let answer = Answer::owed(recipient, next.name, next.request_id, &self.services.telemetry);
        self.lane = next.lane;
        if let Some(close) = next.close {
            self.deaf = true;
            self.inbox.clear();
            self.ending.get_or_insert(Ending::Gently(Some(close)));
        }
        match next.command {
            Err(error) => self.held = Some((answer, Err(error))),
            Ok(command) => {
                let context = Context {
                    services: self.services.clone(),
                    identity: self.identity.clone(),
                    connection: Some(self.connection.clone()),
                };
                self.running = Some(Box::pin(dispatch::execute(context, command, answer)));
            }
        }
    }

    /// Gives the answer that has come about here and not in a lane.
    fn settle(&mut self) -> bool {
        let Some((answer, result)) = self.held.take() else { return false };
        match result {
            Ok(Reply::Entered { identity, text, chats }) => {
                self.install(identity);
                dispatch::settle(&self.services, None, (answer, Ok(Reply::Now(text))));
                self.services.hub.attach(&self.connection, &chats);
                self.deadlines.set(&self.connection, self.identity.as_deref());
            }
            result => dispatch::settle(&self.services, self.identity.as_deref(), (answer, result)),
        }
        true
    }

    fn look_at_deadlines(&mut self, full: bool) {
        if let Some(close) = self.deadlines.check(&mut self.socket, full, (&self.services, self.identity.as_deref())) {
            self.ending.get_or_insert(Ending::AtOnce(close));
        }
        if let Some(notice) = self.deadlines.notice(self.identity.as_deref(), &self.services) {
            self.push(&notice);
        }
        self.deadlines.set(&self.connection, self.identity.as_deref());
    }

    fn receive(&mut self, incoming: Incoming) {
        match incoming {
            Incoming::Text(text) => self.receive_frame(text),
            Incoming::Binary(bytes) => match Utf8Bytes::try_from(bytes) {
                Ok(text) => self.receive_frame(text),
                Err(_) => self.refuse(Error::new(Code::InvalidJson, "a binary frame must hold UTF-8 JSON"), None),
            },
            Incoming::TooLarge => self.refuse_size(self.services.config.limits.frame_bytes),
            Incoming::Ended(close) => {
                self.gone = close.is_none();
                self.ending.get_or_insert(Ending::Gently(close));
            }
        }
    }

    fn receive_frame(&mut self, text: Utf8Bytes) {
        if self.identity.is_none() && text.len() > ANONYMOUS_FRAME {
            return self.refuse_size(ANONYMOUS_FRAME);
        }
        match wire::split(&text, self.services.config.limits.batch) {
            Ok(None) => self.inbox.push_back(Waiting::Command(text)),
            Ok(Some(elements)) => {
                let command = |element: &RawValue| Waiting::Command(Utf8Bytes::from(element.get()));
                self.inbox.extend(elements.into_iter().map(command));
            }
            Err(error) => self.refuse(error, None),
        }
    }

    fn refuse_size(&mut self, most: usize) {
        self.deaf = true;
        let error = Error::new(Code::TooLarge, format!("a frame may have at most {most} bytes here"));
        self.refuse(error, Some(Close { code: 1009, reason: "frame too large" }));
    }

    fn refuse(&mut self, error: Error, close: Option<Close>) {
        self.inbox.push_back(Waiting::Refused(Box::new(error), close));
    }

    async fn finish(self, close: Option<Close>) {
        let Session { services, connection, socket, running, held, .. } = self;
        tracing::debug!(connection = connection.number, code = close.as_ref().map(|close| close.code), "closed");
        services.hub.leave(&connection);
        connection.outbox.shut();
        drop((running, held));
        socket.close(close).await;
        services.telemetry.connections.decrement(1.0);
        let (shed, lagged) = connection.outbox.take_losses();
        services.telemetry.shed.increment(shed);
        services.telemetry.lagged.increment(lagged);
    }
}

/// The close code for one who was refused before the first command.
fn close_code(code: Code) -> u16 {
    match code {
        Code::Unauthenticated | Code::TokenExpired => 4401,
        Code::Forbidden => 4403,
        Code::RateLimited => 4429,
        _ => 1013,
    }
}
