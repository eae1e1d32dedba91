mod messages;
mod records;

pub use records::{ChannelHolder, ChatRecord, MemberRecord};

use super::{Change, StoredOperation, channel_keys};
use crate::ops::collections::{HashMap, HashSet};
use crate::protocol::{ChatId, ChatKind, Message, MessageId, OperationId, Seq, UserId, Viewer};

#[derive(Debug)]
struct Tracked<T> {
    value: Option<T>,
    written: bool,
}

/// The message, the emoji and the user.
pub type ReactionKey = (MessageId, String, UserId);

/// The records of a batch's chats: loaded by the backend, changed by [`decide`](super::decide), written back by the
/// backend.
#[derive(Debug, Default)]
pub struct State {
    chats: HashMap<ChatId, Tracked<ChatRecord>>,
    members: HashMap<ChatId, HashMap<UserId, Tracked<MemberRecord>>>,
    messages: HashMap<ChatId, HashMap<MessageId, Tracked<Message>>>,
    reactions: HashMap<ChatId, HashMap<ReactionKey, Tracked<Seq>>>,
    /// The user who moves up when one of the listed users leaves a reaction, by chat.
    next_reactors: HashMap<ChatId, Option<UserId>>,
    /// The users with these lower-case usernames.
    names: HashMap<String, Option<UserId>>,
    channels: HashMap<String, Option<ChannelHolder>>,
    viewers: HashMap<ChatId, HashMap<UserId, Viewer>>,
    /// The message that becomes the last one when a chat's last message is deleted.
    previous: HashMap<ChatId, Option<Message>>,
    /// The oldest messages of chats that will be trimmed.
    oldest: HashMap<ChatId, Vec<Message>>,
    trimmed: HashMap<ChatId, TrimmedHistory>,
    removed: Vec<ChatId>,
    /// For chats that do not exist: true if they existed and were deleted.
    ended: HashMap<ChatId, bool>,
    /// Chats without relevant records in the storage: they did not exist when looked up, or have been deleted since.
    unstored: HashSet<ChatId>,
    operations: HashMap<UserId, HashMap<OperationId, Tracked<StoredOperation>>>,
}

/// The messages of a chat that retention removes.
#[derive(Clone, Debug, PartialEq)]
pub struct TrimmedHistory {
    /// Every message below this position is removed.
    pub before: Seq,
    /// The ids of these messages.
    pub ids: Vec<MessageId>,
}

/// One record to write back.
#[derive(Clone, Copy, Debug)]
pub enum ChangedRecord<'a> {
    /// The chat is new or changed.
    Chat(&'a ChatRecord),
    /// The chat was deleted, with everything in it.
    NoChat(&'a ChatId),
    /// The oldest messages of the chat were removed, with their reactions, mentions and pins.
    Trimmed(&'a ChatId, &'a TrimmedHistory),
    /// A new or changed membership.
    Member(&'a ChatId, &'a UserId, &'a MemberRecord),
    /// The message is new or changed.
    Message(&'a Message),
    /// The user's emoji was added to the message at that position, or removed.
    Reaction(&'a ChatId, &'a ReactionKey, Option<Seq>),
    /// The outcome of an operation.
    Operation(&'a StoredOperation),
}

impl<'a> ChangedRecord<'a> {
    /// The chat that the record belongs to; none for the outcome of an operation.
    pub fn chat_id(&self) -> Option<&'a ChatId> {
        match self {
            ChangedRecord::Chat(record) => Some(&record.chat.id),
            ChangedRecord::Message(message) => Some(&message.chat_id),
            ChangedRecord::NoChat(chat)
            | ChangedRecord::Trimmed(chat, _)
            | ChangedRecord::Member(chat, ..)
            | ChangedRecord::Reaction(chat, ..) => Some(chat),
            ChangedRecord::Operation(_) => None,
        }
    }
}

/// Loads records; called by a backend.
impl State {
    /// True if the chat was looked up.
    pub fn knows_chat(&self, chat: &ChatId) -> bool {
        self.chats.contains_key(chat)
    }

    /// True if the membership was looked up; a chat that does not exist has no members.
    pub fn knows_member(&self, chat: &ChatId, user: &UserId) -> bool {
        self.unstored.contains(chat) || self.members.get(chat).is_some_and(|members| members.contains_key(user))
    }

    /// True if the message was looked up; a chat that does not exist has no messages.
    pub fn knows_message(&self, chat: &ChatId, message: &MessageId) -> bool {
        self.unstored.contains(chat) || self.messages.get(chat).is_some_and(|messages| messages.contains_key(message))
    }

    /// True if the chat's last message has not been looked up yet.
    pub fn lacks_last_message(&self, chat: &ChatId) -> bool {
        let lacks = |record: &ChatRecord| record.chat.last_message.is_none() && record.chat.message_count > 0;
        !self.unstored.contains(chat) && self.chat(chat).is_some_and(lacks)
    }

    /// True if the holder of the key was looked up.
    pub fn knows_channel(&self, key: &str) -> bool {
        self.channels.contains_key(key)
    }

    /// Stores the result of looking up a chat.
    pub fn load_chat(&mut self, chat: &ChatId, found: Option<ChatRecord>) {
        if found.is_none() {
            self.unstored.insert(chat.clone());
        }
        self.chats.insert(chat.clone(), Tracked { value: found, written: false });
    }

    /// True if it is not known yet whether the chat to be created existed and was deleted.
    pub fn lacks_end(&self, change: &Change) -> bool {
        let chat = &change.chat_id;
        change.makes() && self.unstored.contains(chat) && !self.ended.contains_key(chat)
    }

    /// Records whether a chat that does not exist was deleted.
    pub fn load_end(&mut self, chat: &ChatId, has_ended: bool) {
        self.ended.insert(chat.clone(), has_ended);
    }

    /// Stores the result of looking up a membership.
    pub fn load_member(&mut self, chat: &ChatId, user: &UserId, found: Option<MemberRecord>) {
        let slot = Tracked { value: found, written: false };
        self.members.entry(chat.clone()).or_default().insert(user.clone(), slot);
    }

    /// Stores the result of looking up a message.
    pub fn load_message(&mut self, chat: &ChatId, message: &MessageId, found: Option<Message>) {
        let slot = Tracked { value: found, written: false };
        self.messages.entry(chat.clone()).or_default().insert(message.clone(), slot);
    }

    /// Stores the holder of a channel key.
    pub fn load_channel(&mut self, key: String, found: Option<ChannelHolder>) {
        self.channels.insert(key, found);
    }

    /// Stores the user's own view of a chat.
    pub fn load_viewer(&mut self, chat: &ChatId, user: &UserId, viewer: Viewer) {
        self.viewers.entry(chat.clone()).or_default().insert(user.clone(), viewer);
    }

    /// True if the operation was looked up, or has an outcome.
    pub fn knows_operation(&self, user: &UserId, id: &OperationId) -> bool {
        self.operations.get(user).is_some_and(|operations| operations.contains_key(id))
    }

    /// Stores the outcome of an operation, if it has one.
    pub fn load_operation(&mut self, user: &UserId, id: &OperationId, found: Option<StoredOperation>) {
        let slot = Tracked { value: found, written: false };
        self.operations.entry(user.clone()).or_default().insert(id.clone(), slot);
    }

    /// Fills in a chat's last message, if it was not loaded.
    pub fn load_last_message(&mut self, chat: &ChatId, found: Option<Message>) {
        if let Some(record) = self.chats.get_mut(chat).and_then(|slot| slot.value.as_mut())
            && record.chat.last_message.is_none()
        {
            record.chat.last_message = found.map(Box::new);
        }
    }

    /// All records to write back, in this order: deletions, chats, the records of chats.
    pub fn changed(&self) -> impl Iterator<Item = ChangedRecord<'_>> {
        let removed = self.removed.iter().map(ChangedRecord::NoChat);
        let chats = self.chats.values().filter(|slot| slot.written);
        let chats = chats.filter_map(|slot| slot.value.as_ref().map(ChangedRecord::Chat));
        let trimmed = self.trimmed.iter().map(|(chat, trimmed)| ChangedRecord::Trimmed(chat, trimmed));
        removed
            .chain(chats)
            .chain(trimmed)
            .chain(self.written_members())
            .chain(self.written_messages())
            .chain(self.written_reactions())
            .chain(self.written_operations().map(ChangedRecord::Operation))
    }

    /// The operations that got an outcome since they were loaded.
    pub fn written_operations(&self) -> impl Iterator<Item = &StoredOperation> {
        let operations = self.operations.values().flat_map(HashMap::values);
        operations.filter(|slot| slot.written).filter_map(|slot| slot.value.as_ref())
    }

    fn written_members(&self) -> impl Iterator<Item = ChangedRecord<'_>> {
        self.members.iter().filter(|(chat, _)| self.chat(chat).is_some()).flat_map(|(chat, members)| {
            let written = members.iter().filter(|(_, slot)| slot.written);
            written.filter_map(move |(user, slot)| Some(ChangedRecord::Member(chat, user, slot.value.as_ref()?)))
        })
    }

    fn written_messages(&self) -> impl Iterator<Item = ChangedRecord<'_>> {
        self.messages.iter().filter(|(chat, _)| self.chat(chat).is_some()).flat_map(|(_, messages)| {
            messages
                .values()
                .filter(|slot| slot.written)
                .filter_map(|slot| slot.value.as_ref().map(ChangedRecord::Message))
        })
    }
}

/// Reads and changes records; called by the rules.
impl State {
    /// The chat, if it exists.
    pub fn chat(&self, chat: &ChatId) -> Option<&ChatRecord> {
        self.chats.get(chat)?.value.as_ref()
    }

    /// True if a chat of this id was deleted.
    pub(super) fn has_ended(&self, chat: &ChatId) -> bool {
        self.ended.get(chat).copied().unwrap_or_default()
    }

    /// The user's membership record, if they ever joined.
    pub fn member(&self, chat: &ChatId, user: &UserId) -> Option<&MemberRecord> {
        self.members.get(chat)?.get(user)?.value.as_ref()
    }

    /// The message, if it exists.
    pub fn message(&self, chat: &ChatId, message: &MessageId) -> Option<&Message> {
        self.messages.get(chat)?.get(message)?.value.as_ref()
    }

    /// The channel that holds the key.
    pub fn channel(&self, key: &str) -> Option<&ChannelHolder> {
        self.channels.get(key)?.as_ref()
    }

    /// The user's own view of the chat.
    pub(super) fn viewer(&self, chat: &ChatId, user: &UserId) -> Option<&Viewer> {
        self.viewers.get(chat)?.get(user)
    }

    /// The outcome of an operation.
    pub(super) fn operation(&self, user: &UserId, id: &OperationId) -> Option<&StoredOperation> {
        self.operations.get(user)?.get(id)?.value.as_ref()
    }

    pub(super) fn put_operation(&mut self, operation: StoredOperation) {
        let operations = self.operations.entry(operation.user_id.clone()).or_default();
        operations.insert(operation.id.clone(), Tracked { value: Some(operation), written: true });
    }

    pub(super) fn put_chat(&mut self, record: ChatRecord) {
        self.chats.insert(record.chat.id.clone(), Tracked { value: Some(record), written: true });
    }

    /// Advances the chat's clock by one and returns the chat to be changed.
    pub(super) fn tick(&mut self, chat: &ChatId) -> &mut ChatRecord {
        let slot = self.chats.get_mut(chat).expect("a chat is changed only after it was found");
        slot.written = true;
        let record = slot.value.as_mut().expect("a chat is changed only after it was found");
        record.chat.seq += 1;
        record
    }

    pub(super) fn put_member(&mut self, chat: &ChatId, user: &UserId, member: MemberRecord) {
        let slot = Tracked { value: Some(member), written: true };
        self.members.entry(chat.clone()).or_default().insert(user.clone(), slot);
    }

    pub(super) fn put_channel(&mut self, key: String, holder: Option<ChannelHolder>) {
        self.channels.insert(key, holder);
    }

    /// Removes the chat with everything in it, and frees its name.
    pub(super) fn remove_chat(&mut self, chat: &ChatId) {
        let gone = self.chats.insert(chat.clone(), Tracked { value: None, written: true });
        if let Some(ChatRecord { chat, .. }) = gone.and_then(|slot| slot.value)
            && chat.kind == ChatKind::Channel
        {
            self.channels.extend(channel_keys(&chat.name).into_iter().map(|key| (key, None)));
        }
        self.removed.push(chat.clone());
        self.ended.insert(chat.clone(), true);
        self.unstored.insert(chat.clone());
        self.members.remove(chat);
        self.messages.remove(chat);
        self.viewers.remove(chat);
        self.previous.remove(chat);
        self.oldest.remove(chat);
        self.trimmed.remove(chat);
        self.reactions.remove(chat);
        self.next_reactors.remove(chat);
    }
}
