//! Converts documents of chats to archive records, and back.

use super::{HeadDocument, LateMention, MemberDocument, MessageDocument};
use crate::domain::{ChatRecord, MemberRecord};
use crate::protocol::{Chat, Message, MessageId, Sender, Seq, User};
use crate::store::archive::{ArchivedChat, ArchivedMember, ArchivedMention, ArchivedMessage};

/// The counters in a chat's head that are derived from its messages.
#[derive(Clone, Debug, Default)]
pub(in crate::store::cosmos) struct MessageSums {
    /// The number of messages, including deleted ones.
    pub(in crate::store::cosmos) sent: u64,
    /// The latest edit that newly mentions a user.
    pub(in crate::store::cosmos) late_seq: Seq,
    /// The newest message that is not deleted.
    pub(in crate::store::cosmos) last: Option<MessageId>,
}

/// The sender of a message and its ordinals.
#[derive(Clone, Debug)]
pub(in crate::store::cosmos) struct SentBy {
    pub(in crate::store::cosmos) sender: Sender,
    pub(in crate::store::cosmos) ordinal: u64,
    pub(in crate::store::cosmos) own_ordinal: u64,
}

impl HeadDocument {
    pub(in crate::store::cosmos) fn archived(&self, last_seq: Option<Seq>) -> Option<ArchivedChat> {
        let ChatRecord { chat, owners, changed_seq, members_seq } = self.record()?;
        Some(ArchivedChat {
            id: chat.id,
            kind: chat.kind,
            name: chat.name,
            description: chat.description,
            active: chat.active,
            posting: chat.posting,
            created_by: chat.created_by,
            created_at: chat.created_at,
            updated_at: chat.updated_at,
            seq: chat.seq,
            changed_seq,
            members_seq,
            last_seq,
            member_count: chat.member_count,
            message_count: chat.message_count,
            owners,
            pinned: chat.pinned,
            first_seq: chat.first_seq,
            retention_days: chat.retention_days,
            hold: chat.hold,
        })
    }

    pub(in crate::store::cosmos) fn restored(chat: &ArchivedChat, sums: MessageSums) -> Self {
        let MessageSums { sent, late_seq, last } = sums;
        let record = ChatRecord {
            chat: restored_chat(chat),
            owners: chat.owners,
            changed_seq: chat.changed_seq,
            members_seq: chat.members_seq,
        };
        let head = HeadDocument::new(&record);
        HeadDocument { sent: Some(sent), counts_deletions: true, last_message_id: last, late_seq, ..head }
    }
}

/// The chat without its last message, which the head names.
pub(in crate::store::cosmos) fn restored_chat(chat: &ArchivedChat) -> Chat {
    Chat {
        id: chat.id.clone(),
        kind: chat.kind,
        name: chat.name.clone(),
        description: chat.description.clone(),
        active: chat.active,
        posting: chat.posting,
        created_by: chat.created_by.clone(),
        created_at: chat.created_at,
        updated_at: chat.updated_at,
        seq: chat.seq,
        member_count: chat.member_count,
        message_count: chat.message_count,
        last_message: None,
        pinned: chat.pinned.clone(),
        first_seq: chat.first_seq,
        retention_days: chat.retention_days,
        hold: chat.hold,
        large: false,
        viewer: None,
    }
}

impl MemberDocument {
    pub(in crate::store::cosmos) fn archived(self) -> ArchivedMember {
        ArchivedMember {
            chat_id: self.chat_id,
            user_id: self.user_id,
            role: self.role,
            joined_at: self.joined_at,
            read_seq: self.read_seq,
            read_at: self.read_at,
            delivered_seq: self.delivered_seq,
            delivered_at: self.delivered_at,
            left_seq: self.left_seq,
            ban: self.ban,
            mute: self.mute,
            unread_from: self.unread_from,
        }
    }

    pub(in crate::store::cosmos) fn restored(member: &ArchivedMember, user: &User) -> Self {
        let record = MemberRecord {
            role: member.role,
            joined_at: member.joined_at,
            read_seq: member.read_seq,
            delivered_seq: member.delivered_seq,
            left_seq: member.left_seq,
            ban: member.ban.clone(),
            mute: member.mute,
            unread_from: member.unread_from,
        };
        let document = MemberDocument::new(&member.chat_id, user, &record);
        MemberDocument { read_at: member.read_at, delivered_at: member.delivered_at, ..document }
    }
}

impl MessageDocument {
    /// The message without its reactors, which have documents of their own.
    pub(in crate::store::cosmos) fn archived(self) -> ArchivedMessage {
        let late = self.late.iter().map(|late| ArchivedMention { user_id: late.user.clone(), seq: late.seq });
        let mut late: Vec<ArchivedMention> = late.collect();
        late.sort_by(|one, other| one.user_id.cmp(&other.user_id));
        ArchivedMessage {
            chat_id: self.chat_id,
            seq: self.seq,
            id: self.message_id,
            updated_seq: self.updated_seq,
            sender_id: self.sender.id,
            role: self.role,
            content: self.content,
            attachments: self.attachments,
            reply_to: self.reply_to,
            mentions: self.mentions,
            late,
            reactions: self.reactions,
            reactors: vec![],
            metadata: self.metadata,
            created_at: self.created_at,
            edited_at: self.edited_at,
            deleted_at: self.deleted_at,
        }
    }

    pub(in crate::store::cosmos) fn restored(message: ArchivedMessage, by: SentBy) -> Self {
        let late: Vec<LateMention> =
            message.late.into_iter().map(|late| LateMention { user: late.user_id, seq: late.seq }).collect();
        let late_seq = late.iter().map(|late| late.seq).max().unwrap_or(0);
        let metadata = message.metadata;
        let message = Message {
            id: message.id,
            chat_id: message.chat_id,
            seq: message.seq,
            updated_seq: message.updated_seq,
            sender: by.sender,
            role: message.role,
            content: message.content,
            attachments: message.attachments,
            reply_to: message.reply_to,
            mentions: message.mentions,
            reactions: message.reactions,
            metadata: None,
            created_at: message.created_at,
            edited_at: message.edited_at,
            deleted_at: message.deleted_at,
        };
        let ordinal = Some(by.ordinal);
        let own_ordinal = Some(by.own_ordinal);
        MessageDocument { metadata, late, late_seq, ordinal, own_ordinal, ..MessageDocument::new(&message, "import") }
    }
}
