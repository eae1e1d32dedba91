use crate::protocol::error::{Error, Result};
use crate::protocol::{Chat, ChatEvent, ChatKind, Message, NewMessage, Sender, Timestamp, User};

use super::{Change, Draft, Outcome, State, chats, mentions, require_active, role_in};

pub(super) fn send(state: &mut State, change: &Change, at: Timestamp, draft: &Draft) -> Result<Outcome> {
    match &draft.peer {
        Some(peer) if state.chat(&change.chat_id).is_none() => send_first(state, change, at, (draft, peer)),
        _ => send_there(state, change, at, draft),
    }
}

/// The first message of a direct chat makes it. Nothing can be answered in it yet.
fn send_first(state: &mut State, change: &Change, at: Timestamp, first: (&Draft, &User)) -> Result<Outcome> {
    let (draft, peer) = first;
    if let Some(id) = &draft.reply_to {
        return Err(unknown_reply(draft, id));
    }
    let made = chats::create(state, change, at, (ChatKind::Direct, "", None, std::slice::from_ref(peer)))?;
    let sent = send_there(state, change, at, draft)?;
    Ok(Outcome { first: Some(Box::new(made)), ..sent })
}

fn send_there(state: &mut State, change: &Change, at: Timestamp, draft: &Draft) -> Result<Outcome> {
    role_in(state, change)?;
    if let Some(message) = state.message(&change.chat_id, &draft.id) {
        let chat = state.chat(&change.chat_id).map(|record| &record.chat).filter(|_| draft.peer.is_some());
        return send_again(change, (message, chat), draft);
    }
    require_active(state, change)?;
    if let Some(id) = draft.reply_to.as_ref().filter(|id| state.message(&change.chat_id, id).is_none()) {
        return Err(unknown_reply(draft, id));
    }
    let mentions = mentions::mentioned(state, change, &draft.content);
    let record = state.tick(&change.chat_id);
    record.chat.message_count += 1;
    // No message is older than one before it, whatever the clocks of the nodes say.
    let at = at.max(record.chat.updated_at);
    record.chat.updated_at = at;
    let message = Message { mentions: mentions.clone(), ..message(change, at, draft, record.chat.seq) };
    record.chat.last_message = Some(Box::new(message.clone()));
    let chat = draft.peer.as_ref().map(|_| record.chat.clone());
    state.put_message(message.clone());
    Ok(Outcome { mentioned: mentions, ..Outcome::event(new_message(message, chat, false)) })
}

fn unknown_reply(draft: &Draft, id: &str) -> Error {
    let shown: String = id.chars().take(64).collect();
    let sentence = format!("no message with id {shown} in this chat");
    Error::not_found(format!("{}replyTo", draft.within), sentence)
}

/// The same id from the same sender is the same message, however late it comes and whatever it says.
fn send_again(change: &Change, found: (&Message, Option<&Chat>), draft: &Draft) -> Result<Outcome> {
    let (message, chat) = found;
    if message.sender.id != change.actor.id {
        return Err(Error::conflict("this id is another's message in this chat").at(format!("{}id", draft.within)));
    }
    Ok(Outcome::duplicate(new_message(message.clone(), chat.cloned(), true)))
}

fn new_message(message: Message, chat: Option<Chat>, duplicate: bool) -> ChatEvent {
    let (chat_id, seq, chat) = (message.chat_id.clone(), message.seq, chat.map(Box::new));
    ChatEvent::NewMessage(NewMessage { chat_id, seq, message, chat, duplicate })
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
