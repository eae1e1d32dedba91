use crate::protocol::error::{Error, Result};
use crate::protocol::{
    Attachment, ChatEvent, ChatRole, ClientJson, FileId, Message, MessageDeleted, MessageEdited, MessageId, Seq,
    Timestamp, UserId,
};

use super::mentioned::mentioned;
use super::{
    Change, Outcome, State, message_of, refuse_held, require_active, require_undeleted, role_in, unknown_chat,
};

/// The new contents of an edited message; a field that is absent keeps its value.
#[derive(Clone, Copy)]
pub(super) struct MessageEdit<'a> {
    pub(super) content: &'a str,
    pub(super) group: &'a [UserId],
    pub(super) attachments: Option<&'a [Attachment]>,
    pub(super) metadata: Option<&'a ClientJson>,
}

impl MessageEdit<'_> {
    fn changes_nothing(self, message: &Message) -> bool {
        message.content == self.content
            && self.attachments.is_none_or(|attachments| message.attachments == attachments)
            && self.metadata.is_none_or(|metadata| message.metadata.as_ref() == Some(metadata))
    }
}

pub(super) fn edit(
    state: &mut State,
    change: &Change,
    at: Timestamp,
    id: &MessageId,
    edit: MessageEdit<'_>,
) -> Result<Outcome> {
    role_in(state, change)?;
    let message = message_of(state, change, id)?.clone();
    if message.sender.id != change.actor.id {
        return Err(Error::forbidden("only the sender may edit a message"));
    }
    require_undeleted(&message)?;
    require_active(state, change)?;
    refuse_held(state, change)?;
    let MessageEdit { content, group, attachments, metadata } = edit;
    if content.is_empty() && attachments.unwrap_or(&message.attachments).is_empty() {
        return Err(Error::invalid(
            "content",
            "content must contain something visible, unless the message has attachments",
        ));
    }
    if edit.changes_nothing(&message) {
        let seq = state.chat(&change.chat_id).map_or(0, |record| record.chat.seq);
        return Ok(Outcome::duplicate(edited(message, seq, true)));
    }
    let mentions = mentioned(state, change, content, group);
    let newly = mentions.iter().filter(|user| !message.mentions.contains(user)).cloned().collect();
    let seq = state.tick(&change.chat_id).chat.seq;
    let kept: Vec<FileId> = files_of(attachments.unwrap_or(&message.attachments)).collect();
    let freed = files_of(&message.attachments).filter(|file| !kept.contains(file)).collect();
    let message = Message {
        updated_seq: seq,
        mentions,
        content: content.to_owned(),
        attachments: attachments.map_or(message.attachments, <[Attachment]>::to_vec),
        metadata: metadata.cloned().or(message.metadata),
        edited_at: Some(at),
        ..message
    };
    state.put_message(message.clone());
    Ok(Outcome { mentioned: newly, freed, ..Outcome::event(edited(message, seq, false)) })
}

/// The ids of attached files, which may include files of other servers.
pub(super) fn files_of(attachments: &[Attachment]) -> impl Iterator<Item = FileId> {
    attachments.iter().filter_map(|file| file.id.as_deref()).map(FileId::from)
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
        return Ok(Outcome::duplicate(ChatEvent::MessageDeleted(erased(change, message, seq, None, true))));
    }
    require_active(state, change)?;
    refuse_held(state, change)?;
    let previous = state.take_previous(&change.chat_id);
    let record = state.tick(&change.chat_id);
    let seq = record.chat.seq;
    record.chat.message_count -= 1;
    if record.chat.last_message.as_ref().is_some_and(|last| last.id == *id) {
        record.chat.last_message = previous.map(Box::new);
    }
    let mut pinned = None;
    if record.chat.pinned.contains(id) {
        record.chat.pinned.retain(|pinned| pinned != id);
        record.changed_seq = seq;
        pinned = Some(record.chat.pinned.clone());
    }
    let freed = files_of(&message.attachments).collect();
    let message = tombstone(message, seq, at);
    state.put_message(message.clone());
    let event = erased(change, message, seq, reason, false);
    Ok(Outcome { freed, ..Outcome::event(ChatEvent::MessageDeleted(MessageDeleted { pinned, ..event })) })
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

fn erased(change: &Change, message: Message, seq: Seq, reason: Option<&str>, duplicate: bool) -> MessageDeleted {
    MessageDeleted {
        chat_id: change.chat_id.clone(),
        seq,
        message_id: message.id.clone(),
        message,
        by: change.actor.id.clone(),
        reason: reason.map(str::to_owned),
        pinned: None,
        duplicate,
    }
}
