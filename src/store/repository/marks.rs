//! How far members have come in a chat, and what else a member keeps about it for themselves.

use async_trait::async_trait;

use crate::protocol::error::Result;
use crate::protocol::{ChatId, Mute, Seq, Timestamp, UserId, Viewer};

/// Keeps the read and delivery positions of members.
///
/// Rules for every backend:
/// 1. A mark MUST never go back, whoever else writes at the same time, and MUST never be beyond the chat's clock.
/// 2. What is read is delivered too.
/// 3. Only those who are in have marks; who comes in again begins anew.
/// 4. Whether a chat is muted is no change of the chat: it MUST NOT take a tick.
#[async_trait]
pub trait ReadCursors {
    /// Moves marks forward, in as few writes as possible, and tells how each stood before and stands now; none for one
    /// who is not in.
    async fn mark(&self, steps: &[Advance]) -> Result<Vec<Option<Advanced>>>;

    /// The position up to which everybody who is in has read, one's own messages counting as read. `ahead` are marks
    /// that are further than those stored.
    async fn read_by_all(&self, chat: &ChatId, ahead: &[(UserId, Seq)]) -> Result<Seq>;

    /// Who has said something after the first position and up to the second; of more than [`AUTHORED_MOST`] positions,
    /// who at the last of them.
    async fn authors(&self, chat: &ChatId, between: (Seq, Seq)) -> Result<Vec<UserId>>;

    /// What the user alone would be told of a chat, had they read that far; none for one who is not in.
    async fn viewer(&self, chat: &ChatId, user: &UserId, read_seq: Seq) -> Result<Option<Viewer>>;

    /// Sets whether the user wants no notifications of a chat, and gives what it was; none for one who is not in.
    async fn mute(&self, chat: &ChatId, user: &UserId, mute: Mute) -> Result<Option<Mute>>;
}

/// How many marks of others are told with what has changed in a chat: of those who have read furthest.
pub const MARKS_MOST: usize = 200;

/// From how many positions back authors are told that their messages have arrived.
pub const AUTHORED_MOST: u64 = 1000;

/// A wish to move a user's marks in a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advance {
    /// In which chat.
    pub chat: ChatId,
    /// Whose.
    pub user: UserId,
    /// How far the user has read; 0: no news of that.
    pub read: Seq,
    /// How far messages have reached the user; 0: no news of that.
    pub delivered: Seq,
    /// When.
    pub at: Timestamp,
}

/// How a user's marks stand in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How far the user has read.
    pub read: Seq,
    /// Since when.
    pub read_at: Timestamp,
    /// How far messages have reached the user.
    pub delivered: Seq,
    /// Since when.
    pub delivered_at: Timestamp,
}

/// How marks stood and how they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advanced {
    /// How they stood.
    pub before: Progress,
    /// How they stand.
    pub now: Progress,
}

impl Progress {
    /// The marks after a step, in a chat whose clock stands there.
    pub fn after(self, step: &Advance, clock: Seq) -> Progress {
        let (read, delivered) = (step.read.min(clock), step.delivered.max(step.read).min(clock));
        let mut now = self;
        if read > now.read {
            (now.read, now.read_at) = (read, step.at);
        }
        if delivered > now.delivered {
            (now.delivered, now.delivered_at) = (delivered, step.at);
        }
        now
    }
}
