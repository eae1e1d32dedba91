use tokio::time::Instant;

use crate::ops::work;
use crate::protocol::{ChatId, Seq, Timestamp, UserId};
use crate::store::repository::{Advance, Advanced, Progress};

use super::{Marked, PAUSE};

/// The positions up to which a user has read and messages were delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) read: Seq,
    pub(super) delivered: Seq,
}

/// Messages whose authors are to be told that they have arrived: those after `from`, up to `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arrived {
    pub(super) from: Seq,
    pub(super) to: Seq,
    pub(super) at: Timestamp,
}

/// The marks of one user in one chat.
#[derive(Debug)]
pub(super) struct ReceiptEntry {
    /// Where they are to stand.
    wished: Progress,
    /// Where the storage has them; none: not known yet.
    stored: Option<Progress>,
    /// Where the storage had them before the latest write.
    before: Option<Progress>,
    /// Where the latest answer to a command had them.
    answered: Marks,
    /// Up to where authors have been told, or are told by a command, that their messages have arrived.
    told: Seq,
    /// True if messages have arrived and their authors have not been told.
    untold: bool,
    /// A command has advanced them, and not only the server.
    asked: bool,
    /// When they may be written again.
    next: Instant,
}

impl ReceiptEntry {
    /// Marks of which nothing but a command's wish is known.
    pub(super) fn new(advance: &Advance) -> Self {
        let delivered = advance.delivered.max(advance.read);
        let wished = Progress { read: advance.read, read_at: advance.at, delivered, delivered_at: advance.at };
        ReceiptEntry {
            wished,
            stored: None,
            before: None,
            answered: Marks::default(),
            told: delivered,
            untold: false,
            asked: true,
            next: Instant::now(),
        }
    }

    /// Marks of which nothing is known but that messages have arrived.
    pub(super) fn arrived(advance: &Advance) -> Self {
        ReceiptEntry { told: 0, untold: true, asked: false, ..ReceiptEntry::new(advance) }
    }

    /// Moves the marks by a command; what came of it, unless they have to be written first.
    pub(super) fn raise(&mut self, advance: &Advance) -> Option<Marked> {
        let before = self.wished;
        let is_within = |read: Seq, delivered: Seq| advance.read <= read && advance.delivered <= delivered;
        let is_stored = self.stored.is_some_and(|stored| is_within(stored.read, stored.delivered));
        if is_stored || is_within(self.answered.read, self.answered.delivered) {
            return Some(Marked::new(before, before));
        }
        self.told = self.told.max(advance.delivered).max(advance.read);
        self.wished = before.after(advance, Seq::MAX);
        self.asked = true;
        None
    }

    /// Notes that messages have arrived up to there.
    pub(super) fn arrive(&mut self, advance: &Advance) {
        if advance.delivered > self.wished.delivered {
            self.wished = self.wished.after(advance, Seq::MAX);
            self.untold = true;
        }
    }

    /// The outcome of writing a mark; `None` if the storage does not know the member.
    pub(super) fn settled(&mut self) -> Option<Marked> {
        let before = self.before?;
        // Another command may have moved the wish on, which is not written yet.
        let now = self.stored?;
        self.answered = Marks { read: now.read, delivered: now.delivered };
        Some(Marked::new(before, now))
    }

    /// True if something may not be written yet.
    pub(super) fn is_ahead(&self) -> bool {
        work::step();
        self.stored.is_none_or(|stored| self.wished.read > stored.read || self.wished.delivered > stored.delivered)
    }

    pub(super) fn is_due(&self, now: Instant) -> bool {
        self.is_ahead() && self.next <= now
    }

    /// True if somebody waits for it.
    pub(super) fn is_asked(&self) -> bool {
        self.asked
    }

    /// True if nothing is left to be done.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        !self.is_ahead() && !self.untold && self.next <= now
    }

    /// The positions up to which the user has read and messages were delivered.
    pub(super) fn marks(&self) -> Marks {
        Marks { read: self.wished.read, delivered: self.wished.delivered }
    }

    /// Takes what is to be written now.
    pub(super) fn take_advance(&mut self, chat: &ChatId, user: &UserId, now: Instant) -> Advance {
        self.next = now + PAUSE;
        let Progress { read, read_at, delivered, delivered_at } = self.wished;
        Advance { chat: chat.clone(), user: user.clone(), read, delivered, at: read_at.max(delivered_at) }
    }

    /// Takes over what the storage made of an advance. What was beyond the clock is cut off there.
    pub(super) fn wrote(&mut self, advance: &Advance, advanced: Advanced) {
        let now = advanced.now;
        // The pause begins when the write has ended, however long it took: until then its caller has not been answered,
        // and the entry must not be forgotten.
        self.next = Instant::now() + PAUSE;
        self.before = Some(advanced.before);
        self.stored = Some(now);
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

    /// The messages whose authors are to be told now.
    pub(super) fn take_untold(&mut self) -> Option<Arrived> {
        let stored = self.stored?;
        let before = self.before?;
        if !std::mem::take(&mut self.untold) {
            return None;
        }
        let from = before.delivered.max(self.told);
        self.told = self.told.max(stored.delivered);
        (stored.delivered > from).then_some(Arrived { from, to: stored.delivered, at: stored.delivered_at })
    }

    /// Makes it due again.
    pub(super) fn again(&mut self) {
        self.next = Instant::now();
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
    fn a_mark_whose_write_took_long_is_kept_until_its_caller_has_been_answered() {
        let at = Timestamp::from_millis(5);
        let advance = Advance { chat: "c".into(), user: "u".into(), read: 3, delivered: 3, at };
        let mut entry = ReceiptEntry::new(&advance);
        let begun = Instant::now().checked_sub(2 * PAUSE).expect("a machine that has run for some seconds");
        let step = entry.take_advance(&advance.chat, &advance.user, begun);
        let before = Progress { read: 1, read_at: at, delivered: 1, delivered_at: at };
        entry.wrote(&step, Advanced { before, now: before.after(&step, 9) });
        assert!(!entry.is_over(Instant::now()), "tidied away before its caller was answered");
        assert_eq!(entry.settled().map(|marked| (marked.read_before, marked.now.read)), Some((1, 3)));
    }
}
