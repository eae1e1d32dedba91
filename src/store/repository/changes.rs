use super::Page;
use crate::protocol::{Chat, ChatId, Mark, Member, Message, Seq, UserId, Viewer};

/// Maximum number of members in a chat's changes.
pub const MEMBERS_MOST: usize = 200;

/// A client's position in a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatPosition {
    pub chat: ChatId,
    /// The position after which changes are requested.
    pub after: Seq,
    /// The position up to which the user has read, if the store may not have it yet; 0 if it has.
    pub read: Seq,
}

/// A query for the changes in several chats.
#[derive(Clone, Debug)]
pub struct SyncQuery {
    /// The caller.
    pub user: UserId,
    pub chats: Vec<ChatPosition>,
    /// Maximum number of messages of each chat.
    pub limit: usize,
    /// Approximate total size of all chats' changes in bytes.
    pub bytes: usize,
}

/// Changes in a chat after a position.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// The position that this answer brings the client to.
    pub seq: Seq,
    /// The user's own view of the chat at its latest position.
    pub viewer: Viewer,
    /// The chat as the user sees it, if anything but messages changed.
    pub chat: Option<Chat>,
    /// The first [`MEMBERS_MOST`] members by id, if membership changed. No more than these MUST be read.
    pub members: Option<Page<Member>>,
    /// The read and delivered positions of the user and of the [`MARKS_MOST`](super::MARKS_MOST) other members who have
    /// read furthest.
    pub marks: Vec<Mark>,
    /// Messages changed since, by their latest change.
    pub messages: Vec<Message>,
    /// True if more follows from `seq` on.
    pub more: bool,
    /// True if the client's position is beyond the chat's, so that it must start over.
    pub reset: bool,
    /// Approximate size of the messages in bytes.
    pub message_bytes: usize,
}

impl Changes {
    /// Approximate total size in bytes.
    pub fn bytes(&self) -> usize {
        let members = self.members.as_ref().map_or(0, |members| members.items.len());
        400 + self.message_bytes + 200 * (self.messages.len() + members) + 60 * self.marks.len()
    }
}
