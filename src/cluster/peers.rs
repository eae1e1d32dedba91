use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;

use crate::ops::collections::{HashMap, HashSet};

/// The silence after which a node counts as lost.
const LEASE: Duration = Duration::from_secs(5);

/// The other nodes, and the times of their last messages.
#[derive(Debug, Default)]
pub(super) struct Peers(Mutex<PeersState>);

#[derive(Debug, Default)]
struct PeersState {
    last_message: HashMap<u64, Instant>,
    lost: HashSet<u64>,
}

impl Peers {
    /// Records a message from a node; true if the node counted as lost, so that its snapshot is needed.
    pub(super) fn note(&self, node: u64) -> bool {
        let mut state = self.0.lock();
        state.last_message.insert(node, Instant::now());
        !state.lost.is_empty() && state.lost.remove(&node)
    }

    /// Forgets a node that has stopped.
    pub(super) fn forget(&self, node: u64) {
        self.0.lock().last_message.remove(&node);
    }

    /// Renews every lease, after a time in which this node received nothing.
    pub(super) fn renew_leases(&self) {
        let now = Instant::now();
        self.0.lock().last_message.values_mut().for_each(|last_message| *last_message = now);
    }

    /// Removes and returns the nodes with an expired lease.
    pub(super) fn take_lost(&self) -> Vec<u64> {
        let mut state = self.0.lock();
        let silent: Vec<u64> = state
            .last_message
            .extract_if(|_, last_message| last_message.elapsed() > LEASE)
            .map(|(node, _)| node)
            .collect();
        state.lost.extend(&silent);
        silent
    }
}
