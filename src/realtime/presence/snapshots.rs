use parking_lot::Mutex;

use crate::cluster::NodePresence;
use crate::ops::collections::{HashMap, HashSet};
use crate::protocol::UserId;
use crate::realtime::hub::Hub;

/// The part of another node's snapshot that has arrived.
#[derive(Debug, Default)]
struct PartialSnapshot {
    /// Users who were known to be connected to the node and have not been listed yet.
    unnamed: HashSet<UserId>,
    /// Users whose status turned out to be different.
    changed: Vec<UserId>,
    /// True if changes have to be announced here.
    is_news: bool,
}

/// Snapshots of other nodes, which arrive in parts. Comparing them reveals what changed while a node's messages did not
/// arrive, and nothing is forgotten before its replacement is known.
#[derive(Debug, Default)]
pub(super) struct Snapshots(Mutex<HashMap<u64, Option<PartialSnapshot>>>);

impl Snapshots {
    /// Begins a snapshot. Changes are announced if the node was known before or its messages did not arrive; the users
    /// of a node that started before this one are accepted without an announcement.
    pub(super) fn begin(&self, hub: &Hub, node: u64, rejoined: bool) {
        let mut nodes = self.0.lock();
        let is_news = rejoined || nodes.contains_key(&node);
        let unnamed = hub.users_at(node).into_iter().collect();
        nodes.insert(node, Some(PartialSnapshot { unnamed, changed: vec![], is_news }));
    }

    /// Records a user's connections on a node.
    pub(super) fn note(&self, hub: &Hub, node: u64, user: &UserId, presence: NodePresence) {
        let mut nodes = self.0.lock();
        let Some(Some(partial)) = nodes.get_mut(&node) else {
            return hub.note_remote(node, user, presence);
        };
        partial.unnamed.remove(user);
        partial.note(hub, node, user, presence);
    }

    /// Ends a snapshot: users who were not listed are not connected. Returns the users whose change must be announced.
    pub(super) fn end(&self, hub: &Hub, node: u64) -> Vec<UserId> {
        let Some(mut partial) = self.0.lock().get_mut(&node).and_then(Option::take) else { return vec![] };
        for user in std::mem::take(&mut partial.unnamed) {
            partial.note(hub, node, &user, NodePresence::default());
        }
        partial.changed
    }

    pub(super) fn forget(&self, node: u64) {
        self.0.lock().remove(&node);
    }
}

impl PartialSnapshot {
    fn note(&mut self, hub: &Hub, node: u64, user: &UserId, presence: NodePresence) {
        let before = hub.status(user);
        hub.note_remote(node, user, presence);
        if self.is_news && hub.status(user) != before {
            self.changed.push(user.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::PresenceStatus::{Away, Offline, Online};

    fn take(snapshots: &Snapshots, hub: &Hub, rejoined: bool, users: &[(&str, NodePresence)]) -> Vec<String> {
        snapshots.begin(hub, 7, rejoined);
        for (user, presence) in users {
            snapshots.note(hub, 7, &(*user).into(), *presence);
        }
        let mut changed: Vec<_> = snapshots.end(hub, 7).iter().map(ToString::to_string).collect();
        changed.sort();
        changed
    }

    #[test]
    fn only_missed_changes_are_reported() {
        let snapshots = Snapshots::default();
        let hub = Hub::default();
        let presence = |status| NodePresence { status, connections: 1 };
        let online = presence(Online);
        let away = presence(Away);
        assert!(take(&snapshots, &hub, false, &[("ann", online), ("ben", online), ("cem", online)]).is_empty());
        hub.note_remote(8, &"cem".into(), online);
        let changed = take(&snapshots, &hub, false, &[("ann", online), ("ben", away), ("dan", online)]);
        assert_eq!(changed, ["ben", "dan"]);
        let statuses = ["ann", "ben", "cem", "dan", "eve"].map(|user| hub.status(&user.into()));
        assert_eq!(statuses, [Online, Away, Online, Online, Offline]);
        snapshots.forget(7);
        hub.forget_node(7);
        assert_eq!(take(&snapshots, &hub, true, &[("ann", online)]), ["ann"]);
    }
}
