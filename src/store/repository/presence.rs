use async_trait::async_trait;

use crate::protocol::{Timestamp, UserId};
use crate::store::error::Result;

/// Stores last-seen times.
#[async_trait]
pub trait LastSeenTimes {
    /// Stores the last-seen times of users. The latest time is kept, whatever the order of calls. Unknown users and
    /// deleted accounts are skipped.
    async fn note_seen(&self, seen: &[(UserId, Timestamp)]) -> Result<()>;
}
