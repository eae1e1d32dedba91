use std::time::Instant;

use crate::protocol::{ChatId, Seq, Timestamp, UserId};
use crate::store::repository::{Advance, Advanced, Progress};

use super::{Marked, PAUSE};

/// The marks of one user in one chat.
#[derive(Debug)]
pub(super) struct Entry {
    /// How they are to stand.
    wished: Progress,
    /// How the storage has them; none: that is not known yet.
    stored: Option<Progress>,
    /// How the storage had them before they were written last.
    before: Option<Progress>,
    /// Up to where whoever asked has been answered.
    answered: (Seq, Seq),
    /// Up to where authors know, or will be told by whoever asked, that their messages have arrived.
    told: Seq,
    /// Messages have arrived of which authors have not been told.
    untold: bool,
    /// A command has moved them, and not only the server.
    asked: bool,
    /// When it may be written again.
    next: Instant,
}

impl Entry {
    /// Marks of which nothing is known but this.
    pub(super) fn new(step: &Advance) -> Self {
        let delivered = step.delivered.max(step.read);
        let wished = Progress { read: step.read, read_at: step.at, delivered, delivered_at: step.at };
        let (stored, before, next) = (None, None, Instant::now());
        Entry { wished, stored, before, answered: (0, 0), told: delivered, untold: false, asked: true, next }
    }

    /// The same, seen by the server itself.
    pub(super) fn arrived(step: &Advance) -> Self {
        Entry { told: 0, untold: true, asked: false, ..Entry::new(step) }
    }

    /// Moves the marks; what came of it, unless they are to be written now.
    pub(super) fn raise(&mut self, step: &Advance) -> Option<Marked> {
        let before = self.wished;
        let is_within = |(read, delivered): (Seq, Seq)| step.read <= read && step.delivered <= delivered;
        let is_stored = self.stored.is_some_and(|stored| is_within((stored.read, stored.delivered)));
        if is_stored || is_within(self.answered) {
            return Some(Marked::new(before, before));
        }
        self.told = self.told.max(step.delivered).max(step.read);
        self.wished = before.after(step, Seq::MAX);
        self.asked = true;
        if self.stored.is_none() || self.next <= Instant::now() {
            return None;
        }
        self.answered = self.marks();
        Some(Marked::new(before, self.wished))
    }

    /// Notes that messages have arrived up to there.
    pub(super) fn arrive(&mut self, step: &Advance) {
        if step.delivered > self.wished.delivered {
            self.wished = self.wished.after(step, Seq::MAX);
            self.untold = true;
        }
    }

    /// What came of a mark that was to be written; none if the storage knows nothing of it.
    pub(super) fn settled(&mut self) -> Option<Marked> {
        let before = self.before?;
        self.answered = self.marks();
        Some(Marked::new(before, self.wished))
    }

    /// Whether there is something that may not be written.
    pub(super) fn is_ahead(&self) -> bool {
        self.stored.is_none_or(|stored| self.wished.read > stored.read || self.wished.delivered > stored.delivered)
    }

    pub(super) fn is_due(&self, now: Instant) -> bool {
        self.is_ahead() && self.next <= now
    }

    /// Whether somebody waits for it.
    pub(super) fn is_asked(&self) -> bool {
        self.asked
    }

    /// Whether nothing is to be done any more.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        !self.is_ahead() && !self.untold && self.next <= now
    }

    /// How far the user has read, and messages have reached them.
    pub(super) fn marks(&self) -> (Seq, Seq) {
        (self.wished.read, self.wished.delivered)
    }

    /// What is to be written now.
    pub(super) fn step(&mut self, (chat, user): (&ChatId, &UserId), now: Instant) -> Advance {
        self.next = now + PAUSE;
        let Progress { read, read_at, delivered, delivered_at } = self.wished;
        Advance { chat: chat.clone(), user: user.clone(), read, delivered, at: read_at.max(delivered_at) }
    }

    /// Takes over what the storage made of a step. What was beyond the clock is cut off there.
    pub(super) fn wrote(&mut self, step: &Advance, moved: Advanced) {
        let now = moved.now;
        (self.before, self.stored) = (Some(moved.before), Some(now));
        if self.wished.read <= step.read.max(now.read) {
            (self.wished.read, self.wished.read_at) = (now.read, now.read_at);
        }
        if self.wished.delivered <= step.delivered.max(now.delivered) {
            (self.wished.delivered, self.wished.delivered_at) = (now.delivered, now.delivered_at);
        }
        self.asked &= self.is_ahead();
    }

    /// The messages of which authors are to be told now that they have arrived, and since when.
    pub(super) fn take_untold(&mut self) -> Option<((Seq, Seq), Timestamp)> {
        let (stored, before) = (self.stored?, self.before?);
        if !std::mem::take(&mut self.untold) {
            return None;
        }
        let from = before.delivered.max(self.told);
        self.told = self.told.max(stored.delivered);
        (stored.delivered > from).then_some(((from, stored.delivered), stored.delivered_at))
    }

    /// Has it tried again.
    pub(super) fn again(&mut self) {
        self.next = Instant::now();
    }
}
