//! The documents in which state is stored.

use serde::{Deserialize, Serialize};

use super::ids;
use crate::domain::{ChatRecord, MemberRecord};
use crate::protocol::{Ban, Chat, ChatId, ChatRole, Mark, Member, MessageId, Mute, Seq, Timestamp, User, UserId};
use crate::store::persisted;
use crate::store::repository::Progress;

mod archived;
mod message;

pub(super) use archived::{MessageSums, SentBy, restored_chat};
use message::is_zero;
pub(super) use message::{LateMention, MessageDocument};

/// A chat's clock and fields; one per partition.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HeadDocument {
    pub(super) id: String,
    pub(super) chat_id: ChatId,
    /// The clock, which sorts the head before the chat's messages.
    pub(super) seq: Seq,
    /// `None` if the chat was deleted and its other documents are being removed. The head stays, so that the id is
    /// never reused.
    #[serde(default, with = "persisted")]
    pub(super) chat: Option<Chat>,
    pub(super) owners: u64,
    pub(super) changed_seq: Seq,
    pub(super) members_seq: Seq,
    /// The number of messages ever sent; `None` if they were not counted from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sent: Option<u64>,
    /// The number of messages that retention has removed, tombstones included.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) trimmed: u64,
    /// True if deletions were counted from the start.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) counts_deletions: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last_message_id: Option<MessageId>,
    /// A change of more members than fit in one batch, which is not yet in their documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) journal: Option<String>,
    /// The latest edit that mentions a user the message did not mention before; 0 if there was none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) late_seq: Seq,
    /// The latest commits without messages, by which their writers recognise that they have succeeded.
    #[serde(default)]
    pub(super) stamps: Vec<String>,
    #[serde(rename = "_etag", default, skip_serializing)]
    pub(super) etag: String,
}

impl HeadDocument {
    pub(super) fn new(record: &ChatRecord) -> Self {
        let ChatRecord { chat, owners, changed_seq, members_seq } = record;
        HeadDocument {
            seq: chat.seq,
            chat: Some(Chat { last_message: None, viewer: None, ..chat.clone() }),
            owners: *owners,
            changed_seq: *changed_seq,
            members_seq: *members_seq,
            last_message_id: chat.last_message.as_ref().map(|message| message.id.clone()),
            ..HeadDocument::ended(&chat.id)
        }
    }

    /// The head that remains of a deleted chat.
    pub(super) fn ended(chat: &ChatId) -> Self {
        HeadDocument {
            id: ids::HEAD.to_owned(),
            chat_id: chat.clone(),
            seq: 0,
            chat: None,
            owners: 0,
            changed_seq: 0,
            members_seq: 0,
            sent: None,
            trimmed: 0,
            counts_deletions: false,
            last_message_id: None,
            journal: None,
            late_seq: 0,
            stamps: vec![],
            etag: String::new(),
        }
    }

    /// The counters of the chat.
    pub(super) fn counts(&self) -> SentCounts {
        SentCounts {
            sent: self.sent,
            trimmed: self.trimmed,
            has_deletions: self.counts_deletions,
            late_seq: self.late_seq,
        }
    }

    /// The chat, unless it was deleted.
    pub(super) fn record(&self) -> Option<ChatRecord> {
        let chat = self.chat.clone()?;
        Some(ChatRecord { chat, owners: self.owners, changed_seq: self.changed_seq, members_seq: self.members_seq })
    }
}

/// A user's membership, stored in the chat's partition.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MemberDocument {
    pub(super) id: String,
    pub(super) chat_id: ChatId,
    pub(super) user_id: UserId,
    /// True while the user is a member.
    pub(super) present: bool,
    #[serde(default, with = "persisted")]
    pub(super) role: Option<ChatRole>,
    pub(super) joined_at: Timestamp,
    pub(super) read_seq: Seq,
    pub(super) delivered_seq: Seq,
    pub(super) left_seq: Seq,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "persisted")]
    pub(super) ban: Option<Ban>,
    #[serde(default, with = "persisted")]
    mute: Mute,
    /// The position from which the user has marked the chat as unread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unread_from: Option<Seq>,
    /// The time at which the marks were set; `None` if at joining.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    read_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delivered_at: Option<Timestamp>,
    /// A copy of the user as of joining.
    #[serde(with = "persisted")]
    pub(super) user: User,
    #[serde(rename = "_etag", default, skip_serializing)]
    pub(super) etag: String,
}

impl MemberDocument {
    pub(super) fn new(chat: &ChatId, user: &User, record: &MemberRecord) -> Self {
        MemberDocument {
            id: ids::member(&user.id),
            chat_id: chat.clone(),
            user_id: user.id.clone(),
            present: record.role.is_some(),
            role: record.role,
            joined_at: record.joined_at,
            read_seq: record.read_seq,
            delivered_seq: record.delivered_seq,
            left_seq: record.left_seq,
            ban: record.ban.clone(),
            mute: record.mute,
            unread_from: record.unread_from,
            read_at: None,
            delivered_at: None,
            user: user.clone(),
            etag: String::new(),
        }
    }

    /// The document as a replacement of the old one. It is written only if the old one is unchanged, because marks are
    /// set without the head.
    pub(super) fn instead_of(self, old: Option<&MemberDocument>) -> Self {
        let Some(old) = old else { return self };
        let is_same = self.joined_at == old.joined_at;
        let read_at = old.read_at.filter(|_| is_same);
        let delivered_at = old.delivered_at.filter(|_| is_same);
        MemberDocument { read_at, delivered_at, etag: old.etag.clone(), ..self }
    }

    pub(super) fn progress(&self) -> Progress {
        let since = |at: Option<Timestamp>| at.unwrap_or(self.joined_at);
        let read_at = since(self.read_at);
        let delivered_at = since(self.delivered_at);
        Progress { read: self.read_seq, read_at, delivered: self.delivered_seq, delivered_at }
    }

    pub(super) fn set_progress(&mut self, now: Progress) {
        self.read_seq = now.read;
        self.read_at = Some(now.read_at);
        self.delivered_seq = now.delivered;
        self.delivered_at = Some(now.delivered_at);
    }

    /// Sets or clears the unread mark and returns the previous one.
    pub(super) fn set_unread_from(&mut self, from: Option<Seq>) -> Option<Seq> {
        std::mem::replace(&mut self.unread_from, from)
    }

    /// Clears the unread mark if its position fits; true if there was one.
    pub(super) fn take_unread_from(&mut self, fits: impl Fn(Seq) -> bool) -> bool {
        self.unread_from.take_if(|from| fits(*from)).is_some()
    }

    /// Sets the mute and returns the previous one.
    pub(super) fn set_mute(&mut self, mute: Mute) -> Mute {
        std::mem::replace(&mut self.mute, mute)
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { user_id: self.user_id.clone(), read_seq: self.read_seq, delivered_seq: self.delivered_seq }
    }

    pub(super) fn record(&self) -> MemberRecord {
        MemberRecord {
            role: self.role,
            joined_at: self.joined_at,
            read_seq: self.read_seq,
            delivered_seq: self.delivered_seq,
            left_seq: self.left_seq,
            ban: self.ban.clone(),
            mute: self.mute,
            unread_from: self.unread_from,
        }
    }

    /// The member, unless they have left.
    pub(super) fn member(self) -> Option<Member> {
        let MemberDocument { user, role, joined_at, read_seq, delivered_seq, .. } = self;
        Some(Member { user, role: role?, joined_at, read_seq, delivered_seq })
    }
}

/// The counters of a chat's messages, stored in its head.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SentCounts {
    /// The number of messages ever sent; `None` if they were not counted from the start.
    pub(super) sent: Option<u64>,
    /// The number of messages that retention removed.
    pub(super) trimmed: u64,
    /// True if deletions were counted from the start.
    pub(super) has_deletions: bool,
    /// The latest edit that newly mentions a user.
    pub(super) late_seq: Seq,
}

/// The number of deleted messages in a block of positions; stored in the chat's partition.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DeletionsDocument {
    pub(super) id: String,
    pub(super) chat_id: ChatId,
    /// The width of the block and the sender counted.
    pub(super) deletions_of: String,
    pub(super) block: u64,
    pub(super) deleted: u64,
}
