use tokio::time::Instant;

use crate::ops::work;
use crate::protocol::{ChatId, Seq, Timestamp, UserId};
use crate::store::repository::{Advance, Advanced, Progress};

use super::{Marked, PAUSE};

/// The positions up to which a user has read, and up to which messages were delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) read: Seq,
    pub(super) delivered: Seq,
}

impl Marks {
    fn of(progress: &Progress) -> Self {
        Marks { read: progress.read, delivered: progress.delivered }
    }

    /// Progress that is not beyond these positions.
    fn within(self, progress: Progress) -> Progress {
        let Marks { read, delivered } = self;
        Progress { read: read.min(progress.read), delivered: delivered.min(progress.delivered), ..progress }
    }
}

/// Messages whose delivery is reported to their authors: those after `from`, up to `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arrived {
    pub(super) from: Seq,
    pub(super) to: Seq,
    pub(super) at: Timestamp,
}

/// The marks of one user in one chat.
#[derive(Debug)]
pub(super) struct ReceiptEntry {
    /// The requested positions.
    wished: Progress,
    /// The stored positions; none if unknown.
    stored: Option<Progress>,
    /// The stored positions before the latest write.
    before: Option<Progress>,
    /// The positions in the latest reply to a command.
    answered: Marks,
    /// The position up to which deliveries have been reported to authors, by this node or by a command.
    reported: Seq,
    /// True if there are deliveries not yet reported to the authors.
    unreported: bool,
    /// The positions before a command's write whose outcome is unknown.
    doubted: Option<Marks>,
    /// The positions before such a write that turned out to be stored: nobody was told of what came after them.
    untold_since: Option<Marks>,
    /// True if the next write clears an unread mark.
    clears_unread: bool,
    /// The outcome of that: true if there was one; none if it was not written.
    cleared: Option<bool>,
    /// True if a command has advanced the marks, and not only the server.
    asked: bool,
    /// The number of commands waiting for the outcome of a write.
    waiting: usize,
    /// The earliest time of the next write.
    next: Instant,
}

impl ReceiptEntry {
    /// Marks of which only a command's request is known.
    pub(super) fn new(advance: &Advance) -> Self {
        let delivered = advance.delivered.max(advance.read);
        let wished = Progress { read: advance.read, read_at: advance.at, delivered, delivered_at: advance.at };
        ReceiptEntry {
            wished,
            stored: None,
            before: None,
            answered: Marks::default(),
            reported: delivered,
            unreported: false,
            doubted: None,
            untold_since: None,
            clears_unread: advance.clears_unread,
            cleared: None,
            asked: true,
            waiting: 1,
            next: Instant::now(),
        }
    }

    /// Marks of which only a delivery is known.
    pub(super) fn arrived(advance: &Advance) -> Self {
        ReceiptEntry { reported: 0, unreported: true, asked: false, waiting: 0, ..ReceiptEntry::new(advance) }
    }

    /// Advances the marks for a command; returns the outcome, unless they have to be written first.
    pub(super) fn raise(&mut self, advance: &Advance) -> Option<Marked> {
        let before = self.wished;
        if self.doubted.is_none() && self.is_settled_for(advance) {
            // A mark whose outcome was unknown is told with this reply.
            let since = self.untold_since.take().map_or(before, |since| since.within(before));
            return Some(Marked::new(since, before));
        }
        self.reported = self.reported.max(advance.delivered).max(advance.read);
        self.wished = before.after(advance, Seq::MAX);
        if advance.clears_unread {
            self.clears_unread = true;
            self.cleared = None;
        }
        self.asked = true;
        self.waiting += 1;
        None
    }

    /// True if the storage has an advance already.
    fn is_settled_for(&self, advance: &Advance) -> bool {
        let is_within = |read: Seq, delivered: Seq| advance.read <= read && advance.delivered <= delivered;
        let is_stored = self.stored.is_some_and(|stored| is_within(stored.read, stored.delivered));
        is_stored || is_within(self.answered.read, self.answered.delivered)
    }

    /// Records that messages up to this position have arrived.
    pub(super) fn arrive(&mut self, advance: &Advance) {
        if advance.delivered > self.wished.delivered {
            self.wished = self.wished.after(advance, Seq::MAX);
            self.unreported = true;
        }
    }

    /// The outcome of writing a mark; `None` if the storage does not know the member.
    pub(super) fn settled(&mut self, advance: &Advance) -> Option<Marked> {
        self.waiting = self.waiting.saturating_sub(1);
        // Of the commands of one user in one chat that clear it, this node runs one at a time.
        let cleared = if advance.clears_unread { self.cleared.take() } else { None };
        // A write that failed is repeated with it: readers are told of the mark as of one that clears it.
        self.clears_unread &= self.is_ahead();
        let before = self.before?;
        // Another command may have requested a later position, which is not written yet.
        let now = self.stored?;
        self.answered = Marks { read: now.read, delivered: now.delivered };
        if self.doubted.is_none() {
            self.untold_since = None;
        }
        Some(Marked { cleared, ..Marked::new(before, now) })
    }

    /// True if an advance may not be written yet.
    pub(super) fn is_ahead(&self) -> bool {
        work::step();
        self.stored.is_none_or(|stored| self.wished.read > stored.read || self.wished.delivered > stored.delivered)
    }

    pub(super) fn is_due(&self, now: Instant) -> bool {
        self.is_ahead() && self.next <= now
    }

    /// True if a command is waiting for the entry.
    pub(super) fn is_asked(&self) -> bool {
        self.asked
    }

    /// True if the entry is no longer needed.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        let is_told = !self.unreported && self.doubted.is_none() && self.untold_since.is_none();
        !self.is_ahead() && is_told && self.waiting == 0 && self.next <= now
    }

    /// The positions up to which the user has read, and up to which messages were delivered.
    pub(super) fn marks(&self) -> Marks {
        Marks { read: self.wished.read, delivered: self.wished.delivered }
    }

    /// Takes the advance to be written now.
    pub(super) fn take_advance(&mut self, chat: &ChatId, user: &UserId, now: Instant) -> Advance {
        self.next = now + PAUSE;
        let Progress { read, read_at, delivered, delivered_at } = self.wished;
        let at = read_at.max(delivered_at);
        let clears_unread = self.clears_unread;
        Advance { chat: chat.clone(), user: user.clone(), read, delivered, at, clears_unread }
    }

    /// Applies the outcome of an advance. Positions beyond the chat's clock are limited to it.
    pub(super) fn wrote(&mut self, advance: &Advance, advanced: Advanced) {
        let now = advanced.now;
        // The pause begins when the write has ended, however long the write took.
        self.next = Instant::now() + PAUSE;
        let before = advanced.before;
        self.before = Some(match self.doubted.take() {
            None => before,
            Some(since) => {
                self.untold_since = Some(since);
                since.within(before)
            }
        });
        self.stored = Some(now);
        if advance.clears_unread {
            self.clears_unread = false;
            self.cleared = Some(advanced.cleared);
        }
        if self.wished.read <= advance.read.max(now.read) {
            self.wished.read = now.read;
            self.wished.read_at = now.read_at;
        }
        if self.wished.delivered <= advance.delivered.max(now.delivered) {
            self.wished.delivered = now.delivered;
            self.wished.delivered_at = now.delivered_at;
        }
        self.asked &= self.is_ahead();
    }

    /// The messages whose delivery must be reported now.
    pub(super) fn take_unreported(&mut self) -> Option<Arrived> {
        let stored = self.stored?;
        let before = self.before?;
        if !std::mem::take(&mut self.unreported) {
            return None;
        }
        let from = before.delivered.max(self.reported);
        self.reported = self.reported.max(stored.delivered);
        (stored.delivered > from).then_some(Arrived { from, to: stored.delivered, at: stored.delivered_at })
    }

    /// Makes the entry due again, because the outcome of its write is unknown.
    pub(super) fn again(&mut self) {
        self.next = Instant::now();
        if self.asked {
            let stored = self.stored.map_or(Marks::default(), |stored| Marks::of(&stored));
            let since = self.untold_since.take().unwrap_or(stored);
            self.doubted.get_or_insert(since);
        }
    }

    /// Marks that are stored and that nobody was told of.
    pub(super) fn owed(advance: &Advance, marked: &Marked) -> Self {
        let mut entry =
            ReceiptEntry { asked: false, waiting: 0, stored: Some(marked.now), ..ReceiptEntry::new(advance) };
        entry.wished = marked.now;
        entry.owe(marked);
        entry
    }

    /// Notes that a stored mark could not be told.
    pub(super) fn owe(&mut self, marked: &Marked) {
        let since = Marks { read: marked.read_before, delivered: marked.delivered_before };
        let earlier = self.untold_since.unwrap_or(since);
        self.untold_since =
            Some(Marks { read: earlier.read.min(since.read), delivered: earlier.delivered.min(since.delivered) });
    }

    /// True if a command's mark is stored although the command failed, and nobody waits for it.
    pub(super) fn is_found(&self) -> bool {
        work::step();
        self.untold_since.is_some() && self.waiting == 0 && self.doubted.is_none() && self.stored.is_some()
    }

    /// The outcome of a command's mark that is stored although the command failed, once nobody waits for it.
    pub(super) fn take_found(&mut self) -> Option<Marked> {
        let stored = self.stored.filter(|_| self.waiting == 0 && self.doubted.is_none())?;
        let since = self.untold_since.take()?;
        Some(Marked::new(since.within(stored), stored))
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::super::PAUSE;
    use super::ReceiptEntry;
    use crate::protocol::Timestamp;
    use crate::store::repository::{Advance, Advanced, Progress};

    #[test]
    fn a_mark_is_kept_until_every_caller_is_answered() {
        let at = Timestamp::from_millis(5);
        let advance = Advance { chat: "c".into(), user: "u".into(), read: 3, delivered: 3, at, clears_unread: false };
        let mut entry = ReceiptEntry::new(&advance);
        assert!(entry.raise(&advance).is_none(), "another command waits for the same mark");
        let step = entry.take_advance(&advance.chat, &advance.user, Instant::now());
        let before = Progress { read: 1, read_at: at, delivered: 1, delivered_at: at };
        entry.wrote(&step, Advanced { before, now: before.after(&step, 9), cleared: false });
        let later = Instant::now() + 2 * PAUSE;
        for _ in 0..2 {
            assert!(!entry.is_over(later), "removed before its caller was answered");
            assert_eq!(entry.settled(&advance).map(|marked| (marked.read_before, marked.now.read)), Some((1, 3)));
        }
        assert!(entry.is_over(later));
    }
}
