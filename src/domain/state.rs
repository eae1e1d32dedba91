use std::collections::{HashMap, HashSet};

mod messages;

use super::{Change, name_key};
use crate::protocol::{
    Ban, Chat, ChatId, ChatKind, ChatRole, Message, MessageId, Mute, Seq, Timestamp, UserId, Viewer,
};

/// A chat as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct ChatRecord {
    /// What is told of it; without a viewer. A last message that is none may be one that nobody asked for: a backend
    /// then leaves the one it has.
    pub chat: Chat,
    /// How many owners are in.
    pub owners: u64,
    /// The place of the latest change to anything but messages.
    pub changed_seq: Seq,
    /// The place of the latest change to who is in.
    pub members_seq: Seq,
}

/// How a user stands in a chat, also after having left it.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberRecord {
    /// None: the user has been in and is out.
    pub role: Option<ChatRole>,
    /// When the user came in.
    pub joined_at: Timestamp,
    /// How far the user has read.
    pub read_seq: Seq,
    /// How far messages have reached the user.
    pub delivered_seq: Seq,
    /// The event that was the user's last, for one who is out; 0 for one who was never in.
    pub left_seq: Seq,
    /// What keeps the user out, or has kept them out once.
    pub ban: Option<Ban>,
    /// Whether the user wants no notifications.
    pub mute: Mute,
}

impl MemberRecord {
    /// One who has just come in and has nothing to catch up on.
    pub(super) fn new(role: ChatRole, at: Timestamp, seq: Seq) -> Self {
        MemberRecord { role: Some(role), read_seq: seq, delivered_seq: seq, ..MemberRecord::stranger(at) }
    }

    /// One who has never been in.
    pub(super) fn stranger(at: Timestamp) -> Self {
        MemberRecord {
            role: None,
            joined_at: at,
            read_seq: 0,
            delivered_seq: 0,
            left_seq: 0,
            ban: None,
            mute: Mute::No,
        }
    }

    /// What keeps the user out now.
    pub(super) fn running_ban(&self, now: Timestamp) -> Option<&Ban> {
        self.ban.as_ref().filter(|ban| ban.holds(now))
    }
}

#[derive(Debug)]
struct Slot<T> {
    value: Option<T>,
    written: bool,
}

/// Which message, which emoji, whose.
pub type ReactionKey = (MessageId, String, UserId);

/// What is known of the chats in a batch: loaded by the backend, changed by [`decide`](super::decide), written back
/// by the backend.
#[derive(Debug, Default)]
pub struct State {
    chats: HashMap<ChatId, Slot<ChatRecord>>,
    members: HashMap<ChatId, HashMap<UserId, Slot<MemberRecord>>>,
    messages: HashMap<ChatId, HashMap<MessageId, Slot<Message>>>,
    reactions: HashMap<ChatId, HashMap<ReactionKey, Slot<Seq>>>,
    /// Of reactions one of whose first users is about to leave: who comes up.
    next_reactors: HashMap<ChatId, Option<UserId>>,
    /// Who has a username, in lower case.
    names: HashMap<String, Option<UserId>>,
    channels: HashMap<String, Option<ChatId>>,
    viewers: HashMap<ChatId, HashMap<UserId, Viewer>>,
    /// Of chats whose last message is about to be deleted: which is the last then.
    previous: HashMap<ChatId, Option<Message>>,
    removed: Vec<ChatId>,
    /// Of chats that are not there: whether they have been, and were deleted.
    ended: HashMap<ChatId, bool>,
    /// Chats of which the storage holds nothing that counts: not there when looked up, or deleted since.
    unstored: HashSet<ChatId>,
}

/// One record to write back.
#[derive(Debug)]
pub enum Written<'a> {
    /// The chat is new or changed.
    Chat(&'a ChatRecord),
    /// The chat is gone, with all that belongs to it.
    NoChat(&'a ChatId),
    /// How the user stands is new or changed.
    Member(&'a ChatId, &'a UserId, &'a MemberRecord),
    /// The message is new or changed.
    Message(&'a Message),
    /// The user's emoji is on the message since that place, or no more.
    Reaction(&'a ChatId, &'a ReactionKey, Option<Seq>),
}

/// Loading, by a backend.
impl State {
    /// Whether the chat was looked up already.
    pub fn knows_chat(&self, chat: &ChatId) -> bool {
        self.chats.contains_key(chat)
    }

    /// Whether the user's standing was looked up already; nobody stands in a chat that is not there.
    pub fn knows_member(&self, chat: &ChatId, user: &UserId) -> bool {
        self.unstored.contains(chat) || self.members.get(chat).is_some_and(|members| members.contains_key(user))
    }

    /// Whether the message was looked up already; nothing was said in a chat that is not there.
    pub fn knows_message(&self, chat: &ChatId, message: &MessageId) -> bool {
        self.unstored.contains(chat) || self.messages.get(chat).is_some_and(|messages| messages.contains_key(message))
    }

    /// Whether the chat's last message is still to be looked up.
    pub fn lacks_last_message(&self, chat: &ChatId) -> bool {
        let lacks = |record: &ChatRecord| record.chat.last_message.is_none() && record.chat.message_count > 0;
        !self.unstored.contains(chat) && self.chat(chat).is_some_and(lacks)
    }

    /// Whether the channel name was looked up already.
    pub fn knows_channel(&self, name_key: &str) -> bool {
        self.channels.contains_key(name_key)
    }

    /// Notes what was found of a chat.
    pub fn load_chat(&mut self, chat: &ChatId, found: Option<ChatRecord>) {
        if found.is_none() {
            self.unstored.insert(chat.clone());
        }
        self.chats.insert(chat.clone(), Slot { value: found, written: false });
    }

    /// Whether it is still to be looked up if the chat that the change would make has been there and was deleted.
    pub fn lacks_end(&self, change: &Change) -> bool {
        let chat = &change.chat_id;
        change.makes() && self.unstored.contains(chat) && !self.ended.contains_key(chat)
    }

    /// Notes whether a chat that is not there has been, and was deleted.
    pub fn load_end(&mut self, chat: &ChatId, has_ended: bool) {
        self.ended.insert(chat.clone(), has_ended);
    }

    /// Notes how a user stands in a chat.
    pub fn load_member(&mut self, chat: &ChatId, user: &UserId, found: Option<MemberRecord>) {
        let slot = Slot { value: found, written: false };
        self.members.entry(chat.clone()).or_default().insert(user.clone(), slot);
    }

    /// Notes what was found of a message.
    pub fn load_message(&mut self, chat: &ChatId, message: &MessageId, found: Option<Message>) {
        let slot = Slot { value: found, written: false };
        self.messages.entry(chat.clone()).or_default().insert(message.clone(), slot);
    }

    /// Notes who has a channel name.
    pub fn load_channel(&mut self, name_key: String, found: Option<ChatId>) {
        self.channels.insert(name_key, found);
    }

    /// Notes what a user alone is told of a chat.
    pub fn load_viewer(&mut self, chat: &ChatId, user: &UserId, viewer: Viewer) {
        self.viewers.entry(chat.clone()).or_default().insert(user.clone(), viewer);
    }

    /// Fills in a chat's last message, if it was not known.
    pub fn load_last_message(&mut self, chat: &ChatId, found: Option<Message>) {
        if let Some(record) = self.chats.get_mut(chat).and_then(|slot| slot.value.as_mut())
            && record.chat.last_message.is_none()
        {
            record.chat.last_message = found.map(Box::new);
        }
    }

    /// Everything to be written back in this order: what is gone, chats, what belongs to them.
    pub fn written(&self) -> impl Iterator<Item = Written<'_>> {
        let removed = self.removed.iter().map(Written::NoChat);
        let chats = self.chats.values().filter(|slot| slot.written);
        let chats = chats.filter_map(|slot| slot.value.as_ref().map(Written::Chat));
        removed
            .chain(chats)
            .chain(self.written_members())
            .chain(self.written_messages())
            .chain(self.written_reactions())
    }

    fn written_members(&self) -> impl Iterator<Item = Written<'_>> {
        self.members.iter().filter(|(chat, _)| self.chat(chat).is_some()).flat_map(|(chat, members)| {
            let written = members.iter().filter(|(_, slot)| slot.written);
            written.filter_map(move |(user, slot)| Some(Written::Member(chat, user, slot.value.as_ref()?)))
        })
    }

    fn written_messages(&self) -> impl Iterator<Item = Written<'_>> {
        self.messages.iter().filter(|(chat, _)| self.chat(chat).is_some()).flat_map(|(_, messages)| {
            messages.values().filter(|slot| slot.written).filter_map(|slot| slot.value.as_ref().map(Written::Message))
        })
    }
}

/// Looking up and changing, by the rules.
impl State {
    /// The chat, if there is one.
    pub fn chat(&self, chat: &ChatId) -> Option<&ChatRecord> {
        self.chats.get(chat)?.value.as_ref()
    }

    /// Whether the chat is not there any more.
    pub(super) fn has_ended(&self, chat: &ChatId) -> bool {
        self.ended.get(chat).copied().unwrap_or_default()
    }

    /// How the user stands in the chat, if they ever came in.
    pub fn member(&self, chat: &ChatId, user: &UserId) -> Option<&MemberRecord> {
        self.members.get(chat)?.get(user)?.value.as_ref()
    }

    /// The message, if there is one.
    pub fn message(&self, chat: &ChatId, message: &MessageId) -> Option<&Message> {
        self.messages.get(chat)?.get(message)?.value.as_ref()
    }

    /// Who has the channel name.
    pub fn channel(&self, name_key: &str) -> Option<&ChatId> {
        self.channels.get(name_key)?.as_ref()
    }

    /// What the user alone is told of the chat.
    pub(super) fn viewer(&self, chat: &ChatId, user: &UserId) -> Option<&Viewer> {
        self.viewers.get(chat)?.get(user)
    }

    pub(super) fn put_chat(&mut self, record: ChatRecord) {
        self.chats.insert(record.chat.id.clone(), Slot { value: Some(record), written: true });
    }

    /// Moves the chat's clock on by one and gives the chat to be changed.
    pub(super) fn tick(&mut self, chat: &ChatId) -> &mut ChatRecord {
        let slot = self.chats.get_mut(chat).expect("a chat is changed only after it was found");
        slot.written = true;
        let record = slot.value.as_mut().expect("a chat is changed only after it was found");
        record.chat.seq += 1;
        record
    }

    pub(super) fn put_member(&mut self, chat: &ChatId, user: &UserId, member: MemberRecord) {
        let slot = Slot { value: Some(member), written: true };
        self.members.entry(chat.clone()).or_default().insert(user.clone(), slot);
    }

    pub(super) fn put_channel(&mut self, name_key: String, owner: Option<ChatId>) {
        self.channels.insert(name_key, owner);
    }

    /// Forgets the chat and everything of it, and frees its name.
    pub(super) fn remove_chat(&mut self, chat: &ChatId) {
        let gone = self.chats.insert(chat.clone(), Slot { value: None, written: true });
        if let Some(ChatRecord { chat, .. }) = gone.and_then(|slot| slot.value)
            && chat.kind == ChatKind::Channel
        {
            self.channels.insert(name_key(&chat.name), None);
        }
        self.removed.push(chat.clone());
        self.ended.insert(chat.clone(), true);
        self.unstored.insert(chat.clone());
        self.members.remove(chat);
        self.messages.remove(chat);
        self.viewers.remove(chat);
        self.previous.remove(chat);
        self.reactions.remove(chat);
        self.next_reactors.remove(chat);
    }
}
