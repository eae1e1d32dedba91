//! Presence: the last announced status of each user across all nodes, and last-seen times not yet stored.
//!
//! Each node announces its own users. It computes a user's status from its own connections and from what the other
//! nodes have published, so two nodes that lose a user's last connections at the same time each believe the other still
//! has one, and neither announces anything. Therefore every node publishes, with each change, the overall status that
//! it computed. A node with a different result knows that the messages crossed, and one of the two announces the
//! correct status.
//!
//! Lock order: snapshot, announced, parts of snapshots, then the hub's. `announced` is held while a status is computed
//! and published, so the last published status is the latest one.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;

use crate::cluster::{Audience, Broadcast, NodeSnapshot, UserPresence, Wakers};
use crate::ops::clock::Clock;
use crate::ops::collections::HashMap;
use crate::protocol::wire;
use crate::protocol::{ChatId, PresenceChanged, PresenceStatus, Timestamp, User, UserId};
use crate::store::repository::Repository;

use super::bus::Bus;
use super::connection::Connection;
use super::hub::Hub;

mod remote;
mod snapshots;

use snapshots::Snapshots;

/// Maximum number of users in one part of a snapshot.
const SNAPSHOT_USERS: usize = 500;
/// The time for which a change counts as recent; messages that cross are no further apart.
const RECENT: Duration = Duration::from_secs(10);

/// A user who has disconnected, and when.
pub type Seen = (UserId, Timestamp);

/// The last announced status of a user.
#[derive(Debug)]
struct Announced {
    user: Arc<User>,
    status: PresenceStatus,
}

/// The overall status that this node last published to other nodes.
#[derive(Clone, Copy, Debug)]
struct PublishedStatus {
    overall: PresenceStatus,
    at: Instant,
}

#[derive(Debug, Default)]
struct PresenceState {
    /// Users who are not offline.
    announced: HashMap<UserId, Announced>,
    /// Recent changes published to the other nodes.
    published: HashMap<UserId, PublishedStatus>,
}

impl PresenceState {
    /// Notes the status of a user with a connection here that another node has announced, or that is announced next.
    fn note_announced(&mut self, user: &UserId, status: PresenceStatus) {
        if let Some(known) = self.announced.get_mut(user) {
            known.status = status;
        }
    }
}

/// The presence of users.
#[derive(Debug)]
pub(super) struct Presences {
    hub: Arc<Hub>,
    bus: Arc<Bus>,
    repository: Arc<dyn Repository>,
    clock: Arc<Clock>,
    state: Mutex<PresenceState>,
    seen: Mutex<HashMap<UserId, Timestamp>>,
    /// Held for a whole snapshot, so that two snapshots are not interleaved.
    snapshot: Mutex<()>,
    snapshots: Snapshots,
}

impl Presences {
    pub(super) fn new(hub: Arc<Hub>, bus: Arc<Bus>, repository: Arc<dyn Repository>, clock: Arc<Clock>) -> Arc<Self> {
        Arc::new(Presences {
            hub,
            bus,
            repository,
            clock,
            state: Mutex::default(),
            seen: Mutex::default(),
            snapshot: Mutex::default(),
            snapshots: Snapshots::default(),
        })
    }

    /// Handles a user who connected or changed their status; announces the overall status if it changed.
    pub(super) fn came(&self, connection: &Connection, user: &Arc<User>) -> PresenceChanged {
        let mut state = self.state.lock();
        let status = self.tell_nodes(&mut state, &user.id);
        let before = state.announced.insert(user.id.clone(), Announced { user: user.clone(), status });
        // The user may have been connected to another node before.
        let before = before.map_or_else(|| self.hub.presence_elsewhere(&user.id).status, |before| before.status);
        let duplicate = before == status;
        let presence = changed(user, status, None);
        if !duplicate {
            self.announce(Some(connection), connection.chats(), &presence);
        }
        PresenceChanged { duplicate, ..presence }
    }

    /// Handles the end of a connection; announces the user's overall status if it changed.
    pub(super) fn left(&self, connection: &Connection, chats: &[ChatId], user: &UserId) {
        let mut state = self.state.lock();
        let status = self.tell_nodes(&mut state, user);
        let Some(known) = state.announced.get_mut(user) else { return };
        let is_news = std::mem::replace(&mut known.status, status) != status;
        let known = known.user.clone();
        if self.hub.presence_here(user).connections == 0 {
            state.announced.remove(user);
        }
        if !is_news {
            return;
        }
        let last_seen_at = (status == PresenceStatus::Offline).then(|| self.note_seen(user));
        self.announce(Some(connection), chats.to_vec(), &changed(&known, status, last_seen_at));
    }

    /// Publishes the user's connections on this node to the other nodes; returns the status across all nodes.
    fn tell_nodes(&self, state: &mut PresenceState, user: &UserId) -> PresenceStatus {
        let overall = self.hub.status(user);
        if !self.bus.is_alone() {
            state.published.insert(user.clone(), PublishedStatus { overall, at: Instant::now() });
            self.bus.publish_presence(UserPresence { user: user.clone(), here: self.hub.presence_here(user), overall });
        }
        overall
    }

    fn note_seen(&self, user: &UserId) -> Timestamp {
        let at = self.clock.now();
        self.seen.lock().insert(user.clone(), at);
        at
    }

    /// The time a user was last seen, if it is not stored yet.
    pub(super) fn last_seen(&self, user: &UserId) -> Option<Timestamp> {
        self.seen.lock().get(user).copied()
    }

    /// Users who have disconnected and whose last-seen time is not stored yet.
    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().iter().map(|(user, at)| (user.clone(), *at)).collect()
    }

    /// Forgets last-seen times that have been stored.
    pub(super) fn forget_seen(&self, kept: &[Seen]) {
        let mut seen = self.seen.lock();
        for (user, at) in kept {
            if seen.get(user) == Some(at) {
                seen.remove(user);
            }
        }
    }

    /// Forgets changes that are no longer recent.
    pub(super) fn tick(&self) {
        self.state.lock().published.retain(|_, published| published.at.elapsed() < RECENT);
    }

    /// Sends the presence of every user connected to this node, one part at a time.
    pub(super) fn snapshot(
        &self,
        rejoined: bool,
        send: &mut dyn FnMut(NodeSnapshot),
        finish: impl FnOnce() -> NodeSnapshot,
    ) {
        let _whole = self.snapshot.lock();
        send(NodeSnapshot::Begin { rejoined });
        for users in self.hub.connected_users().chunks(SNAPSHOT_USERS) {
            let _state = self.state.lock();
            let here = |user: &UserId| UserPresence {
                user: user.clone(),
                here: self.hub.presence_here(user),
                overall: self.hub.status(user),
            };
            send(NodeSnapshot::Users(users.iter().map(here).collect()));
        }
        send(finish());
    }

    fn announce(&self, caller: Option<&Connection>, chats: Vec<ChatId>, presence: &PresenceChanged) {
        let mut wakers = Wakers::default();
        // Announcing presence in a large chat would cost members × members, so its members query it. The other nodes
        // know the sizes too, because a chat whose last connection has just closed is no longer known here.
        let chats = chats.into_iter().filter(|chat| !self.hub.is_large(chat)).collect();
        let audience = Audience::Contacts { user: presence.user.id.clone(), chats };
        let broadcast = Broadcast { audience, ephemeral: true, text: wire::encode(presence) };
        self.bus.broadcast(broadcast, caller, &mut wakers);
        wakers.wake();
    }
}

fn changed(user: &User, status: PresenceStatus, last_seen_at: Option<Timestamp>) -> PresenceChanged {
    let user = User { status, last_seen_at, ..user.clone() };
    PresenceChanged { user, status, last_seen_at, users: vec![], duplicate: false }
}
