use async_trait::async_trait;

use crate::protocol::{AuditEntry, AuditId, Timestamp, UserId};
use crate::store::error::Result;

use super::Page;

/// Stores the audit log. Entries never change, and only [`Audit::forget_audit`] deletes them.
#[async_trait]
pub trait Audit: std::fmt::Debug + Send + Sync + 'static {
    /// Adds entries, all or none. An entry with an existing id is not added again.
    async fn append_audit(&self, entries: &[AuditEntry]) -> Result<()>;

    /// A page of entries ordered by id, the greatest first; ids are UUIDs that contain a time.
    async fn audit_log(&self, query: &AuditQuery) -> Result<Page<AuditEntry>>;

    /// Deletes at most `max` entries from before a time, the oldest first, and returns their number.
    async fn forget_audit(&self, before: Timestamp, max: usize) -> Result<usize>;
}

/// The lowest id of an entry at the given time: ids are UUIDs that begin with their milliseconds.
pub fn audit_floor(before: Timestamp) -> AuditId {
    let millis = before.millis().max(0);
    AuditId::from(format!("{:08x}-{:04x}", millis >> 16, millis & 0xffff))
}

/// A query for a page of the audit log.
#[derive(Clone, Debug, Default)]
pub struct AuditQuery {
    /// Only entries by this user.
    pub actor: Option<UserId>,
    /// Only entries about this target.
    pub target: Option<String>,
    /// The last entry of the page before.
    pub before: Option<AuditId>,
    /// Maximum number of items.
    pub limit: usize,
}
