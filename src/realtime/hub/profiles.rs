use parking_lot::Mutex;

use crate::cluster::{Broadcast, Wakers};
use crate::ops::collections::HashMap;
use crate::ops::fault::{self, Fault};
use crate::protocol::UserId;

use super::Hub;
use super::broadcast::push;

impl Hub {
    /// Sends a user's connections the profile of another user, unless this version or a later one was announced to
    /// everybody on this node. Older versions are no longer sent after this.
    pub fn show_profile(&self, to: &UserId, of: &UserId, version: u64, shown: &Broadcast, wakers: &mut Wakers) {
        self.profiles.show(of, version, || {
            for connection in self.users.lock().get(to).into_iter().flatten() {
                wakers.keep(push(shown, connection));
            }
        });
    }

    /// Records that this version of a profile was announced to everybody on this node.
    pub fn note_profile(&self, user: &UserId, version: u64) {
        self.profiles.tell(user, version, || {});
    }
}

/// Users whose versions are remembered.
const MOST: usize = 10_000;

/// The latest announced version of each profile. Two changes of a profile may be published in the reverse order of
/// their commits, by one node or by two, but the last version that a client sees must be the stored one. Frames are
/// therefore pushed to outboxes under this lock.
#[derive(Debug, Default)]
pub(super) struct SentProfiles(Mutex<HashMap<UserId, SentVersions>>);

/// The latest versions of one profile.
#[derive(Debug, Default)]
struct SentVersions {
    /// The version announced to everybody on this node.
    everybody: u64,
    /// The latest version sent to at least one user on this node.
    somebody: u64,
}

impl SentProfiles {
    /// Announces a version to everybody, unless a later one was already sent to somebody; 0 is no version.
    pub(super) fn tell(&self, user: &UserId, version: u64, tell: impl FnOnce()) {
        if version == 0 {
            return tell();
        }
        if fault::is(Fault::HideProfiles) {
            return;
        }
        let mut sent = self.0.lock();
        let versions = known(&mut sent, user);
        if version >= versions.somebody {
            *versions = SentVersions { everybody: version, somebody: version };
            tell();
        }
    }

    /// Sends a version to one user, unless it was announced to everybody or a later one was already sent.
    fn show(&self, user: &UserId, version: u64, tell: impl FnOnce()) {
        if fault::is(Fault::HideProfiles) {
            return;
        }
        let mut sent = self.0.lock();
        let versions = known(&mut sent, user);
        if version > versions.everybody && version >= versions.somebody {
            versions.somebody = version;
            tell();
        }
    }
}

fn known<'a>(sent: &'a mut HashMap<UserId, SentVersions>, user: &UserId) -> &'a mut SentVersions {
    if sent.len() >= MOST && !sent.contains_key(user) {
        // After this an older version may be sent again; clients keep the higher one.
        sent.clear();
    }
    sent.entry(user.clone()).or_default()
}
