use async_trait::async_trait;
use azure_data_cosmos::Query;

use super::documents::HeadDocument;
use super::names::Owner;
use super::{CosmosRepository, Store, ids, queries};
use crate::domain::{channel_keys, name_key};
use crate::protocol::{Chat, ChatId, Seq};
use crate::store::error::{Result, StoreError};
use crate::store::repository::{ChatSize, Heads};

impl Store {
    /// Writes the head of a chat of an archive.
    pub(super) async fn restore_head(&self, head: &HeadDocument) -> Result<()> {
        self.messages.upsert(&head.chat_id, ids::HEAD, head, "import").await.map(drop)
    }

    /// Records that the chat with this id was deleted.
    pub(super) async fn restore_ended(&self, chat: &ChatId) -> Result<()> {
        self.restore_head(&HeadDocument::ended(chat)).await
    }

    /// Reserves the name of a channel, and its look-alike key unless an older channel has it.
    pub(super) async fn restore_channel_name(&self, chat: &Chat) -> Result<()> {
        let name = name_key(&chat.name);
        for key in channel_keys(&chat.name) {
            let is_taken = self.channel_names.claim(&key, Owner::of_chat(&chat.id)).await?.is_some();
            if is_taken && key == name {
                return Err(StoreError::internal(format!("the name of channel {} is taken", chat.id)));
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Heads for CosmosRepository {
    async fn heads(&self, chats: &[ChatId]) -> Result<Vec<Option<Seq>>> {
        let looks = self.store.looks(chats, None, "heads").await?;
        Ok(chats.iter().map(|chat| Some(looks.get(chat)?.living()?.seq)).collect())
    }

    async fn sizes(&self, chats: &[ChatId]) -> Result<Vec<Option<ChatSize>>> {
        let looks = self.store.looks(chats, None, "heads").await?;
        let size = |chat: &ChatId| {
            let head = looks.get(chat)?.living()?;
            Some(ChatSize { seq: head.seq, members: head.chat.as_ref().map_or(0, |chat| chat.member_count) })
        };
        Ok(chats.iter().map(size).collect())
    }

    async fn every_chat(&self, after: Option<&ChatId>, limit: usize) -> Result<Vec<ChatId>> {
        let mut chats: Vec<ChatId> =
            self.store.messages.query_all(Query::from(queries::EVERY_CHAT_ID), "scrub").await?;
        chats.retain(|chat| after.is_none_or(|after| chat > after));
        chats.sort_unstable();
        chats.truncate(limit);
        Ok(chats)
    }

    async fn has_ended(&self, chat: &ChatId) -> Result<bool> {
        let look = self.store.look(chat, &[], "heads").await?;
        Ok(look.head.is_some_and(|head| head.chat.is_none()))
    }
}
