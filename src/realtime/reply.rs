//! The single place where a command is answered: exactly once, counted, and logged if the server is at fault.

use std::sync::Arc;
use std::time::Instant;

use tokio::sync::oneshot;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::cluster::Wakers;
use crate::ops::command_span::{CommandCall, CommandSpan};
use crate::ops::telemetry::Telemetry;
use crate::ops::traceparent::Traceparent;
use crate::protocol::ChatId;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::wire::{self, RequestId};

use super::connection::Connection;

/// The pending answer of a command. Dropping it unanswered answers INTERNAL.
#[derive(Debug)]
pub struct PendingReply {
    command: Option<&'static str>,
    request_id: Option<RequestId>,
    telemetry: Arc<Telemetry>,
    since: Instant,
    span: Arc<CommandSpan>,
    to: Option<Recipient>,
}

/// A command awaiting its reply, with the names from its envelope.
#[derive(Debug, Default)]
pub struct Asked {
    /// The command's name; none if there is no such command.
    pub command: Option<&'static str>,
    /// Echoed in the answer.
    pub request_id: Option<RequestId>,
    /// The client's trace.
    pub parent: Option<Traceparent>,
}

impl Asked {
    /// A command issued by the server, or a part of another command.
    pub fn by_server(command: Option<&'static str>) -> Asked {
        Asked { command, ..Asked::default() }
    }
}

/// The receiver of an answer.
#[derive(Debug)]
pub enum Recipient {
    /// A connection, whose outbox keeps the order.
    Socket(Arc<Connection>),
    /// A request to `POST /command`.
    Http(oneshot::Sender<HttpAnswer>),
    /// A job of the server, whose changes do not count as commands.
    Job(oneshot::Sender<HttpAnswer>),
    /// A command of this connection, of which this is only a part.
    Command(Arc<Connection>, oneshot::Sender<HttpAnswer>),
}

/// The answer to a request: its body and its status.
#[derive(Debug)]
pub struct HttpAnswer {
    /// The error's code; none if the command succeeded.
    pub code: Option<Code>,
    /// The reply or the ERROR.
    pub text: Utf8Bytes,
}

impl PendingReply {
    /// Registers a pending answer.
    pub fn expect(to: Recipient, asked: Asked, telemetry: &Arc<Telemetry>) -> Self {
        if let Recipient::Socket(connection) = &to {
            connection.outbox.expect_answer();
        }
        let span = Arc::new(span_of(&to, &asked));
        let Asked { command, request_id, .. } = asked;
        PendingReply { command, request_id, telemetry: telemetry.clone(), since: Instant::now(), span, to: Some(to) }
    }

    /// The span of the command, which ends with the answer.
    pub fn span(&self) -> &Arc<CommandSpan> {
        &self.span
    }

    /// The calling connection, if the call came over a connection.
    pub fn connection(&self) -> Option<&Arc<Connection>> {
        match &self.to {
            Some(Recipient::Socket(connection) | Recipient::Command(connection, _)) => Some(connection),
            _ => None,
        }
    }

    /// Sends the answer. `chat` is the chat on whose clock the reply has a position.
    pub fn send(mut self, result: Result<Utf8Bytes>, chat: Option<&ChatId>, wakers: &mut Wakers) {
        self.respond(result, chat, wakers);
    }

    fn respond(&mut self, result: Result<Utf8Bytes>, chat: Option<&ChatId>, wakers: &mut Wakers) {
        let Some(to) = self.to.take() else { return };
        let code = result.as_ref().err().map(|error| error.code);
        if !matches!(to, Recipient::Job(_)) {
            self.telemetry.answered(self.command.unwrap_or("unknown"), code.map(Code::name), self.since);
        }
        if let Recipient::Socket(_) | Recipient::Http(_) = to {
            self.log_if_slow(code);
        }
        let text = result.unwrap_or_else(|error| self.refusal(&error));
        self.span
            .end(code.map(Code::name), code.is_some_and(|code| matches!(code, Code::Internal | Code::Unavailable)));
        let text = wire::with_request_id(&text, self.request_id.as_ref());
        match to {
            Recipient::Socket(connection) => wakers.keep(connection.outbox.push_answer(text, chat)),
            // The caller may have stopped waiting; the change remains committed.
            Recipient::Http(sender) | Recipient::Job(sender) | Recipient::Command(_, sender) => {
                drop(sender.send(HttpAnswer { code, text }))
            }
        }
    }

    /// The command, its `requestId` and its connection are fields of the line; nothing of its contents is.
    fn log_if_slow(&self, code: Option<Code>) {
        let Some(took) = self.telemetry.slow(self.since) else { return };
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let code = code.map_or("OK", Code::name);
        self.span.log(|| tracing::warn!(milliseconds, code, "a command was slow"));
    }

    fn refusal(&self, error: &Error) -> Utf8Bytes {
        let cause = error.cause.as_ref().map(|cause| cause.to_string()).unwrap_or_default();
        self.span.log(|| match error.code {
            Code::Internal => tracing::error!(cause, "a command failed"),
            Code::Unavailable if error.cause.is_some() => tracing::warn!(cause, "the storage did not respond"),
            _ => tracing::debug!(code = error.code.name(), "a command was refused"),
        });
        wire::encode_error(error, self.command)
    }
}

/// The server's own changes, and the parts of a command, have no span of their own.
fn span_of(to: &Recipient, asked: &Asked) -> CommandSpan {
    let connection = match to {
        Recipient::Socket(connection) => Some(connection.number),
        Recipient::Http(_) => None,
        Recipient::Job(_) | Recipient::Command(..) => return CommandSpan::none(),
    };
    let request_id = asked.request_id.as_ref().map(RequestId::json);
    CommandSpan::begin(&CommandCall { command: asked.command, connection, request_id, parent: asked.parent })
}

impl Drop for PendingReply {
    fn drop(&mut self) {
        if self.to.is_some() && !self.connection().is_some_and(|connection| connection.outbox.is_shut()) {
            let mut wakers = Wakers::default();
            self.respond(Err(Error::internal("the command ended without an answer")), None, &mut wakers);
            wakers.wake();
        }
    }
}

/// A reply with a position in its chat's order, where it is sent.
#[derive(Debug)]
pub struct OrderedReply {
    /// The pending answer.
    pub pending: PendingReply,
    /// The frame, or the error sent instead.
    pub result: Result<Utf8Bytes>,
    /// The chat on whose clock the reply has a position; none if it belongs to no event.
    pub chat: Option<ChatId>,
    /// True if the reply is valid even after the end of the chat: the stored outcome of an `opId`.
    pub is_kept: bool,
}

impl OrderedReply {
    /// Sends the reply. If `repeated`, its event was already delivered, so the reply has `duplicate:true`.
    pub fn send(self, repeated: bool, wakers: &mut Wakers) {
        let OrderedReply { pending, result, chat, .. } = self;
        let result = if repeated && chat.is_some() { result.map(|text| wire::as_duplicate(&text)) } else { result };
        pending.send(result, chat.as_ref(), wakers);
    }
}
