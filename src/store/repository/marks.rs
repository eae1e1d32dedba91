//! Read and delivered positions of members, and a member's private settings for a chat.

use async_trait::async_trait;

use crate::protocol::{ChatId, Mark, Mute, Seq, Timestamp, UserId, Viewer};
use crate::store::error::Result;

/// Stores the read and delivered positions of members.
///
/// Rules for every backend:
/// 1. A mark MUST never move back, even with concurrent writers, and MUST never be beyond the chat's clock.
/// 2. Reading a message also delivers it.
/// 3. Only members have marks; a user who joins again starts from the beginning.
/// 4. Mutes and unread marks do not change the chat: they MUST NOT take a tick.
/// 5. An unread mark MUST be durable before its result is returned, and MUST end with the membership. It MUST be cleared in
///    the write of the advance that clears it.
#[async_trait]
pub trait ReadCursors {
    /// Moves marks forward, in as few writes as possible, and returns each before and after; `None` for a user who is
    /// not a member.
    async fn mark(&self, steps: &[Advance]) -> Result<Vec<Option<Advanced>>>;

    /// The position up to which every reader has read; a reader's own messages count as read. Readers are the human
    /// members who are neither deleted nor banned from the server at that time; if there are none, it is the chat's
    /// clock. `ahead` has marks newer than the stored ones.
    async fn read_by_all(&self, chat: &ChatId, ahead: &[(UserId, Seq)], now: Timestamp) -> Result<Seq>;

    /// The number of members other than a user who have reached a position. `ahead` has marks newer than the stored
    /// ones; those of users who are not members do not count.
    async fn reach(&self, chat: &ChatId, seq: Seq, other_than: &UserId, ahead: &[Mark]) -> Result<MarkCounts>;

    /// The members of these chats whose marks have moved after this time, at most [`MARKS_MOST`] per chat: those who
    /// have read furthest.
    async fn moved_marks(&self, chats: &[ChatId], since: Timestamp) -> Result<Vec<MovedMark>>;

    /// The senders of the messages after the first position and up to the second; if there are more than
    /// [`AUTHORED_MOST`] positions, only those of the last ones.
    async fn authors(&self, chat: &ChatId, after: Seq, to: Seq) -> Result<Vec<UserId>>;

    /// The user's own view of a chat as if they had read up to a position; `None` for non-members.
    async fn viewer(&self, chat: &ChatId, user: &UserId, read_seq: Seq) -> Result<Option<Viewer>>;

    /// Marks a chat as unread from a position on; true if it was not marked from there before, `None` for a user who is
    /// not a member. The read position does not change.
    async fn mark_unread(&self, chat: &ChatId, user: &UserId, from: Seq) -> Result<Option<bool>>;

    /// Clears the user's unread mark if it is at or before `read`; true if it was.
    async fn clear_unread(&self, chat: &ChatId, user: &UserId, read: Seq) -> Result<bool>;

    /// Sets the user's mute of a chat and returns the previous one; `None` for a user who is not a member.
    async fn mute(&self, chat: &ChatId, user: &UserId, mute: Mute) -> Result<Option<Mute>>;
}

/// Maximum number of other members in a reply: those who have read furthest.
pub const MARKS_MOST: usize = 200;

/// Number of positions back for which authors are notified of deliveries.
pub const AUTHORED_MOST: u64 = 1000;

/// The number of members who have reached a position, by mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarkCounts {
    pub read: u64,
    pub delivered: u64,
}

/// A request to advance a user's marks in a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advance {
    /// The chat.
    pub chat: ChatId,
    pub user: UserId,
    /// The position up to which the user has read; 0 leaves it unchanged.
    pub read: Seq,
    /// The position up to which messages were delivered to the user; 0 leaves it unchanged.
    pub delivered: Seq,
    /// Time of the advance.
    pub at: Timestamp,
    /// True to clear the user's unread mark if it is at or before `read`.
    pub clears_unread: bool,
}

/// A member's positions in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The position up to which the user has read.
    pub read: Seq,
    /// Time at which this position was reached.
    pub read_at: Timestamp,
    /// The position up to which messages were delivered to the user.
    pub delivered: Seq,
    /// Time at which this position was reached.
    pub delivered_at: Timestamp,
}

/// A member's positions in a chat, at least one of which has moved recently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedMark {
    pub chat: ChatId,
    pub user: UserId,
    pub now: Progress,
}

impl Progress {
    /// True if one of the positions has moved after this time. Members who have just joined have not moved.
    pub fn has_moved_after(&self, since: Timestamp) -> bool {
        self.delivered > 0 && (self.read_at > since || self.delivered_at > since)
    }
}

/// A member's positions before and after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advanced {
    pub before: Progress,
    pub now: Progress,
    /// True if an unread mark was cleared.
    pub cleared: bool,
}

impl Advance {
    /// True if the advance clears an unread mark at this position.
    pub fn clears(&self, unread_from: Seq) -> bool {
        self.clears_unread && unread_from <= self.read
    }
}

impl Progress {
    /// The marks after an advance, in a chat with this clock.
    pub fn after(self, step: &Advance, clock: Seq) -> Progress {
        let read = step.read.min(clock);
        let delivered = step.delivered.max(step.read).min(clock);
        let mut now = self;
        if read > now.read {
            now.read = read;
            now.read_at = step.at;
        }
        if delivered > now.delivered {
            now.delivered = delivered;
            now.delivered_at = step.at;
        }
        now
    }
}
