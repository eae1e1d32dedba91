//! Quotas: how much one user may own, and how fast one user may spend the server's time.
//!
//! A quota of 0 is off, and the built-in administrator is exempt from what a user may own. Counts over time are kept
//! by each node on its own.

use std::collections::HashMap;
use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::clock::{Clock, QuantaClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::auth::Identity;
use crate::ops::config::Limits;
use crate::protocol::UserId;
use crate::protocol::error::{Code, Error, Result};

/// Seconds of commands that a user may send at once.
const BURST_SECONDS: NonZeroU32 = NonZeroU32::new(3).expect("3 is not 0");
/// Cost from which a command counts as a slow read.
const SLOW: u32 = 5;
/// Slow reads of one user that run at the same time: half of the smallest pool of readers.
const SLOW_READS: usize = 2;
/// Exports of one user, and of all users, that are downloaded at the same time.
const EXPORTS_PER_USER: usize = 2;
const EXPORTS: usize = 8;
/// Keys remembered before idle ones are forgotten.
const KEYS: usize = 10_000;

/// Quotas that users have spent recently on this node.
#[derive(Debug)]
pub struct Quotas {
    new_chats: QuotaRate<UserId>,
    commands: QuotaRate<UserId>,
    slow_reads: Slots<UserId>,
    exports_of: Slots<UserId>,
    exports: Arc<Semaphore>,
}

impl Quotas {
    /// Nothing spent yet.
    pub fn new(limits: &Limits) -> Self {
        let commands = limits.commands_per_second_per_user;
        let hourly = |count: NonZeroU32| Quota::per_hour(count);
        let per_second = |count: NonZeroU32| Quota::per_second(count).allow_burst(count.saturating_mul(BURST_SECONDS));
        Quotas {
            new_chats: QuotaRate::new(limits.new_chats_per_hour, hourly),
            commands: QuotaRate::new(commands, per_second),
            slow_reads: Slots::new(SLOW_READS),
            exports_of: Slots::new(EXPORTS_PER_USER),
            exports: Arc::new(Semaphore::new(EXPORTS)),
        }
    }

    /// Charges a command to its caller. A command that may read much waits while others of the same user do.
    ///
    /// # Errors
    ///
    /// RATE_LIMITED once the user, on all connections together, has spent too much.
    pub async fn charge(&self, identity: Option<&Identity>, cost: u32) -> Result<Option<OwnedSemaphorePermit>> {
        let Some(identity) = identity else { return Ok(None) };
        let user = &identity.user.id;
        self.commands
            .take(user, cost)
            .map_err(|wait| limited("too many commands of this user; wait a little", wait))?;
        Ok(if cost < SLOW { None } else { self.slow_reads.enter(user).await })
    }

    /// Counts a new chat of a user.
    ///
    /// # Errors
    ///
    /// CONFLICT that names the setting.
    pub fn new_chat(&self, user: &UserId) -> Result<()> {
        let sentence = "too many new chats in the last hour (NEW_CHATS_PER_HOUR); wait a little";
        self.new_chats.take(user, 1).map_err(|wait| Error { retry_after: Some(wait), ..Error::conflict(sentence) })
    }

    /// A place for a download of a user's data, held until it ends.
    ///
    /// # Errors
    ///
    /// RATE_LIMITED while too many others are being downloaded.
    pub fn export(&self, user: &UserId) -> Result<ExportSlot> {
        let full = || limited("too many downloads at the same time; wait a little", Duration::from_secs(5));
        let of_user = self.exports_of.try_enter(user).ok_or_else(full)?;
        let of_all = self.exports.clone().try_acquire_owned().map_err(|_| full())?;
        Ok(ExportSlot { _of_user: of_user, _of_all: of_all })
    }
}

/// A place among the downloads.
#[derive(Debug)]
pub struct ExportSlot {
    _of_user: OwnedSemaphorePermit,
    _of_all: OwnedSemaphorePermit,
}

fn limited(sentence: &'static str, wait: Duration) -> Error {
    Error { retry_after: Some(wait), ..Error::new(Code::RateLimited, sentence) }
}

/// A token bucket for each key.
#[derive(Debug)]
struct QuotaRate<K: Clone + Eq + Hash> {
    limiter: Option<DefaultKeyedRateLimiter<K>>,
    burst: u32,
}

impl<K: Clone + Eq + Hash> QuotaRate<K> {
    fn new(count: u32, quota: impl FnOnce(NonZeroU32) -> Quota) -> Self {
        let quota = NonZeroU32::new(count).map(quota);
        let burst = quota.map_or(0, |quota| quota.burst_size().get());
        QuotaRate { limiter: quota.map(RateLimiter::keyed), burst }
    }

    /// Takes so many tokens, or tells how long to wait. More than a full bucket costs a full bucket.
    fn take(&self, key: &K, cost: u32) -> Result<(), Duration> {
        let (Some(limiter), Some(cost)) = (&self.limiter, NonZeroU32::new(cost.min(self.burst))) else { return Ok(()) };
        if limiter.len() > KEYS {
            limiter.retain_recent();
        }
        match limiter.check_key_n(key, cost) {
            Ok(Err(refusal)) => Err(refusal.wait_time_from(QuantaClock::default().now()).max(Duration::from_millis(1))),
            Ok(Ok(())) | Err(_) => Ok(()),
        }
    }
}

/// A number of places for each key.
#[derive(Debug)]
struct Slots<K> {
    most: usize,
    taken: Mutex<HashMap<K, Arc<Semaphore>>>,
}

impl<K: Clone + Eq + Hash> Slots<K> {
    fn new(most: usize) -> Self {
        Slots { most, taken: Mutex::default() }
    }

    fn of(&self, key: &K) -> Arc<Semaphore> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.len() > KEYS {
            taken.retain(|_, places| Arc::strong_count(places) > 1);
        }
        taken.entry(key.clone()).or_insert_with(|| Arc::new(Semaphore::new(self.most))).clone()
    }

    /// Waits for a place.
    async fn enter(&self, key: &K) -> Option<OwnedSemaphorePermit> {
        self.of(key).acquire_owned().await.ok()
    }

    /// Takes a place if one is free.
    fn try_enter(&self, key: &K) -> Option<OwnedSemaphorePermit> {
        self.of(key).try_acquire_owned().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_costly_command_takes_more_than_one_and_never_more_than_all() {
        let rate = QuotaRate::new(10, Quota::per_hour);
        rate.take(&"ann", 4).expect("four of ten");
        rate.take(&"ann", 6).expect("the other six");
        rate.take(&"ann", 1).expect_err("nothing is left");
        rate.take(&"ben", 1000).expect("all that ben has");
        rate.take(&"ben", 1).expect_err("nothing is left");
        let off = QuotaRate::new(0, Quota::per_hour);
        (0..1000).for_each(|_| off.take(&"ann", 50).expect("no quota"));
    }

    #[test]
    fn a_place_is_free_again_when_it_is_left() {
        let slots = Slots::new(2);
        let held: Vec<_> = (0..2).map(|_| slots.try_enter(&"ann").expect("a place")).collect();
        assert!(slots.try_enter(&"ann").is_none());
        assert!(slots.try_enter(&"ben").is_some());
        drop(held);
        assert!(slots.try_enter(&"ann").is_some());
    }
}
