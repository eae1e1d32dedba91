//! The digest of a chat's durable state. Clients, nodes and archives compare it to verify that they hold the same
//! state.
//!
//! Every durable item of a chat is a JSON object in canonical form (RFC 8785). The digest is the sum of the SHA-256 of
//! all items, read as big-endian numbers, modulo 2^256. The order of the items does not matter. To replace an item,
//! subtract its old form and add the new one. `protocol/README.md` describes the items, and
//! `protocol/conformance/digests.json` has test vectors.
//!
//! Serde writes fields in declaration order, so the fields below are in alphabetical order, as RFC 8785 requires.

use std::fmt;

use serde::Serialize;

use super::{
    Attachment, Chat, ChatId, ChatKind, ChatRole, Member, Message, MessageId, MessageRole, Posting, Seq, Timestamp,
    UserId,
};
use crate::ops::crypto;

/// The greatest `seq` of a chat for which a command computes the digest.
pub const DIGESTED_MOST: Seq = 20_000;

/// A sum of digests modulo 2^256, as a big-endian number; shown as 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChatDigest([u8; 32]);

impl ChatDigest {
    /// Adds an item in canonical form.
    pub fn add(&mut self, item: &str) {
        let mut carry = 0;
        for (digit, added) in self.0.iter_mut().zip(crypto::sha256(item.as_bytes())).rev() {
            let sum = u16::from(*digit) + u16::from(added) + carry;
            *digit = sum.to_be_bytes()[1];
            carry = sum >> 8;
        }
    }

    /// Subtracts an item that was added before.
    pub fn subtract(&mut self, item: &str) {
        let mut borrow = 0;
        for (digit, taken) in self.0.iter_mut().zip(crypto::sha256(item.as_bytes())).rev() {
            let difference = 256 + u16::from(*digit) - u16::from(taken) - borrow;
            *digit = difference.to_be_bytes()[1];
            borrow = 1 - (difference >> 8);
        }
    }

    /// Adds each of these items.
    pub fn add_all(&mut self, items: impl IntoIterator<Item = String>) {
        items.into_iter().for_each(|item| self.add(&item));
    }
}

impl fmt::Display for ChatDigest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// The items of the chat itself: the chat and each of its pins.
pub fn chat_items(chat: &Chat) -> Vec<String> {
    let item = ChatItem {
        active: chat.active,
        created_at: chat.created_at,
        created_by: &chat.created_by,
        description: chat.description.as_deref(),
        hold: chat.hold,
        id: &chat.id,
        item: "chat",
        kind: chat.kind,
        name: &chat.name,
        posting: chat.posting,
        retention_days: chat.retention_days,
        seq: chat.seq,
    };
    let pins = chat.pinned.iter().map(|message_id| PinItem { chat_id: &chat.id, item: "pin", message_id });
    Some(canonical(&item)).into_iter().chain(pins.map(|pin| canonical(&pin))).collect()
}

/// The item of a member.
pub fn member_item(chat_id: &ChatId, member: &Member) -> String {
    let Member { user, role, joined_at, .. } = member;
    canonical(&MemberItem { chat_id, item: "member", joined_at: *joined_at, role: *role, user_id: &user.id })
}

/// The items of a message: the message, and the reactions with each emoji.
pub fn message_items(message: &Message) -> Vec<String> {
    let item = MessageItem {
        attachments: message.attachments.iter().map(AttachmentItem::of).collect(),
        chat_id: &message.chat_id,
        content: &message.content,
        created_at: message.created_at,
        deleted_at: message.deleted_at,
        edited_at: message.edited_at,
        id: &message.id,
        item: "message",
        mentions: &message.mentions,
        metadata: message.metadata.as_ref().map(super::ClientJson::text),
        reply_to: message.reply_to.as_ref(),
        role: message.role,
        sender_id: &message.sender.id,
        seq: message.seq,
        updated_seq: message.updated_seq,
    };
    let reactions = message.reactions.iter().map(|reaction| ReactionItem {
        chat_id: &message.chat_id,
        count: reaction.count,
        emoji: &reaction.emoji,
        item: "reaction",
        message_id: &message.id,
        user_ids: &reaction.user_ids,
    });
    Some(canonical(&item)).into_iter().chain(reactions.map(|reaction| canonical(&reaction))).collect()
}

fn canonical(item: &impl Serialize) -> String {
    serde_json::to_string(item).expect("items have text keys and whole numbers")
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ChatItem<'a> {
    active: bool,
    created_at: Timestamp,
    created_by: &'a UserId,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    hold: bool,
    id: &'a ChatId,
    item: &'static str,
    kind: ChatKind,
    name: &'a str,
    posting: Posting,
    #[serde(skip_serializing_if = "Option::is_none")]
    retention_days: Option<u32>,
    seq: Seq,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PinItem<'a> {
    chat_id: &'a ChatId,
    item: &'static str,
    message_id: &'a MessageId,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MemberItem<'a> {
    chat_id: &'a ChatId,
    item: &'static str,
    joined_at: Timestamp,
    role: ChatRole,
    user_id: &'a UserId,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MessageItem<'a> {
    attachments: Vec<AttachmentItem<'a>>,
    chat_id: &'a ChatId,
    content: &'a str,
    created_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edited_at: Option<Timestamp>,
    id: &'a MessageId,
    item: &'static str,
    mentions: &'a [UserId],
    /// Text, because its numbers may be longer than RFC 8785 allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<&'a MessageId>,
    role: MessageRole,
    sender_id: &'a UserId,
    seq: Seq,
    updated_seq: Seq,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AttachmentItem<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    mime_type: &'a str,
    name: &'a str,
    /// Text, because it may exceed the numbers of RFC 8785.
    size: String,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
}

impl<'a> AttachmentItem<'a> {
    fn of(attachment: &'a Attachment) -> Self {
        let Attachment { id, url, name, size, mime_type, width, height } = attachment;
        let size = size.to_string();
        AttachmentItem { height: *height, id: id.as_deref(), mime_type, name, size, url, width: *width }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReactionItem<'a> {
    chat_id: &'a ChatId,
    count: u64,
    emoji: &'a str,
    item: &'static str,
    message_id: &'a MessageId,
    user_ids: &'a [UserId],
}

#[cfg(test)]
mod tests {
    use super::ChatDigest;

    #[test]
    fn digests_ignore_order_and_items_can_be_subtracted() {
        let items: Vec<String> = (0..100).map(|number| format!("{{\"item\":{number}}}")).collect();
        let mut sum = ChatDigest::default();
        sum.add_all(items.clone());
        let mut reversed = ChatDigest::default();
        reversed.add_all(items.iter().rev().cloned());
        assert_eq!(sum, reversed);
        let mut before = sum;
        for item in &items[50..] {
            before.subtract(item);
        }
        let mut half = ChatDigest::default();
        half.add_all(items[..50].iter().cloned());
        assert_eq!(before, half);
        // Below zero and back, as if an item is subtracted first.
        let mut replaced = ChatDigest::default();
        replaced.subtract("a");
        replaced.add("b");
        replaced.add("a");
        let mut one = ChatDigest::default();
        one.add("b");
        assert_eq!(replaced, one);
        let sha256_of_b = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d";
        assert_eq!(one.to_string(), sha256_of_b);
    }
}
