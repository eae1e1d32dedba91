use async_trait::async_trait;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::{CONCURRENT, CosmosRepository};
use crate::protocol::{ChatId, Seq};
use crate::store::error::Result;
use crate::store::repository::{ChatSize, Heads};

#[async_trait]
impl Heads for CosmosRepository {
    async fn heads(&self, chats: &[ChatId]) -> Result<Vec<Option<Seq>>> {
        let reads: Vec<_> = chats.iter().map(|chat| self.store.look(chat, &[], "heads")).collect();
        let looks = stream::iter(reads).buffered(CONCURRENT);
        let seq = |look: super::partition::Look| Ok(look.living().map(|head| head.seq));
        looks.and_then(|look| async move { seq(look) }).try_collect().await
    }

    async fn sizes(&self, chats: &[ChatId]) -> Result<Vec<Option<ChatSize>>> {
        let reads: Vec<_> = chats.iter().map(|chat| self.store.look(chat, &[], "heads")).collect();
        let looks = stream::iter(reads).buffered(CONCURRENT);
        let size = |look: super::partition::Look| {
            let head = look.living()?;
            Some(ChatSize { seq: head.seq, members: head.chat.as_ref().map_or(0, |chat| chat.member_count) })
        };
        looks.and_then(|look| async move { Ok(size(look)) }).try_collect().await
    }

    async fn has_ended(&self, chat: &ChatId) -> Result<bool> {
        let look = self.store.look(chat, &[], "heads").await?;
        Ok(look.head.is_some_and(|head| head.chat.is_none()))
    }
}
