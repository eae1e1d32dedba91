use std::collections::HashMap;

use parking_lot::Mutex;

use crate::protocol::UserId;

/// Users whose versions are remembered.
const MOST: usize = 10_000;

/// The latest version of each profile that was told here. Two changes of one profile may be published in another order
/// than they were committed, by one node or by two; the last that is told must be the one that is stored.
#[derive(Debug, Default)]
pub(super) struct ToldProfiles(Mutex<HashMap<UserId, u64>>);

impl ToldProfiles {
    /// True unless a later version was told before; 0 is no version.
    pub(super) fn is_news(&self, user: &UserId, version: u64) -> bool {
        if version == 0 {
            return true;
        }
        let mut told = self.0.lock();
        if told.len() >= MOST && !told.contains_key(user) {
            told.clear();
        }
        let latest = told.entry(user.clone()).or_default();
        let is_news = version >= *latest;
        *latest = version.max(*latest);
        is_news
    }
}
