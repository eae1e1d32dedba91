use std::sync::Arc;

use super::{ChangedRecord, ReactionKey, State, Tracked, TrimmedHistory};
use crate::domain::{Action, Change};
use crate::protocol::{ChatId, Message, MessageId, Reaction, Seq, Timestamp, UserId};

/// Loading, by a backend.
impl State {
    /// The place of the chat's last message where the change would delete it: then the last undeleted one before
    /// that place is to be looked up, among all that was decided so far.
    pub fn lacks_previous(&self, change: &Change) -> Option<Seq> {
        let Action::Erase { message, .. } = &change.action else { return None };
        let last = self.chat(&change.chat_id)?.chat.last_message.as_ref()?;
        (last.id == *message).then_some(last.seq)
    }

    /// The time before which messages are removed, where the change trims a chat and its oldest messages have yet to be
    /// looked up.
    pub fn lacks_oldest(&self, change: &Change, now: Timestamp) -> Option<Timestamp> {
        let Action::Trim(policy) = &change.action else { return None };
        policy.cutoff(&self.chat(&change.chat_id)?.chat, now)
    }

    /// Notes the oldest messages of a chat, in their order.
    pub fn load_oldest(&mut self, chat: &ChatId, found: Vec<Message>) {
        self.oldest.insert(chat.clone(), found);
    }

    /// Notes which message is the chat's last if the one that is the last now is deleted.
    pub fn load_previous(&mut self, chat: &ChatId, found: Option<Message>) {
        self.previous.insert(chat.clone(), found);
    }

    /// The message, emoji and user of a change that can only be decided by looking up whether the user has reacted:
    /// the message does not name all who have.
    pub fn lacks_reaction(&self, change: &Change) -> Option<ReactionKey> {
        let Action::React { message, emoji, .. } = &change.action else { return None };
        let chat = &change.chat_id;
        let user = &change.actor.id;
        let reaction = self.reaction(chat, message, emoji)?;
        let key = (message.clone(), reaction.emoji.clone(), user.clone());
        let is_known = self.reactions.get(chat).is_some_and(|known| known.contains_key(&key));
        let is_open = reaction.count > reaction.user_ids.len() as u64 && !reaction.user_ids.contains(user);
        (is_open && !is_known && !self.unstored.contains(chat)).then_some(key)
    }

    /// The message and emoji of a change that takes one of the first users from a reaction: then the next after these
    /// is to be looked up, among all that was decided so far.
    pub fn lacks_next_reactor<'c>(&self, change: &'c Change) -> Option<(&'c MessageId, String)> {
        let Action::React { message, emoji, present: false, .. } = &change.action else { return None };
        let reaction = self.reaction(&change.chat_id, message, emoji)?;
        let is_first = reaction.user_ids.contains(&change.actor.id);
        (is_first && reaction.count > reaction.user_ids.len() as u64).then(|| (message, reaction.emoji.clone()))
    }

    fn reaction(&self, chat: &ChatId, message: &MessageId, emoji: &str) -> Option<&Reaction> {
        self.message(chat, message)?.reactions.iter().find(|reaction| is_same_emoji(&reaction.emoji, emoji))
    }

    /// The form in which an emoji stands on a message already; else the given one.
    pub(in crate::domain) fn emoji_on<'a>(&'a self, chat: &ChatId, message: &MessageId, emoji: &'a str) -> &'a str {
        self.reaction(chat, message, emoji).map_or(emoji, |reaction| &reaction.emoji)
    }

    /// Notes since which place a user's emoji is on a message.
    pub fn load_reaction(&mut self, chat: &ChatId, key: ReactionKey, found: Option<Seq>) {
        self.reactions.entry(chat.clone()).or_default().insert(key, Tracked { value: found, written: false });
    }

    /// Notes who is named next where one of the first users of a reaction leaves.
    pub fn load_next_reactor(&mut self, chat: &ChatId, found: Option<UserId>) {
        self.next_reactors.insert(chat.clone(), found);
    }

    /// True if the username was looked up.
    pub fn knows_name(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// Notes who has a username, in lower case.
    pub fn load_name(&mut self, name: String, found: Option<UserId>) {
        self.names.insert(name, found);
    }

    pub(super) fn written_reactions(&self) -> impl Iterator<Item = ChangedRecord<'_>> {
        self.reactions.iter().filter(|(chat, _)| self.chat(chat).is_some()).flat_map(|(chat, reactions)| {
            let written = reactions.iter().filter(|(_, slot)| slot.written);
            written.map(move |(key, slot)| ChangedRecord::Reaction(chat, key, slot.value))
        })
    }
}

/// Looking up and changing, by the rules.
impl State {
    /// The user with this name, given in lower case.
    pub fn name(&self, name: &str) -> Option<&UserId> {
        self.names.get(name)?.as_ref()
    }

    /// Notes a new or changed message, also where the chat shows it as its last.
    pub(in crate::domain) fn put_message(&mut self, message: Arc<Message>) {
        let record = self.chats.get_mut(&message.chat_id).and_then(|slot| slot.value.as_mut());
        if let Some(last) = record.and_then(|record| record.chat.last_message.as_mut())
            && last.id == message.id
        {
            *last = message.clone();
        }
        let messages = self.messages.entry(message.chat_id.clone()).or_default();
        messages.insert(message.id.clone(), Tracked { value: Some(message), written: true });
    }

    /// The last message once the present last one is deleted.
    pub(in crate::domain) fn take_previous(&mut self, chat: &ChatId) -> Option<Message> {
        self.previous.remove(chat).flatten()
    }

    /// The oldest messages that were found.
    pub(in crate::domain) fn take_oldest(&mut self, chat: &ChatId) -> Vec<Message> {
        self.oldest.remove(chat).unwrap_or_default()
    }

    /// Forgets the messages below a position, and what belongs to them.
    pub(in crate::domain) fn trim(&mut self, chat: &ChatId, before: Seq, ids: Vec<MessageId>) {
        if let Some(messages) = self.messages.get_mut(chat) {
            for slot in messages.values_mut().filter(|slot| slot.value.as_ref().is_some_and(|it| it.seq < before)) {
                *slot = Tracked { value: None, written: false };
            }
        }
        if let Some(reactions) = self.reactions.get_mut(chat) {
            reactions.retain(|(message, _, _), _| !ids.contains(message));
        }
        let trimmed = self.trimmed.entry(chat.clone()).or_insert(TrimmedHistory { before, ids: vec![] });
        trimmed.before = before;
        trimmed.ids.extend(ids);
    }

    /// True if the user's reaction is on the message.
    pub(in crate::domain) fn has_reacted(&self, chat: &ChatId, key: &ReactionKey) -> bool {
        let (message, emoji, user) = key;
        let Some(reaction) = self.reaction(chat, message, emoji) else { return false };
        let known = || self.reactions.get(chat)?.get(key)?.value;
        let is_among_others = || reaction.count > reaction.user_ids.len() as u64 && known().is_some();
        reaction.user_ids.contains(user) || is_among_others()
    }

    /// Notes that the user's emoji was added to the message at a position, or removed.
    pub(in crate::domain) fn put_reaction(&mut self, chat: &ChatId, key: ReactionKey, since: Option<Seq>) {
        self.reactions.entry(chat.clone()).or_default().insert(key, Tracked { value: since, written: true });
    }

    /// The user to be named when one of the first users of a reaction leaves.
    pub(in crate::domain) fn take_next_reactor(&mut self, chat: &ChatId) -> Option<UserId> {
        self.next_reactors.remove(chat).flatten()
    }
}

/// True if two texts differ in nothing but the variation selector U+FE0F.
fn is_same_emoji(one: &str, other: &str) -> bool {
    one == other || shown(one).eq(shown(other))
}

fn shown(emoji: &str) -> impl Iterator<Item = char> {
    emoji.chars().filter(|character| *character != '\u{fe0f}')
}
