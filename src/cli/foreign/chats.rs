//! Chats of another server, with their members and owners.

use std::collections::HashMap;

use super::activity::ChatActivity;
use super::chat::ForeignChat;
use super::database::{RowView, TableRows};
use super::layout::{ChatsMap, DefaultOwner, MappedKind};
use super::names::{ChannelNames, ToldValue, clean_name, told_prose};
use super::people::ForeignPeople;
use super::rules::ConversionRules;
use super::tally::TableTally;
use crate::domain::direct_chat;
use crate::protocol::{ChatId, ChatKind, Timestamp, UserId};

/// Maximum number of characters in a description.
const DESCRIPTION_CHARS: usize = 500;

/// All chats, by original id.
#[derive(Debug, Default)]
pub(super) struct Chats {
    all: Vec<ForeignChat>,
    by_old_id: HashMap<String, usize>,
    are_made_by_messages: bool,
    default_kind: Option<ChatKind>,
    has_member_table: bool,
}

impl Chats {
    /// Reads the table of chats; without one, messages define the chats.
    pub(super) fn read(
        rows: Option<&TableRows>,
        map: &ChatsMap,
        rules: &ConversionRules,
        tally: &mut TableTally,
    ) -> Self {
        let are_made_by_messages = map.table.is_none();
        let mut chats = Chats { are_made_by_messages, default_kind: map.kind.fixed(), ..Chats::default() };
        for row in rows.into_iter().flat_map(TableRows::iter) {
            let Some(old) = row.get("id") else {
                tally.leave_out("no id");
                continue;
            };
            if chats.by_old_id.contains_key(old) {
                tally.leave_out("the id of another row");
                continue;
            }
            let kind = row
                .get("kind")
                .and_then(|kind| map.kinds.get(kind))
                .copied()
                .map_or(map.kind.fixed(), MappedKind::fixed);
            let chat = ForeignChat {
                kind,
                name: row.get("name").map(str::to_owned),
                description: told_prose(
                    row.get("description"),
                    DESCRIPTION_CHARS,
                    &ToldValue { field: "description", of: old },
                    tally,
                ),
                created_at: rules.moment(row.get("created_at")),
                updated_at: rules.moment(row.get("updated_at")),
                ..ForeignChat::new(old, rules)
            };
            chats.add(chat);
            tally.import();
        }
        chats
    }

    fn add(&mut self, chat: ForeignChat) -> usize {
        let place = self.all.len();
        self.by_old_id.insert(chat.old_id.clone(), place);
        self.all.push(ForeignChat { group: place, ..chat });
        place
    }

    /// True if every chat id in a message defines a chat.
    pub(super) fn are_made_by_messages(&self) -> bool {
        self.are_made_by_messages
    }

    /// The index of the chat with this original id.
    pub(super) fn find(&self, old: &str) -> Option<usize> {
        self.by_old_id.get(old).copied()
    }

    /// The index of the chat with this original id; a new one is added and named after the id.
    pub(super) fn find_or_make(&mut self, old: &str, rules: &ConversionRules) -> usize {
        self.find(old).unwrap_or_else(|| {
            let chat =
                ForeignChat { kind: self.default_kind, name: Some(old.to_owned()), ..ForeignChat::new(old, rules) };
            self.add(chat)
        })
    }

    /// The chat at this index.
    pub(super) fn get_mut(&mut self, place: usize) -> &mut ForeignChat {
        &mut self.all[place]
    }

    /// Every chat, in table order.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut ForeignChat> {
        self.all.iter_mut()
    }

    /// Every chat, in table order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &ForeignChat> {
        self.all.iter()
    }

    /// Every chat, in archive order.
    pub(super) fn in_order(&self) -> Vec<&ForeignChat> {
        let mut ordered: Vec<&ForeignChat> = self.all.iter().collect();
        ordered.sort_by(|one, other| one.id.cmp(&other.id));
        ordered
    }

    /// The chat and the user that a row refers to; if one of them is missing, the row is left out.
    fn named<'a>(
        &self,
        row: RowView<'_>,
        people: &'a ForeignPeople<'_>,
        tally: &mut TableTally,
    ) -> Option<(usize, &'a UserId)> {
        let Some(place) = row.get("chat").and_then(|old| self.find(old)) else {
            tally.leave_out("chat not found");
            return None;
        };
        Some((place, people.of_row(row, tally)?))
    }

    /// Reads the table of owners.
    pub(super) fn read_owners(&mut self, rows: &TableRows, people: &ForeignPeople<'_>, tally: &mut TableTally) {
        for row in rows.iter() {
            let Some((place, user)) = self.named(row, people, tally) else { continue };
            if self.all[place].owner.is_some() {
                tally.leave_out("the chat already has an owner");
                continue;
            }
            self.all[place].owner = Some(user.clone());
            tally.import();
        }
    }

    /// Reads the table of members.
    pub(super) fn read_members(
        &mut self,
        rows: &TableRows,
        rules: &ConversionRules,
        people: &ForeignPeople<'_>,
        tally: &mut TableTally,
    ) {
        self.has_member_table = true;
        for row in rows.iter() {
            let Some((place, user)) = self.named(row, people, tally) else { continue };
            let chat = &mut self.all[place];
            if chat.members.contains_key(user) {
                tally.leave_out("repeated");
                continue;
            }
            let joined = rules.moment(row.get("joined_at")).unwrap_or_else(|| chat.began_at());
            chat.members.insert(user.clone(), joined);
            tally.import();
        }
    }

    /// Sets this time of creation for chats that have neither one nor a message.
    pub(super) fn fill_times(&mut self, first: Timestamp, tally: &mut TableTally) {
        for chat in self.all.iter_mut().filter(|chat| chat.created_at.is_none() && chat.messages == 0) {
            tally.change("missing time, replaced with that of the first chat or message", &*chat.old_id);
            chat.created_at = Some(first);
            for joined in chat.members.values_mut() {
                if joined.millis() == 0 {
                    *joined = first;
                }
            }
        }
    }

    /// Gives every chat its members, kind and final id, and merges direct chats of the same pair.
    ///
    /// # Errors
    /// Fails if the spools cannot be read or written.
    pub(super) fn settle(
        &mut self,
        map: &ChatsMap,
        activity: &mut ChatActivity,
        tally: &mut TableTally,
    ) -> Result<(), String> {
        for chat in &mut self.all {
            if !self.has_member_table {
                let joined = chat.began_at();
                chat.members = chat.participants.iter().map(|user| (user.clone(), joined)).collect();
            }
            let is_pair = chat.members.len() == 2;
            chat.kind = match chat.kind {
                Some(ChatKind::Direct) if !is_pair => {
                    tally.change("direct chat without exactly two members, now a group", &*chat.old_id);
                    Some(ChatKind::Group)
                }
                None if is_pair && !chat.has_open_message => Some(ChatKind::Direct),
                None => Some(ChatKind::Group),
                known => known,
            };
        }
        if map.leave_out_empty {
            let is_used = |chat: &ForeignChat| chat.messages > 0 || !chat.participants.is_empty();
            self.all.iter().filter(|chat| !is_used(chat)).for_each(|_| tally.drop_imported("it never had a message"));
            self.all.retain(is_used);
        }
        self.by_old_id.clear();
        self.join_pairs(activity, tally)
    }

    fn join_pairs(&mut self, activity: &mut ChatActivity, tally: &mut TableTally) -> Result<(), String> {
        let mut by_id: HashMap<ChatId, usize> = HashMap::new();
        let mut joined: Vec<ForeignChat> = vec![];
        for mut chat in std::mem::take(&mut self.all) {
            if chat.kind == Some(ChatKind::Direct) {
                let mut pair = chat.members.keys();
                if let (Some(one), Some(other)) = (pair.next(), pair.next()) {
                    chat.id = direct_chat(one, other, 0);
                }
                if let Some(place) = by_id.get(&chat.id) {
                    tally.change("direct chat merged with another of the same pair", &*chat.old_id);
                    let into = &mut joined[*place];
                    activity.append(chat.group, into.group)?;
                    into.messages += chat.messages;
                    into.first_at = [into.first_at, chat.first_at].into_iter().flatten().min();
                    continue;
                }
                by_id.insert(chat.id.clone(), joined.len());
            }
            joined.push(chat);
        }
        self.all = joined;
        Ok(())
    }

    /// Gives every chat an owner who is a member.
    ///
    /// # Errors
    /// Fails if a required owner cannot be created.
    pub(super) fn settle_owners(
        &mut self,
        otherwise: DefaultOwner,
        people: &mut ForeignPeople<'_>,
    ) -> Result<(), String> {
        for chat in &mut self.all {
            let may_own = |user: &&UserId| people.get(user).is_some_and(|person| !person.is_banned);
            let by_time = || {
                let mut members: Vec<_> = chat.members.iter().map(|(user, joined)| (*joined, user)).collect();
                members.sort();
                members.into_iter().map(|(_, user)| user).find(may_own).cloned()
            };
            let first = match otherwise {
                DefaultOwner::FirstMember => by_time(),
                DefaultOwner::FirstSender => chat.participants.iter().find(may_own).cloned(),
                DefaultOwner::Administrator => None,
            };
            let is_direct = chat.kind == Some(ChatKind::Direct);
            let first = if is_direct { chat.members.keys().next().cloned() } else { first };
            let named = chat.owner.take().filter(|owner| !is_direct || chat.members.contains_key(owner));
            let at = chat.began_at();
            let owner = named.or(first).map_or_else(|| people.administrator(at), Ok)?;
            chat.members.entry(owner.clone()).or_insert(at);
            chat.owner = Some(owner);
        }
        Ok(())
    }

    /// Gives every chat a name that is valid here.
    pub(super) fn settle_names(&mut self, map: &ChatsMap, rules: &ConversionRules, tally: &mut TableTally) {
        let max = rules.name_chars;
        let mut channels = ChannelNames::default();
        for chat in &mut self.all {
            if chat.kind == Some(ChatKind::Direct) {
                chat.name = None;
                continue;
            }
            let given = chat.name.take().unwrap_or_default();
            let time = chat.began_at().to_string();
            let time = time.get(..16).unwrap_or_default().replace('T', " ");
            let default = || clean_name(&map.default_name.replace("{id}", &chat.old_id).replace("{time}", &time), max);
            let name = clean_name(&given, max).or_else(default).unwrap_or_else(|| "chat".to_owned());
            let name = if chat.kind == Some(ChatKind::Channel) { channels.claim(&name, max) } else { name };
            if name != given && !given.is_empty() {
                tally.change("name changed", format!("{given:?} is now {name}"));
            }
            chat.name = Some(name);
        }
    }
}
