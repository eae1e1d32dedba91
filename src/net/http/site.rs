use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::api::context::Services;

/// Everything needed to serve the connections of a port.
#[derive(Clone, Debug)]
pub struct Site {
    /// The services that commands use.
    pub services: Arc<Services>,
    /// Cancelled when the server shuts down.
    pub stop: CancellationToken,
    /// Tracks the sessions, which outlive their requests.
    pub sessions: TaskTracker,
    /// The port that the connection arrived at.
    pub port: Port,
    /// The use of an upgraded socket.
    pub mode: Mode,
    /// Renders the page at `/docs`.
    pub reference: fn() -> String,
}

/// The use of an upgraded socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A chat session.
    Chat,
    /// Sends every message back, to test the socket itself.
    Echo,
}

/// The ports of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// The chat and its side pages.
    Chat,
    /// ADMIN_SOCKET: everything on the chat's port, for the built-in administrator.
    Admin,
    /// METRICS_PORT: only `/metrics`, `/ready` and `/health`.
    Metrics,
}
