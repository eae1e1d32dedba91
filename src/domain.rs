//! Decisions about chats: pure functions, the same for every store.
//!
//! This room contains the rules of chats and knows nothing of storage or connections. [`Change::needs`] names the
//! records a decision needs; a backend loads them into [`State`]; [`decide`] refuses the change or applies it to the
//! state; the backend writes back the records that [`State::changed`] lists. Nothing here waits or does I/O. Begin
//! reading at [`decide`].

mod bans;
mod change;
mod chats;
mod departures;
mod edits;
mod members;
mod membership;
mod mentioned;
mod mentions;
mod messages;
mod moderated;
mod names;
mod operation;
mod outcome;
mod pins;
mod reactions;
mod retention;
mod retention_policy;
mod state;

pub use change::{Action, Change, ChatUpdate, Draft, Needs};
pub use members::owner_banned;
pub use mentioned::mentioned_members;
pub use mentions::{MentionedGroup, mentioned_group};
pub use messages::may_post;
pub use moderated::Moderated;
pub use names::{channel_keys, differ_in_blanks, look_alike_key, name_key};
pub use operation::{Operation, OperationClaim, RepeatedOperation, StoredOperation};
pub use outcome::Outcome;
pub use reactions::FIRST_REACTORS;
pub use retention_policy::RetentionPolicy;
pub use state::{ChangedRecord, ChannelHolder, ChatRecord, MemberRecord, ReactionKey, State, TrimmedHistory};

use crate::ops::crypto;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, ChatKind, ChatRole, Message, MessageId, Timestamp, UserId, wire};

use chats::ChatDraft;
use edits::MessageEdit;

/// Applies a change to the state, or refuses it and leaves the state unchanged. A change whose operation already has an
/// outcome is refused with that outcome ([`RepeatedOperation`]).
///
/// # Errors
/// The rule that the change breaks, as the error that the caller sees.
pub fn decide(state: &mut State, change: &Change, at: Timestamp) -> Result<Outcome> {
    let Some(operation) = &change.operation else { return decide_sized(state, change, at) };
    if let Some(found) = state.operation(&change.actor.id, &operation.id) {
        found.require_same(operation)?;
        return Err(RepeatedOperation::error(found.clone()));
    }
    let outcome = decide_sized(state, change, at)?;
    let reply = wire::encode(outcome.reply.as_ref().unwrap_or(&outcome.event));
    state.put_operation(StoredOperation {
        user_id: change.actor.id.clone(),
        id: operation.id.clone(),
        fingerprint: operation.fingerprint.to_string(),
        chat_id: Some(change.chat_id.clone()),
        seq: outcome.event.seq().unwrap_or(0),
        outcome: wire::repeated(&reply).to_string(),
        at,
        claim: None,
    });
    Ok(outcome)
}

fn decide_sized(state: &mut State, change: &Change, at: Timestamp) -> Result<Outcome> {
    let mut outcome = decide_action(state, change, at)?;
    let members = state.chat(&change.chat_id).map(|record| record.chat.member_count);
    outcome.note_size(members, change.large_chats);
    Ok(outcome)
}

fn decide_action(state: &mut State, change: &Change, at: Timestamp) -> Result<Outcome> {
    match &change.action {
        Action::Create { kind, name, description, members } => {
            let draft = ChatDraft { kind: *kind, name, description: description.as_deref(), members };
            chats::create(state, change, at, draft)
        }
        Action::Update(update) => chats::update(state, change, at, update),
        Action::Delete => chats::delete(state, change),
        Action::Join { owners } => members::join(state, change, at, owners),
        Action::Add { users } => members::add(state, change, at, users),
        Action::Leave => members::leave(state, change, at),
        Action::Depart { successors } => departures::remove_deleted_account(state, change, successors),
        Action::HandOver { user_id, successors } => departures::replace_owner(state, change, user_id, successors),
        Action::Remove { user_ids, reason } => members::remove(state, change, user_ids, reason.as_deref()),
        Action::SetRole { user_id, role } => members::set_role(state, change, user_id, *role),
        Action::Ban { user_id, reason, until } => bans::ban(state, change, at, user_id, reason.as_deref(), *until),
        Action::Unban { user_id, reason } => bans::unban(state, change, at, user_id, reason.as_deref()),
        Action::Send(draft) => messages::send(state, change, at, draft),
        Action::Edit { message, content, group, attachments, metadata } => {
            let edit = MessageEdit { content, group, attachments: attachments.as_deref(), metadata: metadata.as_ref() };
            edits::edit(state, change, at, message, edit)
        }
        Action::Erase { message, reason } => edits::erase(state, change, at, message, reason.as_deref()),
        Action::React { message, emoji, present, limit } => {
            reactions::react(state, change, message, emoji, *present, *limit)
        }
        Action::Pin { message, pinned, limit } => pins::pin(state, change, message, *pinned, *limit),
        Action::Trim(policy) => retention::trim(state, change, at, *policy),
        Action::Hold(hold) => retention::hold(state, change, *hold),
        Action::Repeat => Err(Error::passing("the outcome of this opId has just expired; try again")),
    }
}

/// The prefix of the ids of direct chats; no other chat's id begins with it.
pub const DIRECT: &str = "d:";

/// The id of the direct chat of two users after `ended` earlier ones were deleted. It is derived, so that both users
/// and all nodes arrive at the same id.
pub fn direct_chat(one: &UserId, other: &UserId, ended: u32) -> ChatId {
    let pair = format!("{}\n{}", one.min(other), one.max(other));
    let name = if ended == 0 { pair } else { format!("{pair}\n{ended}") };
    let hex: String = crypto::sha256(name.as_bytes())[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    ChatId::from(format!("{DIRECT}{hex}"))
}

/// The actor's role in the chat. Non-members get NOT_FOUND for a private chat, but not for a channel.
fn role_in(state: &State, change: &Change) -> Result<ChatRole> {
    let chat = state.chat(&change.chat_id).ok_or_else(|| unknown_chat(&change.chat_id))?;
    match state.member(&change.chat_id, &change.actor.id).and_then(|member| member.role) {
        Some(role) => Ok(role),
        None if chat.chat.kind == ChatKind::Channel => Err(outside()),
        None => Err(unknown_chat(&change.chat_id)),
    }
}

fn require_role(state: &State, change: &Change, least: ChatRole) -> Result<()> {
    match role_in(state, change)? {
        role if role >= least => Ok(()),
        _ if least == ChatRole::Owner => Err(Error::forbidden("only an owner of the chat may do this")),
        _ => Err(Error::forbidden("only an owner or admin of the chat may do this")),
    }
}

fn require_active(state: &State, change: &Change) -> Result<()> {
    match state.chat(&change.chat_id) {
        Some(record) if !record.chat.active => {
            Err(Error::conflict("the chat is archived and read-only; UPDATE_CHAT with active:true reopens it"))
        }
        _ => Ok(()),
    }
}

fn refuse_held(state: &State, change: &Change) -> Result<()> {
    match state.chat(&change.chat_id) {
        Some(record) if record.chat.hold => Err(Error::forbidden(
            "the chat is on hold: nothing in it can be edited or deleted until an admin of the server ends the hold \
             with SET_HOLD",
        )
        .at("chatId")),
        _ => Ok(()),
    }
}

fn refuse_direct(state: &State, change: &Change) -> Result<()> {
    match state.chat(&change.chat_id) {
        Some(record) if record.chat.kind == ChatKind::Direct => {
            Err(Error::conflict("a direct chat and its members cannot be changed"))
        }
        _ => Ok(()),
    }
}

/// The error for users who must join the channel first.
pub fn outside() -> Error {
    Error::forbidden("you are not a member of this channel; join it with JOIN_CHAT first").at("chatId")
}

/// The error for a chat that does not exist, or that is hidden from the caller.
pub fn unknown_chat(chat: &str) -> Error {
    let shown: String = chat.chars().take(64).collect();
    Error::not_found("chatId", format!("no chat with id {shown}"))
}

/// The error for a message that is not in the chat.
pub fn unknown_message(message: &str) -> Error {
    let shown: String = message.chars().take(64).collect();
    Error::not_found("messageId", format!("no message with id {shown} in this chat"))
}

/// The message that the change refers to.
fn message_of<'a>(state: &'a State, change: &Change, id: &MessageId) -> Result<&'a Message> {
    state.message(&change.chat_id, id).ok_or_else(|| unknown_message(id))
}

fn require_undeleted(message: &Message) -> Result<()> {
    match message.deleted_at {
        Some(_) => Err(Error::conflict("the message has been deleted").at("messageId")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod fuzz;
