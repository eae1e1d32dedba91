//! The start of a connection: its first frame, and its registration for a user.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::context::Services;
use crate::api::quota_checks;
use crate::api::sync_cursor::SyncCursor;
use crate::auth::Identity;
use crate::cluster::ChatSubscription;
use crate::ops::config;
use crate::protocol::User;
use crate::protocol::error::{Code, Error, Result};
use crate::realtime::hub::Connection;
use crate::realtime::outbox::Close;

/// The server's name and version.
pub const SERVER: &str = concat!("pichat/", env!("CARGO_PKG_VERSION"));

/// The first frame of every connection.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CONNECTED", rename_all = "camelCase")]
pub struct Connected {
    /// The protocol's version.
    pub protocol: u32,
    /// The server's name and version.
    pub server: String,
    /// The connection's id.
    pub connection_id: String,
    /// True if the handshake carried valid credentials.
    pub authenticated: bool,
    /// The authenticated user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<User>,
    /// The cursor for SYNC, if the connection is authenticated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Interval in milliseconds at which an idle client is pinged.
    pub heartbeat_ms: u64,
    /// Limits on one client.
    pub limits: AnnouncedLimits,
}

/// Limits on one client; 0 turns a rate or count off.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Limits")]
pub struct AnnouncedLimits {
    /// Maximum number of bytes of a frame.
    frame_bytes: usize,
    /// Maximum number of characters of a message.
    content_chars: usize,
    /// Maximum number of characters of a name.
    name_chars: usize,
    /// Maximum number of characters of a description.
    description_chars: usize,
    /// Maximum number of commands in one frame.
    batch: usize,
    /// Commands per second on one connection.
    commands_per_second: u32,
    /// Maximum burst of commands on one connection.
    command_burst: u32,
    /// Maximum number of failed log-ins per minute, account and address.
    login_attempts_per_minute: u32,
    /// Maximum number of new accounts per hour and address.
    sign_ups_per_hour: u32,
    /// Maximum number of connections of one user.
    connections_per_user: usize,
    /// Commands per second of one user on all connections together.
    commands_per_second_per_user: u32,
    /// Maximum number of bots of one user.
    bots_per_user: usize,
    /// Maximum number of API tokens of one user.
    tokens_per_user: usize,
    /// Maximum number of sessions of one user.
    sessions_per_user: usize,
    /// Maximum number of chats that one user can create or join.
    chats_per_user: usize,
    /// Maximum number of chats that one user can create per hour.
    new_chats_per_hour: u32,
    /// Maximum number of users they share no chat with that one user can add to chats per hour.
    new_contacts_per_hour: u32,
    /// Milliseconds after which a search replies with the results so far; 0 is no limit.
    search_milliseconds: u64,
    /// Maximum number of pinned messages of one chat.
    pins_per_chat: usize,
    /// Maximum number of different emoji on one message.
    reactions_per_message: usize,
    /// Number of members above which a chat is large: it has `large:true`, and presence, other members' marks and most
    /// TYPING are not sent to it.
    large_chat_members: u64,
    /// Maximum number of bytes of a file.
    file_bytes: u64,
    /// Maximum number of bytes of all files of one user.
    file_bytes_per_user: u64,
    /// Maximum number of bytes queued for a slow client.
    outbox_bytes: usize,
    /// Interval in seconds at which an idle client is pinged.
    heartbeat_seconds: u64,
    /// Seconds after which an unresponsive client is disconnected.
    heartbeat_timeout_seconds: u64,
    /// Seconds within which a connection must authenticate.
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
            commands_per_second_per_user: limits.commands_per_second_per_user,
            bots_per_user: limits.bots_per_user,
            tokens_per_user: limits.tokens_per_user,
            sessions_per_user: limits.sessions_per_user,
            chats_per_user: limits.chats_per_user,
            new_chats_per_hour: limits.new_chats_per_hour,
            new_contacts_per_hour: limits.new_contacts_per_hour,
            search_milliseconds: u64::try_from(limits.search_within.as_millis()).unwrap_or(u64::MAX),
            pins_per_chat: limits.pins_per_chat,
            reactions_per_message: limits.reactions_per_message,
            large_chat_members: limits.large_chat_members,
            file_bytes: limits.file_bytes,
            file_bytes_per_user: limits.file_bytes_per_user,
            outbox_bytes: limits.outbox_bytes,
            heartbeat_seconds: limits.heartbeat.as_secs(),
            heartbeat_timeout_seconds: limits.heartbeat_timeout.as_secs(),
            authenticate_within_seconds: limits.authenticate_within.as_secs(),
        }
    }
}

impl Connected {
    /// The first frame of a new connection.
    pub fn new(services: &Services, user: Option<User>, cursor: Option<SyncCursor>) -> Self {
        let limits = &services.config.limits;
        Connected {
            protocol: 1,
            server: SERVER.into(),
            connection_id: services.clock.id(),
            authenticated: user.is_some(),
            user,
            cursor: cursor.map(SyncCursor::text),
            heartbeat_ms: limits.heartbeat.as_secs() * 1000,
            limits: limits.into(),
        }
    }
}

/// Registers the connection as the user's and returns the chats it subscribes to.
pub async fn enter(
    services: &Services,
    connection: &Arc<Connection>,
    identity: &Identity,
) -> Result<Vec<ChatSubscription>> {
    quota_checks::spend_on_subscription(services, identity)?;
    enter_within(services, connection, identity, services.config.limits.connections_per_user).await
}

/// The same for a user who has paid, and may have `most` connections; 0: any number.
pub async fn enter_within(
    services: &Services,
    connection: &Arc<Connection>,
    identity: &Identity,
    most: usize,
) -> Result<Vec<ChatSubscription>> {
    let user = &identity.user.id;
    if !services.hub.bind(connection, user, most) {
        let close = Close { code: 4429, reason: "too many connections" };
        if let Some(waker) = connection.outbox.close(close) {
            waker.wake();
        }
        return Err(Error::new(Code::RateLimited, format!("you have {most} connections, the most allowed per user")));
    }
    services.bus.subscribe_to_user(user).await;
    let subscribed = subscribe(services, identity).await;
    if subscribed.is_err() {
        // Nobody may become somebody else on a connection that still hears this user's events.
        services.hub.unbind(connection);
    }
    subscribed
}

/// Subscribes to the user's chats, which is a slow read.
async fn subscribe(services: &Services, identity: &Identity) -> Result<Vec<ChatSubscription>> {
    let _turn = services.quotas.turn(identity.payer()).await;
    let chats = services.repository.memberships(&identity.user.id).await?;
    quota_checks::settle_subscription(services, identity, chats.len());
    services.bus.join_chats(chats).await
}
