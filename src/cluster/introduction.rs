use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::protocol::UserId;
use crate::realtime::hub::{Hub, UserStanding};

/// What a node has said so far of how users stand there.
#[derive(Debug, Default)]
struct Introduction {
    /// Those who were there, as far as one knew, and have not been named yet.
    unnamed: HashSet<UserId>,
    /// Those who were thought to stand otherwise.
    changed: Vec<UserId>,
    /// Whether those here are to be told of changes.
    news: bool,
}

/// Held while a node looks at how users stand and says so: what is said last is what was seen last.
#[derive(Debug, Default)]
pub(super) struct Speaking {
    whole: Mutex<()>,
    one: Mutex<()>,
}

impl Speaking {
    /// For all that is said of everybody.
    pub(super) fn whole(&self) -> MutexGuard<'_, ()> {
        self.whole.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// For one letter.
    pub(super) fn one(&self) -> MutexGuard<'_, ()> {
        self.one.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Nodes that say how everybody stands there, from one letter to the next. What changed while nobody could say so comes
/// out by that, and nothing is forgotten before it is known better.
#[derive(Debug, Default)]
pub(super) struct Introductions(Mutex<HashMap<u64, Option<Introduction>>>);

impl Introductions {
    fn nodes(&self) -> MutexGuard<'_, HashMap<u64, Option<Introduction>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A node begins. Of one that is known, or has been away, changes are news; one that was there before this one
    /// came is taken as it is.
    pub(super) fn begin(&self, hub: &Hub, (node, anew): (u64, bool)) {
        let mut nodes = self.nodes();
        let news = anew || nodes.contains_key(&node);
        let unnamed = hub.users_at(node).into_iter().collect();
        nodes.insert(node, Some(Introduction { unnamed, changed: vec![], news }));
    }

    /// Takes in how a user stands on a node.
    pub(super) fn note(&self, hub: &Hub, node: u64, (user, standing): (&UserId, UserStanding)) {
        let mut nodes = self.nodes();
        let Some(Some(introduction)) = nodes.get_mut(&node) else {
            return hub.note_elsewhere(node, user, standing);
        };
        introduction.unnamed.remove(user);
        introduction.note(hub, node, (user, standing));
    }

    /// A node has said everything: who was not named is not there. Gives those of whom others are to be told.
    pub(super) fn end(&self, hub: &Hub, node: u64) -> Vec<UserId> {
        let Some(mut introduction) = self.nodes().get_mut(&node).and_then(Option::take) else { return vec![] };
        for user in std::mem::take(&mut introduction.unnamed) {
            introduction.note(hub, node, (&user, UserStanding::default()));
        }
        introduction.changed
    }

    pub(super) fn forget(&self, node: u64) {
        self.nodes().remove(&node);
    }
}

impl Introduction {
    fn note(&mut self, hub: &Hub, node: u64, (user, standing): (&UserId, UserStanding)) {
        let before = hub.status(user);
        hub.note_elsewhere(node, user, standing);
        if self.news && hub.status(user) != before {
            self.changed.push(user.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::PresenceStatus::{Away, Offline, Online};

    fn introduce(known: &Introductions, hub: &Hub, anew: bool, users: &[(&str, UserStanding)]) -> Vec<String> {
        known.begin(hub, (7, anew));
        for (user, standing) in users {
            known.note(hub, 7, (&(*user).into(), *standing));
        }
        let mut changed: Vec<_> = known.end(hub, 7).iter().map(ToString::to_string).collect();
        changed.sort();
        changed
    }

    #[test]
    fn what_changed_unheard_comes_out_and_what_did_not_does_not() {
        let (known, hub) = (Introductions::default(), Hub::default());
        let standing = |status| UserStanding { status, connections: 1 };
        let (online, away) = (standing(Online), standing(Away));
        assert!(introduce(&known, &hub, false, &[("ann", online), ("ben", online), ("cem", online)]).is_empty());
        hub.note_elsewhere(8, &"cem".into(), online);
        let changed = introduce(&known, &hub, false, &[("ann", online), ("ben", away), ("dan", online)]);
        assert_eq!(changed, ["ben", "dan"]);
        let statuses = ["ann", "ben", "cem", "dan", "eve"].map(|user| hub.status(&user.into()));
        assert_eq!(statuses, [Online, Away, Online, Online, Offline]);
        known.forget(7);
        hub.forget_node(7);
        assert_eq!(introduce(&known, &hub, true, &[("ann", online)]), ["ann"]);
    }
}
