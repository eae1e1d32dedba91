use std::collections::VecDeque;
use std::net::IpAddr;

use bytes::Bytes;
use serde_json::value::RawValue;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::api::command::Prepared;
use crate::api::context::Services;
use crate::api::handlers;
use crate::api::quota_checks;
use crate::auth::Identity;
use crate::net::text_mode::{Interpretation, TextMode};
use crate::ops::config::Limits;
use crate::ops::traceparent::Traceparent;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::wire::{self, Request, RequestId};
use crate::realtime::outbox::Close;

use super::flood::Flood;

/// Maximum number of frames read ahead of the running command.
const MAX_WAITING: usize = 64;
/// Size limit of the waiting frames in bytes; another frame is read while they are below it.
const MAX_WAITING_BYTES: usize = 64 << 10;
/// Overhead of a waiting frame in bytes, in addition to its text.
const FRAME_OVERHEAD: usize = 128;
/// Maximum size of a frame on an anonymous connection, in bytes.
pub(super) const ANONYMOUS_FRAME: usize = 4 << 10;

/// A frame that is waiting to be handled.
#[derive(Debug)]
enum Waiting {
    Command(Utf8Bytes),
    /// A large frame of a user, which is read once that is paid for.
    Unread(Utf8Bytes),
    /// A line or a JSON command of text mode.
    Line(Utf8Bytes),
    /// A frame without a command, and the close that follows its reply.
    Refused(Box<Error>, Option<Close>),
}

impl Waiting {
    fn cost(&self) -> usize {
        match self {
            Waiting::Command(text) | Waiting::Unread(text) | Waiting::Line(text) => FRAME_OVERHEAD + text.len(),
            Waiting::Refused(..) => FRAME_OVERHEAD,
        }
    }
}

/// The next frame to be handled.
pub(super) struct Next {
    pub(super) name: Option<&'static str>,
    pub(super) request_id: Option<RequestId>,
    /// The client's trace.
    pub(super) parent: Option<Traceparent>,
    pub(super) work: FrameAction,
    /// The close that follows its reply.
    pub(super) close: Option<Close>,
    /// Bytes that it occupies until it is answered.
    pub(super) cost: usize,
}

/// The action that a frame requests.
pub(super) enum FrameAction {
    Run(Box<dyn Prepared>),
    Refuse(Error),
    /// Answer a line of text mode with a line.
    Say(String),
    /// End the connection, as the person asked.
    Quit,
}

impl From<Result<Box<dyn Prepared>>> for FrameAction {
    fn from(command: Result<Box<dyn Prepared>>) -> Self {
        command.map_or_else(FrameAction::Refuse, FrameAction::Run)
    }
}

/// The sender of a connection's frames.
pub(super) struct FrameSender<'a> {
    pub(super) services: &'a Services,
    /// None while the connection is anonymous.
    pub(super) identity: Option<&'a Identity>,
    pub(super) address: IpAddr,
}

impl FrameSender<'_> {
    /// Takes one frame from the bucket of the address, if the connection is anonymous.
    fn pay_as_stranger(&self) -> Result<()> {
        if self.identity.is_some() { Ok(()) } else { self.services.rate_limits.stranger(self.address) }
    }

    /// Takes one frame from the bucket of the address or, for a large frame of a user, from that of the user: reading it
    /// is work, whatever it turns out to be.
    fn pay_before_reading(&self, waiting: &Waiting) -> Result<()> {
        self.pay_as_stranger()?;
        let is_large = match waiting {
            Waiting::Unread(_) => true,
            Waiting::Line(text) => text.len() > ANONYMOUS_FRAME,
            Waiting::Command(_) | Waiting::Refused(..) => false,
        };
        if is_large { self.pay_as_user() } else { Ok(()) }
    }

    /// Takes one frame from the bucket of the user, if there is one.
    fn pay_as_user(&self) -> Result<()> {
        self.identity.map_or(Ok(()), |identity| quota_checks::spend(self.services, identity, 1))
    }
}

/// The frames of one connection in the order they were sent. Each is metered when it is handled.
#[derive(Debug)]
pub(super) struct Inbox {
    waiting: VecDeque<Waiting>,
    bytes: usize,
    flood: Flood,
    is_closed: bool,
    max_batch: usize,
}

impl Inbox {
    pub(super) fn new(limits: &Limits) -> Self {
        Inbox {
            waiting: VecDeque::new(),
            bytes: 0,
            flood: Flood::new(limits),
            is_closed: false,
            max_batch: limits.batch,
        }
    }

    /// True if another frame may be read while unanswered commands occupy `in_hand` bytes.
    pub(super) fn has_room(&self, in_hand: usize) -> bool {
        !self.is_closed && self.waiting.len() < MAX_WAITING && self.bytes + in_hand < MAX_WAITING_BYTES
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// True if the next frame is a line, whose meaning depends on what the person has seen.
    pub(super) fn begins_with_line(&self) -> bool {
        matches!(self.waiting.front(), Some(Waiting::Line(_)))
    }

    /// Drops the waiting frames and accepts no more.
    pub(super) fn close(&mut self) {
        self.is_closed = true;
        self.waiting.clear();
        self.bytes = 0;
    }

    fn push(&mut self, waiting: Waiting) {
        self.bytes += waiting.cost();
        self.waiting.push_back(waiting);
    }

    /// Accepts a binary frame, which holds the same JSON as a text frame.
    pub(super) fn receive_binary(&mut self, bytes: Bytes, is_anonymous: bool) {
        match Utf8Bytes::try_from(bytes) {
            Ok(text) => self.receive(text, is_anonymous),
            Err(_) => self.refuse(Error::new(Code::InvalidJson, "a binary frame must hold UTF-8 JSON"), None),
        }
    }

    /// Accepts the commands of a frame.
    pub(super) fn receive(&mut self, text: Utf8Bytes, is_anonymous: bool) {
        if is_anonymous && text.len() > ANONYMOUS_FRAME {
            return self.refuse_size(ANONYMOUS_FRAME);
        }
        if text.len() > ANONYMOUS_FRAME {
            return self.push(Waiting::Unread(text));
        }
        match wire::split(&text, self.max_batch) {
            Ok(None) => self.push(Waiting::Command(text)),
            Ok(Some(elements)) => elements.into_iter().for_each(|element| self.push(Waiting::Command(copy(element)))),
            Err(error) => self.refuse(error, None),
        }
    }

    /// Accepts a text frame of text mode.
    pub(super) fn receive_line(&mut self, text: Utf8Bytes, is_anonymous: bool) {
        if is_anonymous && text.len() > ANONYMOUS_FRAME {
            return self.refuse_size(ANONYMOUS_FRAME);
        }
        self.push(Waiting::Line(text));
    }

    /// Refuses a frame over the limit, which is the last one read.
    pub(super) fn refuse_size(&mut self, most: usize) {
        self.is_closed = true;
        let error = Error::new(Code::TooLarge, format!("a frame sent here may have at most {most} bytes"));
        self.refuse(error, Some(Close { code: 1009, reason: "frame too large" }));
    }

    fn refuse(&mut self, error: Error, close: Option<Close>) {
        self.push(Waiting::Refused(Box::new(error), close));
    }

    /// Meters a ping or pong of RFC 6455; returns the close for a connection that floods.
    pub(super) fn control_frame(&mut self, sender: &FrameSender<'_>) -> Option<Close> {
        // A refused ping has already been answered with a pong.
        let _ = self.flood.take(|| sender.pay_as_stranger().and_then(|()| sender.pay_as_user()));
        self.flood.verdict()
    }

    /// The next frame, parsed for its sender.
    pub(super) fn next(&mut self, sender: &FrameSender<'_>, text_mode: Option<&mut TextMode>) -> Option<Next> {
        let waiting = self.waiting.pop_front()?;
        let cost = waiting.cost();
        self.bytes -= cost;
        let identity = sender.identity;
        let limited = self.flood.take(|| sender.pay_before_reading(&waiting)).err();
        let is_limited = limited.is_some();
        let mut next = match (waiting, limited) {
            (Waiting::Refused(error, close), limited) => self.refused(*error, close, limited),
            (Waiting::Command(text), limited) => self.command(&text, identity, limited),
            (Waiting::Unread(_), Some(limited)) => Next::new(FrameAction::Refuse(limited)),
            (Waiting::Unread(text), None) => match wire::split(&text, self.max_batch) {
                Ok(None) => self.command(&text, identity, None),
                Ok(Some(elements)) => {
                    self.put_first(elements.into_iter().map(|element| Waiting::Command(copy(element))));
                    return self.next(sender, text_mode);
                }
                Err(error) => self.refused(error, None, None),
            },
            (Waiting::Line(_), Some(limited)) => Next::new(FrameAction::Refuse(limited)),
            (Waiting::Line(text), None) => match text_mode {
                None => self.command(&text, identity, None),
                Some(text_mode) => {
                    text_mode.note_identity(identity.is_some());
                    match text_mode.interpret(&text) {
                        Interpretation::Command(command) => self.command(&command, identity, None),
                        Interpretation::Batch => return self.unpack(&text, sender, text_mode),
                        Interpretation::Answer(line) => Next::new(FrameAction::Say(line)),
                        Interpretation::Quit => Next::new(FrameAction::Quit),
                    }
                }
            },
        };
        next.cost = cost;
        // Commands of users are charged when they run, by their cost; everything else here.
        if !is_limited
            && !matches!(next.work, FrameAction::Run(_) | FrameAction::Quit)
            && next.close.is_none()
            && let Err(refusal) = sender.pay_as_user()
        {
            self.flood.note_refusal(&refusal);
            next.work = FrameAction::Refuse(refusal);
        }
        next.close = next.close.or_else(|| self.flood.verdict());
        Some(next)
    }

    /// Puts the commands of an array in its place.
    fn put_first(&mut self, commands: impl DoubleEndedIterator<Item = Waiting>) {
        for waiting in commands.rev() {
            self.bytes += waiting.cost();
            self.waiting.push_front(waiting);
        }
    }

    /// Replaces a typed array with its commands.
    fn unpack(&mut self, text: &str, sender: &FrameSender<'_>, text_mode: &mut TextMode) -> Option<Next> {
        match wire::split(text, self.max_batch) {
            Ok(elements) => {
                self.put_first(elements.into_iter().flatten().map(|element| Waiting::Line(copy(element))));
                self.next(sender, Some(text_mode))
            }
            Err(error) => Some(self.refused(error, None, None)),
        }
    }

    fn refused(&mut self, error: Error, close: Option<Close>, limited: Option<Error>) -> Next {
        let close = close.or_else(|| self.flood.bad_frame(error.code));
        // The frame that ends the connection gets its own error, whatever the rate.
        let error = if close.is_some() { error } else { limited.unwrap_or(error) };
        Next { close, ..Next::new(FrameAction::Refuse(error)) }
    }

    fn command(&mut self, text: &str, identity: Option<&Identity>, limited: Option<Error>) -> Next {
        if let Some(limited) = limited {
            // Large frames are not parsed, even for their requestId.
            let request = (text.len() <= ANONYMOUS_FRAME).then(|| Request::parse(text));
            return self.limited(request, limited);
        }
        match wire::split(text, 1).map(|_| Request::parse(text)) {
            Err(error) => self.refused(error, None, None),
            Ok(Err(unreadable)) => {
                let next = self.refused(unreadable.error, None, None);
                Next { request_id: unreadable.request_id, ..next }
            }
            Ok(Ok(mut request)) => {
                let row = handlers::find(&mut request);
                let name = row.as_ref().ok().map(|row| row.name);
                if name.is_some() {
                    self.flood.known_command();
                }
                let command = row.and_then(|row| handlers::admit(row, &request, identity, true));
                let parent = request.traceparent;
                Next { name, request_id: request.request_id, parent, ..Next::new(command.into()) }
            }
        }
    }

    /// Refuses a command because of its rate; the reply still says which command it answers.
    fn limited(&mut self, request: Option<Result<Request<'_>, wire::Unreadable>>, limited: Error) -> Next {
        match request {
            None => Next::new(FrameAction::Refuse(limited)),
            Some(Err(unreadable)) => {
                let next = self.refused(unreadable.error, None, Some(limited));
                Next { request_id: unreadable.request_id, ..next }
            }
            Some(Ok(mut request)) => {
                let name = handlers::find(&mut request).ok().map(|row| row.name);
                if name.is_some() {
                    self.flood.known_command();
                }
                let parent = request.traceparent;
                Next { name, request_id: request.request_id, parent, ..Next::new(FrameAction::Refuse(limited)) }
            }
        }
    }
}

impl Next {
    fn new(work: FrameAction) -> Self {
        Next { name: None, request_id: None, parent: None, work, close: None, cost: 0 }
    }
}

/// Copied, because a slice of the frame would keep the whole frame in memory.
fn copy(element: &RawValue) -> Utf8Bytes {
    Utf8Bytes::from(element.get())
}
