//! A chat's history on one clock: first the chat with its members, then messages, edits and reactions by time.

use std::collections::{BTreeMap, HashMap};

use serde_json::json;

use super::chat::{ForeignChat, ForeignFile, ForeignMessage};
use super::people::ForeignPeople;
use super::tally::TableTally;
use crate::domain::{FIRST_REACTORS, MentionedGroup, mentioned_group, mentioned_members};
use crate::protocol::{ChatKind, ChatRole, Mute, Posting, Reaction, Seq, Timestamp, UserId};
use crate::store::archive::{ArchiveRecord, ArchivedChat, ArchivedMember, ArchivedMessage, ArchivedReactor};

/// Maximum number of members in a group where everybody may mention all with `@channel`.
const SMALL: usize = 100;

/// Something that takes a position on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Tick {
    at: Timestamp,
    kind: TickKind,
    message: usize,
}

/// The kinds, in the order of simultaneous events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum TickKind {
    Sent,
    Edited,
    Reacted(usize),
}

/// The marks of a member.
struct MemberMarks {
    read: Seq,
    at: Option<Timestamp>,
    /// Number of read receipts beyond the mark.
    unused: usize,
}

/// A chat's records, and the users that its messages mention.
pub(super) struct ChatTimeline<'a> {
    chat: &'a ForeignChat,
    /// The messages of the other server that the chat's messages were converted from.
    originals: &'a [ForeignMessage],
    people: &'a ForeignPeople<'a>,
    messages: Vec<ArchivedMessage>,
    seq: Seq,
}

impl<'a> ChatTimeline<'a> {
    /// Puts all events on the clock.
    pub(super) fn new(chat: &'a ForeignChat, originals: &'a [ForeignMessage], people: &'a ForeignPeople<'a>) -> Self {
        let mut timeline = ChatTimeline { chat, originals, people, messages: vec![], seq: 1 };
        for tick in timeline.ticks() {
            timeline.seq += 1;
            timeline.take(tick);
        }
        for message in &mut timeline.messages {
            message.reactors.sort_by(|one, other| (&one.emoji, &one.user_id).cmp(&(&other.emoji, &other.user_id)));
        }
        timeline
    }

    fn ticks(&self) -> Vec<Tick> {
        let mut ticks: Vec<Tick> = vec![];
        for (place, message) in self.originals.iter().enumerate() {
            let tick = |at: Timestamp, kind| Tick { at: at.max(message.at), kind, message: place };
            ticks.push(tick(message.at, TickKind::Sent));
            ticks.extend(message.edited_at.map(|at| tick(at, TickKind::Edited)));
            let reactions = message.reactions.iter().enumerate();
            ticks.extend(reactions.map(|(number, reaction)| tick(reaction.at, TickKind::Reacted(number))));
        }
        ticks.sort();
        ticks
    }

    fn take(&mut self, tick: Tick) {
        let message = &self.originals[tick.message];
        if tick.kind == TickKind::Sent {
            let sent = self.sent(message);
            return self.messages.push(sent);
        }
        // Messages are sorted, and each is sent before anything else happens to it.
        let stored = &mut self.messages[tick.message];
        stored.updated_seq = self.seq;
        if let TickKind::Reacted(number) = tick.kind {
            let reaction = &message.reactions[number];
            let emoji = reaction.emoji.clone();
            stored.reactors.push(ArchivedReactor { emoji, user_id: reaction.user.clone(), seq: self.seq });
            show(&mut stored.reactions, &reaction.emoji, &reaction.user);
        }
    }

    fn sent(&self, message: &ForeignMessage) -> ArchivedMessage {
        ArchivedMessage {
            chat_id: self.chat.id.clone(),
            seq: self.seq,
            id: message.id.clone(),
            updated_seq: self.seq,
            sender_id: message.sender.clone(),
            role: message.role,
            content: message.content.clone(),
            attachments: message.attachments.clone(),
            reply_to: message.reply_to.clone(),
            mentions: self.mentions(message),
            late: vec![],
            reactions: vec![],
            reactors: vec![],
            metadata: Some(self.metadata(message)),
            created_at: message.at,
            edited_at: message.edited_at.map(|at| at.max(message.at)),
            deleted_at: None,
        }
    }

    fn metadata(&self, message: &ForeignMessage) -> String {
        let mut metadata = json!({ "imported": { "from": self.people.source(), "id": message.old_id } });
        if let Some(device) = &message.device {
            metadata["deviceId"] = device.as_str().into();
        }
        if let Some(ForeignFile { url, name, size, mime_type }) = &message.missing {
            metadata["missingAttachment"] = json!({ "url": url, "name": name, "size": size, "mimeType": mime_type });
        }
        metadata.to_string()
    }

    fn mentions(&self, message: &ForeignMessage) -> Vec<UserId> {
        if !message.content.contains('@') {
            return vec![];
        }
        let members = &self.chat.members;
        let is_small = self.chat.kind != Some(ChatKind::Channel) && members.len() <= SMALL;
        let may_all = self.role(&message.sender).is_some_and(|role| role >= ChatRole::Admin || is_small);
        let all = mentioned_group(&message.content) == Some(MentionedGroup::Everyone) && may_all;
        let group: Vec<UserId> = members.keys().filter(|_| all).cloned().collect();
        mentioned_members(&message.content, &message.sender, &group, |name| {
            self.people.named(name).filter(|user| members.contains_key(*user)).cloned()
        })
    }

    fn role(&self, user: &UserId) -> Option<ChatRole> {
        let chat = self.chat;
        chat.members.get(user)?;
        let is_owner = chat.kind == Some(ChatKind::Direct) || chat.owner.as_ref() == Some(user);
        Some(match chat.admins.contains(user) {
            _ if is_owner => ChatRole::Owner,
            true => ChatRole::Admin,
            false => ChatRole::Member,
        })
    }

    /// The message before the first one from others that the user has not read, and the time of the latest read receipt
    /// up to it.
    fn marks(&self, user: &UserId, reads: &BTreeMap<usize, Option<Timestamp>>) -> MemberMarks {
        let mut marks = MemberMarks { read: 0, at: None, unused: 0 };
        for (place, (message, stored)) in self.originals.iter().zip(&self.messages).enumerate() {
            let read = reads.get(&place);
            let is_read = message.sender == *user
                || read.is_some()
                || message.read_by_all_at.is_some()
                || message.read_by.as_ref() == Some(user);
            if !is_read {
                marks.unused = reads.range(place..).count();
                break;
            }
            marks.read = stored.seq;
            marks.at = marks.at.max(read.copied().flatten()).max(message.read_by_all_at);
        }
        marks
    }

    /// The indexes of the messages that each user has read.
    fn reads(&self) -> HashMap<&'a UserId, BTreeMap<usize, Option<Timestamp>>> {
        let mut reads: HashMap<&UserId, BTreeMap<usize, Option<Timestamp>>> = HashMap::new();
        for (place, message) in self.originals.iter().enumerate() {
            for read in &message.reads {
                reads.entry(&read.user).or_default().insert(place, read.at);
            }
        }
        reads
    }

    /// The users that messages mention, by original message id.
    pub(super) fn mentioned(self) -> impl Iterator<Item = (&'a str, Vec<UserId>)> {
        let sent = self.originals.iter().zip(self.messages);
        sent.map(|(message, stored)| (message.old_id.as_str(), stored.mentions))
    }

    /// Counts the read receipts that do not become a mark.
    pub(super) fn count_reads(&self, tally: &mut TableTally) {
        let mut readings = self.reads();
        for user in self.chat.members.keys() {
            let marks = self.marks(user, &readings.remove(user).unwrap_or_default());
            (0..marks.unused).for_each(|_| tally.drop_imported("later than an unread message"));
        }
        let strangers: usize = readings.values().map(BTreeMap::len).sum();
        (0..strangers).for_each(|_| tally.drop_imported("the user is not a member"));
    }

    /// The records in the order of an archive.
    pub(super) fn into_records(self) -> Vec<ArchiveRecord> {
        let chat = self.chat;
        let roles: BTreeMap<&UserId, ChatRole> =
            chat.members.keys().filter_map(|user| Some((user, self.role(user)?))).collect();
        let mut records = vec![ArchiveRecord::Chat(Box::new(self.archived_chat(&roles)))];
        let readings = self.reads();
        let none = BTreeMap::new();
        for (user, role) in &roles {
            let marks = self.marks(user, readings.get(*user).unwrap_or(&none));
            records.push(ArchiveRecord::Member(Box::new(ArchivedMember {
                chat_id: chat.id.clone(),
                user_id: (*user).clone(),
                role: Some(*role),
                joined_at: chat.members[*user],
                read_seq: marks.read,
                read_at: marks.at,
                delivered_seq: marks.read,
                delivered_at: marks.at,
                left_seq: 0,
                ban: None,
                mute: Mute::No,
                unread_from: None,
            })));
        }
        records.extend(self.messages.into_iter().map(|message| ArchiveRecord::Message(Box::new(message))));
        records
    }

    fn archived_chat(&self, roles: &BTreeMap<&UserId, ChatRole>) -> ArchivedChat {
        let chat = self.chat;
        let began_at = chat.began_at();
        let last = self.messages.last();
        let updated_at = last.map(|message| message.created_at).max(chat.updated_at).max(Some(began_at));
        ArchivedChat {
            id: chat.id.clone(),
            kind: chat.kind.unwrap_or(ChatKind::Group),
            name: chat.name.clone().unwrap_or_default(),
            description: chat.description.clone(),
            active: true,
            posting: Posting::Everyone,
            created_by: chat.owner.clone().unwrap_or_else(|| UserId::from("")),
            created_at: began_at,
            updated_at: updated_at.unwrap_or(began_at),
            seq: self.seq,
            changed_seq: 1,
            members_seq: 1,
            last_seq: last.map(|message| message.seq),
            member_count: roles.len() as u64,
            message_count: self.messages.len() as u64,
            owners: roles.values().filter(|role| **role == ChatRole::Owner).count() as u64,
            pinned: vec![],
            first_seq: 1,
            retention_days: None,
            hold: false,
        }
    }
}

fn show(reactions: &mut Vec<Reaction>, emoji: &str, user: &UserId) {
    let place = reactions.iter().position(|reaction| reaction.emoji == emoji).unwrap_or_else(|| {
        reactions.push(Reaction { emoji: emoji.to_owned(), count: 0, user_ids: vec![], me: None });
        reactions.len() - 1
    });
    reactions[place].count += 1;
    if reactions[place].user_ids.len() < FIRST_REACTORS {
        reactions[place].user_ids.push(user.clone());
    }
}
