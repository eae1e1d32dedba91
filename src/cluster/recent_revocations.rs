//! The revocations that a node repeats for others that were away.

use std::collections::VecDeque;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;

use super::message::ClusterMessage;
use super::revocation::Revocation;

/// The time for which a node repeats its revocations for nodes that were away.
const RECENT: Duration = Duration::from_secs(300);
/// The most of them.
const MOST: usize = 1000;

/// Revocations of this node that another may have missed. The storage knows of all but the end of connections alone,
/// after which a user may connect again.
#[derive(Debug, Default)]
pub(super) struct RecentRevocations(Mutex<VecDeque<RecentRevocation>>);

#[derive(Debug)]
struct RecentRevocation {
    at: Instant,
    revocation: Revocation,
}

impl RecentRevocations {
    /// Notes a revocation that is about to be published.
    pub(super) fn note(&self, revocation: &Revocation) {
        let mut recent = self.0.lock();
        if recent.len() == MOST {
            recent.pop_front();
        }
        recent.push_back(RecentRevocation { at: Instant::now(), revocation: revocation.clone() });
    }

    /// Every recent revocation as a message for a node that may have missed it.
    pub(super) fn for_node(&self, to: u64) -> Vec<ClusterMessage> {
        let mut recent = self.0.lock();
        recent.retain(|recent| recent.at.elapsed() < RECENT);
        let message = |RecentRevocation { at, revocation }: &RecentRevocation| {
            let age = u64::try_from(at.elapsed().as_millis()).unwrap_or(u64::MAX);
            ClusterMessage::RevokedBefore { to, revocation: revocation.clone(), age }
        };
        recent.iter().map(message).collect()
    }
}
