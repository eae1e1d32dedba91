//! Rates of this node. Totals are counted in the store, which alone still has them after a crash.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use crate::ops::timestamp::Timestamp;

/// The period over which rates are averaged.
const WINDOW: Duration = Duration::from_secs(60);
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

/// Counts this node's work, for its rates.
#[derive(Debug, Default)]
pub struct StatsCounter {
    samples: Mutex<VecDeque<Sample>>,
    sent: Mutex<u64>,
}

#[derive(Clone, Copy, Debug)]
struct Sample {
    at: Instant,
    commands: u64,
    sent: u64,
}

impl StatsCounter {
    /// Counts a new message.
    pub fn message_sent(&self) {
        *self.sent.lock() += 1;
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

    /// The rates over the last minute, given the number of commands so far.
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
