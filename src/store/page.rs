//! Cuts pages of messages to a number and a size, for every backend.

use crate::protocol::{ChatId, Message, Seq, Timestamp};

/// The approximate maximum size of a page in bytes of text.
pub(super) const PAGE_BYTES: usize = 512 << 10;

/// A message read by a backend.
pub(super) trait Stored {
    /// The message's approximate size on a page in bytes.
    fn bytes(&self) -> usize;
    /// Time, chat and position of the message.
    fn place(&self) -> (Timestamp, &ChatId, Seq);
    /// The message itself.
    fn into_message(self) -> Message;
}

/// Messages in reading order, possibly more than a page holds.
#[derive(Debug)]
pub(super) struct MessageRun<T>(pub(super) Vec<T>);

/// The messages of a page; `more` is true if others follow.
#[derive(Debug, Default)]
pub(super) struct PagePart {
    pub(super) messages: Vec<Message>,
    pub(super) more: bool,
    /// The approximate size of the messages in bytes.
    pub(super) bytes: usize,
}

impl<T: Stored> MessageRun<T> {
    fn bytes(&self, count: usize) -> usize {
        self.0.iter().take(count).map(T::bytes).sum()
    }

    /// Cuts the run to a page. A page has at least one message, whatever its length.
    pub(super) fn cut(self, bytes: usize, limit: usize) -> PagePart {
        let found = self.0.len();
        let mut left = bytes;
        let mut taken_bytes = 0;
        let fits = |(index, stored): &(usize, T)| {
            let bytes = stored.bytes();
            let fits = *index == 0 || bytes <= left;
            left = left.saturating_sub(bytes);
            taken_bytes += if fits { bytes } else { 0 };
            fits
        };
        let taken = self.0.into_iter().take(limit).enumerate().take_while(fits);
        let messages: Vec<Message> = taken.map(|(_, stored)| stored.into_message()).collect();
        let more = messages.len() < found;
        PagePart { messages, more, bytes: taken_bytes }
    }

    /// Half of the page from before a position, newest first, the rest from it on; if one side is short, the other
    /// fills the page.
    pub(super) fn around(older: Self, newer: Self, limit: usize) -> PagePart {
        let newer_share = newer.0.len().min(limit - older.0.len().min(limit / 2));
        let older_share = older.0.len().min(limit - newer_share);
        let newer_bytes = newer.bytes(newer_share).min(PAGE_BYTES - older.bytes(older_share).min(PAGE_BYTES / 2));
        let newer = newer.cut(newer_bytes, newer_share);
        let older = older.cut(PAGE_BYTES - newer_bytes, older_share);
        let mut messages = reversed(older.messages);
        messages.extend(newer.messages);
        PagePart { messages, more: newer.more || older.more, bytes: newer.bytes + older.bytes }
    }
}

/// Reverses messages that were read newest first.
pub(super) fn reversed(mut messages: Vec<Message>) -> Vec<Message> {
    messages.reverse();
    messages
}
