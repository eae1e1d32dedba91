//! Last-seen times of users, in each user's own document.

use async_trait::async_trait;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::container::WriteResult;
use super::failure::contended;
use super::partition::ATTEMPTS;
use super::{CONCURRENT, CosmosRepository, Store, accounts};
use crate::protocol::{Timestamp, UserId};
use crate::store::error::Result;
use crate::store::repository::LastSeenTimes;

#[async_trait]
impl LastSeenTimes for CosmosRepository {
    async fn note_seen(&self, seen: &[(UserId, Timestamp)]) -> Result<()> {
        let notes: Vec<_> = seen.iter().map(|(user, at)| self.store.note_one(user, *at)).collect();
        stream::iter(notes).buffer_unordered(CONCURRENT).try_collect().await
    }
}

impl Store {
    async fn note_one(&self, user: &UserId, at: Timestamp) -> Result<()> {
        for _ in 0..ATTEMPTS {
            let Some(mut profile) = self.profile(user).await? else { return Ok(()) };
            let account = &profile.account;
            if account.user.last_seen_at >= Some(at) || account.deleted_at.is_some() {
                return Ok(());
            }
            profile.account.user.last_seen_at = Some(at);
            let etag = std::mem::take(&mut profile.etag);
            let written = self.users.replace(user, accounts::PROFILE, &profile, &etag, "seen").await?;
            if let WriteResult::Done(_) = written {
                self.people.learn(&profile.account);
                return Ok(());
            }
        }
        Err(contended())
    }
}
