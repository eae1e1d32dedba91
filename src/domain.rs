//! What may happen to a chat, decided in one place for every backend.
//!
//! [`Change::needs`] says what must be known; a backend loads it into [`State`]; [`decide`] refuses the change or
//! makes it in the state; the backend writes back what [`State::written`] names. Nothing here waits or does I/O.

mod bans;
mod change;
mod chats;
mod departures;
mod edits;
mod members;
mod mentions;
mod messages;
mod moderated;
mod outcome;
mod pins;
mod reactions;
mod state;

pub use change::{Action, Change, Draft, Needs};
pub use moderated::Moderated;
pub use outcome::Outcome;
pub use reactions::FIRST_REACTORS;
pub use state::{ChatRecord, MemberRecord, ReactionKey, State, Written};

use aws_lc_rs::digest;
use unicode_normalization::UnicodeNormalization;

use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, ChatKind, ChatRole, Message, MessageId, Timestamp, UserId};

/// Makes a change in the state, or refuses it and leaves them as they were.
pub fn decide(state: &mut State, change: &Change, at: Timestamp) -> Result<Outcome> {
    match &change.action {
        Action::Create { kind, name, description, members } => {
            chats::create(state, change, at, (*kind, name, description.as_deref(), members))
        }
        Action::Update { name, description, active } => {
            chats::update(state, change, at, (name.as_deref(), description.as_deref(), *active))
        }
        Action::Delete => chats::delete(state, change),
        Action::Join => members::join(state, change, at),
        Action::Add { users } => members::add(state, change, at, users),
        Action::Leave => members::leave(state, change, at),
        Action::Depart { heirs } => departures::depart(state, change, heirs),
        Action::Remove { user_ids, reason } => members::remove(state, change, user_ids, reason.as_deref()),
        Action::SetRole { user_id, role } => members::set_role(state, change, user_id, *role),
        Action::Ban { user_id, reason, until } => bans::ban(state, change, at, (user_id, reason.as_deref(), *until)),
        Action::Unban { user_id, reason } => bans::unban(state, change, at, (user_id, reason.as_deref())),
        Action::Send(draft) => messages::send(state, change, at, draft),
        Action::Edit { message, content, metadata } => {
            edits::edit(state, change, at, (message, content, metadata.as_ref()))
        }
        Action::Erase { message, reason } => edits::erase(state, change, at, (message, reason.as_deref())),
        Action::React { message, emoji, present } => reactions::react(state, change, (message, emoji, *present)),
        Action::Pin { message, pinned } => pins::pin(state, change, (message, *pinned)),
    }
}

/// The form of a channel's name in which it is unique: without regard to case and Unicode form.
pub fn name_key(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.nfkc().flat_map(char::to_lowercase).nfkc().collect()
}

/// The form of a name that it shares with the names that look like it: [`name_key`], in which characters outside ASCII
/// stand as what they are easily taken for (the skeleton of UTS 39). ASCII stays as it is, so that `rn` and `m` differ.
pub fn look_alike_key(name: &str) -> String {
    let key = name_key(name);
    if key.is_ascii() {
        return key;
    }
    let mut shown = String::with_capacity(key.len());
    for character in key.chars() {
        match character {
            character if character.is_ascii() => shown.push(character),
            character => shown.extend(unicode_security::skeleton(character.encode_utf8(&mut [0; 4]))),
        }
    }
    name_key(&shown)
}

/// How the id of every direct chat begins, and of no other chat.
pub const DIRECT: &str = "d:";

/// The id of the direct chat of two users after so many that have ended: the same on every node, whoever of them asks,
/// so that there is one.
pub fn direct_chat(one: &UserId, other: &UserId, ended: u32) -> ChatId {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    let pair = format!("{first}\n{second}");
    let name = if ended == 0 { pair } else { format!("{pair}\n{ended}") };
    let digest = digest::digest(&digest::SHA256, name.as_bytes());
    let hex: String = digest.as_ref()[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    ChatId::from(format!("{DIRECT}{hex}"))
}

/// A private chat does not exist for those outside; a channel does.
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
            Err(Error::conflict("the chat is archived and read-only; UPDATE_CHAT with active:true opens it again"))
        }
        _ => Ok(()),
    }
}

fn refuse_direct(state: &State, change: &Change) -> Result<()> {
    match state.chat(&change.chat_id) {
        Some(record) if record.chat.kind == ChatKind::Direct => {
            Err(Error::conflict("a direct chat and its two members cannot be changed"))
        }
        _ => Ok(()),
    }
}

/// The answer to one who is not in a channel and would have to be.
pub fn outside() -> Error {
    Error::forbidden("you are not in this channel; JOIN_CHAT first").at("chatId")
}

/// The one answer for a chat that does not exist and for one that may not be seen.
pub fn unknown_chat(chat: &str) -> Error {
    let shown: String = chat.chars().take(64).collect();
    Error::not_found("chatId", format!("no chat with id {shown}"))
}

/// The one answer for a message that is not in a chat which may be seen.
pub fn unknown_message(message: &str) -> Error {
    let shown: String = message.chars().take(64).collect();
    Error::not_found("messageId", format!("no message with id {shown} in this chat"))
}

/// The message that a change is about.
fn message_of<'a>(state: &'a State, change: &Change, id: &MessageId) -> Result<&'a Message> {
    state.message(&change.chat_id, id).ok_or_else(|| unknown_message(id))
}

fn require_undeleted(message: &Message) -> Result<()> {
    match message.deleted_at {
        Some(_) => Err(Error::conflict("the message has been deleted").at("messageId")),
        None => Ok(()),
    }
}
