//! Checks of a chat's records: its clock, members and messages.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Arguments;

use super::{RecordVerifier, is_json};
use crate::protocol::{ChatId, ChatKind, ChatRole, MessageId, Seq};
use crate::store::archive::record::{ArchivedChat, ArchivedMember, ArchivedMessage};

/// Number of members that a direct chat has for ever.
const PAIR: u64 = 2;
/// The position of the change that created a chat.
const CREATED: Seq = 1;

/// A chat, and the totals of its members and messages.
#[derive(Debug)]
pub(super) struct VerifiedChat {
    chat: ArchivedChat,
    members: u64,
    owners: u64,
    messages: u64,
    latest: Seq,
    /// The positions of later changes to messages.
    updates: BTreeSet<Seq>,
    /// The latest position that anything in the chat has.
    ticked: Seq,
    last: Option<Seq>,
    pinned: BTreeSet<MessageId>,
}

impl VerifiedChat {
    fn new(chat: &ArchivedChat) -> Self {
        VerifiedChat {
            members: 0,
            owners: 0,
            messages: 0,
            latest: 0,
            updates: BTreeSet::new(),
            ticked: chat.changed_seq.max(chat.members_seq),
            last: None,
            pinned: chat.pinned.iter().cloned().collect(),
            chat: chat.clone(),
        }
    }

    /// Takes the positions of the next message; returns what is wrong with them.
    fn place(&mut self, message: &ArchivedMessage) -> Vec<String> {
        let ArchivedMessage { seq, updated_seq, .. } = message;
        let clock = self.chat.seq;
        let first = self.chat.first_seq.max(CREATED + 1);
        let mut findings = vec![];
        if *seq > clock || *updated_seq > clock {
            findings.push(format!("its position {} is beyond the clock {clock}", seq.max(updated_seq)));
        }
        if *seq <= self.latest || updated_seq < seq {
            findings.push(format!("its positions {seq} and {updated_seq} are out of order"));
        }
        if *seq < first {
            findings.push(format!("its position {seq} is before the chat's first {first}"));
        }
        let is_update = updated_seq > seq;
        if self.updates.contains(seq) || (is_update && !self.updates.insert(*updated_seq)) {
            findings.push(format!("another message has its position {seq} or {updated_seq}"));
        }
        self.latest = *seq;
        self.ticked = self.ticked.max(*updated_seq);
        findings
    }

    /// Every contradiction between the chat and its totals.
    fn totals(self) -> Vec<String> {
        let VerifiedChat { chat, members, owners, messages, ticked, last, pinned, .. } = self;
        let mut findings = vec![];
        if ticked < chat.seq {
            let clock = chat.seq;
            findings.push(format!("its clock is {clock}, and nothing in it is later than {ticked}"));
        }
        let counts = [
            ("members", chat.member_count, members),
            ("owners", chat.owners, owners),
            ("messages", chat.message_count, messages),
            ("for its last position", chat.last_seq.unwrap_or(0), last.unwrap_or(0)),
        ];
        for (what, said, found) in counts.into_iter().filter(|(_, said, found)| said != found) {
            findings.push(format!("it has {said} {what}, and there are {found}"));
        }
        if chat.kind == ChatKind::Direct && members != PAIR {
            findings.push(format!("it is a direct chat and has {members} members instead of {PAIR}"));
        }
        findings.extend(pinned.iter().map(|message| format!("the pinned message {message} does not exist")));
        findings
    }
}

impl RecordVerifier {
    pub(super) fn begin_chat(&mut self, chat: &ArchivedChat) {
        let ArchivedChat { id, seq, .. } = chat;
        self.chats.insert((&**id).into());
        self.user(&chat.created_by, format_args!("chat {id}: the creator"));
        if chat.first_seq > seq + 1 {
            self.findings.push(format!("chat {id}: firstSeq {} is beyond its clock {seq}", chat.first_seq));
        }
        for (name, position) in [("changedSeq", chat.changed_seq), ("membersSeq", chat.members_seq)] {
            if position > *seq {
                self.findings.push(format!("chat {id}: {name} {position} is beyond its clock {seq}"));
            }
        }
        self.chat = Some(VerifiedChat::new(chat));
    }

    /// The chat that a record belongs to, if that is the current one.
    fn chat_of(&mut self, chat: &ChatId, of: Arguments<'_>) -> Option<&mut VerifiedChat> {
        let found = self.chat.as_mut().filter(|current| current.chat.id == *chat);
        if found.is_none() {
            self.findings.push(format!("chat {chat}: {of}: the chat does not exist"));
        }
        found
    }

    pub(super) fn member(&mut self, member: &ArchivedMember) {
        let ArchivedMember { chat_id, user_id, .. } = member;
        self.user(user_id, format_args!("chat {chat_id}: member"));
        let Some(chat) = self.chat_of(chat_id, format_args!("member {user_id}")) else { return };
        chat.members += u64::from(member.role.is_some());
        chat.owners += u64::from(member.role == Some(ChatRole::Owner));
        let clock = chat.chat.seq;
        let positions = [
            ("readSeq", member.read_seq),
            ("deliveredSeq", member.delivered_seq),
            ("leftSeq", member.left_seq),
            ("unreadFromSeq", member.unread_from.unwrap_or(0)),
        ];
        for (name, seq) in positions.into_iter().filter(|(_, seq)| *seq > clock) {
            self.findings.push(format!("chat {chat_id}: {name} {seq} of {user_id} is beyond its clock {clock}"));
        }
    }

    pub(super) fn message(&mut self, message: &ArchivedMessage) {
        let ArchivedMessage { chat_id, id, .. } = message;
        self.user(&message.sender_id, format_args!("chat {chat_id}: message {id}: the sender"));
        for user in &message.mentions {
            self.user(user, format_args!("chat {chat_id}: message {id}: a mention"));
        }
        let Some(chat) = self.chat_of(chat_id, format_args!("message {id}")) else { return };
        let clock = chat.chat.seq;
        let mut findings = chat.place(message);
        if message.deleted_at.is_none() {
            chat.messages += 1;
            chat.last = Some(message.seq);
            chat.pinned.remove(&message.id);
            self.attached.extend(message.attachments.iter().filter_map(|file| file.id.as_deref().map(Into::into)));
        } else if !message.content.is_empty() {
            findings.push("it is deleted but still has its text".to_owned());
        }
        if message.metadata.as_ref().is_some_and(|metadata| !is_json(metadata)) {
            findings.push("its metadata is not JSON".to_owned());
        }
        self.findings.extend(findings.into_iter().map(|finding| format!("chat {chat_id}: message {id}: {finding}")));
        self.reactions(message, clock);
    }

    fn reactions(&mut self, message: &ArchivedMessage, clock: Seq) {
        if message.reactors.is_empty() && message.reactions.is_empty() {
            return;
        }
        let of = format!("chat {}: message {}", message.chat_id, message.id);
        let mut counted: BTreeMap<&str, u64> = BTreeMap::new();
        for reactor in &message.reactors {
            *counted.entry(&reactor.emoji).or_default() += 1;
            self.user(&reactor.user_id, format_args!("{of}: a reaction"));
            if reactor.seq > clock {
                let position = reactor.seq;
                self.findings.push(format!("{of}: a reaction's position {position} is beyond the clock {clock}"));
            }
        }
        let shown: BTreeMap<&str, u64> =
            message.reactions.iter().map(|reaction| (&*reaction.emoji, reaction.count)).collect();
        if counted != shown {
            self.findings.push(format!("{of}: it lists the reactions {shown:?}, but there are {counted:?}"));
        }
    }

    pub(super) fn end_chat(&mut self) {
        let Some(chat) = self.chat.take() else { return };
        let id = chat.chat.id.clone();
        self.findings.extend(chat.totals().into_iter().map(|finding| format!("chat {id}: {finding}")));
    }
}
