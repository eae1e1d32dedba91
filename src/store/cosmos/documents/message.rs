//! The document of a message.

use serde::{Deserialize, Serialize};

use super::super::ids;
use crate::domain::name_key;
use crate::protocol::{Attachment, ChatId, Message, MessageId, MessageRole, Reaction, Sender, Seq, Timestamp, UserId};
use crate::store::persisted;

pub(super) fn is_zero(seq: &Seq) -> bool {
    *seq == 0
}

/// A user mentioned by an edit of a message that did not mention them before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store::cosmos) struct LateMention {
    pub(in crate::store::cosmos) user: UserId,
    /// The edit's position on the chat's clock.
    pub(in crate::store::cosmos) seq: Seq,
}

/// A message, stored in its chat's partition.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::store::cosmos) struct MessageDocument {
    pub(in crate::store::cosmos) id: String,
    pub(super) chat_id: ChatId,
    pub(super) message_id: MessageId,
    pub(in crate::store::cosmos) seq: Seq,
    pub(super) updated_seq: Seq,
    #[serde(with = "persisted")]
    pub(in crate::store::cosmos) sender: Sender,
    #[serde(with = "persisted")]
    pub(super) role: MessageRole,
    pub(super) content: String,
    /// The case-folded content, unless it is plain ASCII.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) folded: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "persisted")]
    pub(super) attachments: Vec<Attachment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reply_to: Option<MessageId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) mentions: Vec<UserId>,
    /// The mentioned users who were added by edits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) late: Vec<LateMention>,
    /// The latest of these edits; 0 if there was none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(in crate::store::cosmos) late_seq: Seq,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "persisted")]
    pub(super) reactions: Vec<Reaction>,
    /// Text, because Cosmos would round its numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) metadata: Option<String>,
    pub(super) created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) edited_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) deleted_at: Option<Timestamp>,
    /// The ordinal of this message in its chat, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::store::cosmos) ordinal: Option<u64>,
    /// The ordinal of this message among those of its sender in the chat, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::store::cosmos) own_ordinal: Option<u64>,
    /// The commit that wrote the message, by which its writer recognises that it has succeeded.
    pub(in crate::store::cosmos) stamp: String,
}

impl MessageDocument {
    pub(in crate::store::cosmos) fn new(message: &Message, stamp: &str) -> Self {
        let message = message.clone();
        MessageDocument {
            id: ids::message(&message.id),
            chat_id: message.chat_id,
            message_id: message.id,
            seq: message.seq,
            updated_seq: message.updated_seq,
            sender: message.sender,
            role: message.role,
            folded: (!message.content.is_ascii()).then(|| name_key(&message.content)),
            content: message.content,
            attachments: message.attachments,
            reply_to: message.reply_to,
            mentions: message.mentions,
            late: vec![],
            late_seq: 0,
            reactions: message.reactions,
            metadata: message.metadata.map(|metadata| metadata.text().to_owned()),
            created_at: message.created_at,
            edited_at: message.edited_at,
            deleted_at: message.deleted_at,
            ordinal: None,
            own_ordinal: None,
            stamp: stamp.to_owned(),
        }
    }

    /// The document as a replacement of the old one.
    pub(in crate::store::cosmos) fn instead_of(message: &Message, old: &MessageDocument) -> Self {
        let ordinal = old.ordinal;
        let own_ordinal = old.own_ordinal;
        let is_new = |user: &&UserId| !old.mentions.contains(user);
        let added = message.mentions.iter().filter(is_new);
        let added = added.map(|user| LateMention { user: user.clone(), seq: message.updated_seq });
        let still = old.late.iter().filter(|late| message.mentions.contains(&late.user));
        let late: Vec<LateMention> = still.cloned().chain(added).collect();
        let late_seq = late.iter().map(|late| late.seq).max().unwrap_or(0);
        MessageDocument { ordinal, own_ordinal, late, late_seq, ..MessageDocument::new(message, &old.stamp) }
    }

    /// The approximate size in bytes on a page.
    pub(in crate::store::cosmos) fn bytes(&self) -> usize {
        let text = |list: usize, each: usize| if list == 0 { 0 } else { 2 + list * each };
        self.content.len()
            + self.metadata.as_ref().map_or(0, String::len)
            + text(self.attachments.len(), 256)
            + self.reactions.iter().map(|reaction| 64 + 40 * reaction.user_ids.len()).sum::<usize>()
    }

    pub(in crate::store::cosmos) fn is_deleted(&self) -> bool {
        self.deleted_at.is_some()
    }

    /// The time, chat and position at which it was sent.
    pub(in crate::store::cosmos) fn place(&self) -> (Timestamp, &ChatId, Seq) {
        (self.created_at, &self.chat_id, self.seq)
    }

    pub(in crate::store::cosmos) fn message(self) -> Message {
        Message {
            id: self.message_id,
            chat_id: self.chat_id,
            seq: self.seq,
            updated_seq: self.updated_seq,
            sender: self.sender,
            role: self.role,
            content: self.content,
            attachments: self.attachments,
            reply_to: self.reply_to,
            mentions: self.mentions,
            reactions: self.reactions,
            metadata: self.metadata.and_then(|text| serde_json::from_str(&text).ok()),
            created_at: self.created_at,
            edited_at: self.edited_at,
            deleted_at: self.deleted_at,
        }
    }
}
