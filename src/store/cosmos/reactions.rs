//! Reactions: one document each. The message itself lists the first users.
//!
//! Reactions of a deleted message stay, unread, until the chat's documents are deleted.

use azure_data_cosmos::Query;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::query::CosmosQuery;
use super::readable::REACTION;
use super::{CONCURRENT, Store, ids, queries};
use crate::domain::{FIRST_REACTORS, ReactionKey};
use crate::protocol::{ChatId, MessageId, Seq, UserId};
use crate::store::archive::{ArchivedReactor, UnreadableRecord};
use crate::store::error::Result;
use crate::store::loader::ReactionOf;
use crate::store::repository::Reacted;

/// A user's emoji on a message, stored in the chat's partition.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReactionDocument {
    pub(super) id: String,
    chat_id: ChatId,
    /// The message and the emoji.
    reaction: String,
    reactor: UserId,
    /// The position of the reaction on the chat's clock.
    reacted_seq: Seq,
}

impl ReactionDocument {
    pub(super) fn new(chat: &ChatId, key: &ReactionKey, since: Seq) -> Self {
        let (message, emoji, user) = key;
        ReactionDocument {
            id: ids::reaction(message, emoji, user),
            chat_id: chat.clone(),
            reaction: ids::emoji_on(message, emoji),
            reactor: user.clone(),
            reacted_seq: since,
        }
    }
}

/// The reactions on a message.
#[derive(Debug, Default)]
pub(super) struct ReadReactors {
    pub(super) reactors: Vec<ArchivedReactor>,
    pub(super) unreadable: Vec<UnreadableRecord>,
}

impl Store {
    /// The position at which the user added the emoji to the message.
    pub(super) async fn reacted_since(&self, chat: &ChatId, key: &ReactionKey) -> Result<Option<Seq>> {
        let (message, emoji, user) = key;
        if !ids::fits(chat) || !ids::fits(message) || !ids::fits(user) {
            return Ok(None);
        }
        let id = ids::reaction(message, emoji, user);
        let found: Option<ReactionDocument> = self.messages.read(chat, &id, "reaction").await?;
        Ok(found.map(|document| document.reacted_seq))
    }

    /// Every reaction on a message, by emoji and user.
    pub(super) async fn reactors_of(&self, chat: &ChatId, message: &MessageId) -> Result<ReadReactors> {
        let question =
            CosmosQuery(Query::from(queries::REACTORS)).with("@prefix", format!("{}~", ids::encoded(message)))?;
        let found: Vec<Value> = self.messages.query(chat, question.0, "export").await?;
        let mut read = ReadReactors::default();
        for document in found {
            match REACTION.read::<ReactionDocument>(&document) {
                Ok(ReactionDocument { reaction, reactor, reacted_seq, .. }) => {
                    let emoji = reaction.split_once('~').map(|(_, emoji)| ids::decoded(emoji)).unwrap_or_default();
                    read.reactors.push(ArchivedReactor { emoji, user_id: reactor, seq: reacted_seq });
                }
                Err(unreadable) => read.unreadable.push(unreadable),
            }
        }
        read.reactors.sort_by(|one, other| (&one.emoji, &one.user_id).cmp(&(&other.emoji, &other.user_id)));
        Ok(read)
    }

    /// The first user of a reaction after those that the message lists.
    pub(super) async fn next_reactor(&self, chat: &ChatId, reaction: ReactionOf<'_>) -> Result<Option<UserId>> {
        let ReactionOf { message, emoji } = reaction;
        let question =
            CosmosQuery(Query::from(queries::NEXT_REACTOR)).with("@reaction", ids::emoji_on(message, emoji))?;
        let question = question.with("@first", FIRST_REACTORS)?;
        let found: Vec<ReactionDocument> = self.messages.query(chat, question.0, "reaction").await?;
        Ok(found.into_iter().next().map(|document| document.reactor))
    }

    /// Reports for each of these reactions whether the user is among its users.
    pub(super) async fn own_reactions(&self, user: &UserId, asked: &[Reacted]) -> Result<Vec<bool>> {
        let keys = asked.iter().map(|asked| (&asked.chat, (asked.message.clone(), asked.emoji.clone(), user.clone())));
        let found: Vec<_> = keys.map(|(chat, key)| async move { self.reacted_since(chat, &key).await }).collect();
        let found = stream::iter(found).buffered(CONCURRENT);
        found.map_ok(|since| since.is_some()).try_collect().await
    }
}
