//! The source of times and ids, so that tests can predict both.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use uuid::Uuid;

use crate::ops::timestamp::Timestamp;

/// A source of times and ids.
#[derive(Debug)]
pub enum Clock {
    /// The machine's time; ids are UUIDv7.
    System,
    /// A time that moves on by one millisecond, and ids that count up, at every call.
    Counting(AtomicI64),
}

impl Clock {
    /// A clock whose answers can be predicted.
    pub fn counting(start: Timestamp) -> Self {
        Clock::Counting(AtomicI64::new(start.millis()))
    }

    /// The present time.
    pub fn now(&self) -> Timestamp {
        match self {
            Clock::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Clock::Counting(next) => Timestamp::from_millis(next.fetch_add(1, Ordering::Relaxed)),
        }
    }

    /// The present time, without advancing a counting clock: for checks whether something is due.
    pub fn look(&self) -> Timestamp {
        match self {
            Clock::System => self.now(),
            Clock::Counting(next) => Timestamp::from_millis(next.load(Ordering::Relaxed)),
        }
    }

    /// True if time passes by itself; otherwise nothing may be triggered by it.
    pub fn goes_by_itself(&self) -> bool {
        matches!(self, Clock::System)
    }

    /// A new id that sorts after the earlier ones.
    pub fn id(&self) -> String {
        match self {
            Clock::System => Uuid::now_v7().to_string(),
            Clock::Counting(next) => {
                let millis = u64::try_from(next.fetch_add(1, Ordering::Relaxed)).unwrap_or(0);
                let bytes = [0; 10];
                uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid().to_string()
            }
        }
    }
}

/// Milliseconds since this process first asked.
pub fn uptime_millis() -> u64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    u64::try_from(START.elapsed().as_millis()).unwrap_or(u64::MAX)
}
