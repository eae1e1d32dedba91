use crate::protocol::error::{Error, Result};
use crate::protocol::{Chat, ChatEvent, ChatRole, MessageId, MessagePinned, MessageUnpinned};

use super::{Change, Outcome, State, message_of, require_active, require_role, require_undeleted, unknown_chat};

pub(super) fn pin(state: &mut State, change: &Change, id: &MessageId, pinned: bool, limit: usize) -> Result<Outcome> {
    require_role(state, change, ChatRole::Admin)?;
    let message = message_of(state, change, id)?;
    let chat = &state.chat(&change.chat_id).ok_or_else(|| unknown_chat(&change.chat_id))?.chat;
    require_active(state, change)?;
    if pinned {
        require_undeleted(message)?;
    }
    if chat.pinned.contains(id) == pinned {
        return Ok(Outcome::duplicate(event(change, id, pinned, chat, true)));
    }
    if pinned && limit > 0 && chat.pinned.len() >= limit {
        return Err(Error::conflict(format!(
            "{limit} messages are already pinned, the most allowed (MAX_PINS_PER_CHAT); unpin one with UNPIN_MESSAGE first"
        )));
    }
    let record = state.tick(&change.chat_id);
    record.changed_seq = record.chat.seq;
    match pinned {
        true => record.chat.pinned.push(id.clone()),
        false => record.chat.pinned.retain(|other| other != id),
    }
    let event = event(change, id, pinned, &record.chat, false);
    Ok(Outcome::event(event))
}

/// MESSAGE_PINNED or MESSAGE_UNPINNED with the chat's current pinned messages.
fn event(change: &Change, id: &MessageId, is_pinned: bool, chat: &Chat, duplicate: bool) -> ChatEvent {
    let seq = chat.seq;
    let chat_id = change.chat_id.clone();
    let message_id = id.clone();
    let by = change.actor.id.clone();
    let pinned = chat.pinned.clone();
    match is_pinned {
        true => ChatEvent::MessagePinned(MessagePinned { chat_id, seq, message_id, by, pinned, duplicate }),
        false => ChatEvent::MessageUnpinned(MessageUnpinned { chat_id, seq, message_id, by, pinned, duplicate }),
    }
}
