use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::api::context::Services;
use crate::auth::Identity;
use crate::net::websocket::Socket;
use crate::ops::clock;
use crate::ops::config::Limits;
use crate::protocol::wire;
use crate::protocol::{Timestamp, TokenExpiring};
use crate::realtime::hub::Connection;
use crate::realtime::outbox::Close;

/// How long before its token expires a connection is told.
const NOTICE: Duration = Duration::from_secs(60);

/// How long after its time a connection is looked at again that is still being answered.
const AGAIN: Duration = Duration::from_millis(100);

/// What a connection must do by when. Looked at with the server's shared tick; there is no timer per connection.
#[derive(Debug)]
pub(super) struct Deadlines {
    authenticate_by: Option<Instant>,
    heartbeat: Duration,
    timeout: Duration,
    last_ping: Instant,
    noticed: Option<Timestamp>,
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

    /// Whether there is no more time to authenticate.
    pub(super) fn is_late(&self) -> bool {
        self.authenticate_by.is_some_and(|by| by <= Instant::now())
    }

    /// Pings where that is due; tells why the connection must end, if it must.
    pub(super) fn check<S: AsyncRead + AsyncWrite + Unpin>(
        &mut self,
        socket: &mut Socket<S>,
        (full, busy): (bool, bool),
        (services, identity): (&Services, Option<&Identity>),
    ) -> Option<Close> {
        let now = Instant::now();
        let silent = now.saturating_duration_since(socket.last_life());
        if self.is_late() && !busy {
            return Some(Close { code: 4401, reason: "not authenticated in time" });
        }
        if identity.and_then(|identity| identity.expires_at).is_some_and(|end| end <= services.clock.look()) {
            return Some(Close { code: 4401, reason: "token expired" });
        }
        if full && !socket.is_flushed() && now.saturating_duration_since(socket.last_write()) >= self.timeout {
            return Some(Close { code: 1013, reason: "stalled" });
        }
        if silent >= self.timeout {
            return Some(Close { code: 4408, reason: "no sign of life" });
        }
        if silent >= self.heartbeat && now.saturating_duration_since(self.last_ping) >= self.heartbeat {
            self.last_ping = now;
            socket.ping();
        }
        None
    }

    /// The notice that the connection's token expires soon, once per token.
    pub(super) fn notice(&mut self, identity: Option<&Identity>, services: &Services) -> Option<Utf8Bytes> {
        let expires_at = identity?.expires_at?;
        let soon = expires_at.millis() - services.clock.look().millis() <= millis(NOTICE);
        let new = soon && self.noticed != Some(expires_at);
        new.then(|| {
            self.noticed = Some(expires_at);
            wire::encode(&TokenExpiring { expires_at })
        })
    }

    /// Notes when the connection must be woken to look again.
    pub(super) fn set(&self, connection: &Connection, identity: Option<&Identity>) {
        let now = Instant::now();
        let quarter = self.heartbeat.min(self.timeout - self.heartbeat) / 4;
        let wait = |by: Instant| by.saturating_duration_since(now).max(AGAIN).min(quarter);
        let next = self.authenticate_by.map_or(quarter, wait);
        let next = if identity.is_some_and(|identity| identity.expires_at.is_some()) {
            next.min(Duration::from_secs(1))
        } else {
            next
        };
        let due = clock::uptime_millis().saturating_add(u64::try_from(millis(next)).unwrap_or(0));
        connection.due.store(due, Ordering::Relaxed);
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
