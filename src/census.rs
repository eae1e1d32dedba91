//! How much there is on the server: counted as it comes about, so that nobody has to look at all of it.
//!
//! Each node keeps what it has counted and adds it, every few seconds and before anybody is told, to the one document
//! that all nodes add to. What a node has counted and not yet added is lost if it is killed.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::model::{ChatEvent, Timestamp};
use crate::repository::{Document, Repository};
use crate::rules::Outcome;

/// Where the document is.
const PLACE: &str = "census";
/// How often writing it is tried that other nodes hinder.
const ATTEMPTS: u32 = 12;
/// How far back rates look.
const WINDOW: Duration = Duration::from_secs(60);
/// How many different emoji are kept; those that are there least go first.
const EMOJI: usize = 1000;
/// How long a node counts as there that has said nothing.
const SILENT_MILLIS: i64 = 60_000;

/// What there is, or by how much it has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Totals {
    /// Accounts that are not deleted.
    pub users: i64,
    /// Chats, archived ones too.
    pub chats: i64,
    /// Messages that are not deleted.
    pub messages: i64,
    /// How often each emoji was put on a message and not taken back; only those that are there most.
    pub reactions: BTreeMap<String, i64>,
}

/// What one node says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Connections open there.
    pub connections: u64,
    /// Commands a second over the last minute.
    pub commands: f64,
    /// Messages a second over the last minute.
    pub messages: f64,
    /// When it said so.
    pub at: Timestamp,
}

/// What is kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// Of all nodes together.
    pub totals: Totals,
    /// Each node's own, by its name.
    pub nodes: BTreeMap<String, Node>,
}

/// Counts for this node.
#[derive(Debug, Default)]
pub struct Census {
    counted: Mutex<Totals>,
    samples: Mutex<VecDeque<(Instant, u64, u64)>>,
    sent: Mutex<u64>,
}

impl Totals {
    fn is_nothing(&self) -> bool {
        *self == Totals::default()
    }

    fn add(&mut self, other: &Totals) {
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

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Census {
    /// Counts what has come of a change.
    pub fn note(&self, outcome: &Outcome) {
        let mut counted = lock(&self.counted);
        match &outcome.event {
            ChatEvent::NewChat(_) => counted.chats += 1,
            ChatEvent::NewMessage(_) => {
                counted.messages += 1;
                *lock(&self.sent) += 1;
            }
            ChatEvent::MessageDeleted(_) => counted.messages -= 1,
            ChatEvent::ReactionAdded(event) => *counted.reactions.entry(event.emoji.clone()).or_default() += 1,
            ChatEvent::ReactionRemoved(event) => *counted.reactions.entry(event.emoji.clone()).or_default() -= 1,
            _ => {}
        }
        if let Some(messages) = outcome.ended {
            counted.chats -= 1;
            counted.messages -= i64::try_from(messages).unwrap_or(0);
        }
    }

    /// Counts accounts that have come, or gone.
    pub fn note_users(&self, count: i64) {
        lock(&self.counted).users += count;
    }

    /// Notes how much was done by now, for the rates.
    pub fn sample(&self, commands: u64) {
        let sent = *lock(&self.sent);
        let mut samples = lock(&self.samples);
        while samples.front().is_some_and(|(at, ..)| at.elapsed() > WINDOW) {
            samples.pop_front();
        }
        samples.push_back((Instant::now(), commands, sent));
    }

    /// Commands and messages a second.
    pub fn rates(&self, commands: u64) -> (f64, f64) {
        let sent = *lock(&self.sent);
        let Some((at, commands_then, sent_then)) = lock(&self.samples).front().copied() else { return (0.0, 0.0) };
        let rate = |count: u64| (count as f64 / at.elapsed().as_secs_f64().max(1.0) * 100.0).round() / 100.0;
        (rate(commands.saturating_sub(commands_then)), rate(sent.saturating_sub(sent_then)))
    }

    /// Adds what was counted to what is kept; nothing is written where nothing was counted.
    pub async fn keep(&self, repository: &dyn Repository) -> Result<()> {
        if lock(&self.counted).is_nothing() {
            return Ok(());
        }
        self.settle(repository, None).await.map(drop)
    }

    /// Adds what was counted to what is kept, with what this node says of itself, and gives what is kept then.
    pub async fn settle(&self, repository: &dyn Repository, own: Option<(&str, Node)>) -> Result<Record> {
        let counted = std::mem::take(&mut *lock(&self.counted));
        let settled = add(repository, &counted, own).await;
        if settled.is_err() {
            lock(&self.counted).add(&counted);
        }
        settled
    }
}

async fn add(repository: &dyn Repository, counted: &Totals, own: Option<(&str, Node)>) -> Result<Record> {
    for _ in 0..ATTEMPTS {
        let found = repository.document(PLACE).await?;
        let version = found.as_ref().map_or(0, |found| found.version);
        let mut record: Record = match &found {
            Some(found) => serde_json::from_str(&found.text).map_err(Error::internal)?,
            None => Record::default(),
        };
        if counted.is_nothing() && own.is_none() {
            return Ok(record);
        }
        record.totals.add(counted);
        if let Some((name, node)) = &own {
            record.nodes.retain(|_, other| node.at.millis() - other.at.millis() < SILENT_MILLIS);
            record.nodes.insert((*name).to_owned(), node.clone());
        }
        let text = serde_json::to_string(&record).map_err(Error::internal)?;
        if repository.save_document(PLACE, &Document { version: version + 1, text }).await? {
            return Ok(record);
        }
    }
    Err(Error::unavailable("the counts are changed by other nodes all the time"))
}
