use async_trait::async_trait;
use azure_data_cosmos::Query;
use serde::Deserialize;

use super::query::CosmosQuery;
use super::{CosmosRepository, ids, queries};
use crate::protocol::{ChatId, MessageId, Seq, UserId};
use crate::store::error::Result;
use crate::store::repository::{OwnData, OwnReaction};

/// A membership that a user has or had.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EverMember {
    chat: ChatId,
    present: bool,
    left_seq: Seq,
}

#[derive(Deserialize)]
struct StoredReaction {
    reaction: String,
    reactor: UserId,
}

#[async_trait]
impl OwnData for CosmosRepository {
    async fn chats_ever_joined(&self, user: &UserId) -> Result<Vec<ChatId>> {
        let query = CosmosQuery(Query::from(queries::EVER_JOINED)).with("@user", user)?;
        let found: Vec<EverMember> = self.store.messages.query_all(query.0, "export").await?;
        let joined = found.into_iter().filter(|member| member.present || member.left_seq > 0);
        let mut chats: Vec<ChatId> = joined.map(|member| member.chat).collect();
        chats.sort();
        Ok(chats)
    }

    async fn reactions_in(&self, chat: &ChatId, user: &UserId) -> Result<Vec<OwnReaction>> {
        let found: Vec<StoredReaction> =
            self.store.messages.query(chat, Query::from(queries::REACTIONS), "export").await?;
        let mut reactions = vec![];
        for place in found.iter().filter(|found| found.reactor == *user).map(|found| &found.reaction) {
            let Some((message, emoji)) = place.split_once('~') else { continue };
            let message = MessageId::from(ids::decoded(message));
            // Reactions of a deleted message stay stored, but are never read.
            let stored = self.store.message(chat, &message).await?;
            if stored.is_some_and(|message| message.deleted_at.is_none()) {
                reactions.push(OwnReaction { message, emoji: ids::decoded(emoji) });
            }
        }
        reactions.sort();
        Ok(reactions)
    }
}
