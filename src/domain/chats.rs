use crate::protocol::error::{Error, Result};
use crate::protocol::{
    Chat, ChatDeleted, ChatEvent, ChatKind, ChatRole, ChatUpdated, NewChat, Timestamp, User, Viewer,
};

use super::members::distinct;
use super::{
    Change, ChatRecord, MemberRecord, Outcome, State, name_key, refuse_direct, require_active, require_role, role_in,
    unknown_chat,
};

type New<'a> = (ChatKind, &'a str, Option<&'a str>, &'a [User]);

pub(super) fn create(state: &mut State, change: &Change, at: Timestamp, new: New<'_>) -> Result<Outcome> {
    let (kind, name, description, members) = new;
    if let Some(existing) = state.chat(&change.chat_id) {
        let mut again = create_again(state, change, existing, at)?;
        if kind == ChatKind::Direct {
            show_peer(&mut again.event, members.first());
        }
        return Ok(again);
    }
    if state.has_ended(&change.chat_id) {
        return Err(ended(kind));
    }
    let members = distinct(members.iter().filter(|user| user.id != change.actor.id), |user| &user.id);
    if kind == ChatKind::Channel {
        claim_name(state, change, name)?;
    }
    let chat = Chat {
        id: change.chat_id.clone(),
        kind,
        name: name.to_owned(),
        description: description.filter(|text| !text.is_empty()).map(str::to_owned),
        active: true,
        created_by: change.actor.id.clone(),
        created_at: at,
        updated_at: at,
        seq: 1,
        member_count: 1 + members.len() as u64,
        message_count: 0,
        last_message: None,
        pinned: vec![],
        viewer: None,
    };
    let (role, owners) = match kind {
        ChatKind::Direct => (ChatRole::Owner, chat.member_count),
        ChatKind::Group | ChatKind::Channel => (ChatRole::Member, 1),
    };
    state.put_chat(ChatRecord { chat: chat.clone(), owners, changed_seq: 1, members_seq: 1 });
    state.put_member(&chat.id, &change.actor.id, MemberRecord::new(ChatRole::Owner, at, 0));
    for member in &members {
        state.put_member(&chat.id, &member.id, MemberRecord::new(role, at, 0));
    }
    let mut reply = new_chat(&chat, Some(Viewer::newcomer(Some(ChatRole::Owner), 0)), false);
    if kind == ChatKind::Direct {
        show_peer(&mut reply, members.first().copied());
    }
    let joined = std::iter::once(&*change.actor).chain(members).map(|user| user.id.clone()).collect();
    Ok(Outcome { joined, reply: Some(reply), ..Outcome::event(new_chat(&chat, None, false)) })
}

/// An id is used once, so that no client takes what it knows of a chat for another that came after it.
fn ended(kind: ChatKind) -> Error {
    if kind == ChatKind::Direct {
        return Error::passing("the direct chat has just been deleted; try again to begin another");
    }
    Error::conflict("this id belonged to a chat that has been deleted; choose another").at("id")
}

/// The same id from the same user is the same wish again, and so is a direct chat from either of its two; anybody
/// else's is taken, whatever it names.
fn create_again(state: &State, change: &Change, existing: &ChatRecord, at: Timestamp) -> Result<Outcome> {
    let inside = state.member(&change.chat_id, &change.actor.id).is_some_and(|member| member.role.is_some());
    let own = existing.chat.created_by == change.actor.id || existing.chat.kind == ChatKind::Direct;
    if !own || !inside {
        return Err(Error::conflict("this id is in use").at("id"));
    }
    let viewer = state.viewer(&change.chat_id, &change.actor.id).map(|viewer| viewer.clone().at(at));
    Ok(Outcome::duplicate(new_chat(&existing.chat, viewer, true)))
}

/// The other of a direct chat, as the caller found them just now.
fn show_peer(event: &mut ChatEvent, peer: Option<&User>) {
    if let ChatEvent::NewChat(NewChat { chat: Chat { viewer: Some(viewer), .. }, .. }) = event {
        viewer.peer = peer.cloned();
    }
}

/// What is told of a chat to those to whom it is new.
pub(super) fn new_chat(chat: &Chat, viewer: Option<Viewer>, duplicate: bool) -> ChatEvent {
    let chat = Chat { viewer, ..chat.clone() };
    ChatEvent::NewChat(NewChat { chat_id: chat.id.clone(), seq: chat.seq, chat, duplicate })
}

fn claim_name(state: &mut State, change: &Change, name: &str) -> Result<()> {
    let key = name_key(name);
    match state.channel(&key) {
        Some(owner) if *owner != change.chat_id => Err(Error::conflict("a channel of this name exists").at("name")),
        _ => {
            state.put_channel(key, Some(change.chat_id.clone()));
            Ok(())
        }
    }
}

type Given<'a> = (Option<&'a str>, Option<&'a str>, Option<bool>);

pub(super) fn update(state: &mut State, change: &Change, at: Timestamp, given: Given<'_>) -> Result<Outcome> {
    let (name, description, active) = given;
    require_role(state, change, ChatRole::Admin)?;
    refuse_direct(state, change)?;
    if active != Some(true) {
        require_active(state, change)?;
    }
    let record = state.chat(&change.chat_id).ok_or_else(|| unknown_chat(&change.chat_id))?;
    let mut chat = record.chat.clone();
    let old_name = std::mem::replace(&mut chat.name, name.unwrap_or(&record.chat.name).to_owned());
    if let Some(text) = description {
        chat.description = Some(text.to_owned()).filter(|text| !text.is_empty());
    }
    chat.active = active.unwrap_or(chat.active);
    if old_name == chat.name && record.chat.description == chat.description && record.chat.active == chat.active {
        return Ok(Outcome::duplicate(updated(change, chat, true)));
    }
    if chat.kind == ChatKind::Channel && old_name != chat.name {
        claim_name(state, change, &chat.name)?;
        if name_key(&old_name) != name_key(&chat.name) {
            state.put_channel(name_key(&old_name), None);
        }
    }
    let record = state.tick(&change.chat_id);
    chat.seq = record.chat.seq;
    chat.updated_at = at.max(chat.updated_at);
    record.changed_seq = chat.seq;
    record.chat = chat.clone();
    Ok(Outcome::event(updated(change, chat, false)))
}

fn updated(change: &Change, chat: Chat, duplicate: bool) -> ChatEvent {
    let by = change.actor.id.clone();
    ChatEvent::ChatUpdated(ChatUpdated { chat_id: chat.id.clone(), seq: chat.seq, chat, by, duplicate })
}

pub(super) fn delete(state: &mut State, change: &Change) -> Result<Outcome> {
    let chat = &state.chat(&change.chat_id).ok_or_else(|| unknown_chat(&change.chat_id))?.chat;
    if !change.by_server_admin() && (chat.kind != ChatKind::Direct || role_in(state, change).is_err()) {
        require_role(state, change, ChatRole::Owner)?;
    }
    let ended = Some(chat.message_count);
    let is_own = match chat.kind {
        ChatKind::Direct => role_in(state, change).is_ok(),
        _ => role_in(state, change).is_ok_and(|role| role == ChatRole::Owner),
    };
    state.remove_chat(&change.chat_id);
    let (chat_id, by) = (change.chat_id.clone(), change.actor.id.clone());
    let event = ChatEvent::ChatDeleted(ChatDeleted { chat_id, by });
    Ok(Outcome { ended, by_authority: !is_own, ..Outcome::event(event) })
}
