use serde_json::{Map, Value};

use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatEvent, ChatRole, FileId, Message, MessageDeleted, MessageEdited, MessageId, Seq, Timestamp};

use super::mentioned::mentioned;
use super::{Change, Outcome, State, message_of, require_active, require_undeleted, role_in, unknown_chat};

pub(super) fn edit(
    state: &mut State,
    change: &Change,
    at: Timestamp,
    id: &MessageId,
    content: &str,
    metadata: Option<&Map<String, Value>>,
) -> Result<Outcome> {
    role_in(state, change)?;
    let message = message_of(state, change, id)?.clone();
    if message.sender.id != change.actor.id {
        return Err(Error::forbidden("only the sender may edit a message"));
    }
    require_undeleted(&message)?;
    require_active(state, change)?;
    if message.content == content && metadata.is_none_or(|metadata| message.metadata.as_ref() == Some(metadata)) {
        let seq = state.chat(&change.chat_id).map_or(0, |record| record.chat.seq);
        return Ok(Outcome::duplicate(edited(message, seq, true)));
    }
    let mentions = mentioned(state, change, content);
    let newly = mentions.iter().filter(|user| !message.mentions.contains(user)).cloned().collect();
    let seq = state.tick(&change.chat_id).chat.seq;
    let message = Message {
        updated_seq: seq,
        mentions,
        content: content.to_owned(),
        metadata: metadata.cloned().or(message.metadata),
        edited_at: Some(at),
        ..message
    };
    state.put_message(message.clone());
    Ok(Outcome { mentioned: newly, ..Outcome::event(edited(message, seq, false)) })
}

fn edited(message: Message, seq: Seq, duplicate: bool) -> ChatEvent {
    ChatEvent::MessageEdited(MessageEdited { chat_id: message.chat_id.clone(), seq, message, duplicate })
}

/// Replaces a message with a tombstone.
pub(super) fn erase(
    state: &mut State,
    change: &Change,
    at: Timestamp,
    id: &MessageId,
    reason: Option<&str>,
) -> Result<Outcome> {
    let message = erasable(state, change, id)?.clone();
    if message.deleted_at.is_some() {
        let seq = state.chat(&change.chat_id).map_or(0, |record| record.chat.seq);
        return Ok(Outcome::duplicate(erased(change, message, seq, None, true)));
    }
    require_active(state, change)?;
    let previous = state.take_previous(&change.chat_id);
    let record = state.tick(&change.chat_id);
    let seq = record.chat.seq;
    record.chat.message_count -= 1;
    if record.chat.last_message.as_ref().is_some_and(|last| last.id == *id) {
        record.chat.last_message = previous.map(Box::new);
    }
    if record.chat.pinned.contains(id) {
        record.chat.pinned.retain(|pinned| pinned != id);
        record.changed_seq = seq;
    }
    let freed = message.attachments.iter().filter_map(|file| file.id.as_deref()).map(FileId::from).collect();
    let message = tombstone(message, seq, at);
    state.put_message(message.clone());
    Ok(Outcome { freed, ..Outcome::event(erased(change, message, seq, reason, false)) })
}

/// The message, if the actor may delete it.
fn erasable<'a>(state: &'a State, change: &Change, id: &MessageId) -> Result<&'a Message> {
    if change.by_moderator() {
        state.chat(&change.chat_id).ok_or_else(|| unknown_chat(&change.chat_id))?;
        return message_of(state, change, id);
    }
    let role = role_in(state, change)?;
    let message = message_of(state, change, id)?;
    if message.sender.id != change.actor.id && role < ChatRole::Admin {
        return Err(Error::forbidden("only the sender, or an owner or admin of the chat, may delete a message"));
    }
    Ok(message)
}

fn tombstone(message: Message, seq: Seq, at: Timestamp) -> Message {
    Message {
        updated_seq: seq,
        content: String::new(),
        attachments: vec![],
        mentions: vec![],
        reactions: vec![],
        metadata: None,
        deleted_at: Some(at),
        ..message
    }
}

fn erased(change: &Change, message: Message, seq: Seq, reason: Option<&str>, duplicate: bool) -> ChatEvent {
    ChatEvent::MessageDeleted(MessageDeleted {
        chat_id: change.chat_id.clone(),
        seq,
        message_id: message.id.clone(),
        message,
        by: change.actor.id.clone(),
        reason: reason.map(str::to_owned),
        duplicate,
    })
}
