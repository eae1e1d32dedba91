//! Deletes the documents of a deleted chat, after its head has recorded the deletion.

use std::sync::Arc;

use azure_data_cosmos::Query;
use azure_data_cosmos::models::TransactionalBatch;

use super::documents::{HeadDocument, MemberDocument};
use super::failure::contended;
use super::partition::ATTEMPTS;
use super::{Store, ids, queries};
use crate::protocol::ChatId;
use crate::store::error::Result;

impl Store {
    async fn clear(&self, chat: &ChatId) -> Result<()> {
        for _ in 0..ATTEMPTS {
            if self.clear_members(chat).await? && self.clear_rest(chat).await? {
                return Ok(());
            }
        }
        Err(contended())
    }

    /// Deletes the members, and the rest in the background.
    pub(super) async fn begin_to_clear(self: &Arc<Self>, chat: &ChatId) {
        if let Err(error) = self.clear_members(chat).await {
            tracing::warn!(error = %error, chat = %chat, "members of a deleted chat remain; readers ignore them");
        }
        let store = self.clone();
        let chat = chat.clone();
        tokio::spawn(async move {
            if let Err(error) = store.clear(&chat).await {
                tracing::warn!(error = %error, chat = %chat, "a deleted chat could not be cleared yet");
            }
        });
    }

    /// Deletes the members; false if another node did the same.
    async fn clear_members(&self, chat: &ChatId) -> Result<bool> {
        let Some(mut head) = self.gone(chat).await? else { return Ok(true) };
        loop {
            let query = Query::from(queries::LEFT_MEMBERS);
            let members: Vec<MemberDocument> = self.messages.query(chat, query, "clear").await?;
            if members.is_empty() {
                return Ok(true);
            }
            let present = members.iter().filter(|member| member.present).map(|member| member.user_id.clone());
            let uncertain = self.invalidate(chat, present.collect()).await?;
            let mut batch = TransactionalBatch::new(chat.to_string());
            for member in &members {
                batch = batch.delete_item(member.id.clone(), None);
            }
            if !self.guarded(batch, &mut head).await? {
                return Ok(false);
            }
            self.confirm(chat, uncertain.into_iter().map(|entry| (entry, false)).collect()).await;
        }
    }

    /// Deletes all other documents but the head.
    async fn clear_rest(&self, chat: &ChatId) -> Result<bool> {
        let Some(mut head) = self.gone(chat).await? else { return Ok(true) };
        loop {
            let left: Vec<String> = self.messages.query(chat, Query::from(queries::LEFT), "clear").await?;
            if left.is_empty() {
                return Ok(true);
            }
            let mut batch = TransactionalBatch::new(chat.to_string());
            for id in left {
                batch = batch.delete_item(id, None);
            }
            if !self.guarded(batch, &mut head).await? {
                return Ok(false);
            }
        }
    }

    async fn gone(&self, chat: &ChatId) -> Result<Option<HeadDocument>> {
        let head: Option<HeadDocument> = self.messages.read(chat, ids::HEAD, "clear").await?;
        Ok(head.filter(|head| head.chat.is_none()))
    }
}
