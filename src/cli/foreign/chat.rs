//! A chat of another server, with everything that belongs to it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use super::people::ForeignPeople;
use super::rules::ConversionRules;
use crate::protocol::{Attachment, ChatId, ChatKind, MessageId, MessageRole, Timestamp, UserId};

/// A chat and its activity.
#[derive(Debug)]
pub(super) struct ForeignChat {
    pub(super) old_id: String,
    pub(super) id: ChatId,
    pub(super) kind: Option<ChatKind>,
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) created_at: Option<Timestamp>,
    pub(super) updated_at: Option<Timestamp>,
    pub(super) owner: Option<UserId>,
    /// Members, with their time of joining.
    pub(super) members: BTreeMap<UserId, Timestamp>,
    pub(super) admins: BTreeSet<UserId>,
    /// Users who wrote, received, reacted or read in the chat, in this order.
    pub(super) participants: Vec<UserId>,
    pub(super) known_participants: HashSet<UserId>,
    /// True if a message was not addressed to a single receiver.
    pub(super) has_open_message: bool,
    /// The group of its messages, reactions, reads and mentions in their spools.
    pub(super) group: usize,
    /// Number of its messages.
    pub(super) messages: usize,
    /// The time of its first message.
    pub(super) first_at: Option<Timestamp>,
}

impl ForeignChat {
    /// A chat of which only the id is known.
    pub(super) fn new(old_id: &str, rules: &ConversionRules) -> Self {
        ForeignChat {
            old_id: old_id.to_owned(),
            id: ChatId::from(rules.id("chat", old_id)),
            kind: None,
            name: None,
            description: None,
            created_at: None,
            updated_at: None,
            owner: None,
            members: BTreeMap::new(),
            admins: BTreeSet::new(),
            participants: vec![],
            known_participants: HashSet::new(),
            has_open_message: false,
            group: 0,
            messages: 0,
            first_at: None,
        }
    }

    /// Records that a user was active in the chat.
    pub(super) fn takes_part(&mut self, user: &UserId, people: &ForeignPeople<'_>) {
        if !people.is_deleted(user) && self.known_participants.insert(user.clone()) {
            self.participants.push(user.clone());
        }
    }

    /// The time at which the chat began.
    pub(super) fn began_at(&self) -> Timestamp {
        self.created_at.or(self.first_at).unwrap_or(Timestamp::from_millis(0))
    }
}

/// A message and its history.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ForeignMessage {
    pub(super) old_id: String,
    pub(super) id: MessageId,
    pub(super) sender: UserId,
    pub(super) role: MessageRole,
    pub(super) at: Timestamp,
    /// False if the row has no time that can be read; `at` is then a guess.
    pub(super) has_time: bool,
    /// Nanoseconds beyond the millisecond.
    pub(super) beyond: u32,
    pub(super) edited_at: Option<Timestamp>,
    pub(super) content: String,
    pub(super) reply_to: Option<MessageId>,
    pub(super) attachments: Vec<Attachment>,
    /// The device that the message was written on.
    pub(super) device: Option<String>,
    /// An attachment whose file is missing.
    pub(super) missing: Option<ForeignFile>,
    /// The time at which all members had read it.
    pub(super) read_by_all_at: Option<Timestamp>,
    /// The only recorded reader.
    pub(super) read_by: Option<UserId>,
    pub(super) reactions: Vec<ForeignReaction>,
    /// Readers, with times.
    pub(super) reads: Vec<ForeignRead>,
    /// The file attached to the message.
    pub(super) file: Option<ForeignFile>,
    /// The message's original id, if it is a number.
    pub(super) number: Option<i64>,
}

/// A user's reaction.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ForeignReaction {
    pub(super) emoji: String,
    pub(super) user: UserId,
    pub(super) at: Timestamp,
}

/// An attachment in the other database.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ForeignFile {
    pub(super) url: String,
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) mime_type: String,
}

/// The reading of a message.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ForeignRead {
    pub(super) user: UserId,
    pub(super) at: Option<Timestamp>,
}
