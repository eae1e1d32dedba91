use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatEvent, HistoryTrimmed, HoldChanged, MessageId, Timestamp};

use super::edits::files_of;
use super::{Change, Outcome, RetentionPolicy, State, refuse_held, unknown_chat};

/// Removes the oldest messages, which the backend found to be past the chat's retention period. They leave no
/// tombstones.
pub(super) fn trim(state: &mut State, change: &Change, at: Timestamp, policy: RetentionPolicy) -> Result<Outcome> {
    let record = state.chat(&change.chat_id).ok_or_else(|| unknown_chat(&change.chat_id))?;
    refuse_held(state, change)?;
    let first_seq = record.chat.first_seq;
    let seq = record.chat.seq;
    let cutoff = policy.cutoff(&record.chat, at);
    let mut old = state.take_oldest(&change.chat_id);
    old.retain(|message| cutoff.is_some_and(|cutoff| message.created_at < cutoff));
    let Some(last) = old.last().map(|message| message.seq) else {
        return Ok(Outcome::duplicate(trimmed(change, seq, first_seq)));
    };
    let ids: Vec<MessageId> = old.iter().map(|message| message.id.clone()).collect();
    let record = state.tick(&change.chat_id);
    record.changed_seq = record.chat.seq;
    record.chat.first_seq = last + 1;
    record.chat.message_count -= old.iter().filter(|message| message.deleted_at.is_none()).count() as u64;
    record.chat.pinned.retain(|pinned| !ids.contains(pinned));
    if record.chat.message_count == 0 {
        record.chat.last_message = None;
    }
    let event = trimmed(change, record.chat.seq, last + 1);
    state.trim(&change.chat_id, last + 1, ids);
    let freed = old.iter().flat_map(|message| files_of(&message.attachments)).collect();
    Ok(Outcome { freed, ..Outcome::event(event) })
}

fn trimmed(change: &Change, seq: u64, before_seq: u64) -> ChatEvent {
    ChatEvent::HistoryTrimmed(HistoryTrimmed { chat_id: change.chat_id.clone(), seq, before_seq })
}

/// Puts a chat on hold, or releases it. While it is on hold, nothing in it can be edited, deleted or trimmed.
pub(super) fn hold(state: &mut State, change: &Change, hold: bool) -> Result<Outcome> {
    if !change.by_server_admin() {
        return Err(Error::forbidden("only an admin of the server may put a chat on hold or release it"));
    }
    let record = state.chat(&change.chat_id).ok_or_else(|| unknown_chat(&change.chat_id))?;
    let chat_id = change.chat_id.clone();
    let by = change.actor.id.clone();
    if record.chat.hold == hold {
        let event = HoldChanged { chat_id, seq: record.chat.seq, hold, by, duplicate: true };
        return Ok(Outcome::duplicate(ChatEvent::HoldChanged(event)));
    }
    let record = state.tick(&change.chat_id);
    record.changed_seq = record.chat.seq;
    record.chat.hold = hold;
    let event = HoldChanged { chat_id, seq: record.chat.seq, hold, by, duplicate: false };
    Ok(Outcome::event(ChatEvent::HoldChanged(event)))
}
