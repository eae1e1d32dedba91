//! Receipts: how far members have read and been reached, on its way to the storage.
//!
//! A mark is written at once and its caller waits for that, unless one of the same user in the same chat was written
//! within `PAUSE`: then it is kept here, where readers look too, and written when that time is over, when the user
//! goes, or when the server stops. Marks that come while others are written go together. So however often a mark is
//! set, it costs one write in that time at most.
//!
//! That messages have reached somebody is not said by their client but seen here: what a chat's listeners were given is
//! noted once a message, and [`Receipts::tick`] looks whose sockets have taken it.
//!
//! Lock order: marks, late. None is held while waiting.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::cluster::Bus;
use crate::ops::clock::Clock;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, Mark, Member, Seq, UserId};
use crate::realtime::hub::Hub;
use crate::store::repository::{Advance, Progress, Repository};

mod delivered;
mod entry;

use delivered::Late;
use entry::Entry;

/// How long a user's marks in a chat wait after one was written.
const PAUSE: Duration = Duration::from_secs(1);
/// How many marks are written together.
const BATCH: usize = 256;

type Entries = HashMap<ChatId, HashMap<UserId, Entry>>;

/// The marks of this node that are on their way.
#[derive(Debug)]
pub struct Receipts {
    repository: Arc<dyn Repository>,
    hub: Arc<Hub>,
    bus: Arc<Bus>,
    clock: Arc<Clock>,
    entries: Mutex<Entries>,
    late: Mutex<Late>,
    /// Held by the one who writes.
    writing: tokio::sync::Mutex<()>,
}

/// What came of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// How the marks stand.
    pub now: Progress,
    /// How far the user had read before.
    pub read_before: Seq,
    /// How far messages had reached the user before.
    pub delivered_before: Seq,
}

impl Marked {
    fn new(before: Progress, now: Progress) -> Self {
        Marked { now, read_before: before.read, delivered_before: before.delivered }
    }
}

/// Which marks are to be written.
#[derive(Clone, Copy, Debug)]
enum Which<'a> {
    /// Those of which somebody waits to hear.
    Asked,
    /// As many of those whose time has come as are written together.
    Due,
    /// All of one user's.
    Of(&'a UserId),
    /// All.
    All,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Receipts {
    /// No marks yet.
    pub fn new(repository: Arc<dyn Repository>, (hub, bus): (Arc<Hub>, Arc<Bus>), clock: Arc<Clock>) -> Arc<Self> {
        let (entries, late, writing) = Default::default();
        Arc::new(Receipts { repository, hub, bus, clock, entries, late, writing })
    }

    /// Moves a user's marks forward; none if the user is not in the chat.
    pub async fn mark(self: &Arc<Self>, step: &Advance) -> Result<Option<Marked>> {
        if let Some(marked) = self.note(step) {
            return Ok(Some(marked));
        }
        // A task of its own: who stops waiting must not leave marks behind that nobody writes.
        let receipts = self.clone();
        let written = tokio::spawn(async move { receipts.write(Which::Asked).await }).await;
        written.map_err(Error::internal)??;
        let mut entries = lock(&self.entries);
        let entry = entries.get_mut(&step.chat).and_then(|chat| chat.get_mut(&step.user));
        Ok(entry.and_then(|entry| entry.settled()))
    }

    /// Notes a mark; what came of it, unless it is to be written now.
    fn note(&self, step: &Advance) -> Option<Marked> {
        let mut entries = lock(&self.entries);
        if !entries.contains_key(&step.chat) {
            entries.insert(step.chat.clone(), HashMap::new());
        }
        let chat = entries.get_mut(&step.chat)?;
        match chat.get_mut(&step.user) {
            Some(entry) => entry.raise(step),
            None => {
                chat.insert(step.user.clone(), Entry::new(step));
                None
            }
        }
    }

    /// Writes marks, after whoever is writing.
    async fn write(&self, which: Which<'_>) -> Result<()> {
        let _one = self.writing.lock().await;
        loop {
            let steps = self.take(which);
            if steps.is_empty() {
                return Ok(());
            }
            match self.repository.mark(&steps).await {
                Ok(moved) => {
                    let mut entries = lock(&self.entries);
                    for (step, moved) in steps.iter().zip(moved) {
                        let Some(chat) = entries.get_mut(&step.chat) else { continue };
                        match (moved, chat.get_mut(&step.user)) {
                            (Some(moved), Some(entry)) => entry.wrote(step, moved),
                            (None, _) => drop(chat.remove(&step.user)),
                            (Some(_), None) => {}
                        }
                    }
                }
                Err(error) => {
                    self.give_back(&steps);
                    return Err(error);
                }
            }
            if steps.len() < BATCH || matches!(which, Which::Due) {
                return Ok(());
            }
        }
    }

    fn take(&self, which: Which<'_>) -> Vec<Advance> {
        let (mut entries, now) = (lock(&self.entries), Instant::now());
        let entries = entries.iter_mut().flat_map(|(chat, users)| {
            users
                .iter_mut()
                .filter(move |(user, entry)| match which {
                    Which::Asked => entry.is_asked() && entry.is_due(now),
                    Which::Due => entry.is_due(now),
                    Which::Of(one) => *user == one && entry.is_ahead(),
                    Which::All => entry.is_ahead(),
                })
                .map(move |(user, entry)| entry.step((chat, user), now))
        });
        entries.take(BATCH).collect()
    }

    /// Has marks that could not be written tried again.
    fn give_back(&self, steps: &[Advance]) {
        let mut entries = lock(&self.entries);
        for step in steps {
            if let Some(entry) = entries.get_mut(&step.chat).and_then(|chat| chat.get_mut(&step.user)) {
                entry.again();
            }
        }
    }

    /// Writes what a user has left who goes.
    pub async fn flush_user(&self, user: &UserId) {
        let waits = |users: &HashMap<UserId, Entry>| users.get(user).is_some_and(Entry::is_ahead);
        if lock(&self.entries).values().any(waits) {
            self.write_quietly(Which::Of(user)).await;
        }
    }

    /// Writes everything that waits.
    pub async fn flush(&self) {
        self.write_quietly(Which::All).await;
    }

    async fn write_quietly(&self, which: Which<'_>) {
        if let Err(error) = self.write(which).await {
            tracing::warn!(error = %error, "marks are not written yet");
        }
    }

    /// Forgets what there is of a chat that has ended.
    pub fn forget(&self, chat: &ChatId) {
        lock(&self.entries).remove(chat);
    }

    /// Forgets marks that have been written and are not news any more.
    fn tidy(&self) {
        let now = Instant::now();
        lock(&self.entries).retain(|_, users| {
            users.retain(|_, entry| !entry.is_over(now));
            !users.is_empty()
        });
    }
}

/// What readers look at beside the storage.
impl Receipts {
    /// How far everybody in a chat has read.
    pub async fn read_by_all(&self, chat: &ChatId) -> Result<Seq> {
        let ahead = self.all_ahead(chat);
        self.repository.read_by_all(chat, &ahead).await
    }

    /// How far a user has read, if that was told of late: it may have been written since somebody looked.
    pub fn read_ahead(&self, chat: &ChatId, user: &UserId) -> Option<Seq> {
        lock(&self.entries).get(chat)?.get(user).map(|entry| entry.marks().0)
    }

    /// How far users have read in a chat, where that may not be written yet.
    fn all_ahead(&self, chat: &ChatId) -> Vec<(UserId, Seq)> {
        let entries = lock(&self.entries);
        let ahead = entries.get(chat).into_iter().flatten().filter(|(_, entry)| entry.is_ahead());
        ahead.map(|(user, entry)| (user.clone(), entry.marks().0)).collect()
    }

    /// The same marks, as far as they have come.
    pub fn ahead_of(&self, chat: &ChatId, marks: &mut [Mark]) {
        let entries = lock(&self.entries);
        let Some(users) = entries.get(chat) else { return };
        for mark in marks {
            if let Some(entry) = users.get(&mark.user_id) {
                let (read, delivered) = entry.marks();
                (mark.read_seq, mark.delivered_seq) = (mark.read_seq.max(read), mark.delivered_seq.max(delivered));
            }
        }
    }

    /// The same members, as far as they have come.
    pub fn members_ahead_of(&self, chat: &ChatId, members: &mut [Member]) {
        let entries = lock(&self.entries);
        let Some(users) = entries.get(chat) else { return };
        for member in members {
            if let Some(entry) = users.get(&member.user.id) {
                let (read, delivered) = entry.marks();
                member.read_seq = member.read_seq.max(read);
                member.delivered_seq = member.delivered_seq.max(delivered);
            }
        }
    }
}
