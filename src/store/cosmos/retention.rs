//! Permanent removal of messages, and the chats with messages to remove.
//!
//! A transactional batch takes 100 documents, so one trim removes fewer messages than the other stores do.

use async_trait::async_trait;
use azure_data_cosmos::Query;
use azure_data_cosmos::models::TransactionalBatch;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::Deserialize;

use super::documents::MessageDocument;
use super::failure::contended;
use super::known::CachedState;
use super::partition::BATCH;
use super::query::CosmosQuery;
use super::{CONCURRENT, CosmosRepository, Store, ids, queries};
use crate::domain::{ChangedRecord, RetentionPolicy, State};
use crate::protocol::{ChatId, Message, MessageId, Timestamp};
use crate::store::error::{Result, StoreError};
use crate::store::repository::{Page, Retention};

/// Number of messages whose reactions are looked up by one query.
const TOGETHER: usize = 30;

/// The fields of a head that decide how long the chat keeps its messages.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ChatRetention {
    chat: ChatId,
    /// Absent for a deleted chat.
    #[serde(default)]
    created_at: Option<Timestamp>,
    #[serde(default)]
    retention_days: Option<u32>,
    #[serde(default)]
    hold: bool,
}

#[async_trait]
impl Retention for CosmosRepository {
    async fn expired_chats(
        &self,
        policy: RetentionPolicy,
        now: Timestamp,
        after: Option<&ChatId>,
        limit: usize,
    ) -> Result<Page<ChatId>> {
        let every = Query::from(queries::EVERY_RETENTION);
        let mut chats: Vec<ChatRetention> = self.store.messages.query_all(every, "retention").await?;
        chats.retain(|chat| after.is_none_or(|after| chat.chat > *after));
        chats.sort_unstable_by(|one, other| one.chat.cmp(&other.chat));
        let due = chats.iter().filter_map(|chat| {
            let cutoff = policy.cutoff_of(chat.retention_days, now).filter(|_| !chat.hold)?;
            // Its messages are not older than the chat.
            (chat.created_at? < cutoff).then_some((&chat.chat, cutoff))
        });
        let looks = due.map(|(chat, cutoff)| async move {
            let oldest = self.store.oldest_documents(chat, 1).await?.pop();
            Ok::<_, StoreError>(oldest.is_some_and(|oldest| oldest.place().0 < cutoff).then(|| chat.clone()))
        });
        let expired = stream::iter(looks.collect::<Vec<_>>()).buffered(CONCURRENT);
        let expired = expired.try_filter_map(|chat| async { Ok(chat) }).take(limit.saturating_add(1));
        let mut items: Vec<ChatId> = expired.try_collect().await?;
        let more = items.len() > limit;
        items.truncate(limit);
        Ok(Page { items, more })
    }
}

impl Store {
    async fn oldest_documents(&self, chat: &ChatId, top: usize) -> Result<Vec<MessageDocument>> {
        let question = CosmosQuery(Query::from(queries::OLDEST)).with("@top", top)?;
        self.messages.query(chat, question.0, "retention").await
    }

    /// The oldest messages, up to the first that was sent at or after the given time, as many as fit in one batch with
    /// their reactions.
    pub(super) async fn oldest(&self, chat: &ChatId, before: Timestamp) -> Result<Vec<Message>> {
        let found = self.oldest_documents(chat, BATCH).await?;
        let mut documents = 0;
        let mut oldest: Vec<Message> = vec![];
        for message in found.into_iter().map(MessageDocument::message) {
            let reactions: u64 = message.reactions.iter().map(|reaction| reaction.count).sum();
            documents += 1 + reactions;
            if message.created_at >= before || (documents > BATCH as u64 && !oldest.is_empty()) {
                break;
            }
            oldest.push(message);
        }
        Ok(oldest)
    }

    /// The documents of all reactions on these messages: a deleted message does not list its own.
    async fn reactions_on(&self, chat: &ChatId, messages: &[&MessageId]) -> Result<Vec<String>> {
        let begins = (0..messages.len()).map(|place| format!("STARTSWITH(c.reaction, @message{place})"));
        let text = format!("{} {}", queries::REACTIONS_ON, begins.collect::<Vec<_>>().join(" OR "));
        let mut question = CosmosQuery(Query::from(text));
        for (place, message) in messages.iter().enumerate() {
            question = question.with(&format!("@message{place}"), ids::emoji_on(message, ""))?;
        }
        self.messages.query(chat, question.0, "retention").await
    }

    /// The documents to remove with the messages that the state trims. Reactions beyond what one batch takes are
    /// removed here, on condition that the chat is still as it was decided on.
    pub(super) async fn trimmed(&self, chat: &ChatId, known: &mut CachedState, state: &State) -> Result<Vec<String>> {
        let mut messages = vec![];
        for record in state.changed() {
            if let ChangedRecord::Trimmed(_, trimmed) = record {
                messages.extend(&trimmed.ids);
            }
        }
        let mut reactions = vec![];
        for some in messages.chunks(TOGETHER) {
            reactions.extend(self.reactions_on(chat, some).await?);
        }
        let room = BATCH.saturating_sub(messages.len());
        while reactions.len() > room {
            let Some(head) = known.head.as_mut() else { return Err(contended()) };
            let surplus = reactions.split_off(reactions.len().saturating_sub(BATCH).max(room));
            let mut batch = TransactionalBatch::new(chat.to_string());
            for id in surplus {
                batch = batch.delete_item(id, None);
            }
            if !self.guarded(batch, head).await? {
                return Err(contended());
            }
        }
        Ok(messages.into_iter().map(|message| ids::message(message)).chain(reactions).collect())
    }
}
