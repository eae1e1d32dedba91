//! Token buckets by key, and a bounded memory of recent keys.
//!
//! Written by hand for two reasons. `governor` cannot return a token, and a password check takes one before the slow
//! hash and returns it on success. And a flood of new keys must not empty the memory: caches that adapt to popularity
//! evict new keys first, but here the newest keys matter most.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};

use crate::ops::clock;

/// Keys that are certainly remembered; at most twice as many are held.
const KEYS: usize = 50_000;

/// Recent values by key, in two halves. When the new half is full, it replaces the old one.
pub(super) struct Recent<K, V>(Mutex<Halves<K, V>>);

struct Halves<K, V> {
    new: HashMap<K, V>,
    old: HashMap<K, V>,
}

impl<K, V> fmt::Debug for Recent<K, V> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Recent(…)")
    }
}

impl<K, V> Default for Recent<K, V> {
    fn default() -> Self {
        Recent(Mutex::new(Halves { new: HashMap::new(), old: HashMap::new() }))
    }
}

impl<K: Clone + Eq + Hash, V: Copy> Recent<K, V> {
    fn lock(&self) -> MutexGuard<'_, Halves<K, V>> {
        self.0.lock()
    }

    pub(super) fn contains(&self, key: &K) -> bool {
        let halves = self.lock();
        halves.new.contains_key(key) || halves.old.contains_key(key)
    }

    pub(super) fn get(&self, key: &K) -> Option<V> {
        self.lock().get(key)
    }

    pub(super) fn insert(&self, key: K, value: V) {
        self.lock().insert(key, value);
    }
}

impl<K: Clone + Eq + Hash, V: Copy> Halves<K, V> {
    fn get(&self, key: &K) -> Option<V> {
        self.new.get(key).or_else(|| self.old.get(key)).copied()
    }

    fn insert(&mut self, key: K, value: V) {
        if self.new.len() >= KEYS && !self.new.contains_key(&key) {
            self.old = std::mem::take(&mut self.new);
        }
        self.new.insert(key, value);
    }
}

/// A token bucket for each key, as the time at which it will be full again (the generic cell rate algorithm).
#[derive(Debug)]
pub(super) struct Buckets<K> {
    /// Microseconds in which one token is refilled; 0 is unlimited.
    step: u64,
    burst: u64,
    full_at: Recent<K, u64>,
}

impl<K: Clone + Eq + Hash> Buckets<K> {
    /// Buckets of `count` tokens, which refill within `time`; 0 is unlimited.
    pub(super) fn new(count: u32, time: Duration) -> Self {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let step = micros.checked_div(count.into()).map_or(0, |step| step.max(1));
        Buckets { step, burst: count.into(), full_at: Recent::default() }
    }

    /// The same buckets with another capacity; 0 leaves it unchanged.
    pub(super) fn with_burst(self, burst: u32) -> Self {
        if burst == 0 { self } else { Buckets { burst: burst.into(), ..self } }
    }

    /// Takes a token, or returns the time until one is available.
    pub(super) fn take(&self, key: &K) -> Result<(), Duration> {
        self.take_at(key, clock::uptime_millis() * 1000)
    }

    fn take_at(&self, key: &K, now: u64) -> Result<(), Duration> {
        if self.step == 0 {
            return Ok(());
        }
        let mut halves = self.full_at.lock();
        let full_at = halves.get(key).unwrap_or(0).max(now);
        let max = now + self.step * (self.burst - 1);
        if full_at > max {
            return Err(Duration::from_micros(full_at - max).max(Duration::from_millis(1)));
        }
        halves.insert(key.clone(), full_at + self.step);
        Ok(())
    }

    /// Takes nothing; returns the time until a token is available if none is now.
    pub(super) fn look(&self, key: &K) -> Result<(), Duration> {
        let now = clock::uptime_millis() * 1000;
        let full_at = self.full_at.get(key).unwrap_or(0).max(now);
        let max = now + self.step * self.burst.saturating_sub(1);
        if self.step == 0 || full_at <= max { Ok(()) } else { Err(Duration::from_micros(full_at - max)) }
    }

    /// Returns a token.
    pub(super) fn give_back(&self, key: &K) {
        let mut halves = self.full_at.lock();
        if let Some(full_at) = halves.get(key) {
            halves.insert(key.clone(), full_at.saturating_sub(self.step));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Buckets, KEYS, Recent};

    #[test]
    fn a_bucket_drains_and_refills() {
        let buckets = Buckets::new(5, Duration::from_secs(60));
        for _ in 0..5 {
            buckets.take_at(&"a", 0).expect("a token");
        }
        assert_eq!(buckets.take_at(&"a", 0), Err(Duration::from_secs(12)));
        buckets.take_at(&"b", 0).expect("another bucket");
        assert_eq!(buckets.take_at(&"a", 11_000_000), Err(Duration::from_secs(1)));
        buckets.take_at(&"a", 12_000_000).expect("one has come back");
        assert_eq!(buckets.take_at(&"a", 12_000_000), Err(Duration::from_secs(12)));
        buckets.give_back(&"a");
        buckets.take_at(&"a", 12_000_000).expect("what was given back");
        (0..5).for_each(|_| buckets.take_at(&"a", 1_000_000_000).expect("full again"));
    }

    #[test]
    fn buckets_are_bounded_and_the_most_recent_are_kept() {
        let recent = Recent::default();
        for key in 0..KEYS * 4 {
            recent.insert(key, ());
        }
        assert!(recent.contains(&(KEYS * 4 - 1)) && recent.contains(&(KEYS * 3)) && !recent.contains(&0));
        let halves = recent.lock();
        assert!(halves.new.len() + halves.old.len() <= KEYS * 2);
    }
}
