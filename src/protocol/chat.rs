use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ChatId, Message, MessageId, Seq, Timestamp, User, UserId};

/// The three kinds of chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChatKind {
    /// Two users; exists once per pair.
    Direct,
    /// Private: members are added by owners and admins.
    Group,
    /// Public: anyone can list, read and join it.
    Channel,
}

/// A member's role in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChatRole {
    /// Reads and writes messages.
    Member,
    /// Changes the chat and its members.
    Admin,
    /// May also change roles and delete the chat.
    Owner,
}

/// The members who may post in a chat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Posting {
    /// Every member.
    #[default]
    Everyone,
    /// Owners and admins: the chat is for announcements. All members read and react.
    Admins,
}

fn first() -> Seq {
    1
}

/// A conversation. `myRole` and the fields after it concern the asking user and never appear in events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Chat {
    /// Never changes.
    pub id: ChatId,
    /// Direct, group or channel.
    pub kind: ChatKind,
    /// Unique among channels; empty for direct chats.
    pub name: String,
    /// The description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// False if archived and read-only.
    pub active: bool,
    /// The members who may post.
    #[serde(default)]
    pub posting: Posting,
    /// The creator.
    pub created_by: UserId,
    /// Time of creation.
    pub created_at: Timestamp,
    /// Time of the latest message or change.
    pub updated_at: Timestamp,
    /// The `seq` of the latest durable change.
    pub seq: Seq,
    /// Number of members.
    pub member_count: u64,
    /// True if the chat has more than `limits.largeChatMembers` members. Changes with `memberCount`, without a separate
    /// event.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub large: bool,
    /// Number of messages that are not deleted.
    pub message_count: u64,
    /// The newest message that is not deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_message: Option<Arc<Message>>,
    /// Pinned messages, oldest pin first.
    pub pinned: Vec<MessageId>,
    /// The lowest `seq` that a message can have: retention removed everything older. 1 if nothing was removed.
    #[serde(default = "first")]
    pub first_seq: Seq,
    /// Days after which messages are removed; absent if the server's setting applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention_days: Option<u32>,
    /// True while an admin of the server holds the chat: nothing in it is edited, deleted or removed by retention.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hold: bool,
    /// The fields that concern the asking user; never in events.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub viewer: Option<Viewer>,
}

impl Chat {
    /// Sets `large` according to the number of members.
    #[must_use]
    pub fn sized(self, large_chats: LargeChats) -> Self {
        Chat { large: large_chats.include(self.member_count), ..self }
    }
}

/// The member count above which chats are large. Events whose cost is members × members are not sent in large chats. By
/// default no chat is large.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LargeChats(u64);

impl LargeChats {
    /// Chats with more members than this number; 0: none.
    pub const fn above(members: u64) -> Self {
        LargeChats(members)
    }

    /// True if a chat with this number of members is large.
    pub const fn include(self, members: u64) -> bool {
        self.0 > 0 && members > self.0
    }
}

/// A user's mute of a chat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mute {
    /// Notifications are on.
    #[default]
    No,
    /// Muted until this time.
    Until(Timestamp),
    /// Muted permanently.
    Always,
}

impl Mute {
    /// The mute in force at this time.
    pub fn at(self, now: Timestamp) -> Self {
        match self {
            Mute::Until(end) if end <= now => Mute::No,
            mute => mute,
        }
    }

    /// The time at which the mute ends, if it does.
    pub fn until(self) -> Option<Timestamp> {
        match self {
            Mute::Until(end) => Some(end),
            Mute::No | Mute::Always => None,
        }
    }
}

/// The part of a chat that concerns the asking user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Viewer {
    /// The user's role; absent if not a member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub my_role: Option<ChatRole>,
    /// Number of undeleted messages from others after `readSeq`, or from `unreadFromSeq` on if that is lower.
    pub unread_count: u64,
    /// Number of unread messages that mention the asking user.
    pub mention_count: u64,
    /// The last message read by the asking user.
    pub read_seq: Seq,
    /// The message from which the asking user has marked the chat unread; absent if they have not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread_from_seq: Option<Seq>,
    /// True if notifications are muted.
    pub muted: bool,
    /// Time at which the mute ends; absent if permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub muted_until: Option<Timestamp>,
    /// The other user of a direct chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peer: Option<User>,
}

impl Viewer {
    /// The viewer fields of a user who is not a member, or has just joined.
    pub fn newcomer(role: Option<ChatRole>, read_seq: Seq) -> Self {
        Viewer {
            my_role: role,
            unread_count: 0,
            mention_count: 0,
            read_seq,
            unread_from_seq: None,
            muted: false,
            muted_until: None,
            peer: None,
        }
    }

    /// A copy without a mute that has expired.
    pub fn with_mute(self, mute: Mute) -> Self {
        Viewer { muted: mute != Mute::No, muted_until: mute.until(), ..self }
    }

    /// A copy in which nothing is unread that retention has removed.
    pub fn from_first(self, first_seq: Seq) -> Self {
        Viewer { unread_from_seq: self.unread_from_seq.map(|from| from.max(first_seq)), ..self }
    }

    /// The mute at that time.
    pub fn at(self, now: Timestamp) -> Self {
        match self.muted_until {
            Some(end) => self.with_mute(Mute::Until(end).at(now)),
            None => self,
        }
    }
}

/// A user in a chat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// The user.
    pub user: User,
    /// The member's role in this chat.
    pub role: ChatRole,
    /// Time of joining.
    pub joined_at: Timestamp,
    /// The last message read by the member.
    pub read_seq: Seq,
    /// The last message delivered to the member.
    pub delivered_seq: Seq,
}

/// A member's positions in a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// The user.
    pub user_id: UserId,
    /// The last message read by the member.
    pub read_seq: Seq,
    /// The last message delivered to the member.
    pub delivered_seq: Seq,
}
