//! Receipts: read and delivered positions of members, until they are stored.
//!
//! A mark set by a command is written before the command is answered. Marks that arrive during a write are written
//! together, so many concurrent commands cause few writes.
//!
//! Clients do not report deliveries; the server observes them. Such a mark is kept here, where reads see it too, and
//! written at most once per user, chat and `PAUSE`, when the user disconnects, or when the server stops. The latest
//! message delivered to a chat's subscribers is recorded once, and [`Receipts::tick`] checks which sockets have
//! accepted it.
//!
//! Lock order: entries, then late deliveries. Neither is held across an await.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;

use crate::ops::clock::Clock;
use crate::ops::fault::{self, Fault};
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, Mark, Member, Seq, UserId};
use crate::store::repository::{Advance, Advanced, MarkCounts, Progress, Repository};

use super::bus::Bus;
use super::hub::Hub;

mod delivered;
mod entries;
mod entry;
mod found;

use delivered::LateDeliveries;
use entries::Entries;
use entry::ReceiptEntry;

/// The pause between two writes of a user's marks in a chat.
const PAUSE: Duration = Duration::from_secs(1);
/// Marks written together.
const BATCH: usize = 256;

/// The marks of this node that are not stored yet.
#[derive(Debug)]
pub struct Receipts {
    repository: Arc<dyn Repository>,
    hub: Arc<Hub>,
    bus: Arc<Bus>,
    clock: Arc<Clock>,
    entries: Mutex<Entries>,
    late: Mutex<LateDeliveries>,
    /// Held by the writer.
    writing: tokio::sync::Mutex<()>,
}

/// The outcome of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The marks after the change.
    pub now: Progress,
    /// The position up to which the user had read before.
    pub read_before: Seq,
    /// The position up to which messages had been delivered before.
    pub delivered_before: Seq,
    /// True if the write cleared an unread mark; none if nothing had to be written, so that the unread mark is as it was.
    pub cleared: Option<bool>,
}

impl Marked {
    fn new(before: Progress, now: Progress) -> Self {
        Marked { now, read_before: before.read, delivered_before: before.delivered, cleared: None }
    }
}

/// A selection of marks to be written.
#[derive(Clone, Copy, Debug)]
enum Selection<'a> {
    /// Marks that a command is waiting for.
    Asked,
    /// One batch of due marks.
    Due,
    /// All marks of one user.
    Of(&'a UserId),
    /// All marks.
    All,
}

impl Receipts {
    /// Receipts without any marks.
    pub fn new(repository: Arc<dyn Repository>, hub: Arc<Hub>, bus: Arc<Bus>, clock: Arc<Clock>) -> Arc<Self> {
        Arc::new(Receipts {
            repository,
            hub,
            bus,
            clock,
            entries: Mutex::default(),
            late: Mutex::default(),
            writing: tokio::sync::Mutex::default(),
        })
    }

    /// Moves a user's marks forward; none if the user is not a member.
    pub async fn mark(self: &Arc<Self>, advance: &Advance) -> Result<Option<Marked>> {
        if fault::is(Fault::LoseMarks) {
            let progress = |read| Progress { read, read_at: advance.at, delivered: read, delivered_at: advance.at };
            return Ok(Some(Marked::new(progress(0), progress(advance.read))));
        }
        if let Some(marked) = self.note(advance) {
            return Ok(Some(marked));
        }
        // Runs as a task of its own, so that a caller that stops waiting leaves no unwritten marks behind.
        let receipts = self.clone();
        let asked = advance.clone();
        let written = tokio::spawn(async move {
            let written = receipts.write(Selection::Asked).await;
            // Even if nothing could be written: the entry is kept as long as a caller waits for it.
            let marked = receipts.settled(&asked);
            written.map(|()| marked)
        });
        written.await.map_err(Error::internal)?
    }

    /// The outcome of a mark that had to be written.
    fn settled(&self, advance: &Advance) -> Option<Marked> {
        self.entries.lock().get_mut(&advance.chat, &advance.user).and_then(|entry| entry.settled(advance))
    }

    /// Records a mark; returns the outcome, unless the mark has to be written first.
    fn note(&self, advance: &Advance) -> Option<Marked> {
        let mut entries = self.entries.lock();
        match entries.get_mut(&advance.chat, &advance.user) {
            Some(entry) => {
                if let Some(marked) = entry.raise(advance) {
                    return Some(marked);
                }
            }
            None => entries.insert(&advance.chat, &advance.user, ReceiptEntry::new(advance)),
        }
        entries.ask(&advance.chat, &advance.user);
        None
    }

    /// Writes marks, one writer at a time.
    async fn write(&self, selection: Selection<'_>) -> Result<()> {
        let _one = self.writing.lock().await;
        loop {
            let advances = self.take(selection);
            if advances.is_empty() {
                return Ok(());
            }
            for place in (0..advances.len()).step_by(BATCH) {
                let (part, _) = advances[place..].split_at(BATCH.min(advances.len() - place));
                match self.repository.mark(part).await {
                    Ok(advanced) => self.note_written(part, advanced),
                    Err(error) => {
                        self.give_back(&advances[place..]);
                        return Err(error.into());
                    }
                }
            }
            // The other selections are taken completely in one go.
            if advances.len() != BATCH || matches!(selection, Selection::Due) {
                return Ok(());
            }
        }
    }

    fn note_written(&self, advances: &[Advance], advanced: Vec<Option<Advanced>>) {
        let mut entries = self.entries.lock();
        for (advance, advanced) in advances.iter().zip(advanced) {
            match (advanced, entries.get_mut(&advance.chat, &advance.user)) {
                (Some(advanced), Some(entry)) => entry.wrote(advance, advanced),
                (None, _) => entries.remove(&advance.chat, &advance.user),
                (Some(_), None) => {}
            }
        }
    }

    fn take(&self, selection: Selection<'_>) -> Vec<Advance> {
        let mut entries = self.entries.lock();
        let now = Instant::now();
        match selection {
            Selection::Asked => entries.take_asked(BATCH, now),
            Selection::Of(user) => entries.take_of(user, now),
            Selection::Due => entries.take_where(BATCH, now, |entry| entry.is_due(now)),
            Selection::All => entries.take_where(usize::MAX, now, ReceiptEntry::is_ahead),
        }
    }

    /// Reschedules marks that could not be written.
    fn give_back(&self, advances: &[Advance]) {
        let mut entries = self.entries.lock();
        for advance in advances {
            let Some(entry) = entries.get_mut(&advance.chat, &advance.user) else { continue };
            entry.again();
            if entry.is_asked() {
                entries.ask(&advance.chat, &advance.user);
            }
        }
    }

    /// Writes the marks of a user who disconnects.
    pub async fn flush_user(&self, user: &UserId) {
        let waits = self.entries.lock().is_ahead_of(user);
        if waits {
            self.write_quietly(Selection::Of(user)).await;
        }
    }

    /// Writes all waiting marks.
    pub async fn flush(&self) {
        self.write_quietly(Selection::All).await;
    }

    async fn write_quietly(&self, selection: Selection<'_>) {
        if let Err(error) = self.write(selection).await {
            tracing::warn!(error = %error, "marks could not be written yet");
        }
    }

    /// The number of marks that commands are waiting for.
    pub fn asked(&self) -> usize {
        self.entries.lock().each().filter(|entry| entry.is_asked()).count()
    }

    /// Forgets the marks of a chat that has ended.
    pub fn forget(&self, chat: &ChatId) {
        self.entries.lock().remove_chat(chat);
    }

    /// Forgets marks that were written some time ago.
    fn tidy(&self) {
        let now = Instant::now();
        self.entries.lock().retain(|entry| !entry.is_over(now));
    }
}

/// Reads, including marks not written yet.
impl Receipts {
    /// The position up to which every human member who can still read has read.
    pub async fn read_by_all(&self, chat: &ChatId) -> Result<Seq> {
        let ahead = self.marks_ahead(chat);
        let ahead: Vec<_> = ahead.into_iter().map(|mark| (mark.user_id, mark.read_seq)).collect();
        Ok(self.repository.read_by_all(chat, &ahead, self.clock.now()).await?)
    }

    /// The numbers of members other than a user who have read a position, and to whom it was delivered.
    ///
    /// # Errors
    /// Fails if the storage fails.
    pub async fn reach(&self, chat: &ChatId, seq: Seq, other_than: &UserId) -> Result<MarkCounts> {
        let ahead = self.marks_ahead(chat);
        Ok(self.repository.reach(chat, seq, other_than, &ahead).await?)
    }

    /// The position up to which a user has read, if it changed so recently that it may not be stored yet.
    pub fn read_ahead(&self, chat: &ChatId, user: &UserId) -> Option<Seq> {
        self.entries.lock().of_chat(chat)?.get(user).map(|entry| entry.marks().read)
    }

    /// The marks in a chat that may not be written yet.
    fn marks_ahead(&self, chat: &ChatId) -> Vec<Mark> {
        let entries = self.entries.lock();
        let ahead = entries.of_chat(chat).into_iter().flatten().filter(|(_, entry)| entry.is_ahead());
        let mark = |(user, entry): (&UserId, &ReceiptEntry)| {
            let marks = entry.marks();
            Mark { user_id: user.clone(), read_seq: marks.read, delivered_seq: marks.delivered }
        };
        ahead.map(mark).collect()
    }

    /// Adds newer positions to marks from the storage.
    pub fn ahead_of(&self, chat: &ChatId, marks: &mut [Mark]) {
        let entries = self.entries.lock();
        let Some(users) = entries.of_chat(chat) else { return };
        for mark in marks {
            if let Some(entry) = users.get(&mark.user_id) {
                let marks = entry.marks();
                mark.read_seq = mark.read_seq.max(marks.read);
                mark.delivered_seq = mark.delivered_seq.max(marks.delivered);
            }
        }
    }

    /// Adds newer positions to members from the storage.
    pub fn members_ahead_of(&self, chat: &ChatId, members: &mut [Member]) {
        let entries = self.entries.lock();
        let Some(users) = entries.of_chat(chat) else { return };
        for member in members {
            if let Some(entry) = users.get(&member.user.id) {
                let marks = entry.marks();
                member.read_seq = member.read_seq.max(marks.read);
                member.delivered_seq = member.delivered_seq.max(marks.delivered);
            }
        }
    }
}
