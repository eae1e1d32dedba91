//! Merges messages of several chats into one page, the same for every backend.

use super::page::{MessageRun, PAGE_BYTES, PagePart, Stored};
use crate::protocol::{ChatId, Message, Seq, Timestamp};
use crate::store::repository::{Page, SearchCursor};

/// The messages of one chat that follow a search cursor: none later than a time, and all before a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) latest: Timestamp,
    pub(super) before: Seq,
}

impl Bound {
    /// Start of the next page in a chat; `end` is beyond every clock.
    pub(super) fn of(after: Option<&SearchCursor>, chat: &ChatId, end: Seq) -> Self {
        let Some(SearchCursor { at, chat: last, seq }) = after else {
            return Bound { latest: Timestamp::from_millis(LATEST), before: end };
        };
        match chat.cmp(last) {
            std::cmp::Ordering::Equal => Bound { latest: *at, before: *seq },
            std::cmp::Ordering::Greater => Bound { latest: *at, before: end },
            std::cmp::Ordering::Less => {
                Bound { latest: Timestamp::from_millis(at.millis().saturating_sub(1)), before: end }
            }
        }
    }
}

/// The last millisecond of the year 9999.
const LATEST: i64 = 253_402_300_799_999;

/// The newest of the found messages, as many as the page holds.
pub(super) fn newest<T: Stored>(mut found: Vec<T>, limit: usize) -> Page<Message> {
    sort(&mut found);
    let PagePart { messages: items, more, .. } = MessageRun(found).cut(PAGE_BYTES, limit);
    Page { items, more }
}

/// Sorts messages, newest first.
pub(super) fn sort<T: Stored>(found: &mut [T]) {
    found.sort_by(|one, other| {
        let (one_at, one_chat, one_seq) = one.place();
        let (at, chat, seq) = other.place();
        at.cmp(&one_at).then_with(|| one_chat.cmp(chat)).then_with(|| seq.cmp(&one_seq))
    });
}
