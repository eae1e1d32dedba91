//! Reads chats, members and changes.

use std::cmp::Ordering;
use std::ops::Bound;

use super::marks::marks;
use super::tables::{MemoryChat, MemoryMessage, MemoryTables};
use crate::domain::{MemberRecord, name_key};
use crate::protocol::{Chat, ChatId, ChatKind, Member, Message, Seq, UserId};
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart};
use crate::store::repository::{
    Changes, ChatAccess, ChatPosition, ChatScope, ChatsFrom, ChatsQuery, MEMBERS_MOST, Page, SyncQuery,
};

impl MemoryTables {
    /// A chat and the user's relation to it.
    pub(super) fn chat_access(&self, chat: &ChatId, user: &UserId) -> Option<ChatAccess> {
        let stored = self.chats.get(chat)?;
        let member = stored.members.get(user).map(|member| member.record.clone());
        Some(ChatAccess::of(stored.record.chat.clone(), member))
    }

    /// A page of chats as the asking user sees them.
    pub(super) fn chats_page(&self, query: &ChatsQuery) -> Page<Chat> {
        let search = query.search.as_deref().map(name_key);
        let is_named =
            |chat: &Chat| search.as_ref().is_none_or(|search| name_key(&chat.name).contains(search.as_str()));
        let is_listed = |stored: &&MemoryChat| {
            let chat = &stored.record.chat;
            is_in_scope(stored, query) && is_named(chat) && is_behind(chat, &query.from)
        };
        let mut found: Vec<&MemoryChat> = self.chats.values().filter(is_listed).collect();
        if !matches!(query.from, ChatsFrom::Active { .. }) {
            // The sort is stable: ties stay ordered by id.
            found.sort_by_key(|stored| std::cmp::Reverse(stored.record.chat.updated_at));
        }
        let more = found.len() > query.limit;
        found.truncate(query.limit);
        Page { items: found.iter().filter_map(|one| self.chat_of(&one.record.chat.id, &query.user)).collect(), more }
    }

    /// A page of members, by id.
    pub(super) fn members_page(&self, chat: &ChatId, after: Option<&UserId>, limit: usize) -> Page<Member> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let stored = self.chats.get(chat).into_iter();
        let mut present = stored.flat_map(|stored| stored.members.range::<UserId, _>((from, Bound::Unbounded)));
        let items = present.by_ref().filter_map(|(user, member)| {
            let MemberRecord { role, joined_at, read_seq, delivered_seq, .. } = member.record;
            Some(Member { user: self.user(user)?, role: role?, joined_at, read_seq, delivered_seq })
        });
        let mut items: Vec<Member> = items.take(limit + 1).collect();
        let more = items.len() > limit;
        items.truncate(limit);
        Page { items, more }
    }

    /// The changes in each of the chats, until the byte limit is reached.
    pub(super) fn sync(&self, query: &SyncQuery) -> Vec<Option<Changes>> {
        let mut found = vec![];
        let mut bytes = 0;
        for position in &query.chats {
            let changes = self.changes(position, &query.user, query.limit);
            bytes += changes.as_ref().map_or(0, Changes::bytes);
            found.push(changes);
            if bytes >= query.bytes {
                break;
            }
        }
        found
    }

    fn changes(&self, position: &ChatPosition, user: &UserId, limit: usize) -> Option<Changes> {
        let stored = self.chats.get(&position.chat)?;
        let member = &stored.member(user)?.record;
        let clock = stored.record.chat.seq;
        let reset = position.after > clock;
        let after = if reset { 0 } else { position.after };
        let PagePart { messages, more, bytes: message_bytes } = self.changed(stored, after, limit);
        let seq = match messages.last() {
            _ if !more => clock,
            Some(message) => message.updated_seq,
            None => after,
        };
        let is_new = stored.record.members_seq > after;
        let members = is_new.then(|| self.members_page(&position.chat, None, MEMBERS_MOST));
        let ahead = MemberRecord { read_seq: member.read_seq.max(position.read.min(clock)), ..member.clone() };
        let viewer = self.viewer(stored, user, Some(&ahead));
        let chat = (stored.record.changed_seq > after).then(|| self.seen(stored, viewer.clone()));
        let marks = marks(stored, user, member);
        Some(Changes { seq, viewer, chat, members, marks, messages, more, reset, message_bytes })
    }

    /// Messages in the order of their latest change.
    fn changed(&self, stored: &MemoryChat, after: Seq, limit: usize) -> PagePart {
        let mut changed: Vec<&Message> = stored.messages.values().filter(|one| one.updated_seq > after).collect();
        changed.sort_by_key(|message| message.updated_seq);
        let shown = changed.into_iter().take(limit + 1).map(|message| MemoryMessage(self.shown(message)));
        MessageRun(shown.collect()).cut(PAGE_BYTES, limit)
    }
}

fn is_in_scope(stored: &MemoryChat, query: &ChatsQuery) -> bool {
    let chat = &stored.record.chat;
    let is_in = stored.member(&query.user).is_some();
    let ban = || stored.members.get(&query.user).and_then(|member| member.record.ban.as_ref());
    match query.scope {
        ChatScope::Mine => is_in && chat.active,
        ChatScope::Archived => is_in && !chat.active,
        ChatScope::Public => {
            chat.kind == ChatKind::Channel && chat.active && !ban().is_some_and(|ban| ban.holds(query.now))
        }
    }
}

/// True if the chat comes after the cursor.
fn is_behind(chat: &Chat, from: &ChatsFrom) -> bool {
    match from {
        ChatsFrom::Newest => true,
        ChatsFrom::After { updated_at, chat: last } => match chat.updated_at.cmp(updated_at) {
            Ordering::Less => true,
            Ordering::Equal => chat.id > *last,
            Ordering::Greater => false,
        },
        ChatsFrom::Active { since, after } => chat.updated_at >= *since && chat.id > *after,
    }
}
