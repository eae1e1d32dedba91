//! Counts what is stored. The SDK runs no aggregates across partitions, so one small value per chat, account and
//! reaction is read.

use std::collections::{BTreeMap, HashSet};

use async_trait::async_trait;
use azure_data_cosmos::Query;
use serde::Deserialize;

use super::{CosmosRepository, ids, queries};
use crate::protocol::{ChatId, MessageId, Timestamp};
use crate::store::error::Result;
use crate::store::repository::{MOST_EMOJI, StoredCounts, Totals};

#[derive(Deserialize)]
struct CountedChat {
    chat: ChatId,
    /// Absent for a deleted chat.
    #[serde(default)]
    messages: Option<u64>,
}

#[derive(Deserialize)]
struct CountedReaction {
    chat: ChatId,
    /// The message and the emoji, as [`ids::emoji_on`] writes them.
    reaction: String,
}

#[derive(Deserialize, PartialEq, Eq, Hash)]
struct DeletedMessage {
    chat: ChatId,
    message: MessageId,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CountedAccount {
    #[serde(default)]
    deleted_at: Option<Timestamp>,
}

#[async_trait]
impl StoredCounts for CosmosRepository {
    async fn totals(&self) -> Result<Totals> {
        let store = &self.store;
        let (chats, reactions, deleted, accounts) = tokio::try_join!(
            store.messages.query_all::<CountedChat>(Query::from(queries::EVERY_CHAT), "count"),
            store.messages.query_all::<CountedReaction>(Query::from(queries::EVERY_REACTION), "count"),
            store.messages.query_all::<DeletedMessage>(Query::from(queries::EVERY_DELETED), "count"),
            store.users.query_all::<CountedAccount>(Query::from(queries::EVERY_ACCOUNT), "count"),
        )?;
        let living: HashSet<&ChatId> =
            chats.iter().filter(|chat| chat.messages.is_some()).map(|chat| &chat.chat).collect();
        let deleted: HashSet<DeletedMessage> = deleted.into_iter().collect();
        // Reactions of a deleted chat or message are deleted later, if at all.
        let present = reactions.iter().filter(|reaction| living.contains(&reaction.chat));
        let present = present.filter_map(|reaction| {
            let (message, emoji) = reaction.reaction.split_once('~')?;
            let message = DeletedMessage { chat: reaction.chat.clone(), message: ids::decoded(message).into() };
            (!deleted.contains(&message)).then(|| ids::decoded(emoji))
        });
        Ok(Totals {
            users: accounts.iter().filter(|account| account.deleted_at.is_none()).count() as u64,
            chats: living.len() as u64,
            messages: chats.iter().filter_map(|chat| chat.messages).sum(),
            reactions: most_frequent(present),
        })
    }
}

fn most_frequent(emoji: impl Iterator<Item = String>) -> BTreeMap<String, u64> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for emoji in emoji {
        *counts.entry(emoji).or_default() += 1;
    }
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.truncate(MOST_EMOJI);
    counts.into_iter().collect()
}
