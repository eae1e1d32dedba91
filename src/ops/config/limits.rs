use std::time::Duration;

use super::{BadSetting, SettingSource};

/// Maximum size of a file: its segment numbers have six digits.
const MOST_FILE_BYTES: u64 = 1 << 38;

/// Limits on what one client may do; 0 turns a rate or count off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Maximum bytes of one frame.
    pub frame_bytes: usize,
    /// Maximum characters of a message.
    pub content_chars: usize,
    /// Maximum characters of a name.
    pub name_chars: usize,
    /// Maximum characters of a description.
    pub description_chars: usize,
    /// Maximum commands in one frame.
    pub batch: usize,
    /// Commands per second and connection.
    pub commands_per_second: u32,
    /// Maximum burst of commands per connection.
    pub command_burst: u32,
    /// Failed log-ins per minute, account and address.
    pub login_attempts_per_minute: u32,
    /// New accounts per hour and address.
    pub sign_ups_per_hour: u32,
    /// Maximum connections of one user.
    pub connections_per_user: usize,
    /// Maximum unauthenticated connections from one address.
    pub anonymous_connections_per_address: usize,
    /// Commands per second of one user, across all connections.
    pub commands_per_second_per_user: u32,
    /// Maximum bots of one user.
    pub bots_per_user: usize,
    /// Maximum API tokens of one user.
    pub tokens_per_user: usize,
    /// Outcomes of commands with an `opId` that are kept for one user.
    pub operations_per_user: usize,
    /// The bytes of these outcomes.
    pub operation_bytes_per_user: usize,
    /// Sessions of one user.
    pub sessions_per_user: usize,
    /// Maximum chats of one user.
    pub chats_per_user: usize,
    /// Maximum chats that one user creates per hour.
    pub new_chats_per_hour: u32,
    /// Maximum users sharing no chat with them that one user adds to chats per hour.
    pub new_contacts_per_hour: u32,
    /// The time after which a search replies with the results so far.
    pub search_within: Duration,
    /// Maximum pinned messages of one chat.
    pub pins_per_chat: usize,
    /// Maximum different emoji on one message.
    pub reactions_per_message: usize,
    /// The number of members above which a chat is large; 0 turns this off.
    pub large_chat_members: u64,
    /// Maximum bytes of one file.
    pub file_bytes: u64,
    /// Maximum bytes of all files of one user.
    pub file_bytes_per_user: u64,
    /// Maximum bytes queued for one client.
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
            let problem = "must be more than HEARTBEAT_SECONDS, so that clients have time to answer a ping".into();
            return Err(BadSetting { name: "HEARTBEAT_TIMEOUT_SECONDS".into(), problem });
        }
        Ok(limits)
    }

    /// Off by default if the limit per connection is off, which turns off all metering of commands.
    fn commands_per_user(&self) -> Result<u32, BadSetting> {
        let per_connection: u32 = self.count("COMMANDS_PER_SECOND", 0)?;
        match self.given("COMMANDS_PER_SECOND_PER_USER") {
            None if per_connection == 0 => Ok(0),
            _ => self.count("COMMANDS_PER_SECOND_PER_USER", 0),
        }
    }
}
