//! The number and bytes of the outcomes that are kept for users, as far as this node knows them.

use std::collections::HashMap;

use parking_lot::Mutex;

use crate::protocol::{Timestamp, UserId};
use crate::store::repository::OperationUsage;

/// Milliseconds for which a figure of the storage is used, which other nodes may change.
const KNOWN_FOR: i64 = 60_000;
/// Operations after which the figure is read again: outcomes of chats are not noted here.
const NOTED_MOST: u64 = 64;
/// Users whose figures are known; all are forgotten when there are more.
const USERS: usize = 10_000;

/// The figures of users who used an `opId` recently.
#[derive(Debug, Default)]
pub struct OperationUsages(Mutex<HashMap<UserId, KnownUsage>>);

#[derive(Clone, Copy, Debug)]
struct KnownUsage {
    usage: OperationUsage,
    read_at: Timestamp,
    noted: u64,
}

impl OperationUsages {
    /// Counts an outcome.
    pub fn note(&self, user: &UserId, bytes: usize) {
        if let Some(known) = self.0.lock().get_mut(user) {
            known.noted += 1;
            known.usage.count += 1;
            known.usage.bytes += bytes as u64;
        }
    }

    /// Forgets the figures, so that they are read again.
    pub fn forget(&self) {
        self.0.lock().clear();
    }

    /// The figure of a user, if it need not be read again.
    pub(super) fn recent(&self, user: &UserId, now: Timestamp) -> Option<OperationUsage> {
        let known = *self.0.lock().get(user)?;
        let is_recent = known.noted < NOTED_MOST && now.millis() - known.read_at.millis() < KNOWN_FOR;
        is_recent.then_some(known.usage)
    }

    /// Notes a figure of the storage.
    pub(super) fn learn(&self, user: &UserId, usage: OperationUsage, read_at: Timestamp) {
        let mut users = self.0.lock();
        if users.len() >= USERS {
            users.clear();
        }
        users.insert(user.clone(), KnownUsage { usage, read_at, noted: 0 });
    }
}
