use crate::protocol::error::{Error, Result};
use crate::protocol::{
    Chat, ChatDeleted, ChatEvent, ChatKind, ChatRole, ChatUpdated, NewChat, Posting, Timestamp, User, Viewer,
};

use super::membership::distinct;
use super::{
    Change, ChannelHolder, ChatRecord, MemberRecord, Outcome, State, name_key, refuse_direct, require_active,
    require_role, role_in, unknown_chat,
};

/// A chat to be created; its creator is not among the members.
#[derive(Clone, Copy)]
pub(super) struct ChatDraft<'a> {
    pub(super) kind: ChatKind,
    pub(super) name: &'a str,
    pub(super) description: Option<&'a str>,
    pub(super) members: &'a [User],
}

pub(super) fn create(state: &mut State, change: &Change, at: Timestamp, draft: ChatDraft<'_>) -> Result<Outcome> {
    let ChatDraft { kind, name, description, members } = draft;
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
        claim_name(state, change, name, true)?;
    }
    let chat = Chat {
        id: change.chat_id.clone(),
        kind,
        name: name.to_owned(),
        description: description.filter(|text| !text.is_empty()).map(str::to_owned),
        active: true,
        posting: Posting::Everyone,
        created_by: change.actor.id.clone(),
        created_at: at,
        updated_at: at,
        seq: 1,
        member_count: 1 + members.len() as u64,
        large: false,
        message_count: 0,
        last_message: None,
        pinned: vec![],
        viewer: None,
    };
    let is_direct = kind == ChatKind::Direct;
    let role = if is_direct { ChatRole::Owner } else { ChatRole::Member };
    let owners = if is_direct { chat.member_count } else { 1 };
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

/// Refuses an id that was used before: otherwise a client could mistake the new chat for the deleted one it remembers.
fn ended(kind: ChatKind) -> Error {
    if kind == ChatKind::Direct {
        return Error::passing("the direct chat has just been deleted; try again to begin another");
    }
    Error::conflict("this id belonged to a chat that has been deleted; choose another").at("id")
}

/// Answers a repeated CREATE_CHAT. The same id from the same user is the same request, and so is a direct chat from either
/// of its members; for anybody else the id is in use.
fn create_again(state: &State, change: &Change, existing: &ChatRecord, at: Timestamp) -> Result<Outcome> {
    let inside = state.member(&change.chat_id, &change.actor.id).is_some_and(|member| member.role.is_some());
    let own = existing.chat.created_by == change.actor.id || existing.chat.kind == ChatKind::Direct;
    if !own || !inside {
        return Err(Error::conflict("this id is in use").at("id"));
    }
    let viewer = state.viewer(&change.chat_id, &change.actor.id).map(|viewer| viewer.clone().at(at));
    Ok(Outcome::duplicate(new_chat(&existing.chat, viewer, true)))
}

/// Sets the peer of a direct chat in the caller's view.
fn show_peer(event: &mut ChatEvent, peer: Option<&User>) {
    if let ChatEvent::NewChat(NewChat { chat: Chat { viewer: Some(viewer), .. }, .. }) = event {
        viewer.peer = peer.cloned();
    }
}

/// NEW_CHAT with the viewer's part, or without one for an event that several users receive.
pub(super) fn new_chat(chat: &Chat, viewer: Option<Viewer>, duplicate: bool) -> ChatEvent {
    let chat = Chat { viewer, ..chat.clone() };
    ChatEvent::NewChat(NewChat { chat_id: chat.id.clone(), seq: chat.seq, chat, duplicate })
}

fn claim_name(state: &mut State, change: &Change, name: &str, active: bool) -> Result<()> {
    let key = name_key(name);
    match state.channel(&key) {
        Some(holder) if holder.chat != change.chat_id && holder.is_archived => {
            Err(Error::conflict("an archived channel has this name; UPDATE_CHAT with active:true reopens it")
                .at("name"))
        }
        Some(holder) if holder.chat != change.chat_id => {
            Err(Error::conflict("a channel of this name exists").at("name"))
        }
        _ => {
            let holder = ChannelHolder { chat: change.chat_id.clone(), is_archived: !active };
            state.put_channel(key, Some(holder));
            Ok(())
        }
    }
}

pub(super) fn update(
    state: &mut State,
    change: &Change,
    at: Timestamp,
    name: Option<&str>,
    description: Option<&str>,
    active: Option<bool>,
    posting: Option<Posting>,
) -> Result<Outcome> {
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
    chat.posting = posting.unwrap_or(chat.posting);
    let is_same = record.chat.active == chat.active && record.chat.posting == chat.posting;
    if old_name == chat.name && record.chat.description == chat.description && is_same {
        return Ok(Outcome::duplicate(updated(change, chat, true)));
    }
    if chat.kind == ChatKind::Channel {
        if old_name != chat.name {
            claim_name(state, change, &chat.name, chat.active)?;
        } else {
            let holder = ChannelHolder { chat: chat.id.clone(), is_archived: !chat.active };
            state.put_channel(name_key(&chat.name), Some(holder));
        }
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
    let event = ChatEvent::ChatDeleted(ChatDeleted { chat_id: change.chat_id.clone(), by: change.actor.id.clone() });
    Ok(Outcome { ended, by_authority: !is_own, ..Outcome::event(event) })
}
