use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatEvent, ChatRole, MessageId, MessagePinned, MessageUnpinned, Seq};

use super::{Change, Outcome, State, message_of, require_active, require_role, require_undeleted, unknown_chat};

/// Pinned messages that a chat can hold. The setting MAX_PINS_PER_CHAT is checked before; this bounds the chat itself.
const MOST: usize = 1000;

pub(super) fn pin(state: &mut State, change: &Change, what: (&MessageId, bool)) -> Result<Outcome> {
    let (id, pinned) = what;
    require_role(state, change, ChatRole::Admin)?;
    let message = message_of(state, change, id)?;
    let chat = &state.chat(&change.chat_id).ok_or_else(|| unknown_chat(&change.chat_id))?.chat;
    require_active(state, change)?;
    if pinned {
        require_undeleted(message)?;
    }
    if chat.pinned.contains(id) == pinned {
        return Ok(Outcome::duplicate(told(change, what, (chat.seq, chat.pinned.clone()), true)));
    }
    if pinned && chat.pinned.len() >= MOST {
        return Err(Error::conflict(format!("{MOST} messages are pinned already; UNPIN_MESSAGE one of them first")));
    }
    let record = state.tick(&change.chat_id);
    record.changed_seq = record.chat.seq;
    match pinned {
        true => record.chat.pinned.push(id.clone()),
        false => record.chat.pinned.retain(|other| other != id),
    }
    let now = (record.chat.seq, record.chat.pinned.clone());
    Ok(Outcome::event(told(change, what, now, false)))
}

fn told(change: &Change, what: (&MessageId, bool), now: (Seq, Vec<MessageId>), duplicate: bool) -> ChatEvent {
    let ((id, is_pinned), (seq, pinned)) = (what, now);
    let (chat_id, message_id, by) = (change.chat_id.clone(), id.clone(), change.actor.id.clone());
    match is_pinned {
        true => ChatEvent::MessagePinned(MessagePinned { chat_id, seq, message_id, by, pinned, duplicate }),
        false => ChatEvent::MessageUnpinned(MessageUnpinned { chat_id, seq, message_id, by, pinned, duplicate }),
    }
}
