use parking_lot::Mutex;

use crate::cluster::{Broadcast, Wakers};
use crate::ops::collections::HashMap;
use crate::ops::fault::{self, Fault};
use crate::protocol::UserId;

use super::Hub;
use super::broadcast::push;

impl Hub {
    /// Gives a user's connections the profile of another user, unless everybody here was told of that version or of a
    /// later one. An older version is told to nobody from here on.
    pub fn show_profile(&self, to: &UserId, of: &UserId, version: u64, shown: &Broadcast, wakers: &mut Wakers) {
        self.profiles.show(of, version, || {
            for connection in self.users.lock().get(to).into_iter().flatten() {
                wakers.keep(push(shown, connection));
            }
        });
    }

    /// Notes that everybody here was told of this version of a profile.
    pub fn note_profile(&self, user: &UserId, version: u64) {
        self.profiles.tell(user, version, || {});
    }
}

/// Users whose versions are remembered.
const MOST: usize = 10_000;

/// The latest version of each profile that was told here. Two changes of one profile may be published in another order
/// than they were committed, by one node or by two; the last that is told must be the one that is stored. So frames are
/// given to outboxes under this lock.
#[derive(Debug, Default)]
pub(super) struct ToldProfiles(Mutex<HashMap<UserId, ToldVersions>>);

/// The latest versions of one profile.
#[derive(Debug, Default)]
struct ToldVersions {
    /// Told to everybody here.
    everybody: u64,
    /// Told to somebody here at least.
    somebody: u64,
}

impl ToldProfiles {
    /// Tells everybody of a version, unless somebody was told of a later one before; 0 is no version.
    pub(super) fn tell(&self, user: &UserId, version: u64, tell: impl FnOnce()) {
        if version == 0 {
            return tell();
        }
        if fault::is(Fault::HideProfiles) {
            return;
        }
        let mut told = self.0.lock();
        let versions = known(&mut told, user);
        if version >= versions.somebody {
            *versions = ToldVersions { everybody: version, somebody: version };
            tell();
        }
    }

    /// Tells one user of a version, unless everybody was told of it or somebody of a later one before.
    fn show(&self, user: &UserId, version: u64, tell: impl FnOnce()) {
        if fault::is(Fault::HideProfiles) {
            return;
        }
        let mut told = self.0.lock();
        let versions = known(&mut told, user);
        if version > versions.everybody && version >= versions.somebody {
            versions.somebody = version;
            tell();
        }
    }
}

fn known<'a>(told: &'a mut HashMap<UserId, ToldVersions>, user: &UserId) -> &'a mut ToldVersions {
    if told.len() >= MOST && !told.contains_key(user) {
        told.clear();
    }
    told.entry(user.clone()).or_default()
}
