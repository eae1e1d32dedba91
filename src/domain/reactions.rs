use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatEvent, Message, MessageId, Reaction, ReactionAdded, ReactionRemoved, Seq, User, UserId};

use super::{Change, Outcome, State, message_of, require_active, require_undeleted, role_in};

/// Users that a message lists for each of its reactions; the others are only counted.
pub const FIRST_REACTORS: usize = 50;

pub(super) fn react(
    state: &mut State,
    change: &Change,
    id: &MessageId,
    emoji: &str,
    present: bool,
    limit: usize,
) -> Result<Outcome> {
    let chat = &change.chat_id;
    let user = &change.actor.id;
    role_in(state, change)?;
    let message = message_of(state, change, id)?.clone();
    require_undeleted(&message)?;
    require_active(state, change)?;
    let emoji = state.emoji_on(chat, id, emoji).to_owned();
    let emoji = emoji.as_str();
    let key = (id.clone(), emoji.to_owned(), user.clone());
    if state.has_reacted(chat, &key) == present {
        let seq = state.chat(chat).map_or(0, |record| record.chat.seq);
        let reacted = ReactionChange { id, emoji, present, seq, reactions: message.reactions };
        return Ok(Outcome::duplicate(reacted.event(change, true)));
    }
    let is_new = message.reactions.iter().all(|reaction| reaction.emoji != emoji);
    if is_new && limit > 0 && message.reactions.len() >= limit {
        return Err(Error::conflict(format!(
            "the message already has {limit} different emoji, the most allowed (MAX_REACTIONS_PER_MESSAGE)"
        ))
        .at("emoji"));
    }
    let seq = state.tick(chat).chat.seq;
    let mut reactions = message.reactions.clone();
    match present {
        true => add(&mut reactions, emoji, user),
        false => take(&mut reactions, emoji, user, state.take_next_reactor(chat)),
    }
    state.put_reaction(chat, key, present.then_some(seq));
    state.put_message(Message { updated_seq: seq, reactions: reactions.clone(), ..message });
    Ok(Outcome::event(ReactionChange { id, emoji, present, seq, reactions }.event(change, false)))
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

/// Removes a user from a reaction; if the message lists the user, the next one takes the place.
fn take(reactions: &mut Vec<Reaction>, emoji: &str, user: &UserId, next: Option<UserId>) {
    let Some(reaction) = reactions.iter_mut().find(|reaction| reaction.emoji == emoji) else { return };
    reaction.count -= 1;
    if reaction.user_ids.contains(user) {
        reaction.user_ids.retain(|other| other != user);
        reaction.user_ids.extend(next);
    }
    reactions.retain(|reaction| reaction.count > 0);
}

/// A reaction that was added or removed, and all reactions of the message afterwards.
struct ReactionChange<'a> {
    id: &'a MessageId,
    emoji: &'a str,
    present: bool,
    seq: Seq,
    reactions: Vec<Reaction>,
}

impl ReactionChange<'_> {
    fn event(self, change: &Change, duplicate: bool) -> ChatEvent {
        let ReactionChange { seq, reactions, .. } = self;
        let chat_id = change.chat_id.clone();
        let message_id = self.id.clone();
        let emoji = self.emoji.to_owned();
        let user = User { email: None, ..(*change.actor).clone() };
        if self.present {
            ChatEvent::ReactionAdded(ReactionAdded { chat_id, seq, message_id, emoji, user, reactions, duplicate })
        } else {
            ChatEvent::ReactionRemoved(ReactionRemoved { chat_id, seq, message_id, emoji, user, reactions, duplicate })
        }
    }
}
