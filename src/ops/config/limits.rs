use std::time::Duration;

use super::{BadSetting, SettingSource};

/// The largest file: its segments have numbers of six digits.
const MOST_FILE_BYTES: u64 = 1 << 38;

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
    /// Commands a second of one user, on all connections together.
    pub commands_per_second_per_user: u32,
    /// Bots of one user.
    pub bots_per_user: usize,
    /// API tokens of one user.
    pub tokens_per_user: usize,
    /// Outcomes of commands with an `opId` that are kept for one user.
    pub operations_per_user: usize,
    /// The bytes of these outcomes.
    pub operation_bytes_per_user: usize,
    /// Sessions of one user.
    pub sessions_per_user: usize,
    /// Chats of one user.
    pub chats_per_user: usize,
    /// Chats that one user creates in an hour.
    pub new_chats_per_hour: u32,
    /// Users sharing no chat with them that one user adds to chats in an hour.
    pub new_contacts_per_hour: u32,
    /// The time after which a search replies with what it has found.
    pub search_within: Duration,
    /// Pinned messages of one chat.
    pub pins_per_chat: usize,
    /// Different emoji on one message.
    pub reactions_per_message: usize,
    /// The number of members above which a chat is large; 0: no chat is.
    pub large_chat_members: u64,
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Bytes of all files of one user.
    pub file_bytes_per_user: u64,
    /// Bytes waiting for one client.
    pub outbox_bytes: usize,
    /// The silence after which a client is pinged.
    pub heartbeat: Duration,
    /// The silence after which a client is disconnected.
    pub heartbeat_timeout: Duration,
    /// The time for which a connection may stay anonymous.
    pub authenticate_within: Duration,
}

impl SettingSource<'_> {
    pub(super) fn limits(&self) -> Result<Limits, BadSetting> {
        let limits = Limits {
            frame_bytes: self.within("MAX_FRAME_BYTES", 4096..=64 << 20)?,
            content_chars: self.within("MAX_CONTENT_CHARS", 1..=16 << 20)?,
            name_chars: self.within("MAX_NAME_CHARS", 1..=10_000)?,
            description_chars: self.within("MAX_DESCRIPTION_CHARS", 1..=100_000)?,
            batch: self.within("MAX_BATCH", 1..=10_000)?,
            commands_per_second: self.count("COMMANDS_PER_SECOND", 0)?,
            command_burst: self.count("COMMAND_BURST", 0)?,
            login_attempts_per_minute: self.count("LOGIN_ATTEMPTS_PER_MINUTE", 0)?,
            sign_ups_per_hour: self.count("SIGN_UPS_PER_HOUR", 0)?,
            connections_per_user: self.count("MAX_CONNECTIONS_PER_USER", 0)?,
            anonymous_connections_per_address: self.count("MAX_ANONYMOUS_CONNECTIONS_PER_ADDRESS", 0)?,
            commands_per_second_per_user: self.commands_per_user()?,
            bots_per_user: self.count("MAX_BOTS_PER_USER", 0)?,
            tokens_per_user: self.count("MAX_TOKENS_PER_USER", 0)?,
            operations_per_user: self.count("MAX_OPERATIONS_PER_USER", 0)?,
            operation_bytes_per_user: self.count("OPERATION_BYTES_PER_USER", 0)?,
            sessions_per_user: self.count("MAX_SESSIONS_PER_USER", 0)?,
            chats_per_user: self.count("MAX_CHATS_PER_USER", 0)?,
            new_chats_per_hour: self.count("NEW_CHATS_PER_HOUR", 0)?,
            new_contacts_per_hour: self.count("NEW_CONTACTS_PER_HOUR", 0)?,
            search_within: Duration::from_millis(self.count::<u32>("SEARCH_MILLISECONDS", 0)?.into()),
            pins_per_chat: self.count("MAX_PINS_PER_CHAT", 0)?,
            reactions_per_message: self.count("MAX_REACTIONS_PER_MESSAGE", 0)?,
            large_chat_members: self.count("LARGE_CHAT_MEMBERS", 0)?,
            file_bytes: self.within("MAX_FILE_BYTES", 1..=MOST_FILE_BYTES)?,
            file_bytes_per_user: self.within("FILE_QUOTA_BYTES_PER_USER", 0..=1 << 50)?,
            outbox_bytes: self.within("OUTBOX_BYTES", 4096..=1 << 30)?,
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

    /// Off by default if the limit on a connection is off: that switches the metering of commands off.
    fn commands_per_user(&self) -> Result<u32, BadSetting> {
        let per_connection: u32 = self.count("COMMANDS_PER_SECOND", 0)?;
        match self.given("COMMANDS_PER_SECOND_PER_USER") {
            None if per_connection == 0 => Ok(0),
            _ => self.count("COMMANDS_PER_SECOND_PER_USER", 0),
        }
    }
}
