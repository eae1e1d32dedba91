//! Last-seen times of users.

use std::collections::BTreeMap;

use async_trait::async_trait;

use super::PostgresRepository;
use super::error::failure;
use crate::protocol::{Timestamp, UserId};
use crate::store::error::Result;
use crate::store::repository::LastSeenTimes;

const SEEN: &str = "UPDATE users u SET last_seen_at = w.at FROM unnest($1::text[], $2::timestamptz[]) AS w (id, at) \
    WHERE u.id = w.id AND u.deleted_at IS NULL AND (u.last_seen_at IS NULL OR u.last_seen_at < w.at)";

#[async_trait]
impl LastSeenTimes for PostgresRepository {
    async fn note_seen(&self, seen: &[(UserId, Timestamp)]) -> Result<()> {
        // Each user once and in order of id, so that two nodes do not wait for each other.
        let mut latest = BTreeMap::new();
        for (user, at) in seen {
            let known = latest.entry(user).or_insert(*at);
            *known = (*known).max(*at);
        }
        let (users, times): (Vec<&UserId>, Vec<Timestamp>) = latest.into_iter().unzip();
        self.writers.rows(SEEN, &[&users, &times]).await.map(drop).map_err(failure)
    }
}
