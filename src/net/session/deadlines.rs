use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use crate::ops::clock;
use crate::ops::config::Limits;
use crate::protocol::Timestamp;
use crate::realtime::outbox::Close;

/// Time between the expiry notice and the expiry of a token.
const NOTICE_MILLIS: i64 = 60_000;
/// Minimum time between two checks, for a connection whose deadline has passed while a command is still running.
const SHORTEST_WAIT: Duration = Duration::from_millis(100);
/// Time between two checks of a connection whose token will expire.
const EXPIRY_WAIT: Duration = Duration::from_secs(1);

/// The deadlines of one connection. They are checked on the server's shared tick; there is no timer per connection.
#[derive(Debug)]
pub(super) struct Deadlines {
    /// None once the connection is authenticated.
    authenticate_by: Option<Instant>,
    heartbeat: Duration,
    timeout: Duration,
    last_ping: Instant,
    /// The expiry announced to the client.
    noticed: Option<Timestamp>,
}

/// The facts that the deadlines are checked against.
#[derive(Debug)]
pub(super) struct Observation {
    /// The time at which the peer last sent or accepted a byte.
    pub(super) last_life: Instant,
    /// The time at which the system last accepted a byte for the peer.
    pub(super) last_write: Instant,
    /// True if the outbox is full and the socket accepts no more.
    pub(super) is_blocked: bool,
    /// True if a command is running, or its reply is held.
    pub(super) is_busy: bool,
    /// Expiry of the credentials.
    pub(super) expires_at: Option<Timestamp>,
    pub(super) now: Timestamp,
}

/// The close of a connection whose credentials have expired.
pub(super) const EXPIRED: Close = Close { code: 4401, reason: "token expired" };

/// The action that is due.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Due {
    Nothing,
    Ping,
    Close(Close),
}

impl Deadlines {
    pub(super) fn new(limits: &Limits) -> Self {
        let now = Instant::now();
        Deadlines {
            authenticate_by: Some(now + limits.authenticate_within),
            heartbeat: limits.heartbeat,
            timeout: limits.heartbeat_timeout,
            last_ping: now,
            noticed: None,
        }
    }

    pub(super) fn authenticated(&mut self) {
        self.authenticate_by = None;
    }

    /// True if the time to authenticate has passed.
    pub(super) fn is_late(&self) -> bool {
        self.authenticate_by.is_some_and(|by| by <= Instant::now())
    }

    pub(super) fn check(&mut self, observation: &Observation) -> Due {
        let now = Instant::now();
        let silence = now.saturating_duration_since(observation.last_life);
        let stall = now.saturating_duration_since(observation.last_write);
        let close = |code, reason| Due::Close(Close { code, reason });
        if self.is_late() && !observation.is_busy {
            return close(4401, "not authenticated in time");
        }
        if observation.expires_at.is_some_and(|end| end <= observation.now) {
            return Due::Close(EXPIRED);
        }
        if observation.is_blocked && stall >= self.timeout {
            return close(1013, "stalled");
        }
        if silence >= self.timeout {
            return close(4408, "no sign of life");
        }
        if silence >= self.heartbeat && now.saturating_duration_since(self.last_ping) >= self.heartbeat {
            self.last_ping = now;
            return Due::Ping;
        }
        Due::Nothing
    }

    /// The expiry to announce to the client now, once per token.
    pub(super) fn expiry_notice(&mut self, observation: &Observation) -> Option<Timestamp> {
        let expires_at = observation.expires_at?;
        let is_soon = expires_at.millis() - observation.now.millis() <= NOTICE_MILLIS;
        let is_due = is_soon && self.noticed != Some(expires_at);
        is_due.then(|| *self.noticed.insert(expires_at))
    }

    /// Records the time of the next check.
    pub(super) fn schedule(&self, due: &AtomicU64, expires: bool) {
        let now = Instant::now();
        let longest = self.heartbeat.min(self.timeout - self.heartbeat) / 4;
        let until = |by: Instant| by.saturating_duration_since(now).max(SHORTEST_WAIT).min(longest);
        let wait = self.authenticate_by.map_or(longest, until);
        let wait = if expires { wait.min(EXPIRY_WAIT) } else { wait };
        let millis = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        due.store(clock::uptime_millis().saturating_add(millis), Ordering::Relaxed);
    }
}
