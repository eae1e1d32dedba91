//! Reactions to messages, and read receipts.

use std::collections::{HashMap, HashSet};

use super::chat::{ForeignReaction, ForeignRead};
use super::chats::Chats;
use super::database::{RowView, TableRows};
use super::people::ForeignPeople;
use super::rules::ConversionRules;
use super::tally::TableTally;
use crate::api::validate;
use crate::protocol::UserId;

/// The position of every message, by original id.
#[derive(Debug)]
pub(super) struct MessagePlaces(HashMap<String, MessagePlace>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct MessagePlace {
    chat: usize,
    message: usize,
}

impl MessagePlaces {
    /// The current positions; they change with the order of messages and chats.
    pub(super) fn of(chats: &Chats) -> Self {
        let places = chats.iter().enumerate().flat_map(|(chat, found)| {
            let messages = found.messages.iter().enumerate();
            messages.map(move |(message, found)| (found.old_id.clone(), MessagePlace { chat, message }))
        });
        MessagePlaces(places.collect())
    }

    /// The message and the user that a row refers to; if one of them is missing, the row is left out.
    fn named<'a>(
        &self,
        row: RowView<'_>,
        people: &'a ForeignPeople<'_>,
        tally: &mut TableTally,
    ) -> Option<(MessagePlace, &'a UserId)> {
        let Some(place) = row.get("message").and_then(|old| self.0.get(old)) else {
            tally.leave_out("message not found");
            return None;
        };
        let user = people.of_row(row, tally)?;
        Some((*place, user))
    }
}

/// Reads the table of reactions.
pub(super) fn read_reactions(
    rows: &TableRows,
    rules: &ConversionRules,
    people: &ForeignPeople<'_>,
    chats: &mut Chats,
    tally: &mut TableTally,
) {
    let places = MessagePlaces::of(chats);
    for row in rows.iter() {
        let Some((place, user)) = places.named(row, people, tally) else { continue };
        let given = row.text("emoji");
        let emoji = validate::emoji("emoji", given).or_else(|_| validate::emoji("emoji", &format!(":{given}:")));
        let chat = chats.get_mut(place.chat);
        chat.takes_part(user, people);
        let message = &mut chat.messages[place.message];
        let Ok(emoji) = emoji else {
            tally.leave_out("neither an emoji nor the name of one");
            continue;
        };
        if message.reactions.iter().any(|known| known.emoji == emoji && known.user == *user) {
            tally.leave_out("repeated");
            continue;
        }
        if emoji != given {
            tally.change("emoji changed", format!("{given:?} is now {emoji}"));
        }
        let at = rules.moment(row.get("at")).unwrap_or(message.at);
        message.reactions.push(ForeignReaction { emoji, user: user.clone(), at });
        tally.import();
    }
}

/// Reads the table of read receipts. Those that do not become a mark are left out later, when marks are known.
pub(super) fn read_reads(
    rows: &TableRows,
    rules: &ConversionRules,
    people: &ForeignPeople<'_>,
    chats: &mut Chats,
    tally: &mut TableTally,
) {
    let places = MessagePlaces::of(chats);
    let mut known: HashSet<(MessagePlace, &UserId)> = HashSet::new();
    for row in rows.iter() {
        let Some((place, user)) = places.named(row, people, tally) else { continue };
        let chat = chats.get_mut(place.chat);
        chat.takes_part(user, people);
        let message = &mut chat.messages[place.message];
        if message.sender == *user {
            tally.leave_out("by the sender");
        } else if !known.insert((place, user)) {
            tally.leave_out("repeated");
        } else {
            message.reads.push(ForeignRead { user: user.clone(), at: rules.moment(row.get("at")) });
            tally.import();
        }
    }
}
