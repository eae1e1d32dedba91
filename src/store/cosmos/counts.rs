//! Counting what is stored. The SDK runs no aggregates over several partitions, so one small value for each chat, account
//! and reaction is read.

use std::collections::{BTreeMap, HashSet};

use async_trait::async_trait;
use azure_data_cosmos::Query;
use serde::Deserialize;

use super::{CosmosRepository, layout};
use crate::protocol::{ChatId, Reaction, Timestamp};
use crate::store::error::Result;
use crate::store::repository::{Counts, MOST_EMOJI, Totals};

#[derive(Deserialize)]
struct CountedChat {
    chat: ChatId,
    /// Absent for a deleted chat.
    #[serde(default)]
    messages: Option<u64>,
}

#[derive(Deserialize)]
struct CountedReactions {
    chat: ChatId,
    reactions: Vec<Reaction>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CountedAccount {
    #[serde(default)]
    deleted_at: Option<Timestamp>,
}

#[async_trait]
impl Counts for CosmosRepository {
    async fn totals(&self) -> Result<Totals> {
        let store = &self.store;
        let (chats, reactions, accounts) = tokio::try_join!(
            store.messages.query_all::<CountedChat>(Query::from(layout::EVERY_CHAT), "count"),
            store.messages.query_all::<CountedReactions>(Query::from(layout::EVERY_REACTION), "count"),
            store.users.query_all::<CountedAccount>(Query::from(layout::EVERY_ACCOUNT), "count"),
        )?;
        let living: Vec<&CountedChat> = chats.iter().filter(|chat| chat.messages.is_some()).collect();
        // Messages of a deleted chat are cleared away after its head.
        let ids: HashSet<&ChatId> = living.iter().map(|chat| &chat.chat).collect();
        let present = reactions.iter().filter(|counted| ids.contains(&counted.chat));
        let present = present.flat_map(|counted| &counted.reactions);
        Ok(Totals {
            users: accounts.iter().filter(|account| account.deleted_at.is_none()).count() as u64,
            chats: living.len() as u64,
            messages: living.iter().filter_map(|chat| chat.messages).sum(),
            reactions: most_frequent(present),
        })
    }
}

fn most_frequent<'a>(reactions: impl Iterator<Item = &'a Reaction>) -> BTreeMap<String, u64> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for reaction in reactions {
        *counts.entry(reaction.emoji.clone()).or_default() += reaction.count;
    }
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.truncate(MOST_EMOJI);
    counts.into_iter().collect()
}
