//! One batch, under the lock from its first lookup to its last write.

use std::collections::BTreeMap;
use std::future::ready;

use futures_util::FutureExt;

use super::tables::{MemoryChat, MemoryMember, MemoryTables, MentionKey};
use crate::domain::{
    Action, Change, ChangedRecord, ChannelHolder, ChatRecord, FIRST_REACTORS, MemberRecord, Outcome, ReactionKey,
    State, TrimmedHistory, channel_keys, name_key,
};
use crate::protocol::{Chat, ChatId, ChatKind, Message, Seq, Timestamp, User, UserId, Viewer};
use crate::store::error::{Result, StoreError};
use crate::store::loader::{Lookup, ReactionOf, Wanted, decide_all, fail_all};

/// Maximum number of messages removed by one trim.
const TRIMMED_MOST: usize = 500;

/// Commits a batch. A change that refers to an unknown user fails alone.
pub(super) fn commit(tables: &mut MemoryTables, batch: &[Change], at: Timestamp) -> Vec<Result<Outcome>> {
    if batch.len() > 1 && !batch.iter().all(|change| knows_users(tables, change)) {
        let alone = |change| commit(tables, std::slice::from_ref(change), at);
        return batch.iter().flat_map(alone).collect();
    }
    if batch.len() == 1 && !knows_users(tables, &batch[0]) {
        return fail_all(StoreError::internal("the change names a user who does not exist"), 1);
    }
    let mut lookup = MemoryLookup { tables, state: State::default() };
    let decided = decide_all(&mut lookup, batch, at).now_or_never();
    let Ok(results) = decided.expect("memory answers every lookup at once");
    lookup.write();
    results
}

/// True if every user for whom the change may write a record has an account.
fn knows_users(tables: &MemoryTables, change: &Change) -> bool {
    let knows = |user: &UserId| tables.accounts.contains_key(user);
    let know_all = |users: &[User]| users.iter().all(|user| knows(&user.id));
    match &change.action {
        // The server itself is the actor.
        Action::Trim(_) => true,
        Action::Create { members: users, .. } | Action::Add { users } => knows(&change.actor.id) && know_all(users),
        Action::Send(draft) => knows(&change.actor.id) && draft.peer.as_ref().is_none_or(|peer| knows(&peer.id)),
        Action::Ban { user_id, .. } => knows(user_id),
        Action::Join { .. } => knows(&change.actor.id),
        _ => true,
    }
}

/// Look-ups in the tables, which no one else can see in the meantime.
struct MemoryLookup<'a> {
    tables: &'a mut MemoryTables,
    state: State,
}

/// The error of look-ups that cannot fail.
type Never = std::convert::Infallible;

impl MemoryLookup<'_> {
    fn load(&mut self, wanted: &Wanted<'_>) {
        let MemoryLookup { tables, state } = self;
        for chat in wanted.chats.iter().copied() {
            state.load_chat(chat, tables.chats.get(chat).map(|stored| stored.record.clone()));
        }
        for (chat, user) in wanted.members.iter().copied() {
            if !state.knows_member(chat, user) {
                state.load_member(chat, user, member(tables, chat, user));
            }
        }
        for (chat, message) in wanted.messages.iter().copied() {
            if !state.knows_message(chat, message) {
                let found = tables.message(chat, message).map(|message| tables.shown(message));
                state.load_message(chat, message, found);
            }
        }
        for chat in wanted.last_messages.iter().copied() {
            if state.lacks_last_message(chat) {
                state.load_last_message(chat, last_message(tables, chat));
            }
        }
        for (user, id) in wanted.operations.iter().copied() {
            state.load_operation(user, id, tables.operations.get(&(user.clone(), id.clone())).cloned());
        }
        for key in &wanted.channels {
            state.load_channel(key.clone(), channel_holder(tables, key));
        }
        for (chat, name) in &wanted.names {
            if !state.knows_name(name) {
                state.load_name(name.clone(), owner_of(tables, name));
            }
            if let Some(user) = state.name(name).cloned()
                && !state.knows_member(chat, &user)
            {
                state.load_member(chat, &user, member(tables, chat, &user));
            }
        }
    }

    /// Writes the decisions. Writing twice is harmless.
    fn write(&mut self) {
        for record in self.state.changed() {
            save(self.tables, record);
        }
    }

    fn viewer_of(&self, change: &Change) -> Option<Viewer> {
        let stored = self.tables.chats.get(&change.chat_id)?;
        let member = self.state.member(&change.chat_id, &change.actor.id);
        Some(self.tables.viewer(stored, &change.actor.id, member))
    }
}

fn member(tables: &MemoryTables, chat: &ChatId, user: &UserId) -> Option<MemberRecord> {
    Some(tables.chats.get(chat)?.members.get(user)?.record.clone())
}

fn last_message(tables: &MemoryTables, chat: &ChatId) -> Option<Message> {
    let stored = tables.chats.get(chat)?;
    Some(tables.shown(stored.messages.get(&stored.last_seq?)?))
}

/// The channel that holds one of the keys of a name.
fn channel_holder(tables: &MemoryTables, key: &str) -> Option<ChannelHolder> {
    let channels = tables.chats.values().map(|stored| &stored.record.chat);
    let mut channels = channels.filter(|chat| chat.kind == ChatKind::Channel);
    let holder = channels.find(|chat| channel_keys(&chat.name).iter().any(|held| held == key))?;
    let Chat { id, name, active, .. } = holder;
    Some(ChannelHolder { chat: id.clone(), name_key: name_key(name), is_archived: !active })
}

/// The user with this username key.
fn owner_of(tables: &MemoryTables, username_key: &str) -> Option<UserId> {
    let accounts = tables.accounts.values().map(|stored| &stored.account);
    let mut living = accounts.filter(|account| account.deleted_at.is_none());
    living.find(|account| account.username_key == username_key).map(|account| account.user.id.clone())
}

fn save(tables: &mut MemoryTables, record: ChangedRecord<'_>) {
    if let ChangedRecord::Operation(operation) = record {
        let key = (operation.user_id.clone(), operation.id.clone());
        tables.operations.entry(key).or_insert_with(|| operation.clone());
        return;
    }
    if let ChangedRecord::NoChat(chat) = record {
        tables.chats.remove(chat);
        tables.ended.insert(chat.clone());
        return;
    }
    if let ChangedRecord::Chat(record) = record {
        save_chat(tables, record);
        return;
    }
    let Some(stored) = record.chat_id().and_then(|chat| tables.chats.get_mut(chat)) else { return };
    match record {
        ChangedRecord::Trimmed(_, trimmed) => trim(stored, trimmed),
        ChangedRecord::Member(_, user, record) => save_member(stored, user, record),
        ChangedRecord::Message(message) => save_message(stored, message),
        ChangedRecord::Reaction(_, key, Some(since)) => drop(stored.reactions.insert(key.clone(), since)),
        ChangedRecord::Reaction(_, key, None) => drop(stored.reactions.remove(key)),
        ChangedRecord::Chat(_) | ChangedRecord::NoChat(_) | ChangedRecord::Operation(_) => {}
    }
}

fn save_chat(tables: &mut MemoryTables, record: &ChatRecord) {
    let last = record.chat.last_message.as_ref().map(|message| message.seq);
    let chat = Chat { last_message: None, viewer: None, large: false, ..record.chat.clone() };
    let has_messages = chat.message_count > 0;
    let record = ChatRecord { chat, ..*record };
    let stored = tables.chats.entry(record.chat.id.clone()).or_insert_with(|| MemoryChat {
        record: record.clone(),
        last_seq: None,
        members: BTreeMap::new(),
        messages: BTreeMap::new(),
        places: BTreeMap::new(),
        reactions: BTreeMap::new(),
        mentions: BTreeMap::new(),
    });
    stored.last_seq = last.or(stored.last_seq).filter(|_| has_messages);
    stored.record = record;
}

fn save_member(stored: &mut MemoryChat, user: &UserId, record: &MemberRecord) {
    let before = stored.members.get(user).filter(|before| before.record.joined_at == record.joined_at);
    let read_at = before.and_then(|before| before.read_at);
    let delivered_at = before.and_then(|before| before.delivered_at);
    let member = MemoryMember { record: record.clone(), read_at, delivered_at };
    stored.members.insert(user.clone(), member);
}

fn save_message(stored: &mut MemoryChat, message: &Message) {
    let Message { id, seq, updated_seq, .. } = message;
    stored.mentions.retain(|key, _| key.seq != *seq || message.mentions.contains(&key.user));
    for user in &message.mentions {
        stored.mentions.entry(MentionKey { seq: *seq, user: user.clone() }).or_insert(*updated_seq);
    }
    if message.deleted_at.is_some() {
        stored.reactions.retain(|(message, ..), _| message != id);
    }
    stored.places.insert(id.clone(), *seq);
    stored.messages.insert(*seq, message.clone());
}

fn trim(stored: &mut MemoryChat, trimmed: &TrimmedHistory) {
    let kept = stored.messages.split_off(&trimmed.before);
    for message in std::mem::replace(&mut stored.messages, kept).into_values() {
        stored.places.remove(&message.id);
        stored.reactions.retain(|(of, ..), _| *of != message.id);
    }
    stored.mentions.retain(|key, _| key.seq >= trimmed.before);
}

impl Lookup for MemoryLookup<'_> {
    type Error = Never;

    fn state(&mut self) -> &mut State {
        &mut self.state
    }

    fn fetch(&mut self, wanted: &Wanted<'_>) -> impl Future<Output = Result<(), Never>> + Send {
        self.load(wanted);
        ready(Ok(()))
    }

    fn save(&mut self) -> impl Future<Output = Result<(), Never>> + Send {
        self.write();
        ready(Ok(()))
    }

    fn has_ended(&mut self, chat: &ChatId) -> impl Future<Output = Result<bool, Never>> + Send {
        ready(Ok(self.tables.ended.contains(chat)))
    }

    fn last_before(&mut self, chat: &ChatId, seq: Seq) -> impl Future<Output = Result<Option<Message>, Never>> + Send {
        let found = self.tables.chats.get(chat).and_then(|stored| {
            let mut before = stored.messages.range(..seq).map(|(_, message)| message);
            before.rfind(|message| message.deleted_at.is_none())
        });
        ready(Ok(found.map(|message| self.tables.shown(message))))
    }

    fn oldest(&mut self, chat: &ChatId, before: Timestamp) -> impl Future<Output = Result<Vec<Message>, Never>> + Send {
        let messages = self.tables.chats.get(chat).into_iter().flat_map(|stored| stored.messages.values());
        let due = messages.take(TRIMMED_MOST).take_while(|message| message.created_at < before);
        ready(Ok(due.map(|message| self.tables.shown(message)).collect()))
    }

    fn reacted_since(
        &mut self,
        chat: &ChatId,
        key: &ReactionKey,
    ) -> impl Future<Output = Result<Option<Seq>, Never>> + Send {
        ready(Ok(self.tables.chats.get(chat).and_then(|stored| stored.reactions.get(key).copied())))
    }

    fn next_reactor(
        &mut self,
        chat: &ChatId,
        reaction: ReactionOf<'_>,
    ) -> impl Future<Output = Result<Option<UserId>, Never>> + Send {
        let all = self.tables.chats.get(chat).into_iter().flat_map(|stored| &stored.reactions);
        let of = all.filter(|((message, emoji, _), _)| message == reaction.message && emoji == reaction.emoji);
        let mut by_place: Vec<(Seq, &UserId)> = of.map(|((_, _, user), since)| (*since, user)).collect();
        by_place.sort();
        ready(Ok(by_place.get(FIRST_REACTORS).map(|(_, user)| (*user).clone())))
    }

    fn viewer(&mut self, change: &Change) -> impl Future<Output = Result<Option<Viewer>, Never>> + Send {
        ready(Ok(self.viewer_of(change)))
    }
}
