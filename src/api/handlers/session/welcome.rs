//! The beginning of a connection: its first frame, and how it becomes a user's.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::context::Services;
use crate::ops::config;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{ChatId, Seq, User};
use crate::realtime::hub::Connection;
use crate::realtime::outbox::Close;

/// Names the server and the build.
pub const SERVER: &str = concat!("pichat/", env!("CARGO_PKG_VERSION"));

/// The first frame of every connection.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CONNECTED", rename_all = "camelCase")]
pub struct Connected {
    /// The protocol's version.
    pub protocol: u32,
    /// The server's name and version.
    pub server: String,
    /// Names the connection.
    pub connection_id: String,
    /// Whether the handshake's credentials were good.
    pub authenticated: bool,
    /// Whose the connection is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<User>,
    /// How often a silent client is pinged.
    pub heartbeat_ms: u64,
    /// How much a client may do.
    pub limits: AnnouncedLimits,
}

/// Bounds on what one client may do; 0 is off for rates and counts.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Limits")]
pub struct AnnouncedLimits {
    /// Bytes of one frame.
    frame_bytes: usize,
    /// Characters of a message.
    content_chars: usize,
    /// Characters of a name.
    name_chars: usize,
    /// Characters of a description.
    description_chars: usize,
    /// Commands in one frame.
    batch: usize,
    /// Commands a second on one connection.
    commands_per_second: u32,
    /// Commands at once on one connection.
    command_burst: u32,
    /// Failed log-ins per account and address.
    login_attempts_per_minute: u32,
    /// New accounts per address.
    sign_ups_per_hour: u32,
    /// Connections of one user.
    connections_per_user: usize,
    /// Bytes that may wait for one slow client.
    outbox_bytes: usize,
    /// How often a silent client is pinged.
    heartbeat_seconds: u64,
    /// How long a client may be silent.
    heartbeat_timeout_seconds: u64,
    /// How long a connection may stay anonymous.
    authenticate_within_seconds: u64,
}

impl From<&config::Limits> for AnnouncedLimits {
    fn from(limits: &config::Limits) -> Self {
        AnnouncedLimits {
            frame_bytes: limits.frame_bytes,
            content_chars: limits.content_chars,
            name_chars: limits.name_chars,
            description_chars: limits.description_chars,
            batch: limits.batch,
            commands_per_second: limits.commands_per_second,
            command_burst: limits.command_burst,
            login_attempts_per_minute: limits.login_attempts_per_minute,
            sign_ups_per_hour: limits.sign_ups_per_hour,
            connections_per_user: limits.connections_per_user,
            outbox_bytes: limits.outbox_bytes,
            heartbeat_seconds: limits.heartbeat.as_secs(),
            heartbeat_timeout_seconds: limits.heartbeat_timeout.as_secs(),
            authenticate_within_seconds: limits.authenticate_within.as_secs(),
        }
    }
}

impl Connected {
    /// What a new connection is told.
    pub fn new(services: &Services, user: Option<User>) -> Self {
        let limits = &services.config.limits;
        Connected {
            protocol: 1,
            server: SERVER.into(),
            connection_id: services.clock.id(),
            authenticated: user.is_some(),
            user,
            heartbeat_ms: limits.heartbeat.as_secs() * 1000,
            limits: limits.into(),
        }
    }
}

/// Makes the connection known as the user's and tells which chats it is to hear, and from where on.
pub async fn enter(services: &Services, connection: &Arc<Connection>, user: &User) -> Result<Vec<(ChatId, Seq)>> {
    let most = services.config.limits.connections_per_user;
    if !services.hub.enter(connection, &user.id, most) {
        let close = Close { code: 4429, reason: "too many connections" };
        if let Some(waker) = connection.outbox.close(close) {
            waker.wake();
        }
        return Err(Error::new(Code::RateLimited, format!("a user may have {most} connections at the same time")));
    }
    services.bus.hear_user(&user.id).await;
    let chats = services.repository.memberships(&user.id).await?;
    Ok(services.bus.hear_chats(chats).await)
}
