//! Changes to chats, each with the type of its reply: the one place that pairs an [`Action`] with the event it causes.

use std::marker::PhantomData;

use crate::domain::{Action, ChatUpdate, Draft};
use crate::protocol::text::{Name, Prose};
use crate::protocol::{
    Attachment, ChatDeleted, ChatKind, ChatRole, ChatUpdated, ClientJson, HoldChanged, MemberBanned, MemberUnbanned,
    MemberUpdated, MembersAdded, MembersRemoved, MessageDeleted, MessageEdited, MessageId, MessagePinned,
    MessageUnpinned, NewChat, NewMessage, ReactionAdded, ReactionRemoved, Timestamp, User, UserId,
};

/// An action on a chat whose reply is an `R`.
#[derive(Debug)]
pub struct ChatAction<R> {
    pub(super) action: Action,
    reply: PhantomData<fn() -> R>,
}

const fn of<R>(action: Action) -> ChatAction<R> {
    ChatAction { action, reply: PhantomData }
}

/// Creates a group or a channel.
pub fn create(kind: ChatKind, name: Name, description: Option<Prose>, members: Vec<User>) -> ChatAction<NewChat> {
    of(Action::Create { kind, name: name.into(), description: description.map(String::from), members })
}

/// Creates a direct chat with one other user, or finds it.
pub fn create_direct(peer: User) -> ChatAction<NewChat> {
    of(Action::Create { kind: ChatKind::Direct, name: String::new(), description: None, members: vec![peer] })
}

/// Changes the properties that are present.
pub fn update(update: ChatUpdate) -> ChatAction<ChatUpdated> {
    of(Action::Update(update))
}

/// Puts a chat on hold, or releases it.
pub fn hold(hold: bool) -> ChatAction<HoldChanged> {
    of(Action::Hold(hold))
}

/// Deletes a chat.
pub fn delete() -> ChatAction<ChatDeleted> {
    of(Action::Delete)
}

/// Joins a channel; `owners` are the owners of a bot.
pub fn join(owners: Vec<UserId>) -> ChatAction<MembersAdded> {
    of(Action::Join { owners })
}

/// Adds members.
pub fn add(users: Vec<User>) -> ChatAction<MembersAdded> {
    of(Action::Add { users })
}

/// Leaves a chat.
pub fn leave() -> ChatAction<MembersRemoved> {
    of(Action::Leave)
}

/// Removes members.
pub fn remove(user_ids: Vec<UserId>, reason: Option<Prose>) -> ChatAction<MembersRemoved> {
    of(Action::Remove { user_ids, reason: reason.map(String::from) })
}

/// Gives a member another role.
pub fn set_role(user_id: UserId, role: ChatRole) -> ChatAction<MemberUpdated> {
    of(Action::SetRole { user_id, role })
}

/// Bans a user from a chat, permanently if `until` is absent.
pub fn ban(user_id: UserId, reason: Option<Prose>, until: Option<Timestamp>) -> ChatAction<MemberBanned> {
    of(Action::Ban { user_id, reason: reason.map(String::from), until })
}

/// Lifts a ban.
pub fn unban(user_id: UserId, reason: Option<Prose>) -> ChatAction<MemberUnbanned> {
    of(Action::Unban { user_id, reason: reason.map(String::from) })
}

/// Sends a message.
pub fn send(draft: Draft) -> ChatAction<NewMessage> {
    of(Action::Send(draft))
}

/// Edits a message.
pub fn edit(
    message: MessageId,
    content: String,
    group: Vec<UserId>,
    attachments: Option<Vec<Attachment>>,
    metadata: Option<ClientJson>,
) -> ChatAction<MessageEdited> {
    of(Action::Edit { message, content, group, attachments, metadata })
}

/// Deletes a message.
pub fn delete_message(message: MessageId, reason: Option<Prose>) -> ChatAction<MessageDeleted> {
    of(Action::Erase { message, reason: reason.map(String::from) })
}

/// Adds a reaction, unless the message already has `limit` different emoji.
pub fn add_reaction(message: MessageId, emoji: String, limit: usize) -> ChatAction<ReactionAdded> {
    of(Action::React { message, emoji, present: true, limit })
}

/// Removes a reaction.
pub fn remove_reaction(message: MessageId, emoji: String) -> ChatAction<ReactionRemoved> {
    of(Action::React { message, emoji, present: false, limit: 0 })
}

/// Pins a message, unless the chat already has `limit` pinned messages.
pub fn pin(message: MessageId, limit: usize) -> ChatAction<MessagePinned> {
    of(Action::Pin { message, pinned: true, limit })
}

/// Unpins a message.
pub fn unpin(message: MessageId) -> ChatAction<MessageUnpinned> {
    of(Action::Pin { message, pinned: false, limit: 0 })
}
