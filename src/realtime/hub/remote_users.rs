use parking_lot::Mutex;

use crate::cluster::NodePresence;
use crate::ops::collections::HashMap;
use crate::protocol::{PresenceStatus, UserId};

use super::Hub;

/// The presence of users on other nodes, by node number.
#[derive(Debug, Default)]
pub(super) struct RemoteUsers(Mutex<HashMap<UserId, HashMap<u64, NodePresence>>>);

/// Combines two presences: online if either is, otherwise away if either is.
fn combine(one: NodePresence, other: NodePresence) -> NodePresence {
    use PresenceStatus::{Away, Offline, Online};
    let status = match (one.status, other.status) {
        (Online, _) | (_, Online) => Online,
        (Away, _) | (_, Away) => Away,
        _ => Offline,
    };
    NodePresence { status, connections: one.connections + other.connections }
}

impl Hub {
    /// Records a user's presence on another node.
    pub fn note_remote(&self, node: u64, user: &UserId, presence: NodePresence) {
        let mut users = self.remote_users.0.lock();
        if presence.connections > 0 {
            users.entry(user.clone()).or_default().insert(node, presence);
        } else if let Some(nodes) = users.get_mut(user) {
            nodes.remove(&node);
            if nodes.is_empty() {
                users.remove(user);
            }
        }
    }

    /// The users known to be connected to another node.
    pub fn users_at(&self, node: u64) -> Vec<UserId> {
        let users = self.remote_users.0.lock();
        users.iter().filter(|(_, nodes)| nodes.contains_key(&node)).map(|(user, _)| user.clone()).collect()
    }

    /// Forgets another node; returns the users who were connected to it and to no other.
    pub fn forget_node(&self, node: u64) -> Vec<UserId> {
        let mut users = self.remote_users.0.lock();
        let touched: Vec<UserId> =
            users.iter_mut().filter_map(|(user, nodes)| nodes.remove(&node).map(|_| user.clone())).collect();
        users.retain(|_, nodes| !nodes.is_empty());
        drop(users);
        touched.into_iter().filter(|user| self.status(user) == PresenceStatus::Offline).collect()
    }

    /// A user's combined presence on all other nodes.
    pub fn presence_elsewhere(&self, user: &UserId) -> NodePresence {
        let users = self.remote_users.0.lock();
        let nodes = users.get(user).into_iter().flat_map(HashMap::values);
        nodes.fold(NodePresence::default(), |all, node| combine(all, *node))
    }

    /// A user's presence on this node.
    pub fn presence_here(&self, user: &UserId) -> NodePresence {
        match self.users.lock().get(user) {
            None => NodePresence::default(),
            Some(connections) => {
                let away = connections.iter().all(|connection| connection.is_away());
                let status = if away { PresenceStatus::Away } else { PresenceStatus::Online };
                NodePresence { status, connections: connections.len() }
            }
        }
    }

    /// A user's status: online if any of their connections is, on any node; otherwise away or offline.
    pub fn status(&self, user: &UserId) -> PresenceStatus {
        combine(self.presence_here(user), self.presence_elsewhere(user)).status
    }
}
