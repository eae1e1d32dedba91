//! Where letters may have been lost, everything that somebody here hears is looked up in the storage, bit by bit.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::ops::clock::Clock;
use crate::protocol::error::Result;
use crate::protocol::wire;
use crate::protocol::{ChatId, PresenceChanged, PresenceStatus, Seq, StreamStopped, Timestamp, User, UserId};
use crate::realtime::hub::{Hub, Wakers};
use crate::store::repository::Repository;

use super::notes::Spot;
use super::repair::{GRACE, Repairs};

/// How often everything is looked up while letters come; it finds what nobody knows to be lost.
const WHILE_UP: Duration = Duration::from_secs(60);
/// How often while none come.
const WHILE_AWAY: Duration = Duration::from_secs(1);
/// How many rounds of looking at chats there are for one of looking at users.
const ROUNDS: u32 = 5;
/// How many chats are looked up at once, and how many users; [`BREATH`] lies between.
const CHATS: usize = 100;
const USERS: usize = 16;
/// A thousand chats or a few hundred users a second are not too much for a storage.
const BREATH: Duration = Duration::from_millis(50);

/// Looks up what may have been lost.
#[derive(Debug)]
pub(super) struct Watch {
    hub: Arc<Hub>,
    repository: Arc<dyn Repository>,
    repairs: Arc<Repairs>,
    away: AtomicBool,
    lost: Notify,
    /// Chats that seemed to be behind when they were last looked at.
    doubted: Mutex<HashSet<ChatId>>,
}

impl Watch {
    pub(super) fn new(hub: &Arc<Hub>, repository: &Arc<dyn Repository>, repairs: &Arc<Repairs>) -> Arc<Self> {
        let (hub, repository, repairs) = (hub.clone(), repository.clone(), repairs.clone());
        Arc::new(Watch {
            hub,
            repository,
            repairs,
            away: AtomicBool::new(true),
            lost: Notify::new(),
            doubted: Mutex::default(),
        })
    }

    fn doubted(&self) -> MutexGuard<'_, HashSet<ChatId>> {
        self.doubted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that letters may have been lost.
    pub(super) fn lost(&self) {
        self.lost.notify_one();
    }

    /// Notes whether letters come.
    pub(super) fn set_away(&self, away: bool) {
        if self.away.swap(away, Ordering::Relaxed) != away {
            self.lost();
        }
    }

    pub(super) fn is_away(&self) -> bool {
        self.away.load(Ordering::Relaxed)
    }

    /// Looks up what is due, for as long as it is polled.
    pub(super) async fn run(self: Arc<Self>) {
        let mut rounds: u32 = 0;
        loop {
            let pause = if self.is_away() { WHILE_AWAY } else { WHILE_UP };
            let lost = timeout(pause, self.lost.notified()).await.is_ok();
            rounds = if lost { 0 } else { rounds.wrapping_add(1) };
            self.look_at_chats().await;
            if lost || (self.is_away() && rounds.is_multiple_of(ROUNDS)) {
                self.look_at_users().await;
            }
        }
    }

    async fn look_at_chats(&self) {
        for chats in self.hub.heard().chunks(CHATS) {
            if let Err(error) = self.look_at(chats).await {
                tracing::debug!(error = %error, "chats could not be looked up");
            }
            sleep(BREATH).await;
        }
    }

    /// Looks these chats up, of which one has come by up to there.
    pub(super) async fn look_at(&self, chats: &[(ChatId, Seq)]) -> Result<()> {
        let names: Vec<ChatId> = chats.iter().map(|(chat, _)| chat.clone()).collect();
        let heads = self.repository.heads(&names).await?;
        let grace = if self.is_away() { Duration::ZERO } else { GRACE };
        let mut wakers = Wakers::default();
        for ((chat, known), head) in chats.iter().zip(heads) {
            match head {
                Some(head) if head >= *known => {
                    self.doubted().remove(chat);
                    if self.hub.note_head(chat, head, &mut wakers) {
                        self.repairs.note(chat, grace, false);
                    }
                }
                None => self.repairs.note(chat, grace, true),
                // Either this is an old answer, or the chat was deleted and made anew.
                Some(_) if self.doubted().insert(chat.clone()) => {}
                Some(_) => {
                    self.hub.vanish(chat, &mut wakers);
                    self.repairs.note(chat, grace, true);
                }
            }
        }
        wakers.wake();
        Ok(())
    }

    /// Tells those here who share a chat with users who have gone with their node.
    pub(super) async fn tell_gone(&self, users: Vec<UserId>) {
        self.tell_standings(&users, Some(Clock::System.now())).await;
    }

    /// Tells those here who share a chat with users whom they may have heard to stand otherwise.
    pub(super) async fn tell_changed(&self, users: Vec<UserId>) {
        self.tell_standings(&users, None).await;
    }

    async fn tell_standings(&self, users: &[UserId], gone: Option<Timestamp>) {
        for users in users.chunks(USERS) {
            let standings: Vec<_> = users.iter().map(|user| self.tell_standing(user, gone)).collect();
            let told: Vec<Result<()>> = stream::iter(standings).buffer_unordered(USERS).collect().await;
            for error in told.into_iter().filter_map(Result::err) {
                tracing::debug!(error = %error, "nobody is told how a user stands");
            }
            sleep(BREATH).await;
        }
    }

    /// Tells how a user stands now; who has gone unnoticed was last seen at that time.
    async fn tell_standing(&self, user: &UserId, gone: Option<Timestamp>) -> Result<()> {
        let Some(known) = self.repository.users(&[user]).await?.pop().flatten() else { return Ok(()) };
        let chats = self.repository.memberships(user).await?;
        let status = self.hub.status(user);
        let is_offline = status == PresenceStatus::Offline;
        if gone.is_some() && !is_offline {
            return Ok(());
        }
        let last_seen_at = gone.or(known.last_seen_at).filter(|_| is_offline);
        let user = User { status, last_seen_at, ..known };
        let presence = PresenceChanged { user, status, last_seen_at, duplicate: false };
        let mut wakers = Wakers::default();
        let around = (&presence.user.id, &chats[..]);
        self.hub.publish_ephemeral_around(around, &wire::encode(&presence), (None, &mut wakers));
        wakers.wake();
        match gone {
            Some(at) => self.repository.note_seen(&[(presence.user.id, at)]).await,
            None => Ok(()),
        }
    }

    /// Tells those here who read a stream that it has ended with its node, unless its message has its place.
    pub(super) async fn tell_stopped(&self, streams: Vec<Spot>) {
        for Spot { chat, message } in streams {
            match self.repository.message(&chat, &message).await {
                Ok(None) => {}
                Ok(Some(_)) => continue,
                Err(error) => tracing::debug!(error = %error, "a stream has ended, with or without a message"),
            }
            let stopped = StreamStopped { chat_id: chat.clone(), message_id: message, duplicate: false };
            let mut wakers = Wakers::default();
            self.hub.publish_ephemeral(&chat, &wire::encode(&stopped), None, &mut wakers);
            wakers.wake();
        }
    }

    async fn look_at_users(&self) {
        for users in self.hub.users_here().chunks(USERS) {
            let looks: Vec<_> = users.iter().map(|user| self.look_at_user(user)).collect();
            stream::iter(looks).buffer_unordered(USERS).collect::<()>().await;
            sleep(BREATH).await;
        }
    }

    /// Has every chat looked up that the user hears and is not in, or is in and does not hear.
    async fn look_at_user(&self, user: &UserId) {
        let heard = self.hub.heard_by(user);
        let chats: HashSet<ChatId> = match self.repository.memberships(user).await {
            Ok(chats) => chats.into_iter().collect(),
            Err(error) => return tracing::debug!(error = %error, "a user's chats could not be looked up"),
        };
        for heard in heard {
            heard.symmetric_difference(&chats).for_each(|chat| self.repairs.note(chat, Duration::ZERO, true));
        }
    }
}
