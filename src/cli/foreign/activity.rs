//! Everything that happened in the chats, in files: only one chat's is in memory at a time.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::chat::ForeignMessage;
use super::spool::{Spool, SpoolResult};
use crate::protocol::{Timestamp, UserId};

/// A row of a table that refers to a message by its original id.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ForeignMark {
    pub(super) message: String,
    /// None for a user who was not found.
    pub(super) user: Option<UserId>,
    pub(super) at: Option<Timestamp>,
    /// The text of a reaction.
    pub(super) text: String,
}

/// The spools, each by the group of a chat.
#[derive(Debug)]
pub(super) struct ChatActivity {
    pub(super) messages: Spool<ForeignMessage>,
    pub(super) reactions: Spool<ForeignMark>,
    pub(super) reads: Spool<ForeignMark>,
    pub(super) mentions: Spool<ForeignMark>,
    /// The group of each message, by a hash of its original id: about 20 bytes for each.
    groups: BTreeMap<u64, u32>,
}

impl ChatActivity {
    /// Empty spools.
    ///
    /// # Errors
    /// Fails if the folder for temporary files cannot be written.
    pub(super) fn new() -> SpoolResult<Self> {
        let messages = Spool::new()?;
        Ok(ChatActivity {
            messages,
            reactions: Spool::new()?,
            reads: Spool::new()?,
            mentions: Spool::new()?,
            groups: BTreeMap::new(),
        })
    }

    /// Adds a message to a group.
    ///
    /// # Errors
    /// Fails if the disk is full, or if there are more than four billion chats.
    pub(super) fn add(&mut self, group: usize, message: &ForeignMessage) -> SpoolResult<()> {
        let number = u32::try_from(group).map_err(|_| "the database has too many chats".to_owned())?;
        self.groups.insert(hash(&message.old_id), number);
        self.messages.add(group, message)
    }

    /// The group of the message with this original id.
    pub(super) fn group_of(&self, old_id: &str) -> Option<usize> {
        self.groups.get(&hash(old_id)).map(|group| *group as usize)
    }

    /// Moves everything of a group to another.
    ///
    /// # Errors
    /// Fails if the spools cannot be read or written.
    pub(super) fn append(&mut self, from: usize, to: usize) -> SpoolResult<()> {
        self.messages.append(from, to)?;
        self.reactions.append(from, to)?;
        self.reads.append(from, to)?;
        self.mentions.append(from, to)
    }
}

/// Two of a million ids have the same with a probability of one in forty million.
fn hash(old_id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    old_id.hash(&mut hasher);
    hasher.finish()
}
