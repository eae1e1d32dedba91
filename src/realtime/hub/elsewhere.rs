use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::protocol::{PresenceStatus, UserId};

use super::{Hub, lock};

/// How a user stands on one node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserStanding {
    /// Whether they are there.
    pub status: PresenceStatus,
    /// How many connections they have.
    pub connections: usize,
}

impl UserStanding {
    /// Both together: online where either is, else away where either is.
    fn and(self, other: UserStanding) -> UserStanding {
        use PresenceStatus::{Away, Offline, Online};
        let status = match (self.status, other.status) {
            (Online, _) | (_, Online) => Online,
            (Away, _) | (_, Away) => Away,
            _ => Offline,
        };
        UserStanding { status, connections: self.connections + other.connections }
    }
}

/// How users stand on other nodes, by their numbers.
pub(super) type Elsewhere = HashMap<UserId, HashMap<u64, UserStanding>>;

/// Who is there on other nodes.
impl Hub {
    /// Notes how a user stands on another node.
    pub fn note_elsewhere(&self, node: u64, user: &UserId, standing: UserStanding) {
        let mut elsewhere = lock(&self.elsewhere);
        if standing.connections > 0 {
            elsewhere.entry(user.clone()).or_default().insert(node, standing);
        } else if let Some(nodes) = elsewhere.get_mut(user) {
            nodes.remove(&node);
            if nodes.is_empty() {
                elsewhere.remove(user);
            }
        }
    }

    /// Who is on another node, as far as one knows.
    pub fn users_at(&self, node: u64) -> Vec<UserId> {
        let elsewhere = lock(&self.elsewhere);
        elsewhere.iter().filter(|(_, nodes)| nodes.contains_key(&node)).map(|(user, _)| user.clone()).collect()
    }

    /// Forgets another node; gives the users who were there and are nowhere else.
    pub fn forget_node(&self, node: u64) -> Vec<UserId> {
        let mut elsewhere = lock(&self.elsewhere);
        let touched: Vec<UserId> =
            elsewhere.iter_mut().filter_map(|(user, nodes)| nodes.remove(&node).map(|_| user.clone())).collect();
        elsewhere.retain(|_, nodes| !nodes.is_empty());
        drop(elsewhere);
        touched.into_iter().filter(|user| self.status(user) == PresenceStatus::Offline).collect()
    }

    /// How a user stands on all other nodes together.
    pub fn elsewhere(&self, user: &UserId) -> UserStanding {
        let elsewhere = lock(&self.elsewhere);
        let nodes = elsewhere.get(user).into_iter().flat_map(HashMap::values);
        nodes.fold(UserStanding::default(), |all, node| all.and(*node))
    }

    /// How a user stands here.
    pub fn here(&self, user: &UserId) -> UserStanding {
        match lock(&self.users).get(user) {
            None => UserStanding::default(),
            Some(connections) => {
                let away = connections.iter().all(|connection| connection.is_away());
                let status = if away { PresenceStatus::Away } else { PresenceStatus::Online };
                UserStanding { status, connections: connections.len() }
            }
        }
    }

    /// Whether the user is there: online while any of their connections is, on any node, then away, then offline.
    pub fn status(&self, user: &UserId) -> PresenceStatus {
        self.here(user).and(self.elsewhere(user)).status
    }
}
