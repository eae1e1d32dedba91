use crate::protocol::error::{Error, Result};
use crate::protocol::{
    Chat, ChatDeleted, ChatEvent, ChatId, ChatKind, ChatRole, ChatUpdated, NewChat, Patch, Posting, Timestamp, User,
    Viewer,
};

use super::membership::distinct;
use super::{
    Change, ChannelHolder, ChatRecord, ChatUpdate, MemberRecord, Outcome, State, channel_keys, name_key, refuse_direct,
    refuse_held, require_active, require_role, role_in, unknown_chat,
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
        first_seq: 1,
        retention_days: None,
        hold: false,
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

/// Refuses an id that was used before: a client could otherwise mistake the new chat for the deleted one in its cache.
fn ended(kind: ChatKind) -> Error {
    if kind == ChatKind::Direct {
        return Error::passing("the direct chat has just been deleted; try again to start a new one");
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

/// NEW_CHAT with the viewer's fields, or without them for an event that several users receive.
pub(super) fn new_chat(chat: &Chat, viewer: Option<Viewer>, duplicate: bool) -> ChatEvent {
    let chat = Chat { viewer, ..chat.clone() };
    ChatEvent::NewChat(NewChat { chat_id: chat.id.clone(), seq: chat.seq, chat, duplicate })
}

fn claim_name(state: &mut State, change: &Change, name: &str, active: bool) -> Result<()> {
    let keys = channel_keys(name);
    let holder = keys.iter().find_map(|key| state.channel(key).filter(|holder| holder.chat != change.chat_id));
    if let Some(holder) = holder {
        return Err(taken(holder, name));
    }
    hold_name(state, &change.chat_id, name, active);
    Ok(())
}

fn hold_name(state: &mut State, chat: &ChatId, name: &str, active: bool) {
    let holder = ChannelHolder { chat: chat.clone(), name_key: name_key(name), is_archived: !active };
    for key in channel_keys(name) {
        state.put_channel(key, Some(holder.clone()));
    }
}

fn taken(holder: &ChannelHolder, name: &str) -> Error {
    let has_same_name = holder.name_key == name_key(name);
    let sentence = match (has_same_name, holder.is_archived) {
        (true, true) => "an archived channel has this name; UPDATE_CHAT with active:true reopens it",
        (true, false) => "a channel with this name already exists",
        (false, true) => "this name looks like the name of an archived channel; choose another",
        (false, false) => "this name looks like the name of another channel; choose another",
    };
    Error::conflict(sentence).at("name")
}

pub(super) fn update(state: &mut State, change: &Change, at: Timestamp, update: &ChatUpdate) -> Result<Outcome> {
    require_role(state, change, ChatRole::Admin)?;
    refuse_direct(state, change)?;
    if update.retention_days != Patch::Keep && role_in(state, change)? < ChatRole::Owner {
        return Err(Error::forbidden("only an owner of the chat may change retentionDays").at("retentionDays"));
    }
    if update.active != Some(true) {
        require_active(state, change)?;
    }
    let record = state.chat(&change.chat_id).ok_or_else(|| unknown_chat(&change.chat_id))?;
    let mut chat = record.chat.clone();
    let old_name = chat.name.clone();
    update.apply(&mut chat);
    if record.chat == chat {
        return Ok(Outcome::duplicate(updated(change, chat, true)));
    }
    if chat.kind == ChatKind::Channel {
        if old_name != chat.name {
            claim_name(state, change, &chat.name, chat.active)?;
        } else {
            hold_name(state, &chat.id, &chat.name, chat.active);
        }
        let held = channel_keys(&chat.name);
        for freed in channel_keys(&old_name).into_iter().filter(|key| !held.contains(key)) {
            state.put_channel(freed, None);
        }
    }
    let record = state.tick(&change.chat_id);
    chat.seq = record.chat.seq;
    chat.updated_at = at.max(chat.updated_at);
    record.changed_seq = chat.seq;
    record.chat = chat.clone();
    Ok(Outcome::event(updated(change, chat, false)))
}

impl ChatUpdate {
    fn apply(&self, chat: &mut Chat) {
        if let Some(name) = &self.name {
            chat.name.clone_from(name);
        }
        if let Some(text) = &self.description {
            chat.description = Some(text.clone()).filter(|text| !text.is_empty());
        }
        chat.active = self.active.unwrap_or(chat.active);
        chat.posting = self.posting.unwrap_or(chat.posting);
        self.retention_days.apply(&mut chat.retention_days);
    }
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
    refuse_held(state, change)?;
    let ended = Some(chat.message_count);
    let is_own = match chat.kind {
        ChatKind::Direct => role_in(state, change).is_ok(),
        _ => role_in(state, change).is_ok_and(|role| role == ChatRole::Owner),
    };
    state.remove_chat(&change.chat_id);
    let event = ChatEvent::ChatDeleted(ChatDeleted { chat_id: change.chat_id.clone(), by: change.actor.id.clone() });
    Ok(Outcome { ended, by_authority: !is_own, ..Outcome::event(event) })
}
