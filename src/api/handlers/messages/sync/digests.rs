//! Digests of the chats that the reply brings up to date.

use super::{NEW_TOGETHER, Synced, SyncedChat};
use crate::api::context::Context;
use crate::api::digests::{self, DIGEST_COST};
use crate::api::quota_checks;
use crate::ops::collections::HashMap;
use crate::protocol::error::Result;
use crate::protocol::{Chat, ChatId};

/// Bytes of the reply that a digest takes.
pub(super) const DIGEST_BYTES: usize = 80;

impl Synced {
    /// Adds the digests: those that were computed before, and as many others as the caller can pay for. The cost of the
    /// command includes that of one.
    pub(super) async fn add_digests(&mut self, context: &Context) -> Result<()> {
        let services = &context.services;
        let user = &context.user()?.id;
        let mut prepaid = DIGEST_COST;
        let is_whole = |chat: &&mut SyncedChat| !chat.more && digests::is_digested(chat.seq);
        let mut whole: Vec<&mut SyncedChat> = self.chats.iter_mut().filter(is_whole).collect();
        for part in whole.chunks_mut(NEW_TOGETHER) {
            let ids: Vec<ChatId> = part.iter().map(|synced| synced.chat_id.clone()).collect();
            let found = services.repository.chats_by_id(user, &ids).await?;
            let chats: HashMap<ChatId, Chat> =
                found.into_iter().flatten().map(|chat| (chat.id.clone(), chat)).collect();
            for synced in part {
                // A chat that has changed since has another digest.
                let Some(chat) = chats.get(&synced.chat_id).filter(|chat| chat.seq == synced.seq) else { continue };
                let mut digest = services.digests.find(chat);
                let cost = (DIGEST_COST + digests::size_cost(chat.seq)).saturating_sub(prepaid);
                if digest.is_none() && quota_checks::spend(services, context.identity()?, cost).is_ok() {
                    prepaid = 0;
                    // A chat that does not rest has none now.
                    digest = services.digests.compute(&*services.repository, chat).await.unwrap_or(None);
                }
                synced.digest = digest.map(|digest| digest.to_string());
            }
        }
        Ok(())
    }
}
