use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatEvent, Message, MessageId, Reaction, ReactionAdded, ReactionRemoved, Seq, User, UserId};

use super::{Change, Outcome, State, message_of, require_active, require_undeleted, role_in};

/// How many of those who put an emoji on a message the message names.
pub const FIRST_REACTORS: usize = 50;
/// Different emoji that a message can hold. The setting MAX_REACTIONS_PER_MESSAGE is checked before; this bounds the
/// message itself.
const EMOJI: usize = 1000;

pub(super) fn react(state: &mut State, change: &Change, what: (&MessageId, &str, bool)) -> Result<Outcome> {
    let ((id, emoji, present), chat, user) = (what, &change.chat_id, &change.actor.id);
    role_in(state, change)?;
    let message = message_of(state, change, id)?.clone();
    require_undeleted(&message)?;
    require_active(state, change)?;
    let key = (id.clone(), emoji.to_owned(), user.clone());
    if state.has_reacted(chat, &key) == present {
        let seq = state.chat(chat).map_or(0, |record| record.chat.seq);
        return Ok(Outcome::duplicate(told(change, what, (seq, message.reactions), true)));
    }
    let is_new = message.reactions.iter().all(|reaction| reaction.emoji != emoji);
    if is_new && message.reactions.len() >= EMOJI {
        return Err(Error::conflict(format!("the message has {EMOJI} different emoji already")).at("emoji"));
    }
    let seq = state.tick(chat).chat.seq;
    let mut reactions = message.reactions.clone();
    match present {
        true => add(&mut reactions, emoji, user),
        false => take(&mut reactions, (emoji, user), state.take_next_reactor(chat)),
    }
    state.put_reaction(chat, key, present.then_some(seq));
    state.put_message(Message { updated_seq: seq, reactions: reactions.clone(), ..message });
    Ok(Outcome::event(told(change, what, (seq, reactions), false)))
}

fn add(reactions: &mut Vec<Reaction>, emoji: &str, user: &UserId) {
    let place = reactions.iter().position(|reaction| reaction.emoji == emoji).unwrap_or_else(|| {
        reactions.push(Reaction { emoji: emoji.to_owned(), count: 0, user_ids: vec![], me: None });
        reactions.len() - 1
    });
    let reaction = &mut reactions[place];
    reaction.count += 1;
    if reaction.user_ids.len() < FIRST_REACTORS {
        reaction.user_ids.push(user.clone());
    }
}

/// Takes a user out; where it was one of the first, the next comes up.
fn take(reactions: &mut Vec<Reaction>, (emoji, user): (&str, &UserId), next: Option<UserId>) {
    let Some(reaction) = reactions.iter_mut().find(|reaction| reaction.emoji == emoji) else { return };
    reaction.count -= 1;
    if reaction.user_ids.contains(user) {
        reaction.user_ids.retain(|other| other != user);
        reaction.user_ids.extend(next);
    }
    reactions.retain(|reaction| reaction.count > 0);
}

fn told(change: &Change, what: (&MessageId, &str, bool), now: (Seq, Vec<Reaction>), duplicate: bool) -> ChatEvent {
    let ((id, emoji, present), (seq, reactions)) = (what, now);
    let user = User { email: None, ..(*change.actor).clone() };
    let (chat_id, message_id, emoji) = (change.chat_id.clone(), id.clone(), emoji.to_owned());
    match present {
        true => ChatEvent::ReactionAdded(ReactionAdded { chat_id, seq, message_id, emoji, user, reactions, duplicate }),
        false => {
            ChatEvent::ReactionRemoved(ReactionRemoved { chat_id, seq, message_id, emoji, user, reactions, duplicate })
        }
    }
}
