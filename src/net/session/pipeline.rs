use std::collections::VecDeque;
use std::sync::Arc;
use std::task::{Context as Task, Poll};

use futures_util::future::BoxFuture;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::api::context::{Context, Services};
use crate::api::dispatch::{self, Completed};
use crate::api::handlers;
use crate::realtime::hub::Connection;
use crate::realtime::reply::{Asked, PendingReply, Recipient};

use super::inbox::{FrameAction, Next};

/// Maximum total size of concurrent sends in bytes.
const MAX_PIPELINED_BYTES: usize = 256 << 10;

/// The frames of one connection in progress: a single command, or several sends with one shard key.
pub(super) struct Pipeline {
    connection: Arc<Connection>,
    next: Option<Turn>,
    running: Option<BoxFuture<'static, Option<Completed>>>,
    held: Option<Held>,
    /// True if the most recently started command ends the log-in of this connection.
    ends_login: bool,
    /// The shard key of the sends in flight.
    shard: Option<u64>,
    /// The costs of the frames in progress, oldest first.
    costs: VecDeque<usize>,
    cost: usize,
}

/// The frame to be handled next.
struct Turn {
    next: Next,
    /// The shard key within which it may follow others that are not yet answered.
    shard: Option<u64>,
}

/// A reply that waits for those before it.
pub(super) enum Held {
    Reply(Box<Completed>),
    Line(Utf8Bytes),
}

impl Pipeline {
    pub(super) fn new(connection: Arc<Connection>) -> Self {
        Pipeline {
            connection,
            next: None,
            running: None,
            held: None,
            ends_login: false,
            shard: None,
            costs: VecDeque::new(),
            cost: 0,
        }
    }

    /// True if a command is running or its reply is held.
    pub(super) fn is_busy(&self) -> bool {
        self.running.is_some() || self.held.is_some()
    }

    /// True if the running command ends the log-in of this connection.
    pub(super) fn ends_login(&self) -> bool {
        self.ends_login && self.is_busy()
    }

    pub(super) fn has_next(&self) -> bool {
        self.next.is_some()
    }

    /// True if nothing is running, waiting or unanswered.
    pub(super) fn is_idle(&self) -> bool {
        !self.is_busy() && !self.has_next() && self.connection.outbox.unanswered() == 0
    }

    /// Bytes occupied by unanswered frames.
    pub(super) fn cost(&mut self) -> usize {
        // Replies are in order, so the oldest costs belong to answered frames.
        while self.costs.len() > self.connection.outbox.unanswered() {
            self.cost -= self.costs.pop_front().unwrap_or(0);
        }
        self.cost + self.next.as_ref().map_or(0, |turn| turn.next.cost)
    }

    /// Polls the running command; false if there is none, or it has not finished.
    pub(super) fn poll_running(&mut self, task: &mut Task<'_>) -> bool {
        let Some(running) = &mut self.running else { return false };
        let Poll::Ready(completed) = running.as_mut().poll(task) else { return false };
        self.running = None;
        self.held = completed.map(|completed| Held::Reply(Box::new(completed)));
        true
    }

    /// Takes the held reply once all replies before it are queued.
    pub(super) fn take_held(&mut self) -> Option<Held> {
        self.held.take_if(|_| self.connection.outbox.unanswered() == 1)
    }

    pub(super) fn put_next(&mut self, next: Next, services: &Services) {
        let chat = match &next.work {
            FrameAction::Run(command) => command.pipeline(),
            _ => None,
        };
        let shard = chat.map(|chat| services.commits.shard_key(chat));
        self.next = Some(Turn { next, shard });
    }

    /// Takes the next frame if the outstanding replies allow it to start.
    pub(super) fn take_next(&mut self) -> Option<Next> {
        let in_flight = self.cost();
        let outbox = &self.connection.outbox;
        let may_begin = |turn: &mut Turn| {
            let same_shard = turn.shard.is_some() && turn.shard == self.shard;
            let follows = same_shard && outbox.may_pipeline() && in_flight <= MAX_PIPELINED_BYTES;
            outbox.unanswered() == 0 || follows
        };
        let Turn { next, shard } = self.next.take_if(may_begin)?;
        self.shard = shard;
        Some(next)
    }

    /// Starts handling a frame.
    pub(super) fn begin(&mut self, next: Next, context: Context) {
        self.costs.push_back(next.cost);
        self.cost += next.cost;
        self.ends_login = next.name.is_some_and(handlers::ends_login);
        let expect = |services: &Services| {
            let recipient = Recipient::Socket(self.connection.clone());
            let asked = Asked { command: next.name, request_id: next.request_id, parent: next.parent };
            PendingReply::expect(recipient, asked, &services.telemetry)
        };
        match next.work {
            FrameAction::Run(command) => {
                let pending = expect(&context.services);
                self.running = Some(Box::pin(dispatch::execute(context, command, pending)));
            }
            FrameAction::Refuse(error) => {
                let pending = expect(&context.services);
                self.held = Some(Held::Reply(Box::new(Completed { pending, result: Err(error) })));
            }
            FrameAction::Say(line) => {
                self.connection.outbox.expect_answer();
                self.held = Some(Held::Line(line.into()));
            }
            FrameAction::Quit => {}
        }
    }
}
