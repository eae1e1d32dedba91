//! Who is there: what everybody was last told of each user, and who has gone since the storage was last told.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::cluster::Bus;
use crate::ops::clock::Clock;
use crate::protocol::wire;
use crate::protocol::{ChatId, PresenceChanged, PresenceStatus, Timestamp, User, UserId};
use crate::realtime::hub::{Connection, Hub, Wakers};

/// A user who has gone, and when.
pub type Seen = (UserId, Timestamp);

#[derive(Debug)]
struct Announced {
    user: Arc<User>,
    status: PresenceStatus,
}

#[derive(Debug, Default)]
pub(super) struct Presences {
    /// Those who are not offline.
    announced: Mutex<HashMap<UserId, Announced>>,
    seen: Mutex<HashMap<UserId, Timestamp>>,
}

/// A connection and the chats by which others hear of its user.
type Cause<'a> = (&'a Connection, &'a [ChatId]);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Presences {
    /// Tells of a user who has a connection, where that is news.
    pub(super) fn entered(&self, (hub, bus): (&Hub, &Bus), cause: Cause<'_>, user: &Arc<User>) -> PresenceChanged {
        let mut announced = lock(&self.announced);
        let status = hub.status(&user.id);
        let before = announced.insert(user.id.clone(), Announced { user: user.clone(), status });
        // On another node they may have been there already.
        let before = before.map_or_else(|| hub.elsewhere(&user.id).status, |before| before.status);
        let duplicate = before == status;
        let presence = changed(user, status, None);
        if !duplicate {
            tell(bus, cause, &presence);
        }
        PresenceChanged { duplicate, ..presence }
    }

    /// Tells of a user one of whose connections has ended, where that is news.
    pub(super) fn left(&self, (hub, bus): (&Hub, &Bus), cause: Cause<'_>, (user, clock): (&UserId, &Clock)) {
        let mut announced = lock(&self.announced);
        let status = hub.status(user);
        let Some(known) = announced.get_mut(user) else { return };
        let news = std::mem::replace(&mut known.status, status) != status;
        let known = known.user.clone();
        if hub.here(user).connections == 0 {
            announced.remove(user);
        }
        if !news {
            return;
        }
        if status != PresenceStatus::Offline {
            return tell(bus, cause, &changed(&known, status, None));
        }
        let at = clock.now();
        lock(&self.seen).insert(user.clone(), at);
        tell(bus, cause, &changed(&known, status, Some(at)));
    }

    pub(super) fn last_seen(&self, user: &UserId) -> Option<Timestamp> {
        lock(&self.seen).get(user).copied()
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        lock(&self.seen).iter().map(|(user, at)| (user.clone(), *at)).collect()
    }

    pub(super) fn forget_seen(&self, kept: &[Seen]) {
        let mut seen = lock(&self.seen);
        for (user, at) in kept {
            if seen.get(user) == Some(at) {
                seen.remove(user);
            }
        }
    }
}

fn changed(user: &User, status: PresenceStatus, last_seen_at: Option<Timestamp>) -> PresenceChanged {
    let user = User { status, last_seen_at, ..user.clone() };
    PresenceChanged { user, status, last_seen_at, duplicate: false }
}

fn tell(bus: &Bus, (connection, chats): Cause<'_>, presence: &PresenceChanged) {
    let mut wakers = Wakers::default();
    let around = (&presence.user.id, chats);
    bus.publish_ephemeral_around(around, &wire::encode(presence), (Some(connection), &mut wakers));
    wakers.wake();
}
