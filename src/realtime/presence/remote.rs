//! The presence of users on other nodes, as those nodes publish it, and its end when a node is lost.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use tokio::time::sleep;

use crate::cluster::{Audience, Broadcast, UserPresence, Wakers};
use crate::protocol::error::Result;
use crate::protocol::wire;
use crate::protocol::{ChatId, PresenceStatus, User, UserId};

use super::{Presences, RECENT, changed};

/// Number of users read concurrently, before a pause.
const USERS: usize = 16;
const BREATH: Duration = Duration::from_millis(50);
/// The time that a node waits before it corrects a status announced by another node: a third node may know more.
const CROSSING: Duration = Duration::from_millis(200);

/// Users whose status changed unnoticed, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unnoticed {
    /// Their node's messages did not arrive. That node knows when they were last seen.
    Changed,
    /// Their node was lost, so they were last seen now.
    Lost,
}

impl Presences {
    /// Records a user's connections on another node.
    pub(in crate::realtime) fn receive(self: &Arc<Self>, from: u64, presence: &UserPresence) {
        let user = &presence.user;
        let mut state = self.state.lock();
        self.snapshots.note(&self.hub, from, user, presence.here);
        let overall = self.hub.status(user);
        // That node has announced it, or one of the two does below.
        state.note_announced(user, overall);
        if overall == presence.overall {
            return;
        }
        // The messages of two nodes crossed. If this node's result was wrong too, the other node notices as well, and
        // the node with the lower number announces. Otherwise only this node knows.
        let Some(published) = state.published.get(user).filter(|published| published.at.elapsed() < RECENT) else {
            return;
        };
        if published.overall != overall && self.bus.node() > from {
            return;
        }
        drop(state);
        let presences = self.clone();
        let user = user.clone();
        tokio::spawn(async move {
            sleep(CROSSING).await;
            if let Err(error) = presences.announce_crossed(&user, overall).await {
                tracing::debug!(error = %error, "a user's status could not be announced");
            }
        });
    }

    /// Announces to every node a status that no node has announced; does nothing if it has changed again.
    async fn announce_crossed(&self, user: &UserId, status: PresenceStatus) -> Result<()> {
        let Some(known) = self.repository.users(&[user]).await?.pop().flatten() else { return Ok(()) };
        let chats = self.repository.memberships(user).await?;
        let state = self.state.lock();
        if self.hub.status(user) != status {
            return Ok(());
        }
        let last_seen_at = (status == PresenceStatus::Offline).then(|| self.note_seen(user));
        self.announce(None, chats, &changed(&known, status, last_seen_at));
        drop(state);
        Ok(())
    }

    /// Begins the snapshot of another node.
    pub(in crate::realtime) fn begin_snapshot(&self, from: u64, rejoined: bool) {
        self.snapshots.begin(&self.hub, from, rejoined);
    }

    /// Ends the snapshot of another node, and announces on this node what changed while its messages did not arrive.
    pub(in crate::realtime) fn end_snapshot(self: &Arc<Self>, from: u64) {
        self.tell_unnoticed(self.snapshots.end(&self.hub, from), Unnoticed::Changed);
    }

    /// Forgets a node that has stopped; it has already published everything itself.
    pub(in crate::realtime) fn node_left(&self, node: u64) {
        self.snapshots.forget(node);
        self.hub.forget_node(node);
    }

    /// Forgets a lost node, and announces on this node the users who went offline with it.
    pub(in crate::realtime) fn node_lost(self: &Arc<Self>, node: u64) {
        self.tell_unnoticed(self.hub.forget_node(node), Unnoticed::Lost);
    }

    fn tell_unnoticed(self: &Arc<Self>, users: Vec<UserId>, why: Unnoticed) {
        if users.is_empty() {
            return;
        }
        let presences = self.clone();
        tokio::spawn(async move {
            for users in users.chunks(USERS) {
                let all: Vec<_> = users.iter().map(|user| presences.publish_here(user, why)).collect();
                let results: Vec<Result<()>> = stream::iter(all).buffer_unordered(USERS).collect().await;
                for error in results.into_iter().filter_map(Result::err) {
                    tracing::debug!(error = %error, "a user's status could not be announced");
                }
                sleep(BREATH).await;
            }
        });
    }

    /// Announces a user's status on this node; every other node does the same.
    async fn publish_here(&self, user: &UserId, why: Unnoticed) -> Result<()> {
        let Some(known) = self.repository.users(&[user]).await?.pop().flatten() else { return Ok(()) };
        let chats: Vec<ChatId> = self.repository.memberships(user).await?;
        let status = self.hub.status(user);
        let is_offline = status == PresenceStatus::Offline;
        if why == Unnoticed::Lost && !is_offline {
            return Ok(());
        }
        let last_seen_at = match why {
            Unnoticed::Lost => Some(self.clock.now()),
            Unnoticed::Changed => known.last_seen_at.filter(|_| is_offline),
        };
        let presence = changed(&User { status, ..known }, status, last_seen_at);
        let audience = Audience::Contacts { user: user.clone(), chats };
        let mut wakers = Wakers::default();
        let broadcast = Broadcast { audience, ephemeral: true, text: wire::encode(&presence) };
        {
            let mut state = self.state.lock();
            state.note_announced(user, status);
            self.hub.broadcast(&broadcast, None, &mut wakers);
        }
        wakers.wake();
        if let (Unnoticed::Lost, Some(at)) = (why, last_seen_at) {
            self.repository.note_seen(&[(user.clone(), at)]).await?;
        }
        Ok(())
    }
}
