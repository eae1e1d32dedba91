use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Chat, ChatId, ChatRole, Member, Message, Seq, Timestamp, User, UserId};

mod message;
mod retention;

pub use message::{
    Mention, MessageDeleted, MessageEdited, MessagePinned, MessageUnpinned, ReactionAdded, ReactionRemoved,
};
pub use retention::{HistoryTrimmed, HoldChanged};

/// The receiving user is now a member of this chat.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "NEW_CHAT", rename_all = "camelCase")]
pub struct NewChat {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The event's `seq`.
    pub seq: Seq,
    /// The chat.
    pub chat: Chat,
    /// True if the chat already existed.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// The chat's name, description or archive state changed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CHAT_UPDATED", rename_all = "camelCase")]
pub struct ChatUpdated {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The event's `seq`.
    pub seq: Seq,
    /// The chat as it is now.
    pub chat: Chat,
    /// The user who made the change.
    pub by: UserId,
    /// True if the request changed nothing.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// The chat was deleted.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CHAT_DELETED", rename_all = "camelCase")]
pub struct ChatDeleted {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The user who deleted the chat.
    pub by: UserId,
}

/// Users joined or were added.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MEMBERS_ADDED", rename_all = "camelCase")]
pub struct MembersAdded {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The event's `seq`.
    pub seq: Seq,
    /// The new members.
    pub members: Vec<Member>,
    /// The user who added them, or who joined.
    pub by: UserId,
    /// Only in the reply to JOIN_CHAT.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat: Option<Chat>,
    /// True if they were already members.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Users left or were removed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MEMBERS_REMOVED", rename_all = "camelCase")]
pub struct MembersRemoved {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The event's `seq`.
    pub seq: Seq,
    /// The former members.
    pub user_ids: Vec<UserId>,
    /// The user who removed them, or who left.
    pub by: UserId,
    /// The reason given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// True if they were not members.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// A member's role changed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MEMBER_UPDATED", rename_all = "camelCase")]
pub struct MemberUpdated {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The event's `seq`.
    pub seq: Seq,
    /// The user whose role changed.
    pub user_id: UserId,
    /// The new role.
    pub role: ChatRole,
    /// The user who changed it.
    pub by: UserId,
    /// True if the request changed nothing.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// A user was banned from the chat. If they were a member, this is the last event they receive from it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MEMBER_BANNED", rename_all = "camelCase")]
pub struct MemberBanned {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The event's `seq`.
    pub seq: Seq,
    /// The banned user.
    pub user_id: UserId,
    /// The user who imposed the ban.
    pub by: UserId,
    /// The reason given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Time at which the ban ends; absent if permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// True if the request changed nothing.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// A user's ban from the chat was lifted.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MEMBER_UNBANNED", rename_all = "camelCase")]
pub struct MemberUnbanned {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The event's `seq`.
    pub seq: Seq,
    /// The user.
    pub user_id: UserId,
    /// The user who lifted the ban.
    pub by: UserId,
    /// The reason given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// True if there was no ban.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// A message was sent.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "NEW_MESSAGE", rename_all = "camelCase")]
pub struct NewMessage {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The message's `seq`.
    pub seq: Seq,
    /// The message as it is now.
    pub message: Arc<Message>,
    /// The direct chat; only in the reply to SEND_PERSONAL_MESSAGE.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat: Option<Box<Chat>>,
    /// True if the message already existed.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// A new channel, announced to everybody connected; takes no `seq`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CHANNEL_LISTED", rename_all = "camelCase")]
pub struct ChannelListed {
    /// The channel.
    pub chat: Chat,
}

/// Every event that takes the next `seq` of a chat, and CHAT_DELETED, which ends the sequence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ChatEvent {
    /// NEW_CHAT
    NewChat(NewChat),
    /// CHAT_UPDATED
    ChatUpdated(ChatUpdated),
    /// CHAT_DELETED
    ChatDeleted(ChatDeleted),
    /// MEMBERS_ADDED
    MembersAdded(MembersAdded),
    /// MEMBERS_REMOVED
    MembersRemoved(MembersRemoved),
    /// MEMBER_UPDATED
    MemberUpdated(MemberUpdated),
    /// MEMBER_BANNED
    MemberBanned(MemberBanned),
    /// MEMBER_UNBANNED
    MemberUnbanned(MemberUnbanned),
    /// NEW_MESSAGE
    NewMessage(NewMessage),
    /// MESSAGE_EDITED
    MessageEdited(MessageEdited),
    /// MESSAGE_DELETED
    MessageDeleted(MessageDeleted),
    /// REACTION_ADDED
    ReactionAdded(ReactionAdded),
    /// REACTION_REMOVED
    ReactionRemoved(ReactionRemoved),
    /// MESSAGE_PINNED
    MessagePinned(MessagePinned),
    /// MESSAGE_UNPINNED
    MessageUnpinned(MessageUnpinned),
    /// HISTORY_TRIMMED
    HistoryTrimmed(HistoryTrimmed),
    /// HOLD_CHANGED
    HoldChanged(HoldChanged),
}

impl ChatEvent {
    /// The chat of the event.
    pub fn chat_id(&self) -> &ChatId {
        match self {
            ChatEvent::NewChat(event) => &event.chat_id,
            ChatEvent::ChatUpdated(event) => &event.chat_id,
            ChatEvent::ChatDeleted(event) => &event.chat_id,
            ChatEvent::MembersAdded(event) => &event.chat_id,
            ChatEvent::MembersRemoved(event) => &event.chat_id,
            ChatEvent::MemberUpdated(event) => &event.chat_id,
            ChatEvent::MemberBanned(event) => &event.chat_id,
            ChatEvent::MemberUnbanned(event) => &event.chat_id,
            ChatEvent::NewMessage(event) => &event.chat_id,
            ChatEvent::MessageEdited(event) => &event.chat_id,
            ChatEvent::MessageDeleted(event) => &event.chat_id,
            ChatEvent::ReactionAdded(event) => &event.chat_id,
            ChatEvent::ReactionRemoved(event) => &event.chat_id,
            ChatEvent::MessagePinned(event) => &event.chat_id,
            ChatEvent::MessageUnpinned(event) => &event.chat_id,
            ChatEvent::HistoryTrimmed(event) => &event.chat_id,
            ChatEvent::HoldChanged(event) => &event.chat_id,
        }
    }

    /// The members whose profiles the event shows.
    pub fn shown_members(&self) -> Vec<&User> {
        match self {
            ChatEvent::MembersAdded(event) => event.members.iter().map(|member| &member.user).collect(),
            ChatEvent::NewChat(event) => event.chat.viewer.iter().filter_map(|viewer| viewer.peer.as_ref()).collect(),
            _ => vec![],
        }
    }

    /// The chat that the event carries.
    pub fn chat_mut(&mut self) -> Option<&mut Chat> {
        match self {
            ChatEvent::NewChat(event) => Some(&mut event.chat),
            ChatEvent::ChatUpdated(event) => Some(&mut event.chat),
            ChatEvent::MembersAdded(event) => event.chat.as_mut(),
            ChatEvent::NewMessage(event) => event.chat.as_deref_mut(),
            _ => None,
        }
    }

    /// The new or edited message.
    pub fn message(&self) -> Option<&Message> {
        match self {
            ChatEvent::NewMessage(event) => Some(&event.message),
            ChatEvent::MessageEdited(event) => Some(&event.message),
            _ => None,
        }
    }

    /// The event's `seq`; none for CHAT_DELETED.
    pub fn seq(&self) -> Option<Seq> {
        match self {
            ChatEvent::NewChat(event) => Some(event.seq),
            ChatEvent::ChatUpdated(event) => Some(event.seq),
            ChatEvent::ChatDeleted(_) => None,
            ChatEvent::MembersAdded(event) => Some(event.seq),
            ChatEvent::MembersRemoved(event) => Some(event.seq),
            ChatEvent::MemberUpdated(event) => Some(event.seq),
            ChatEvent::MemberBanned(event) => Some(event.seq),
            ChatEvent::MemberUnbanned(event) => Some(event.seq),
            ChatEvent::NewMessage(event) => Some(event.seq),
            ChatEvent::MessageEdited(event) => Some(event.seq),
            ChatEvent::MessageDeleted(event) => Some(event.seq),
            ChatEvent::ReactionAdded(event) => Some(event.seq),
            ChatEvent::ReactionRemoved(event) => Some(event.seq),
            ChatEvent::MessagePinned(event) => Some(event.seq),
            ChatEvent::MessageUnpinned(event) => Some(event.seq),
            ChatEvent::HistoryTrimmed(event) => Some(event.seq),
            ChatEvent::HoldChanged(event) => Some(event.seq),
        }
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}
