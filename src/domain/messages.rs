use crate::protocol::error::{Error, Result};
use crate::protocol::{Chat, ChatEvent, ChatKind, ChatRole, Message, NewMessage, Posting, Sender, Timestamp, User};

use super::chats::{ChatDraft, create};
use super::mentioned::mentioned;
use super::{Change, Draft, Outcome, State, require_active, role_in};

pub(super) fn send(state: &mut State, change: &Change, at: Timestamp, draft: &Draft) -> Result<Outcome> {
    match &draft.peer {
        Some(peer) if state.chat(&change.chat_id).is_none() => send_first(state, change, at, draft, peer),
        _ => send_to(state, change, at, draft),
    }
}

/// Creates a direct chat with its first message, which cannot be a reply.
fn send_first(state: &mut State, change: &Change, at: Timestamp, draft: &Draft, peer: &User) -> Result<Outcome> {
    if let Some(id) = &draft.reply_to {
        return Err(unknown_reply(draft, id));
    }
    let members = std::slice::from_ref(peer);
    let made = create(state, change, at, ChatDraft { kind: ChatKind::Direct, name: "", description: None, members })?;
    let sent = send_to(state, change, at, draft)?;
    Ok(Outcome { first: Some(Box::new(made)), ..sent })
}

fn send_to(state: &mut State, change: &Change, at: Timestamp, draft: &Draft) -> Result<Outcome> {
    role_in(state, change)?;
    if let Some(message) = state.message(&change.chat_id, &draft.id) {
        let chat = state.chat(&change.chat_id).map(|record| &record.chat).filter(|_| draft.peer.is_some());
        return send_again(change, draft, message, chat);
    }
    require_active(state, change)?;
    require_posting(state, change)?;
    if let Some(id) = draft.reply_to.as_ref().filter(|id| state.message(&change.chat_id, id).is_none()) {
        return Err(unknown_reply(draft, id));
    }
    let mentions = mentioned(state, change, &draft.content, &draft.group);
    let record = state.tick(&change.chat_id);
    record.chat.message_count += 1;
    // Nodes' clocks differ, but within a chat no message may be older than its predecessor.
    let at = at.max(record.chat.updated_at);
    record.chat.updated_at = at;
    let message = Message { mentions: mentions.clone(), ..message(change, at, draft, record.chat.seq) };
    record.chat.last_message = Some(Box::new(message.clone()));
    let chat = draft.peer.as_ref().map(|_| record.chat.clone());
    state.put_message(message.clone());
    Ok(Outcome { mentioned: mentions, ..Outcome::event(new_message(message, chat, false)) })
}

/// Refuses ordinary members in an announcement chat.
fn require_posting(state: &State, change: &Change) -> Result<()> {
    let posting = state.chat(&change.chat_id).map_or(Posting::Everyone, |record| record.chat.posting);
    may_post(posting, role_in(state, change)?)
}

/// Checks that a member with this role may post under this setting.
///
/// # Errors
/// `FORBIDDEN` if only owners and admins may post.
pub fn may_post(posting: Posting, role: ChatRole) -> Result<()> {
    if posting == Posting::Admins && role < ChatRole::Admin {
        return Err(Error::forbidden("only owners and admins may post in this chat").at("chatId"));
    }
    Ok(())
}

fn unknown_reply(draft: &Draft, id: &str) -> Error {
    let shown: String = id.chars().take(64).collect();
    let sentence = format!("no message with id {shown} in this chat");
    Error::not_found(format!("{}replyTo", draft.within), sentence)
}

/// Answers a repeated send: the same id from the same sender is the same message, at any time and with any content.
fn send_again(change: &Change, draft: &Draft, message: &Message, chat: Option<&Chat>) -> Result<Outcome> {
    if message.sender.id != change.actor.id {
        return Err(
            Error::conflict("this id belongs to another user's message in this chat").at(format!("{}id", draft.within))
        );
    }
    Ok(Outcome::duplicate(new_message(message.clone(), chat.cloned(), true)))
}

fn new_message(message: Message, chat: Option<Chat>, duplicate: bool) -> ChatEvent {
    let chat_id = message.chat_id.clone();
    let seq = message.seq;
    ChatEvent::NewMessage(NewMessage { chat_id, seq, message, chat: chat.map(Box::new), duplicate })
}

fn message(change: &Change, at: Timestamp, draft: &Draft, seq: u64) -> Message {
    Message {
        id: draft.id.clone(),
        chat_id: change.chat_id.clone(),
        seq,
        updated_seq: seq,
        sender: Sender::from(&*change.actor),
        role: draft.role,
        content: draft.content.clone(),
        attachments: draft.attachments.clone(),
        reply_to: draft.reply_to.clone(),
        mentions: vec![],
        reactions: vec![],
        metadata: draft.metadata.clone(),
        created_at: at,
        edited_at: None,
        deleted_at: None,
    }
}
