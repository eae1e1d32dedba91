//! The source of times and ids, so that tests can predict both.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{LazyLock, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::time::Instant;
use uuid::{ContextV7, Uuid};

use crate::ops::timestamp::Timestamp;

/// A source of times and ids.
#[derive(Debug)]
pub enum Clock {
    /// The machine's clock; ids are UUIDv7.
    System,
    /// The machine's clock, corrected by that of a storage shared by several nodes; ids are UUIDv7 of the corrected
    /// time.
    Shared(SharedClock),
    /// A time that advances by one millisecond, and ids that count up, at every call.
    Counting(AtomicI64),
    /// The time of a simulation.
    #[cfg(test)]
    Simulated(SimulatedClock),
}

/// The runtime's time, which a simulation advances; ids count up across all clones.
#[cfg(test)]
#[derive(Clone, Debug)]
pub struct SimulatedClock {
    begun: Instant,
    ids: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

#[cfg(test)]
impl Default for SimulatedClock {
    fn default() -> Self {
        SimulatedClock { begun: Instant::now(), ids: std::sync::Arc::default() }
    }
}

#[cfg(test)]
impl SimulatedClock {
    /// The first of January 2026 plus the time that has passed in the runtime.
    fn now(&self) -> i64 {
        1_767_225_600_000 + i64::try_from(self.begun.elapsed().as_millis()).unwrap_or(0)
    }

    fn id(&self) -> String {
        let mut bytes = [0; 10];
        bytes[2..].copy_from_slice(&self.ids.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(self.now().unsigned_abs(), &bytes).into_uuid().to_string()
    }
}

/// The machine's clock, and how far the storage's clock is ahead of it.
#[derive(Debug)]
pub struct SharedClock {
    /// Milliseconds by which a test misadjusts the machine's clock.
    skew: i64,
    /// Milliseconds to add.
    ahead: AtomicI64,
    ids: Mutex<ContextV7>,
}

impl SharedClock {
    /// The machine's time without correction.
    fn machine(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX).saturating_add(self.skew)
    }

    fn now(&self) -> i64 {
        self.machine().saturating_add(self.ahead.load(Ordering::Relaxed))
    }
}

impl Clock {
    /// A clock that can be corrected; `skew` is the number of milliseconds by which a test misadjusts it.
    pub fn shared(skew: i64) -> Self {
        Clock::Shared(SharedClock { skew, ahead: AtomicI64::new(0), ids: Mutex::new(ContextV7::new()) })
    }

    /// The machine's time in milliseconds, if it can be corrected.
    pub fn correctable(&self) -> Option<i64> {
        match self {
            Clock::Shared(shared) => Some(shared.machine()),
            Clock::System | Clock::Counting(_) => None,
            #[cfg(test)]
            Clock::Simulated(_) => None,
        }
    }

    /// Corrects the machine's time by this number of milliseconds.
    pub fn correct(&self, ahead: i64) {
        if let Clock::Shared(shared) = self {
            shared.ahead.store(ahead, Ordering::Relaxed);
        }
    }

    /// A clock with predictable times and ids.
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
            Clock::Shared(shared) => Timestamp::from_millis(shared.now()),
            Clock::Counting(next) => Timestamp::from_millis(next.fetch_add(1, Ordering::Relaxed)),
            #[cfg(test)]
            Clock::Simulated(simulated) => Timestamp::from_millis(simulated.now()),
        }
    }

    /// The current time, without advancing a counting clock; for checks whether something is due.
    pub fn look(&self) -> Timestamp {
        match self {
            Clock::System | Clock::Shared(_) => self.now(),
            #[cfg(test)]
            Clock::Simulated(_) => self.now(),
            Clock::Counting(next) => Timestamp::from_millis(next.load(Ordering::Relaxed)),
        }
    }

    /// True if time passes by itself; otherwise time must not trigger anything.
    pub fn goes_by_itself(&self) -> bool {
        !matches!(self, Clock::Counting(_))
    }

    /// A new id that sorts after the earlier ones.
    pub fn id(&self) -> String {
        match self {
            Clock::System => Uuid::now_v7().to_string(),
            Clock::Shared(shared) => {
                let millis = u64::try_from(shared.now()).unwrap_or(0);
                let nanos = u32::try_from(millis % 1000).unwrap_or(0) * 1_000_000;
                Uuid::new_v7(uuid::Timestamp::from_unix(&shared.ids, millis / 1000, nanos)).to_string()
            }
            #[cfg(test)]
            Clock::Simulated(simulated) => simulated.id(),
            Clock::Counting(next) => {
                let millis = u64::try_from(next.fetch_add(1, Ordering::Relaxed)).unwrap_or(0);
                let bytes = [0; 10];
                uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid().to_string()
            }
        }
    }
}

/// Milliseconds since the first call in this process.
pub fn uptime_millis() -> u64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    u64::try_from(START.elapsed().as_millis()).unwrap_or(u64::MAX)
}
