//! Reconciles this node with the storage, because messages between nodes may be lost.
//!
//! Two loops run side by side. One compares the clocks of all chats with subscribers here; chats that are behind are
//! passed to the gap filler. After a loss it also reports marks, which take no `seq`. The other reviews every connected
//! user: account, ban, role, profile and the credentials in use. Both run slowly all the time, and immediately when
//! something may have been missed ([`Reconciler::invalidate`]): after a reconnection, a pause of this process, a lost
//! node, or a queue overflow. A revocation therefore takes effect within seconds even if every message about it was
//! lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout};

use crate::ops::clock::Clock;
use crate::ops::collections::{HashMap, HashSet};
use crate::ops::fault::{self, Fault};
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, Seq, Timestamp, UserId};
use crate::store::own_changes;
use crate::store::repository::{Page, Repository};

use super::ClusterParts;
use super::gap_filler::{GRACE, GapFiller};
use super::mark_review::MarkReview;
use super::node::{LocalNode, Wakers};
use super::revocation::Authority;

/// The pause between two passes over all chats while messages arrive; a pass finds losses that no node has noticed.
const CHATS_WHILE_UP: Duration = Duration::from_secs(60);
/// The pause while no messages arrive, and after a pass to which the storage did not respond.
const CHATS_WHILE_AWAY: Duration = Duration::from_secs(1);
/// The pause between two passes over all users. With the lease of a lost node (5 s) it bounds the delay of a
/// revocation: 10 s.
const USERS_EVERY: Duration = Duration::from_secs(4);
/// Chats that one query reads.
const CHATS: usize = 100;
/// Users who are reviewed at the same time.
const USERS: usize = 16;
/// The pause between two such groups: a few hundred users per second are no strain on a storage.
const BREATH: Duration = Duration::from_millis(50);
/// The pause between groups of users when a revocation may have been missed.
const SHORT_BREATH: Duration = Duration::from_millis(5);

/// The time before the latest sound pass from which changes are read: a change may have a time up to a minute before
/// its commit.
const CHANGED_BEFORE: Duration = Duration::from_secs(60);
/// The pause between two looks at users whose own events came at once.
const CROSSED_EVERY: Duration = Duration::from_millis(500);
/// The time before such a look from which changes are read.
const CROSSED_BEFORE: Duration = Duration::from_secs(30);
/// Attempts to read a user's changes while the user makes more.
const OWN_ATTEMPTS: usize = 3;
/// Changed profiles that one query reads.
const PROFILES: usize = 200;

/// One pass over the connected users.
#[derive(Debug)]
struct UserPass {
    /// True if each user's subscriptions are compared with the stored memberships.
    with_chats: bool,
    /// The time since which messages may have been missed; none if none were.
    since: Option<Timestamp>,
    /// The versions of the profiles that were sent to the users reviewed so far.
    shown: Mutex<HashMap<UserId, u64>>,
}

/// Finds changes that this node has missed.
#[derive(Debug)]
pub(super) struct Reconciler {
    node: Arc<dyn LocalNode>,
    repository: Arc<dyn Repository>,
    authority: Arc<dyn Authority>,
    gaps: Arc<GapFiller>,
    away: AtomicBool,
    suspect_chats: Notify,
    suspect_users: Notify,
    /// Chats whose stored clock was behind the delivered events when they were last read.
    behind: Mutex<HashSet<ChatId>>,
    clock: Arc<Clock>,
    marks: MarkReview,
    /// The start of the latest sound pass over the users: no message was missed before it.
    sound_at: Mutex<Timestamp>,
}

impl Reconciler {
    pub(super) fn new(parts: &ClusterParts, gaps: &Arc<GapFiller>) -> Arc<Self> {
        Arc::new(Reconciler {
            node: parts.node.clone(),
            repository: parts.repository.clone(),
            authority: parts.authority.clone(),
            gaps: gaps.clone(),
            clock: parts.clock.clone(),
            marks: MarkReview::new(parts.node.clone(), parts.repository.clone(), parts.clock.clone()),
            sound_at: Mutex::new(parts.clock.look()),
            away: AtomicBool::new(true),
            suspect_chats: Notify::new(),
            suspect_users: Notify::new(),
            behind: Mutex::default(),
        })
    }

    /// Records that messages may have been missed: everything is checked immediately.
    pub(super) fn invalidate(&self) {
        self.suspect_chats.notify_one();
        self.suspect_users.notify_one();
    }

    /// Records whether messages from other nodes arrive.
    pub(super) fn set_away(&self, away: bool) {
        if self.away.swap(away, Ordering::Relaxed) != away {
            self.invalidate();
        }
    }

    pub(super) fn is_away(&self) -> bool {
        self.away.load(Ordering::Relaxed)
    }

    /// Checks the clocks of chats, for as long as it is polled.
    pub(super) async fn watch_chats(self: Arc<Self>) {
        // A pass that the storage did not answer completely is repeated soon: it may have been the one after a loss.
        let mut is_unfinished = false;
        loop {
            let pause = if self.is_away() || is_unfinished { CHATS_WHILE_AWAY } else { CHATS_WHILE_UP };
            let is_suspect = timeout(pause, self.suspect_chats.notified()).await.is_ok() || is_unfinished;
            let began = self.clock.look();
            let is_away = self.is_away();
            is_unfinished = false;
            for chats in self.node.latest_seqs().chunks(CHATS) {
                let mut is_read = self.check_chats(chats).await;
                if is_read.is_ok() && (is_suspect || is_away) {
                    is_read = self.marks.check(chats).await;
                }
                if let Err(error) = is_read {
                    is_unfinished = !fault::is(Fault::ForgetUnreadChats);
                    tracing::debug!(error = %error, "chats could not be read");
                }
                sleep(BREATH).await;
            }
            // While messages do not arrive, every mark that moves from now on is missed.
            if !is_unfinished && !is_away && !self.is_away() {
                self.marks.note_sound(began);
            }
        }
    }

    /// Compares these chats' clocks, up to which events were delivered here, with the storage.
    pub(super) async fn check_chats(&self, chats: &[(ChatId, Seq)]) -> Result<()> {
        let names: Vec<ChatId> = chats.iter().map(|(chat, _)| chat.clone()).collect();
        let heads = self.repository.heads(&names).await?;
        let grace = if self.is_away() { Duration::ZERO } else { GRACE };
        let mut wakers = Wakers::default();
        for ((chat, delivered), head) in chats.iter().zip(heads) {
            match head {
                Some(head) if head >= *delivered => {
                    self.behind.lock().remove(chat);
                    if self.node.note_head(chat, head, &mut wakers) {
                        self.gaps.schedule(chat, grace, false);
                    }
                }
                None => self.gaps.schedule(chat, grace, true),
                // Either the answer is outdated, or the chat was deleted and created again: a second answer decides.
                Some(_) if self.behind.lock().insert(chat.clone()) => {}
                Some(_) => {
                    self.node.remove_chat(chat, &mut wakers);
                    self.gaps.schedule(chat, grace, true);
                }
            }
        }
        wakers.wake();
        Ok(())
    }

    /// Reviews the connected users, for as long as it is polled.
    pub(super) async fn watch_users(self: Arc<Self>) {
        // A pass after a loss is repeated until the storage has answered for every user.
        let mut is_unfinished = false;
        loop {
            let doubted = timeout(USERS_EVERY, self.suspect_users.notified()).await.is_ok() || is_unfinished;
            let began = self.clock.look();
            let is_away = self.is_away();
            let since = doubted.then(|| self.sound_at.lock().minus(CHANGED_BEFORE));
            let pass = UserPass { with_chats: doubted || is_away, since, shown: Mutex::default() };
            is_unfinished = false;
            let breath = if doubted { SHORT_BREATH } else { BREATH };
            for users in self.node.connected_users().chunks(USERS) {
                let reviews: Vec<_> = users.iter().map(|user| self.review(user, &pass)).collect();
                let reviewed: Vec<Result<()>> = stream::iter(reviews).buffer_unordered(USERS).collect().await;
                for error in reviewed.into_iter().filter_map(Result::err) {
                    is_unfinished = doubted;
                    tracing::debug!(error = %error, "a user could not be reviewed");
                }
                sleep(breath).await;
            }
            if !is_unfinished {
                self.node.note_profiles(&pass.shown.into_inner());
                // While messages do not arrive, every profile that changes from now on is missed.
                if !is_away && !self.is_away() {
                    *self.sound_at.lock() = began;
                }
            }
        }
    }

    /// Tells the stored state to users whose own events came at once, for as long as it is polled: nodes publish in
    /// another order than that of their writes.
    pub(super) async fn watch_own_events(self: Arc<Self>) {
        loop {
            sleep(CROSSED_EVERY).await;
            for user in self.node.take_crossed() {
                let since = self.clock.look().minus(CROSSED_BEFORE);
                if let Err(error) = self.check_own_state(&user, since).await {
                    tracing::debug!(error = %error, "a user's own state could not be read");
                }
            }
        }
    }

    /// Revokes credentials that a user may no longer use, and corrects the node's state of the user.
    async fn review(&self, user: &UserId, pass: &UserPass) -> Result<()> {
        let held = self.node.credentials_of(user);
        // Taken before the read: anything published from now on is newer than the storage's answer.
        let read_at = Instant::now();
        let review = self.authority.review(user, &held).await?;
        for revocation in &review.revocations {
            tracing::info!(user = %user, "ended connections whose revocation was missed");
            self.node.revoke(revocation);
        }
        let stale = review.user.filter(|user| !self.node.is_current(user));
        if stale.is_some() || pass.with_chats {
            let chats = self.repository.memberships(user).await?;
            if let Some(user) = stale {
                self.node.correct_user(&Arc::new(user), &chats, read_at);
            }
            if pass.with_chats {
                self.check_subscriptions(user, chats);
            }
        }
        if let Some(since) = pass.since {
            self.check_profiles(user, since, pass).await?;
            self.check_own_state(user, since).await?;
        }
        Ok(())
    }

    /// Sends the user the profiles of contacts that have changed since this time, because their events may have been
    /// missed.
    async fn check_profiles(&self, user: &UserId, mut since: Timestamp, pass: &UserPass) -> Result<()> {
        loop {
            let Page { items, more } = self.repository.changed_users(user, since, PROFILES).await?;
            self.node.show_profiles(user, &items);
            pass.shown.lock().extend(items.iter().map(|changed| (changed.user.id.clone(), changed.user.version)));
            match items.last() {
                Some(last) if more && last.changed_at > since => since = last.changed_at,
                _ => return Ok(()),
            }
        }
    }

    /// Sends the user's connections the user's own changes since this time, because their events may have been missed.
    async fn check_own_state(&self, user: &UserId, since: Timestamp) -> Result<()> {
        for _ in 0..OWN_ATTEMPTS {
            let read_at = Instant::now();
            let own = own_changes::state_since(&*self.repository, user, since, self.clock.look()).await?;
            if own.is_empty() || self.node.tell_personal_state(user, &own, read_at) {
                return Ok(());
            }
        }
        Err(Error::unavailable("the user's own state changed during every read"))
    }

    /// Schedules every chat for which the user's subscription and membership differ.
    fn check_subscriptions(&self, user: &UserId, chats: Vec<ChatId>) {
        let chats: HashSet<ChatId> = chats.into_iter().collect();
        for subscribed in self.node.subscriptions_of(user) {
            for chat in subscribed.symmetric_difference(&chats) {
                self.gaps.schedule(chat, Duration::ZERO, true);
            }
        }
    }
}
