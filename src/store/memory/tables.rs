//! The tables, and functions that all their readers share.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{ChatRecord, MemberRecord, ReactionKey, StoredOperation};
use crate::protocol::{
    AuditEntry, AuditId, Chat, ChatId, ChatKind, FileId, Message, MessageId, OperationId, PresenceStatus, Seq,
    SessionId, Timestamp, TokenId, User, UserId, Viewer,
};
use crate::store::page::Stored;
use crate::store::repository::{Account, Document, StoredFile, StoredSession, StoredToken};

/// All stored data.
#[derive(Debug, Default)]
pub(super) struct MemoryTables {
    pub(super) accounts: BTreeMap<UserId, MemoryAccount>,
    pub(super) chats: BTreeMap<ChatId, MemoryChat>,
    /// Chats that were deleted.
    pub(super) ended: BTreeSet<ChatId>,
    pub(super) operations: BTreeMap<(UserId, OperationId), StoredOperation>,
    pub(super) tokens: BTreeMap<TokenId, StoredToken>,
    pub(super) sessions: BTreeMap<(UserId, SessionId), StoredSession>,
    pub(super) documents: BTreeMap<String, Document>,
    pub(super) audit: BTreeMap<AuditId, AuditEntry>,
    pub(super) files: BTreeMap<FileId, StoredFile>,
}

/// An account, and when it was last changed after its creation.
#[derive(Debug)]
pub(super) struct MemoryAccount {
    pub(super) account: Account,
    pub(super) changed_at: Option<Timestamp>,
}

/// A chat and everything that belongs to it.
#[derive(Debug)]
pub(super) struct MemoryChat {
    /// Without the last message, whose position is `last_seq`.
    pub(super) record: ChatRecord,
    pub(super) last_seq: Option<Seq>,
    pub(super) members: BTreeMap<UserId, MemoryMember>,
    pub(super) messages: BTreeMap<Seq, Message>,
    pub(super) places: BTreeMap<MessageId, Seq>,
    pub(super) reactions: BTreeMap<ReactionKey, Seq>,
    pub(super) mentions: BTreeMap<MentionKey, Seq>,
}

/// A message that mentions a user, by position, and the mentioned user.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MentionKey {
    pub(super) seq: Seq,
    pub(super) user: UserId,
}

/// A membership, and when its marks were last set since it began.
#[derive(Debug)]
pub(super) struct MemoryMember {
    pub(super) record: MemberRecord,
    pub(super) read_at: Option<Timestamp>,
    pub(super) delivered_at: Option<Timestamp>,
}

/// A message on a page.
#[derive(Debug)]
pub(super) struct MemoryMessage(pub(super) Message);

impl Stored for MemoryMessage {
    fn bytes(&self) -> usize {
        let Message { content, attachments, reactions, metadata, .. } = &self.0;
        let json = |text: serde_json::Result<String>| text.map_or(0, |text| text.len());
        let attached = if attachments.is_empty() { 0 } else { json(serde_json::to_string(attachments)) };
        let reacted = if reactions.is_empty() { 0 } else { json(serde_json::to_string(reactions)) };
        content.len() + attached + reacted + metadata.as_ref().map_or(0, |metadata| metadata.text().len())
    }

    fn place(&self) -> (Timestamp, &ChatId, Seq) {
        (self.0.created_at, &self.0.chat_id, self.0.seq)
    }

    fn into_message(self) -> Message {
        self.0
    }
}

impl MemoryChat {
    /// A current member.
    pub(super) fn member(&self, user: &UserId) -> Option<&MemoryMember> {
        self.members.get(user).filter(|member| member.record.role.is_some())
    }

    /// All current members.
    pub(super) fn present(&self) -> impl Iterator<Item = (&UserId, &MemoryMember)> {
        self.members.iter().filter(|(_, member)| member.record.role.is_some())
    }
}

impl MemoryTables {
    /// The public part of an account.
    pub(super) fn user(&self, user: &UserId) -> Option<User> {
        let account = &self.accounts.get(user)?.account;
        Some(User { status: PresenceStatus::Offline, email: None, version: account.version, ..account.user.clone() })
    }

    /// The message with its sender's current name.
    pub(super) fn shown(&self, message: &Message) -> Message {
        let mut shown = message.clone();
        if let Some(user) = self.user(&message.sender.id) {
            shown.sender = (&user).into();
        }
        shown
    }

    /// The message with this id.
    pub(super) fn message(&self, chat: &ChatId, message: &MessageId) -> Option<&Message> {
        let chat = self.chats.get(chat)?;
        chat.messages.get(chat.places.get(message)?)
    }

    /// Every chat the user is in, by id.
    pub(super) fn memberships(&self, user: &UserId) -> impl Iterator<Item = &MemoryChat> {
        self.chats.values().filter(move |chat| chat.member(user).is_some())
    }

    /// The chat as the user sees it.
    pub(super) fn chat_of(&self, chat: &ChatId, user: &UserId) -> Option<Chat> {
        let stored = self.chats.get(chat)?;
        let member = stored.members.get(user).map(|member| &member.record);
        Some(self.seen(stored, self.viewer(stored, user, member)))
    }

    /// The chat with its last message and the viewer fields.
    pub(super) fn seen(&self, stored: &MemoryChat, viewer: Viewer) -> Chat {
        let last = stored.last_seq.and_then(|seq| stored.messages.get(&seq));
        let last_message = last.map(|message| Box::new(self.shown(message)));
        Chat { last_message, viewer: Some(viewer), ..stored.record.chat.clone() }
    }

    /// The user's own view of a chat, counted message by message.
    pub(super) fn viewer(&self, stored: &MemoryChat, user: &UserId, member: Option<&MemberRecord>) -> Viewer {
        let Some(member) = member.filter(|member| member.role.is_some()) else { return Viewer::newcomer(None, 0) };
        let after = member.unread_after();
        let is_unread = |message: &&Message| message.deleted_at.is_none() && message.sender.id != *user;
        let later = stored.messages.range(after.saturating_add(1)..).map(|(_, message)| message);
        let unread_count = later.filter(is_unread).count() as u64;
        let is_unread_mention = |(key, since): &(&MentionKey, &Seq)| key.user == *user && **since > after;
        let mention_count = stored.mentions.iter().filter(is_unread_mention).count() as u64;
        let peer = match stored.record.chat.kind {
            ChatKind::Direct => stored.members.keys().find(|other| *other != user).and_then(|other| self.user(other)),
            ChatKind::Group | ChatKind::Channel => None,
        };
        let viewer = Viewer::newcomer(member.role, member.read_seq).with_mute(member.mute);
        Viewer { unread_count, mention_count, unread_from_seq: member.unread_from, peer, ..viewer }
    }
}
