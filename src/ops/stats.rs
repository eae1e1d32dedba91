//! Statistics of this node: totals counted as things happen, so that nobody has to scan the store.
//!
//! Every few seconds the counts are added to the stored totals of all nodes. Counts that were not yet added are lost if
//! the process is killed.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use crate::ops::timestamp::Timestamp;

/// The window over which rates are averaged.
const WINDOW: Duration = Duration::from_secs(60);
/// The number of different emoji kept; the rarest are dropped first.
const EMOJI: usize = 1000;

/// Numbers of things on the server, or the change in them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Totals {
    /// Accounts that are not deleted.
    pub users: i64,
    /// Chats, including archived ones.
    pub chats: i64,
    /// Messages that are not deleted.
    pub messages: i64,
    /// Reactions by emoji; only the most frequent ones are kept.
    pub reactions: BTreeMap<String, i64>,
}

/// Figures of one node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeFigures {
    /// Open connections.
    pub connections: u64,
    /// Commands per second over the last minute.
    pub commands: f64,
    /// Messages per second over the last minute.
    pub messages: f64,
    /// The time of the report.
    pub at: Timestamp,
}

/// Commands and messages per second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NodeRates {
    /// Commands per second.
    pub commands: f64,
    /// Messages per second.
    pub messages: f64,
}

/// Counts of this node that were not yet added to the stored totals.
#[derive(Debug, Default)]
pub struct StatsCounter {
    counted: Mutex<Totals>,
    samples: Mutex<VecDeque<Sample>>,
    sent: Mutex<u64>,
}

#[derive(Clone, Copy, Debug)]
struct Sample {
    at: Instant,
    commands: u64,
    sent: u64,
}

impl Totals {
    /// True if nothing was counted.
    pub fn is_empty(&self) -> bool {
        *self == Totals::default()
    }

    /// Adds the other's numbers to these.
    pub fn add(&mut self, other: &Totals) {
        self.users += other.users;
        self.chats += other.chats;
        self.messages += other.messages;
        for (emoji, count) in &other.reactions {
            *self.reactions.entry(emoji.clone()).or_default() += count;
        }
        self.reactions.retain(|_, count| *count != 0);
        if self.reactions.len() > EMOJI {
            let mut counts: Vec<i64> = self.reactions.values().copied().collect();
            let (_, least, _) = counts.select_nth_unstable_by(EMOJI, |one, other| other.cmp(one));
            let least = *least;
            self.reactions.retain(|_, count| *count > least);
        }
    }
}

impl StatsCounter {
    /// Counts a new message.
    pub fn message_sent(&self) {
        self.counted.lock().messages += 1;
        *self.sent.lock() += 1;
    }

    /// Counts a change of the totals.
    pub fn add(&self, change: &Totals) {
        self.counted.lock().add(change);
    }

    /// Counts accounts that were created (positive) or deleted (negative).
    pub fn add_users(&self, count: i64) {
        self.counted.lock().users += count;
    }

    /// True if nothing was counted since the last [`StatsCounter::take`].
    pub fn is_empty(&self) -> bool {
        self.counted.lock().is_empty()
    }

    /// Returns what was counted and starts again from zero.
    pub fn take(&self) -> Totals {
        std::mem::take(&mut *self.counted.lock())
    }

    /// Records the number of commands so far, for the rates.
    pub fn sample(&self, commands: u64) {
        let sent = *self.sent.lock();
        let mut samples = self.samples.lock();
        while samples.front().is_some_and(|sample| sample.at.elapsed() > WINDOW) {
            samples.pop_front();
        }
        samples.push_back(Sample { at: Instant::now(), commands, sent });
    }

    /// NodeRates over the last minute, given the number of commands so far.
    pub fn rates(&self, commands: u64) -> NodeRates {
        let sent = *self.sent.lock();
        let Some(since) = self.samples.lock().front().copied() else { return NodeRates::default() };
        let seconds = since.at.elapsed().as_secs_f64().max(1.0);
        let rate = |count: u64| (count as f64 / seconds * 100.0).round() / 100.0;
        NodeRates {
            commands: rate(commands.saturating_sub(since.commands)),
            messages: rate(sent.saturating_sub(since.sent)),
        }
    }
}
