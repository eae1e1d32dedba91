//! Reactions to messages, read receipts, and mentions.

use std::collections::{HashMap, HashSet};

use super::activity::{ChatActivity, ForeignMark};
use super::chat::{ForeignMessage, ForeignReaction, ForeignRead};
use super::chats::Chats;
use super::database::RowView;
use super::people::ForeignPeople;
use super::rules::ConversionRules;
use super::tally::TableTally;
use crate::api::validate;
use crate::protocol::UserId;

/// Reads the tables whose rows refer to messages. What becomes of a row shows when its chat is complete.
pub(super) struct MarkReader<'a, 'b> {
    pub(super) rules: &'a ConversionRules,
    pub(super) people: &'a ForeignPeople<'b>,
    pub(super) activity: &'a mut ChatActivity,
    pub(super) tally: &'a mut TableTally,
}

/// A mark, and the group of its chat.
struct GroupedMark {
    group: usize,
    mark: ForeignMark,
}

impl MarkReader<'_, '_> {
    /// The mark of a row by a user who thereby takes part in the chat; if one of them is missing, the row is left out.
    fn named(&mut self, row: RowView<'_>, chats: &mut Chats) -> Option<GroupedMark> {
        let GroupedMark { group, mut mark } = self.found(row)?;
        let user = self.people.of_row(row, self.tally)?;
        chats.get_mut(group).takes_part(user, self.people);
        mark.user = Some(user.clone());
        Some(GroupedMark { group, mark })
    }

    /// The mark of a row, without its user.
    fn found(&mut self, row: RowView<'_>) -> Option<GroupedMark> {
        let message = row.get("message");
        let Some(group) = message.and_then(|old| self.activity.group_of(old)) else {
            self.tally.leave_out(MISSING);
            return None;
        };
        let at = self.rules.moment(row.get("at"));
        let text = row.text("emoji").to_owned();
        let mark = ForeignMark { message: message.unwrap_or_default().to_owned(), user: None, at, text };
        Some(GroupedMark { group, mark })
    }

    /// Reads a reaction.
    ///
    /// # Errors
    /// Fails if the disk is full.
    pub(super) fn reaction(&mut self, row: RowView<'_>, chats: &mut Chats) -> Result<(), String> {
        let Some(GroupedMark { group, mark }) = self.named(row, chats) else { return Ok(()) };
        self.activity.reactions.add(group, &mark)
    }

    /// Reads a read receipt.
    ///
    /// # Errors
    /// Fails if the disk is full.
    pub(super) fn receipt(&mut self, row: RowView<'_>, chats: &mut Chats) -> Result<(), String> {
        let Some(GroupedMark { group, mark }) = self.named(row, chats) else { return Ok(()) };
        self.activity.reads.add(group, &mark)
    }

    /// Reads a mention.
    ///
    /// # Errors
    /// Fails if the disk is full.
    pub(super) fn mention(&mut self, row: RowView<'_>) -> Result<(), String> {
        let Some(GroupedMark { group, mut mark }) = self.found(row) else { return Ok(()) };
        mark.user = row.get("user").and_then(|old| self.people.find(old)).cloned();
        self.activity.mentions.add(group, &mark)
    }
}

/// The reason for which rows without a message are left out.
const MISSING: &str = "message not found";

/// The positions of a chat's messages, by original id.
pub(super) struct MessagePlaces(HashMap<String, usize>);

impl MessagePlaces {
    pub(super) fn of(messages: &[ForeignMessage]) -> Self {
        MessagePlaces(messages.iter().enumerate().map(|(place, message)| (message.old_id.clone(), place)).collect())
    }

    /// The message and the user of a mark; without its message, the row is left out.
    fn find(&self, mark: &ForeignMark, tally: &mut TableTally) -> Option<MarkedMessage> {
        let place = self.0.get(&mark.message).copied();
        if place.is_none() {
            tally.leave_out(MISSING);
        }
        Some(MarkedMessage { place: place?, user: mark.user.clone()? })
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct MarkedMessage {
    place: usize,
    user: UserId,
}

/// Adds the reactions to the messages of their chat.
pub(super) fn attach_reactions(
    messages: &mut [ForeignMessage],
    places: &MessagePlaces,
    marks: Vec<ForeignMark>,
    tally: &mut TableTally,
) {
    for mark in marks {
        let Some(MarkedMessage { place, user }) = places.find(&mark, tally) else { continue };
        let given = &*mark.text;
        let emoji = validate::emoji("emoji", given).or_else(|_| validate::emoji("emoji", &format!(":{given}:")));
        let message = &mut messages[place];
        let Ok(emoji) = emoji else {
            tally.leave_out("neither an emoji nor the name of one");
            continue;
        };
        if message.reactions.iter().any(|known| known.emoji == emoji && known.user == user) {
            tally.leave_out("repeated");
            continue;
        }
        if emoji != given {
            tally.change("emoji changed", format!("{given:?} is now {emoji}"));
        }
        message.reactions.push(ForeignReaction { emoji, user, at: mark.at.unwrap_or(message.at) });
        tally.import();
    }
}

/// Adds the read receipts to the messages of their chat. Those that do not become a mark are left out later, when marks
/// are known.
pub(super) fn attach_reads(
    messages: &mut [ForeignMessage],
    places: &MessagePlaces,
    marks: Vec<ForeignMark>,
    tally: &mut TableTally,
) {
    let mut known: HashSet<MarkedMessage> = HashSet::new();
    for mark in marks {
        let Some(marked) = places.find(&mark, tally) else { continue };
        let message = &mut messages[marked.place];
        if message.sender == marked.user {
            tally.leave_out("by the sender");
        } else if !known.insert(marked.clone()) {
            tally.leave_out("repeated");
        } else {
            message.reads.push(ForeignRead { user: marked.user, at: mark.at });
            tally.import();
        }
    }
}

/// Counts the mentions that the texts of a chat contain, and those that they do not.
pub(super) fn count_mentions(mentioned: &HashMap<&str, Vec<UserId>>, marks: Vec<ForeignMark>, tally: &mut TableTally) {
    for mark in marks {
        match (mentioned.get(&*mark.message), mark.user) {
            (None, _) => tally.leave_out(MISSING),
            (_, None) => tally.leave_out("user not found"),
            (Some(users), Some(user)) if users.contains(&user) => tally.import(),
            _ => tally.leave_out("the text does not mention this member"),
        }
    }
}
