use std::time::Duration;

use super::{BadSetting, Lookup};

/// Bounds on what one client may do; 0 is off for rates and counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one frame.
    pub frame_bytes: usize,
    /// Characters of a message.
    pub content_chars: usize,
    /// Characters of a name.
    pub name_chars: usize,
    /// Characters of a description.
    pub description_chars: usize,
    /// Commands in one frame.
    pub batch: usize,
    /// Commands a second per connection.
    pub commands_per_second: u32,
    /// Commands at once per connection.
    pub command_burst: u32,
    /// Failed log-ins per account and address.
    pub login_attempts_per_minute: u32,
    /// New accounts per address.
    pub sign_ups_per_hour: u32,
    /// Connections of one user.
    pub connections_per_user: usize,
    /// Connections of one address that have not authenticated yet.
    pub anonymous_connections_per_address: usize,
    /// Bytes waiting for one client.
    pub outbox_bytes: usize,
    /// How often a silent client is pinged.
    pub heartbeat: Duration,
    /// How long a client may be silent.
    pub heartbeat_timeout: Duration,
    /// How long a connection may be anonymous.
    pub authenticate_within: Duration,
}

impl Lookup<'_> {
    pub(super) fn limits(&self) -> Result<Limits, BadSetting> {
        let limits = Limits {
            frame_bytes: self.count("MAX_FRAME_BYTES", 4096)?,
            content_chars: self.count("MAX_CONTENT_CHARS", 1)?,
            name_chars: self.count("MAX_NAME_CHARS", 1)?,
            description_chars: self.count("MAX_DESCRIPTION_CHARS", 1)?,
            batch: self.count("MAX_BATCH", 1)?,
            commands_per_second: self.count("COMMANDS_PER_SECOND", 0)?,
            command_burst: self.count("COMMAND_BURST", 0)?,
            login_attempts_per_minute: self.count("LOGIN_ATTEMPTS_PER_MINUTE", 0)?,
            sign_ups_per_hour: self.count("SIGN_UPS_PER_HOUR", 0)?,
            connections_per_user: self.count("MAX_CONNECTIONS_PER_USER", 0)?,
            anonymous_connections_per_address: self.count("MAX_ANONYMOUS_CONNECTIONS_PER_ADDRESS", 0)?,
            outbox_bytes: self.count("OUTBOX_BYTES", 4096)?,
            heartbeat: self.seconds("HEARTBEAT_SECONDS")?,
            heartbeat_timeout: self.seconds("HEARTBEAT_TIMEOUT_SECONDS")?,
            authenticate_within: self.seconds("AUTHENTICATE_WITHIN_SECONDS")?,
        };
        if limits.heartbeat_timeout <= limits.heartbeat {
            let problem = "must be more than HEARTBEAT_SECONDS, or nobody has time to answer a ping".into();
            return Err(BadSetting { name: "HEARTBEAT_TIMEOUT_SECONDS".into(), problem });
        }
        Ok(limits)
    }
}
