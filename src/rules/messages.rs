use crate::error::{Error, Result};
use crate::model::{ChatEvent, Message, NewMessage, Sender, Timestamp};

use super::{Change, Draft, Facts, Outcome, require_active, role_in};

pub(super) fn send(facts: &mut Facts, change: &Change, at: Timestamp, draft: &Draft) -> Result<Outcome> {
    role_in(facts, change)?;
    if let Some(message) = facts.message(&change.chat_id, &draft.id) {
        return send_again(change, message, draft);
    }
    require_active(facts, change)?;
    if let Some(id) = draft.reply_to.as_ref().filter(|id| facts.message(&change.chat_id, id).is_none()) {
        let shown: String = id.chars().take(64).collect();
        let sentence = format!("no message with id {shown} in this chat");
        return Err(Error::not_found(format!("{}replyTo", draft.within), sentence));
    }
    let record = facts.tick(&change.chat_id);
    record.chat.message_count += 1;
    // No message is older than one before it, whatever the clocks of the nodes say.
    let at = at.max(record.chat.updated_at);
    record.chat.updated_at = at;
    let message = message(change, at, draft, record.chat.seq);
    record.chat.last_message = Some(Box::new(message.clone()));
    facts.put_message(message.clone());
    Ok(Outcome::event(new_message(message, false)))
}

/// The same id from the same sender is the same message, however late it comes and whatever it says.
fn send_again(change: &Change, message: &Message, draft: &Draft) -> Result<Outcome> {
    if message.sender.id != change.actor.id {
        return Err(Error::conflict("this id is another's message in this chat").at(format!("{}id", draft.within)));
    }
    Ok(Outcome::duplicate(new_message(message.clone(), true)))
}

fn new_message(message: Message, duplicate: bool) -> ChatEvent {
    ChatEvent::NewMessage(NewMessage { chat_id: message.chat_id.clone(), seq: message.seq, message, duplicate })
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
