use crate::domain::MemberRecord;
use crate::protocol::{Ban, Chat, ChatId, ChatRole, Seq, Timestamp, UserId};

/// A chat and a user's relation to it.
#[derive(Clone, Debug, PartialEq)]
pub struct ChatAccess {
    /// The chat, without counts for the user and without its last message.
    pub chat: Chat,
    /// The user's role; `None` if the user is not a member.
    pub role: Option<ChatRole>,
    /// A ban of the user, in force or expired.
    pub ban: Option<Ban>,
    /// The position from which the user has marked the chat as unread.
    pub unread_from: Option<Seq>,
}

impl ChatAccess {
    /// The user's relation to a chat, from their membership record if they ever joined.
    pub fn of(chat: Chat, member: Option<MemberRecord>) -> Self {
        let (role, ban, unread_from) =
            member.map_or((None, None, None), |member| (member.role, member.ban, member.unread_from));
        ChatAccess { chat, role, ban, unread_from }
    }
}

/// The chats that a page lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatScope {
    /// The user's chats, without archived ones.
    Mine,
    /// All unarchived channels, except those that the user is banned from.
    Public,
    /// The user's archived chats.
    Archived,
}

/// Start of a page of chats, and the order of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChatsFrom {
    /// At the newest activity; ordered by activity, newest first, then by id.
    Newest,
    /// After the last chat of the previous page; ordered by activity, newest first, then by id.
    After { updated_at: Timestamp, chat: ChatId },
    /// After this id; ordered by id, and only chats with activity at or after `since`.
    Active { since: Timestamp, after: ChatId },
}

impl ChatsFrom {
    /// The page that starts after a chat in the same order.
    pub fn past(&self, updated_at: Timestamp, chat: &ChatId) -> ChatsFrom {
        match self {
            ChatsFrom::Newest | ChatsFrom::After { .. } => ChatsFrom::After { updated_at, chat: chat.clone() },
            ChatsFrom::Active { since, .. } => ChatsFrom::Active { since: *since, after: chat.clone() },
        }
    }
}

/// A query for a page of chats.
#[derive(Clone, Debug)]
pub struct ChatsQuery {
    /// The caller.
    pub user: UserId,
    pub scope: ChatScope,
    /// Part of the name, ignoring case.
    pub search: Option<String>,
    pub from: ChatsFrom,
    /// Maximum number of items.
    pub limit: usize,
    /// Time of the query, which decides whether a ban has expired.
    pub now: Timestamp,
}
