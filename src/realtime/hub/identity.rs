use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;

use crate::cluster::{Credential, HeldCredential, Revocation, Wakers};
use crate::ops::fault::{self, Fault};
use crate::protocol::{Close, User, UserId};
use crate::realtime::connection::Connection;

use super::Hub;

/// The time for which changes are remembered, longer than any handshake takes from reading the storage to being bound.
const REMEMBERED: Duration = Duration::from_secs(30);

/// A change of a user's identity.
#[derive(Debug)]
enum IdentityChange {
    Revoked(Revocation),
    Refreshed(Arc<User>),
}

/// A change, and when it was recorded.
#[derive(Debug)]
struct NotedChange {
    at: Instant,
    change: IdentityChange,
}

/// Changes of an identity after it was read.
#[derive(Debug, Default)]
struct Since {
    close: Option<Close>,
    user: Option<Arc<User>>,
}

/// Recent changes of identities, for connections whose handshake read the storage before the change.
#[derive(Debug, Default)]
pub(super) struct RecentChanges(Mutex<VecDeque<NotedChange>>);

impl RecentChanges {
    fn note(&self, change: IdentityChange) {
        let mut changes = self.0.lock();
        while changes.front().is_some_and(|noted| noted.at.elapsed() > REMEMBERED) {
            changes.pop_front();
        }
        changes.push_back(NotedChange { at: Instant::now(), change });
    }

    fn since(&self, then: Instant, user: &UserId, credential: Option<&Credential>) -> Since {
        let changes = self.0.lock();
        let mut since = Since::default();
        for noted in changes.iter().rev().take_while(|noted| noted.at >= then) {
            match &noted.change {
                IdentityChange::Revoked(revocation) if revocation.user == *user && revocation.concerns(credential) => {
                    since.close.get_or_insert_with(|| revocation.close.clone());
                }
                IdentityChange::Refreshed(now) if now.id == *user => {
                    let is_newer = since.user.as_ref().is_none_or(|known| known.version < now.version);
                    if is_newer {
                        since.user = Some(now.clone());
                    }
                }
                _ => {}
            }
        }
        since
    }
}

impl Hub {
    /// Closes the connections that depend on these credentials.
    pub fn revoke(&self, revocation: &Revocation) {
        if fault::is(Fault::KeepRevoked) {
            return;
        }
        // Recorded first: a connection that is not bound yet checks the recent changes once it is bound.
        self.recent_changes.note(IdentityChange::Revoked(revocation.clone()));
        let mut wakers = Wakers::default();
        for connection in self.users.lock().get(&revocation.user).into_iter().flatten() {
            if revocation.concerns(connection.credential().as_ref()) {
                wakers.keep(connection.outbox.close(revocation.close.clone()));
            }
        }
        wakers.wake();
    }

    /// Closes the connections that depend on these credentials and were there that long ago: the revocation was missed.
    pub fn revoke_older(&self, revocation: &Revocation, age: Duration) {
        let mut wakers = Wakers::default();
        for connection in self.users.lock().get(&revocation.user).into_iter().flatten() {
            let was_there = connection.held_credential().is_some_and(|held| held.age > age);
            if was_there && revocation.concerns(connection.credential().as_ref()) {
                wakers.keep(connection.outbox.close(revocation.close.clone()));
            }
        }
        wakers.wake();
    }

    /// Applies the user's current profile and role to their connections, from the next command on.
    pub fn refresh_identity(&self, user: &Arc<User>) {
        self.recent_changes.note(IdentityChange::Refreshed(user.clone()));
        for connection in self.users.lock().get(&user.id).into_iter().flatten() {
            connection.refresh_identity(user.clone());
        }
    }

    /// Applies the user's stored profile and role to their connections, unless a change was published after they were
    /// read. True if one of the connections changed.
    pub fn correct_identity(&self, user: &Arc<User>, read_at: Instant) -> bool {
        // Locked before recent changes are checked: a change recorded after the check waits for the lock, and is
        // applied last.
        let users = self.users.lock();
        if self.recent_changes.since(read_at, &user.id, None).user.is_some() {
            return false;
        }
        let mut corrected = false;
        for connection in users.get(&user.id).into_iter().flatten() {
            if connection.profile().is_some_and(|known| !is_same(&known, user)) {
                connection.refresh_identity(user.clone());
                corrected = true;
            }
        }
        corrected
    }

    /// True if the user's connections have this profile and role.
    pub fn is_current(&self, user: &User) -> bool {
        let users = self.users.lock();
        let mut profiles = users.get(&user.id).into_iter().flatten().filter_map(|connection| connection.profile());
        profiles.all(|known| is_same(&known, user))
    }

    /// The credentials that the user's connections depend on.
    pub fn credentials_of(&self, user: &UserId) -> Vec<HeldCredential> {
        let users = self.users.lock();
        users.get(user).into_iter().flatten().filter_map(|connection| connection.held_credential()).collect()
    }

    /// Records the credential that a connection depends on. Changes since the credential was checked take effect now.
    pub fn keep_open(&self, connection: &Connection, credential: &Credential, checked_at: Instant) {
        // Set before recent changes are checked, so that a revocation in between finds the connection by its
        // credential.
        connection.set_credential(credential.clone(), checked_at);
        let Some(user) = connection.user() else { return };
        let since = self.recent_changes.since(checked_at, &user, Some(credential));
        if let Some(user) = since.user {
            connection.refresh_identity(user);
        }
        if let Some(waker) = since.close.and_then(|close| connection.outbox.close(close)) {
            waker.wake();
        }
    }
}

/// True if both are equal except for presence, which the storage does not have.
fn is_same(one: &User, other: &User) -> bool {
    one.version == other.version
        && one.username == other.username
        && one.display_name == other.display_name
        && one.avatar_url == other.avatar_url
        && one.role == other.role
}
