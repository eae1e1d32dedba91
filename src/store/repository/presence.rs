use async_trait::async_trait;

use crate::protocol::{Timestamp, UserId};
use crate::store::error::Result;

/// Keeps when users were last there.
#[async_trait]
pub trait LastSeenTimes {
    /// Notes when these users were last seen. The latest time stays, in whatever order they are noted; a user who is not
    /// there, or whose account was deleted, is passed over.
    async fn note_seen(&self, seen: &[(UserId, Timestamp)]) -> Result<()>;
}
