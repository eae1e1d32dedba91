use std::collections::VecDeque;

use bytes::Bytes;
use serde_json::value::RawValue;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::api::command::Prepared;
use crate::api::handlers;
use crate::auth::Identity;
use crate::ops::config::Limits;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::wire::{self, Request, RequestId};
use crate::realtime::outbox::Close;

use super::flood::Flood;

/// Commands read ahead of the one that runs.
const READ_AHEAD: usize = 64;
/// Largest frame of an anonymous connection, in bytes.
const ANONYMOUS_FRAME: usize = 4 << 10;

/// A frame that waits for its turn.
#[derive(Debug)]
enum Waiting {
    Command(Utf8Bytes),
    /// A frame without a command, and the close that follows its answer.
    Refused(Box<Error>, Option<Close>),
}

/// A command whose turn it is.
pub(super) struct Next {
    pub(super) name: Option<&'static str>,
    pub(super) request_id: Option<RequestId>,
    /// The command, or the reason why none runs.
    pub(super) command: Result<Box<dyn Prepared>>,
    /// The close that follows its answer.
    pub(super) close: Option<Close>,
}

/// The commands of one connection in the order they were sent.
#[derive(Debug)]
pub(super) struct Inbox {
    waiting: VecDeque<Waiting>,
    flood: Flood,
    is_closed: bool,
}

impl Inbox {
    pub(super) fn new(limits: &Limits) -> Self {
        Inbox { waiting: VecDeque::new(), flood: Flood::new(limits), is_closed: false }
    }

    /// True if another frame may be read.
    pub(super) fn has_room(&self) -> bool {
        !self.is_closed && self.waiting.len() < READ_AHEAD
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Drops the waiting frames and accepts no more.
    pub(super) fn close(&mut self) {
        self.is_closed = true;
        self.waiting.clear();
    }

    /// Accepts a binary frame, which holds the same JSON as a text frame.
    pub(super) fn receive_binary(&mut self, bytes: Bytes, anonymous: bool, limits: &Limits) {
        match Utf8Bytes::try_from(bytes) {
            Ok(text) => self.receive(text, anonymous, limits),
            Err(_) => self.refuse(Error::new(Code::InvalidJson, "a binary frame must hold UTF-8 JSON"), None),
        }
    }

    /// Accepts the commands of a frame.
    pub(super) fn receive(&mut self, text: Utf8Bytes, anonymous: bool, limits: &Limits) {
        if anonymous && text.len() > ANONYMOUS_FRAME {
            return self.refuse_size(ANONYMOUS_FRAME);
        }
        match wire::split(&text, limits.batch) {
            Ok(None) => self.waiting.push_back(Waiting::Command(text)),
            Ok(Some(elements)) => {
                let command = |element: &RawValue| Waiting::Command(Utf8Bytes::from(element.get()));
                self.waiting.extend(elements.into_iter().map(command));
            }
            Err(error) => self.refuse(error, None),
        }
    }

    /// Refuses a frame over the limit, which is the last one that is read.
    pub(super) fn refuse_size(&mut self, most: usize) {
        self.is_closed = true;
        let error = Error::new(Code::TooLarge, format!("a frame may have at most {most} bytes here"));
        self.refuse(error, Some(Close { code: 1009, reason: "frame too large" }));
    }

    fn refuse(&mut self, error: Error, close: Option<Close>) {
        self.waiting.push_back(Waiting::Refused(Box::new(error), close));
    }

    /// The next command, with its fields read on behalf of its sender.
    pub(super) fn next(&mut self, identity: Option<&Identity>) -> Option<Next> {
        let text = match self.waiting.pop_front()? {
            Waiting::Command(text) => text,
            Waiting::Refused(error, close) => {
                let close = close.or_else(|| self.flood.bad_frame(error.code));
                return Some(Next { name: None, request_id: None, command: Err(*error), close });
            }
        };
        Some(match Request::parse(&text) {
            Ok(request) => self.admit(request, identity),
            Err(unreadable) => {
                let close = self.flood.bad_frame(unreadable.error.code);
                Next { name: None, request_id: unreadable.request_id, command: Err(unreadable.error), close }
            }
        })
    }

    fn admit(&mut self, mut request: Request<'_>, identity: Option<&Identity>) -> Next {
        let row = handlers::find(&mut request);
        let name = row.as_ref().ok().map(|row| row.name);
        let command = match (self.flood.command(name.is_some()), row) {
            (Some(limited), _) => Err(limited),
            (None, Err(error)) => Err(error),
            (None, Ok(row)) => handlers::admit(row, &request, identity, true),
        };
        Next { name, request_id: request.request_id, command, close: self.flood.verdict() }
    }
}
