//! This node from the cluster's view: applies what other nodes publish to the hub and to the live features.

use std::fmt;
use std::sync::{Arc, OnceLock, Weak};
use std::time::Duration;

use serde_json::value::RawValue;
use tokio::time::Instant;

use crate::cluster::{
    Arrival, Audience, Backfill, Broadcast, ClusterMessage, HeldCredential, LocalNode, MovedMarks, NodeSnapshot,
    Publication, Revocation, SeqRange, Wakers,
};
use crate::ops::collections::{HashMap, HashSet};
use crate::protocol::{ChatId, LargeChats, PresenceStatus, Seq, User, UserId, wire};
use crate::store::own_changes::PersonalState;
use crate::store::repository::ChangedUser;

use super::corrections::{ChangedSettings, CorrectedUser, DeletedUser, message_delivered, message_read, own_frames};
use super::features::{RealtimeFeatures, RemoteReaders};
use super::hub::{Caller, Hub, OwnFrame};

/// Counts a log-in attempt that another node has shared.
type AttemptHandler = Box<dyn Fn(&RawValue) + Send + Sync>;

/// Applies what other nodes publish.
pub struct RealtimeNode {
    hub: Arc<Hub>,
    /// Weak, because the features publish through the cluster that contains this node.
    features: OnceLock<Weak<RealtimeFeatures>>,
    attempts: OnceLock<AttemptHandler>,
}

impl fmt::Debug for RealtimeNode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("RealtimeNode").field("hub", &self.hub).finish_non_exhaustive()
    }
}

impl RealtimeNode {
    /// A node with this hub, still without features.
    pub fn new(hub: Arc<Hub>) -> Arc<Self> {
        Arc::new(RealtimeNode { hub, features: OnceLock::new(), attempts: OnceLock::new() })
    }

    /// Registers the live features, once.
    pub fn set_features(&self, features: &Arc<RealtimeFeatures>) {
        // A node is created once, with one set of features.
        let _ = self.features.set(Arc::downgrade(features));
    }

    /// Registers the handler for attempts that other nodes share, once.
    pub fn on_attempt(&self, handler: impl Fn(&RawValue) + Send + Sync + 'static) {
        let _ = self.attempts.set(Box::new(handler));
    }

    /// The user with the current presence.
    fn present(&self, user: &User) -> User {
        let status = self.hub.status(&user.id);
        let last_seen_at = user.last_seen_at.filter(|_| status == PresenceStatus::Offline);
        User { status, last_seen_at, ..user.clone() }
    }

    fn features(&self) -> Option<Arc<RealtimeFeatures>> {
        self.features.get().and_then(Weak::upgrade)
    }
}

impl LocalNode for RealtimeNode {
    fn publish(&self, publication: Publication, wakers: &mut Wakers) -> Arrival {
        if let Some(features) = self.features() {
            features.remote_event(&publication);
        }
        self.hub.publish(publication, Caller::default(), wakers)
    }

    fn receive(&self, from: u64, message: ClusterMessage, wakers: &mut Wakers) {
        let features = self.features();
        match message {
            ClusterMessage::Broadcast(broadcast) => {
                let readers = match (&features, &broadcast) {
                    (Some(features), Broadcast { audience: Audience::Chat(_), ephemeral: true, text }) => {
                        features.remote_ephemeral(from, text)
                    }
                    _ => RemoteReaders::All,
                };
                match readers {
                    RemoteReaders::All => self.hub.broadcast(&broadcast, None, wakers),
                    RemoteReaders::AllBut(caller) => self.hub.broadcast(&broadcast, Some(&caller), wakers),
                    RemoteReaders::Nobody => {}
                }
            }
            ClusterMessage::UserChanged(user) => self.hub.refresh_identity(&Arc::from(user)),
            ClusterMessage::Revoked(revocation) => self.hub.revoke(&revocation),
            ClusterMessage::RevokedBefore { revocation, age, .. } => {
                self.hub.revoke_older(&revocation, Duration::from_millis(age));
            }
            ClusterMessage::Presence(presence) => {
                if let Some(features) = features {
                    features.presence.receive(from, &presence);
                }
            }
            ClusterMessage::Snapshot(part) => {
                if let Some(features) = features {
                    features.receive_snapshot(from, part);
                }
            }
            ClusterMessage::Stream { notice, .. } => {
                if let Some(features) = features {
                    features.streams.receive(from, notice);
                }
            }
            ClusterMessage::RateLimit(attempt) => {
                if let Some(count) = self.attempts.get() {
                    count(&attempt);
                }
            }
            // The cluster handles these itself.
            ClusterMessage::Event(_)
            | ClusterMessage::Join
            | ClusterMessage::Heartbeat
            | ClusterMessage::Leave
            | ClusterMessage::MessagesLost
            | ClusterMessage::ChatDoubted(_) => {}
        }
    }

    fn snapshot(&self, rejoined: bool, send: &mut dyn FnMut(NodeSnapshot)) {
        if let Some(features) = self.features() {
            features.snapshot(rejoined, send);
        }
    }

    fn node_left(&self, node: u64) {
        if let Some(features) = self.features() {
            features.node_left(node);
        }
    }

    fn node_lost(&self, node: u64) {
        if let Some(features) = self.features() {
            features.node_lost(node);
        }
    }

    fn invalidate_streams(&self, chats: Option<&[ChatId]>) {
        if let Some(features) = self.features() {
            features.streams.invalidate(chats);
        }
    }

    fn latest_seqs(&self) -> Vec<(ChatId, Seq)> {
        self.hub.latest_seqs()
    }

    fn latest_seq(&self, chat: &ChatId) -> Seq {
        self.hub.latest_seq(chat)
    }

    fn is_subscribed(&self, chat: &ChatId) -> bool {
        self.hub.is_subscribed(chat)
    }

    fn unsized_chats(&self, chats: &[ChatId]) -> HashSet<ChatId> {
        self.hub.unsized_chats(chats)
    }

    fn large_chats(&self) -> LargeChats {
        self.hub.large_chats()
    }

    fn note_head(&self, chat: &ChatId, head: Seq, wakers: &mut Wakers) -> bool {
        self.hub.note_head(chat, head, wakers)
    }

    fn missing(&self, chat: &ChatId) -> Option<SeqRange> {
        self.hub.missing(chat)
    }

    fn backfill(&self, chat: &ChatId, backfill: &Backfill, wakers: &mut Wakers) -> bool {
        self.hub.backfill(chat, backfill, wakers)
    }

    fn show_marks(&self, chat: &ChatId, moved: &MovedMarks) {
        let mut wakers = Wakers::default();
        for mark in &moved.read {
            let text = wire::encode(&message_read(mark, moved.read_by_all));
            let read = Broadcast { audience: Audience::Chat(chat.clone()), ephemeral: true, text };
            self.hub.broadcast(&read, None, &mut wakers);
        }
        for mark in &moved.delivered {
            let text = wire::encode(&message_delivered(mark));
            for author in moved.authors.iter().filter(|author| **author != mark.user) {
                let audience = Audience::Member { user: author.clone(), chat: chat.clone() };
                let delivered = Broadcast { audience, ephemeral: true, text: text.clone() };
                self.hub.broadcast(&delivered, None, &mut wakers);
            }
        }
        wakers.wake();
    }

    fn unsubscribed_members(&self, chat: &ChatId, members: &HashSet<UserId>) -> Vec<UserId> {
        self.hub.unsubscribed_members(chat, members)
    }

    fn remove_chat(&self, chat: &ChatId, wakers: &mut Wakers) {
        self.hub.remove_chat(chat, wakers);
    }

    fn is_connected(&self, user: &UserId) -> bool {
        self.hub.is_connected(user)
    }

    fn connected_users(&self) -> Vec<UserId> {
        self.hub.connected_users()
    }

    fn subscriptions_of(&self, user: &UserId) -> Vec<HashSet<ChatId>> {
        self.hub.subscriptions_of(user)
    }

    fn credentials_of(&self, user: &UserId) -> Vec<HeldCredential> {
        self.hub.credentials_of(user)
    }

    fn revoke(&self, revocation: &Revocation) {
        self.hub.revoke(revocation);
    }

    fn take_crossed(&self) -> Vec<UserId> {
        self.hub.take_crossed()
    }

    fn is_current(&self, user: &User) -> bool {
        self.hub.is_current(user)
    }

    fn correct_user(&self, user: &Arc<User>, chats: &[ChatId], read_at: Instant) {
        if !self.hub.correct_identity(user, read_at) {
            return;
        }
        let user = self.present(user);
        let audience = Audience::UserAndChats { user: user.id.clone(), chats: chats.to_vec(), version: user.version };
        let text = wire::encode(&CorrectedUser { user });
        let mut wakers = Wakers::default();
        self.hub.broadcast(&Broadcast { audience, ephemeral: false, text }, None, &mut wakers);
        wakers.wake();
    }

    fn show_profiles(&self, to: &UserId, changed: &[ChangedUser]) {
        let mut wakers = Wakers::default();
        for ChangedUser { user, is_deleted, .. } in changed {
            let text = match is_deleted {
                true => wire::encode(&DeletedUser { user_id: user.id.clone() }),
                false => wire::encode(&CorrectedUser { user: self.present(user) }),
            };
            let shown = Broadcast { audience: Audience::User(to.clone()), ephemeral: false, text };
            self.hub.show_profile(to, &user.id, user.version, &shown, &mut wakers);
        }
        wakers.wake();
    }

    fn tell_personal_state(&self, user: &UserId, own: &PersonalState, read_at: Instant) -> bool {
        let settings = own
            .settings
            .iter()
            .map(|settings| OwnFrame { chat: None, text: wire::encode(&ChangedSettings { settings }) });
        let chats = own.chats.iter().flat_map(|chat| own_frames(user, chat));
        let frames: Vec<OwnFrame> = settings.chain(chats).collect();
        let mut wakers = Wakers::default();
        let is_told = self.hub.tell_own(user, &frames, read_at, &mut wakers);
        wakers.wake();
        is_told
    }

    fn note_profiles(&self, shown: &HashMap<UserId, u64>) {
        shown.iter().for_each(|(user, version)| self.hub.note_profile(user, *version));
    }
}
