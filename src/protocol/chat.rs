use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ChatId, Message, MessageId, Seq, Timestamp, User, UserId};

/// The three kinds of chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChatKind {
    /// Two people; exists once per pair.
    Direct,
    /// Private, by invitation.
    Group,
    /// Public: listed, readable and joinable by all.
    Channel,
}

/// What a member may do in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChatRole {
    /// Reads and writes.
    Member,
    /// Changes the chat and its members.
    Admin,
    /// May also hand over and delete.
    Owner,
}

/// A conversation. `myRole` and what follows it is about the asking user and never in events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Chat {
    /// Never changes.
    pub id: ChatId,
    /// Direct, group or channel.
    pub kind: ChatKind,
    /// Unique among channels; empty for direct chats.
    pub name: String,
    /// What the chat is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// False: archived and read-only.
    pub active: bool,
    /// Who made it.
    pub created_by: UserId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed or written to.
    pub updated_at: Timestamp,
    /// The chat's clock: the `seq` of the latest durable change.
    pub seq: Seq,
    /// How many users are in.
    pub member_count: u64,
    /// How many messages there are, without the deleted.
    pub message_count: u64,
    /// The newest message that is not deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_message: Option<Box<Message>>,
    /// Pinned messages, oldest pin first.
    pub pinned: Vec<MessageId>,
    /// What concerns the asking user only; never in events.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub viewer: Option<Viewer>,
}

/// Whether a user wants no notifications of a chat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mute {
    /// The user wants them.
    #[default]
    No,
    /// None until then.
    Until(Timestamp),
    /// None at all.
    Always,
}

impl Mute {
    /// What is left of it at that time.
    pub fn at(self, now: Timestamp) -> Self {
        match self {
            Mute::Until(end) if end <= now => Mute::No,
            mute => mute,
        }
    }

    /// When it ends, if it does.
    pub fn until(self) -> Option<Timestamp> {
        match self {
            Mute::Until(end) => Some(end),
            Mute::No | Mute::Always => None,
        }
    }
}

/// The part of a chat that differs from user to user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Viewer {
    /// Absent for one who is not in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub my_role: Option<ChatRole>,
    /// Undeleted messages of others after `readSeq`.
    pub unread_count: u64,
    /// Unread messages that mention the user.
    pub mention_count: u64,
    /// How far the user has read.
    pub read_seq: Seq,
    /// Whether the user wants no notifications.
    pub muted: bool,
    /// Until when; absent while muted: for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub muted_until: Option<Timestamp>,
    /// The other user of a direct chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peer: Option<User>,
}

impl Viewer {
    /// What one is told who is not in the chat, or who has just come in.
    pub fn newcomer(role: Option<ChatRole>, read_seq: Seq) -> Self {
        Viewer {
            my_role: role,
            unread_count: 0,
            mention_count: 0,
            read_seq,
            muted: false,
            muted_until: None,
            peer: None,
        }
    }

    /// The same with what the user has set about notifications, which may have run out.
    pub fn with_mute(self, mute: Mute) -> Self {
        Viewer { muted: mute != Mute::No, muted_until: mute.until(), ..self }
    }

    /// What is left of it at that time.
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
    /// Who.
    pub user: User,
    /// What the member may do in this chat.
    pub role: ChatRole,
    /// Since when.
    pub joined_at: Timestamp,
    /// How far the member has read.
    pub read_seq: Seq,
    /// How far messages have reached the member.
    pub delivered_seq: Seq,
}

/// How far a member has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// Who.
    pub user_id: UserId,
    /// How far the member has read.
    pub read_seq: Seq,
    /// How far messages have reached the member.
    pub delivered_seq: Seq,
}
