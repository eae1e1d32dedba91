use super::{ChangedRecord, ReactionKey, State, Tracked, TrimmedHistory};
use crate::domain::{Action, Change};
use crate::protocol::{ChatId, Message, MessageId, Reaction, Seq, Timestamp, UserId};

/// Loads records; called by a backend.
impl State {
    /// The position of the chat's last message, if the change would delete it: the last undeleted message before that
    /// position is then looked up, with all decisions so far applied.
    pub fn lacks_previous(&self, change: &Change) -> Option<Seq> {
        let Action::Erase { message, .. } = &change.action else { return None };
        let last = self.chat(&change.chat_id)?.chat.last_message.as_ref()?;
        (last.id == *message).then_some(last.seq)
    }

    /// The time before which messages are removed, if the change trims a chat whose oldest messages have not been
    /// looked up yet.
    pub fn lacks_oldest(&self, change: &Change, now: Timestamp) -> Option<Timestamp> {
        let Action::Trim(policy) = &change.action else { return None };
        policy.cutoff(&self.chat(&change.chat_id)?.chat, now)
    }

    /// Stores the oldest messages of a chat, in order.
    pub fn load_oldest(&mut self, chat: &ChatId, found: Vec<Message>) {
        self.oldest.insert(chat.clone(), found);
    }

    /// Stores the message that becomes the chat's last one when the current last message is deleted.
    pub fn load_previous(&mut self, chat: &ChatId, found: Option<Message>) {
        self.previous.insert(chat.clone(), found);
    }

    /// The message, emoji and user of a change that depends on whether the user has reacted: the message does not list
    /// everyone who has.
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

    /// The message and emoji of a change that removes one of the listed users from a reaction: the user to list next is
    /// then looked up, with all decisions so far applied.
    pub fn lacks_next_reactor<'c>(&self, change: &'c Change) -> Option<(&'c MessageId, String)> {
        let Action::React { message, emoji, present: false, .. } = &change.action else { return None };
        let reaction = self.reaction(&change.chat_id, message, emoji)?;
        let is_first = reaction.user_ids.contains(&change.actor.id);
        (is_first && reaction.count > reaction.user_ids.len() as u64).then(|| (message, reaction.emoji.clone()))
    }

    fn reaction(&self, chat: &ChatId, message: &MessageId, emoji: &str) -> Option<&Reaction> {
        self.message(chat, message)?.reactions.iter().find(|reaction| is_same_emoji(&reaction.emoji, emoji))
    }

    /// The form in which the message already has an emoji, or else the emoji as given.
    pub(in crate::domain) fn emoji_on<'a>(&'a self, chat: &ChatId, message: &MessageId, emoji: &'a str) -> &'a str {
        self.reaction(chat, message, emoji).map_or(emoji, |reaction| &reaction.emoji)
    }

    /// Stores the position at which the user added the emoji, if they did.
    pub fn load_reaction(&mut self, chat: &ChatId, key: ReactionKey, found: Option<Seq>) {
        self.reactions.entry(chat.clone()).or_default().insert(key, Tracked { value: found, written: false });
    }

    /// Stores the user to list when one of the listed users leaves a reaction.
    pub fn load_next_reactor(&mut self, chat: &ChatId, found: Option<UserId>) {
        self.next_reactors.insert(chat.clone(), found);
    }

    /// True if the username was looked up.
    pub fn knows_name(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// Stores the user with a lower-case username.
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

/// Reads and changes records; called by the rules.
impl State {
    /// The user with this lower-case username.
    pub fn name(&self, name: &str) -> Option<&UserId> {
        self.names.get(name)?.as_ref()
    }

    /// Stores a new or changed message, also as the chat's last message if it is that.
    pub(in crate::domain) fn put_message(&mut self, message: Message) {
        let record = self.chats.get_mut(&message.chat_id).and_then(|slot| slot.value.as_mut());
        if let Some(last) = record.and_then(|record| record.chat.last_message.as_mut())
            && last.id == message.id
        {
            **last = message.clone();
        }
        let messages = self.messages.entry(message.chat_id.clone()).or_default();
        messages.insert(message.id.clone(), Tracked { value: Some(message), written: true });
    }

    /// The message that becomes the last one once the current last message is deleted.
    pub(in crate::domain) fn take_previous(&mut self, chat: &ChatId) -> Option<Message> {
        self.previous.remove(chat).flatten()
    }

    /// The oldest messages that were found.
    pub(in crate::domain) fn take_oldest(&mut self, chat: &ChatId) -> Vec<Message> {
        self.oldest.remove(chat).unwrap_or_default()
    }

    /// Removes the messages below a position, and what belongs to them.
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

    /// Stores that the user's emoji was added to the message at a position, or removed.
    pub(in crate::domain) fn put_reaction(&mut self, chat: &ChatId, key: ReactionKey, since: Option<Seq>) {
        self.reactions.entry(chat.clone()).or_default().insert(key, Tracked { value: since, written: true });
    }

    /// The user to list when one of the listed users leaves a reaction.
    pub(in crate::domain) fn take_next_reactor(&mut self, chat: &ChatId) -> Option<UserId> {
        self.next_reactors.remove(chat).flatten()
    }
}

/// True if two texts differ only in the variation selector U+FE0F.
fn is_same_emoji(one: &str, other: &str) -> bool {
    one == other || shown(one).eq(shown(other))
}

fn shown(emoji: &str) -> impl Iterator<Item = char> {
    emoji.chars().filter(|character| *character != '\u{fe0f}')
}
