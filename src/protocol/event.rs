use schemars::JsonSchema;
use serde::Serialize;

use super::{Chat, ChatId, ChatRole, Member, Message, Seq, Timestamp, UserId};

mod message;

pub use message::{
    Mention, MessageDeleted, MessageEdited, MessagePinned, MessageUnpinned, ReactionAdded, ReactionRemoved,
};

/// Tells of a chat that is new to those who hear it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "NEW_CHAT", rename_all = "camelCase")]
pub struct NewChat {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The place on the chat's clock.
    pub seq: Seq,
    /// The chat.
    pub chat: Chat,
    /// The chat was there already.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells of a changed name, description or archive state.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CHAT_UPDATED", rename_all = "camelCase")]
pub struct ChatUpdated {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The place on the chat's clock.
    pub seq: Seq,
    /// The chat as it is now.
    pub chat: Chat,
    /// Who did it.
    pub by: UserId,
    /// It was so already.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells of the end of a chat.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CHAT_DELETED", rename_all = "camelCase")]
pub struct ChatDeleted {
    /// The chat's id.
    pub chat_id: ChatId,
    /// Who did it.
    pub by: UserId,
}

/// Tells of users who came in.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MEMBERS_ADDED", rename_all = "camelCase")]
pub struct MembersAdded {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The place on the chat's clock.
    pub seq: Seq,
    /// The new ones.
    pub members: Vec<Member>,
    /// Who did it.
    pub by: UserId,
    /// Only in the reply to JOIN_CHAT.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat: Option<Chat>,
    /// They were in already.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells of users who left or were removed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MEMBERS_REMOVED", rename_all = "camelCase")]
pub struct MembersRemoved {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The place on the chat's clock.
    pub seq: Seq,
    /// Those who are out.
    pub user_ids: Vec<UserId>,
    /// Who did it.
    pub by: UserId,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// They were out already.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells of a member's new role.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MEMBER_UPDATED", rename_all = "camelCase")]
pub struct MemberUpdated {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The place on the chat's clock.
    pub seq: Seq,
    /// Whose role it is.
    pub user_id: UserId,
    /// The role from here on.
    pub role: ChatRole,
    /// Who did it.
    pub by: UserId,
    /// It was so already.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells that a user is kept out of the chat; if they were in, it is the last they hear of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MEMBER_BANNED", rename_all = "camelCase")]
pub struct MemberBanned {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The place on the chat's clock.
    pub seq: Seq,
    /// Who is out.
    pub user_id: UserId,
    /// Who did it.
    pub by: UserId,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Until when; absent: for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// It was so already.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells that a user may come in again.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MEMBER_UNBANNED", rename_all = "camelCase")]
pub struct MemberUnbanned {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The place on the chat's clock.
    pub seq: Seq,
    /// Who may come in again.
    pub user_id: UserId,
    /// Who did it.
    pub by: UserId,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// There was no ban.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells of a message.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "NEW_MESSAGE", rename_all = "camelCase")]
pub struct NewMessage {
    /// The chat's id.
    pub chat_id: ChatId,
    /// The message's place on the chat's clock.
    pub seq: Seq,
    /// The message as it is now.
    pub message: Message,
    /// The direct chat that SEND_PERSONAL_MESSAGE wrote to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat: Option<Box<Chat>>,
    /// The message was there already.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
}

/// Tells everybody connected of a new channel; carries no tick.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CHANNEL_LISTED", rename_all = "camelCase")]
pub struct ChannelListed {
    /// The channel.
    pub chat: Chat,
}

/// Everything that takes a place on a chat's clock, and the end of the clock.
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
}

impl ChatEvent {
    /// The chat that it tells of.
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
        }
    }

    /// The message that is new or says something new.
    pub fn message(&self) -> Option<&Message> {
        match self {
            ChatEvent::NewMessage(event) => Some(&event.message),
            ChatEvent::MessageEdited(event) => Some(&event.message),
            _ => None,
        }
    }

    /// The event's place on the chat's clock; none for CHAT_DELETED, which ends it.
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
        }
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}
