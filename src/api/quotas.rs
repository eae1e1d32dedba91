//! Quotas: the number of things one user may own, and the rate at which one user may use the server.
//!
//! A quota of 0 is off, and the built-in administrator is exempt from ownership quotas. Nodes share what users spend,
//! so quotas apply across all nodes.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::clock::{Clock, QuantaClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::auth::Identity;
use crate::ops::clock;
use crate::ops::collections::HashMap;
use crate::ops::config::Limits;
use crate::protocol::UserId;
use crate::protocol::error::{Code, Error, Result};

/// Seconds of budget that a user may spend in one burst.
const BURST_SECONDS: NonZeroU32 = NonZeroU32::new(3).expect("3 is not 0");
/// The budget shared by all of a person's bots, as a multiple of the person's own.
const BOTS_SHARE: u32 = 5;
/// Milliseconds for which command costs are collected before they are shared with other nodes.
const SHARED_EVERY: u64 = 100;
/// The cost from which a command counts as a slow read.
const SLOW: u32 = 5;
/// Slow reads of one user that run at the same time: half of the smallest pool of readers.
const SLOW_READS: usize = 2;
/// Exports of one user, and of all users, that are downloaded at the same time.
const EXPORTS_PER_USER: usize = 2;
const EXPORTS: usize = 8;
/// Keys remembered before idle ones are forgotten.
const KEYS: usize = 10_000;

/// Spending that counts on every node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spent {
    /// A user has created a chat.
    NewChat(UserId),
    /// A user has added users they share no chat with.
    NewContacts(UserId, u32),
    /// Costs of commands of users, or of people's bots.
    Commands {
        users: Vec<UserCost>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        bots: Vec<UserCost>,
    },
}

/// The cost of a user's commands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserCost {
    user: UserId,
    cost: u32,
}

/// The recent spending of users.
#[derive(Debug)]
pub struct Quotas {
    new_chats: QuotaRate<UserId>,
    new_contacts: QuotaRate<UserId>,
    commands: QuotaRate<UserId>,
    /// The commands of all bots of a person.
    bots: QuotaRate<UserId>,
    /// Spending not shared with other nodes yet.
    unshared: Mutex<Unshared>,
    /// The time in which a user's bucket regains one command.
    command_time: Duration,
    /// Chats that users' connections subscribed to.
    subscribed: Mutex<HashMap<UserId, usize>>,
    slow_reads: Slots<UserId>,
    exports_of: Slots<UserId>,
    exports: Arc<Semaphore>,
}

impl Quotas {
    /// Quotas of which nothing has been spent.
    pub fn new(limits: &Limits) -> Self {
        let commands = limits.commands_per_second_per_user;
        let hourly = |count: NonZeroU32| Quota::per_hour(count);
        let per_second = |count: NonZeroU32| Quota::per_second(count).allow_burst(count.saturating_mul(BURST_SECONDS));
        Quotas {
            new_chats: QuotaRate::new(limits.new_chats_per_hour, hourly),
            new_contacts: QuotaRate::new(limits.new_contacts_per_hour, hourly),
            commands: QuotaRate::new(commands, per_second),
            bots: QuotaRate::new(commands.saturating_mul(BOTS_SHARE), per_second),
            unshared: Mutex::default(),
            command_time: Duration::from_secs(1).checked_div(commands).unwrap_or_default(),
            subscribed: Mutex::default(),
            slow_reads: Slots::new(SLOW_READS),
            exports_of: Slots::new(EXPORTS_PER_USER),
            exports: Arc::new(Semaphore::new(EXPORTS)),
        }
    }

    /// True if work of that cost counts as a slow read.
    pub fn is_slow(cost: u32) -> bool {
        cost >= SLOW
    }

    /// The turn of a slow read, if nothing has to be waited for.
    pub fn try_turn(&self, payer: &UserId) -> Option<OwnedSemaphorePermit> {
        self.slow_reads.try_enter(payer)
    }

    /// Waits for the turn of a slow read: a few of one user run at the same time. Nothing may wait for a second one while
    /// it has one.
    pub async fn turn(&self, payer: &UserId) -> Option<OwnedSemaphorePermit> {
        self.slow_reads.enter(payer).await
    }

    /// Charges a user on this node; [`quota_checks::spend`](crate::api::quota_checks::spend) does on all.
    ///
    /// # Errors
    ///
    /// RATE_LIMITED once the user, on all connections together, or the bots of the user's owner, have spent too much.
    pub fn spend(&self, identity: &Identity, cost: u32) -> Result<()> {
        let user = &identity.user.id;
        self.commands.take(user, cost).map_err(|wait| limited("too many commands from this user; slow down", wait))?;
        if let Some(owner) = &identity.owner {
            self.bots
                .take(owner, cost)
                .map_err(|wait| limited("too many commands from this user's bots; slow down", wait))?;
        }
        Ok(())
    }

    /// Charges a user who has already paid for a part of the work. It succeeds with a full bucket, whatever the cost; a
    /// refusal says when both parts can be paid.
    ///
    /// # Errors
    ///
    /// RATE_LIMITED like [`Quotas::spend`].
    pub fn spend_more(&self, identity: &Identity, cost: u32, paid: u32) -> Result<()> {
        let cost = cost.min(self.commands.burst.saturating_sub(paid));
        let again = |wait: Duration| wait + self.command_time.saturating_mul(paid);
        self.spend(identity, cost).map_err(|error| Error { retry_after: error.retry_after.map(again), ..error })
    }

    /// Takes from a user's bucket what is there, up to a cost.
    pub fn drain(&self, identity: &Identity, cost: u32) {
        self.commands.drain(&identity.user.id, cost);
        if let Some(owner) = &identity.owner {
            self.bots.drain(owner, cost);
        }
    }

    /// The number of chats that the last connection of a user subscribed to; 0 if none has.
    pub fn subscribed(&self, user: &UserId) -> usize {
        self.subscribed.lock().get(user).copied().unwrap_or(0)
    }

    /// Notes the number of chats that a connection of a user subscribes to; returns the number before.
    pub fn note_subscribed(&self, user: &UserId, chats: usize) -> usize {
        let mut subscribed = self.subscribed.lock();
        if subscribed.len() > KEYS {
            subscribed.clear();
        }
        subscribed.insert(user.clone(), chats).unwrap_or(0)
    }

    /// Gathers the cost of a command for the other nodes; from time to time, returns the gathered costs to share.
    pub fn gather(&self, identity: &Identity, cost: u32) -> Option<Spent> {
        if !self.commands.is_on() {
            return None;
        }
        let mut unshared = self.unshared.lock();
        let total = unshared.users.entry(identity.user.id.clone()).or_default();
        *total = total.saturating_add(cost);
        if let Some(owner) = &identity.owner {
            let total = unshared.bots.entry(owner.clone()).or_default();
            *total = total.saturating_add(cost);
        }
        let now = clock::uptime_millis();
        if now.saturating_sub(unshared.shared_at) < SHARED_EVERY {
            return None;
        }
        let Unshared { users, bots, .. } =
            std::mem::replace(&mut *unshared, Unshared { shared_at: now, ..Unshared::default() });
        let costs =
            |costs: HashMap<UserId, u32>| costs.into_iter().map(|(user, cost)| UserCost { user, cost }).collect();
        Some(Spent::Commands { users: costs(users), bots: costs(bots) })
    }

    /// Counts spending reported by another node.
    pub fn note(&self, spent: Spent) {
        match spent {
            Spent::NewChat(user) => self.new_chats.drain(&user, 1),
            Spent::NewContacts(user, count) => self.new_contacts.drain(&user, count),
            Spent::Commands { users, bots } => {
                users.iter().for_each(|UserCost { user, cost }| self.commands.drain(user, *cost));
                bots.iter().for_each(|UserCost { user, cost }| self.bots.drain(user, *cost));
            }
        }
    }

    /// Counts users that a user adds without sharing a chat with them; returns the spending to share.
    ///
    /// # Errors
    ///
    /// CONFLICT that names the setting.
    pub fn new_contacts(&self, user: &UserId, count: u32) -> Result<Spent> {
        let sentence = "too many users you share no chat with were added in the last hour (NEW_CONTACTS_PER_HOUR); \
            try again later, or let them join themselves";
        self.new_contacts
            .take(user, count)
            .map_err(|wait| Error { retry_after: Some(wait), ..Error::conflict(sentence).at("members") })?;
        Ok(Spent::NewContacts(user.clone(), count))
    }

    /// True if strangers are counted.
    pub fn counts_contacts(&self) -> bool {
        self.new_contacts.is_on()
    }

    /// Counts a new chat of a user; returns the spending to share.
    ///
    /// # Errors
    ///
    /// CONFLICT that names the setting.
    pub fn new_chat(&self, user: &UserId) -> Result<Spent> {
        let sentence = "too many new chats in the last hour (NEW_CHATS_PER_HOUR); try again later";
        let full = |wait| Error { retry_after: Some(wait), ..Error::conflict(sentence) };
        self.new_chats.take(user, 1).map_err(full)?;
        Ok(Spent::NewChat(user.clone()))
    }

    /// A slot for a download of a user's data, held until it ends.
    ///
    /// # Errors
    ///
    /// RATE_LIMITED if too many downloads are running.
    pub fn export(&self, user: &UserId) -> Result<ExportSlot> {
        let full = || limited("too many downloads at the same time; try again later", Duration::from_secs(5));
        let of_user = self.exports_of.try_enter(user).ok_or_else(full)?;
        let of_all = self.exports.clone().try_acquire_owned().map_err(|_| full())?;
        Ok(ExportSlot { _of_user: of_user, _of_all: of_all })
    }
}

/// Costs not yet shared with other nodes.
#[derive(Debug, Default)]
struct Unshared {
    users: HashMap<UserId, u32>,
    bots: HashMap<UserId, u32>,
    /// Time at which they were last shared, in milliseconds of uptime.
    shared_at: u64,
}

/// A slot among the downloads.
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

    /// Takes tokens, or returns the time to wait. A cost above the bucket's capacity takes a full bucket.
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

impl<K: Clone + Eq + Hash> QuotaRate<K> {
    fn is_on(&self) -> bool {
        self.limiter.is_some()
    }

    /// Takes tokens spent on other nodes, as far as the bucket holds them.
    fn drain(&self, key: &K, cost: u32) {
        let mut left = cost.min(self.burst);
        let mut part = left;
        while part > 0 && left > 0 {
            match self.take(key, part) {
                Ok(()) => left -= part,
                Err(_) => part /= 2,
            }
            part = part.min(left);
        }
    }
}

/// A number of slots for each key.
#[derive(Debug)]
struct Slots<K> {
    max: usize,
    taken: Mutex<HashMap<K, Arc<Semaphore>>>,
}

impl<K: Clone + Eq + Hash> Slots<K> {
    fn new(max: usize) -> Self {
        Slots { max, taken: Mutex::default() }
    }

    fn of(&self, key: &K) -> Arc<Semaphore> {
        let mut taken = self.taken.lock();
        if taken.len() > KEYS {
            taken.retain(|_, places| Arc::strong_count(places) > 1);
        }
        taken.entry(key.clone()).or_insert_with(|| Arc::new(Semaphore::new(self.max))).clone()
    }

    /// Waits for a slot.
    async fn enter(&self, key: &K) -> Option<OwnedSemaphorePermit> {
        self.of(key).acquire_owned().await.ok()
    }

    /// Takes a slot if one is free.
    fn try_enter(&self, key: &K) -> Option<OwnedSemaphorePermit> {
        self.of(key).try_acquire_owned().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costly_commands_take_several_units_up_to_the_burst() {
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
    fn budgets_spent_on_other_nodes_count() {
        let lookup = |name: &str| match name {
            "NEW_CHATS_PER_HOUR" | "NEW_CONTACTS_PER_HOUR" | "COMMANDS_PER_SECOND_PER_USER" => Some("4".to_owned()),
            _ => None,
        };
        let limits = crate::ops::config::Config::from_lookup(&lookup).expect("good settings").limits;
        let [local, remote] = [Quotas::new(&limits), Quotas::new(&limits)];
        let ann = UserId::from("ann");
        for _ in 0..3 {
            local.note(remote.new_chat(&ann).expect("one of four"));
        }
        local.new_chat(&ann).expect("the fourth");
        local.new_chat(&ann).expect_err("the fifth");
        local.note(remote.new_contacts(&ann, 3).expect("three of four"));
        local.new_contacts(&ann, 2).expect_err("two more");
        local.new_contacts(&ann, 1).expect("the fourth");
        local.note(Spent::NewContacts(UserId::from("ben"), 1000));
        local.new_contacts(&UserId::from("ben"), 1).expect_err("all are spent");
        let users = vec![UserCost { user: ann.clone(), cost: 7 }];
        local.note(Spent::Commands { users: users.clone(), bots: users });
        local.commands.take(&ann, 5).expect("the rest of twelve");
        local.commands.take(&ann, 12).expect_err("nothing is left");
        local.bots.take(&ann, 53).expect("the rest of sixty");
    }

    #[test]
    fn a_dropped_slot_is_free_again() {
        let slots = Slots::new(2);
        let held: Vec<_> = (0..2).map(|_| slots.try_enter(&"ann").expect("a place")).collect();
        assert!(slots.try_enter(&"ann").is_none());
        assert!(slots.try_enter(&"ben").is_some());
        drop(held);
        assert!(slots.try_enter(&"ann").is_some());
    }
}
