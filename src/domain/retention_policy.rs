use crate::protocol::{Chat, Timestamp};

/// Milliseconds of a day.
const DAY: i64 = 24 * 3_600_000;

/// The server's rule for how long messages are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RetentionPolicy {
    /// Days after which messages are removed; 0 keeps them for ever.
    pub days: u32,
}

impl RetentionPolicy {
    /// The time before which the chat's messages are removed; none if they are kept for ever, or if the chat is on
    /// hold.
    pub fn cutoff(self, chat: &Chat, now: Timestamp) -> Option<Timestamp> {
        self.cutoff_of(chat.retention_days, now).filter(|_| !chat.hold)
    }

    /// The cutoff for a chat with this setting that is not on hold.
    pub fn cutoff_of(self, retention_days: Option<u32>, now: Timestamp) -> Option<Timestamp> {
        let server = Some(self.days).filter(|days| *days > 0);
        let days = [server, retention_days].into_iter().flatten().min()?;
        Some(Timestamp::from_millis(now.millis().saturating_sub(i64::from(days) * DAY)))
    }
}
