//! The one place where this node publishes: to its own [`Hub`], and to the other nodes.
//!
//! Connections of this node get everything at once, within the call. A message to the other nodes is built only if there
//! are any. Nothing here waits, so a commit queue may publish between two batches.

use std::sync::Arc;

use serde::Serialize;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::cluster::{
    Audience, Broadcast, ChatSubscription, Cluster, ClusterMessage, Publication, Revocation, StreamNotice,
    UserPresence, Wakers,
};
use crate::protocol::error::Result;
use crate::protocol::{ChatId, Seq, User, UserId};

use super::connection::Connection;
use super::hub::{Caller, Hub};
use super::reply::OrderedReply;

/// Publishes to the connections of this node and to the other nodes.
#[derive(Debug)]
pub struct Bus {
    hub: Arc<Hub>,
    cluster: Cluster,
}

impl Bus {
    /// Publishes to that hub and that cluster.
    pub fn new(hub: Arc<Hub>, cluster: Cluster) -> Self {
        if !cluster.is_alone() {
            hub.hold_early_events();
        }
        Bus { hub, cluster }
    }

    /// True if other nodes can be heard; none where there are none.
    pub fn is_up(&self) -> Option<bool> {
        self.cluster.is_up()
    }

    /// True if there are no other nodes.
    pub fn is_alone(&self) -> bool {
        self.cluster.is_alone()
    }

    /// The number of this node.
    pub fn node(&self) -> u64 {
        self.cluster.node()
    }

    fn publish_to_nodes(&self, message: impl FnOnce() -> ClusterMessage) {
        if !self.is_alone() {
            self.cluster.publish(&message());
        }
    }

    /// Tells another node, or all, of a change of a stream.
    pub(super) fn publish_stream_notice(&self, to: Option<u64>, notice: impl FnOnce() -> StreamNotice) {
        self.publish_to_nodes(|| ClusterMessage::Stream { to, notice: notice() });
    }

    /// Tells the other nodes of a user's connections here.
    pub(super) fn publish_presence(&self, presence: UserPresence) {
        self.publish_to_nodes(|| ClusterMessage::Presence(presence));
    }

    /// Shares an attempt that every node's rate limits count.
    pub fn share_attempt<T: Serialize>(&self, attempt: &T) {
        match serde_json::value::to_raw_value(attempt) {
            Ok(attempt) => self.publish_to_nodes(|| ClusterMessage::RateLimit(attempt)),
            Err(error) => tracing::error!(error = %error, "an attempt could not be shared with other nodes"),
        }
    }

    /// Tells the other nodes that this one stops, after everything else it had to tell.
    pub async fn leave_cluster(&self) {
        self.cluster.leave().await;
    }

    /// Subscribes this node to what is published to a user.
    pub async fn subscribe_to_user(&self, user: &UserId) {
        self.cluster.subscribe_to_user(user).await;
    }

    /// Subscribes this node to chats, for a while at least.
    pub(super) async fn subscribe_to_chats(&self, chats: impl Iterator<Item = &ChatId>) {
        self.cluster.subscribe_to_chats(chats).await;
    }

    /// Subscribes this node to chats and gives the places from which connections may subscribe to them.
    pub async fn join_chats(&self, chats: Vec<ChatId>) -> Vec<ChatSubscription> {
        self.cluster.join_chats(chats).await
    }

    /// Publishes an event on a chat's clock, after the reply to its caller, and lets membership take effect.
    pub fn publish(&self, publication: Publication, caller: Caller, wakers: &mut Wakers) {
        let chat = publication.chat.clone();
        if self.is_alone() {
            let arrival = self.hub.publish(publication, caller, wakers);
            self.cluster.note_arrival(&chat, arrival);
            return;
        }
        self.cluster.publish(&ClusterMessage::Event(publication.clone()));
        let has_newcomers = publication.joined.iter().any(|user| self.hub.is_connected(user));
        let arrival = self.hub.publish(publication, caller, wakers);
        self.cluster.note_arrival(&chat, arrival);
        if has_newcomers {
            self.cluster.follow(&chat);
        }
    }

    /// Sends a no-op's reply behind any replies still held for this chat.
    pub fn reply(&self, chat: &ChatId, reply: OrderedReply, wakers: &mut Wakers) {
        self.hub.reply(chat, reply, wakers);
    }

    /// A chat's latest event that was delivered here; 0 if it has no subscribers.
    pub fn latest_seq(&self, chat: &ChatId) -> Seq {
        self.hub.latest_seq(chat)
    }

    /// Notes how far a chat has come.
    pub fn note_head(&self, chat: &ChatId, head: Seq, wakers: &mut Wakers) {
        if self.hub.note_head(chat, head, wakers) {
            self.cluster.note_gap(chat);
            self.cluster.tell_of_doubt(chat);
        }
    }

    /// Notes that the outcome of a change of this chat is unknown.
    pub fn doubt(&self, chat: &ChatId) {
        self.cluster.doubt(chat);
    }

    /// Publishes what was committed in this chat while the outcome was unknown.
    ///
    /// # Errors
    /// The storage does not answer.
    pub async fn settle(&self, chat: &ChatId) -> Result<()> {
        self.cluster.settle(chat).await
    }

    /// Gives a frame to its audience on every node, but not to the connection that caused it.
    pub fn broadcast(&self, broadcast: Broadcast, caller: Option<&Connection>, wakers: &mut Wakers) {
        self.hub.broadcast(&broadcast, caller, wakers);
        self.publish_to_nodes(|| ClusterMessage::Broadcast(broadcast));
    }

    /// Gives an ephemeral event to a chat's subscribers, but not to the connection that caused it.
    pub fn publish_ephemeral(&self, chat: &ChatId, text: &Utf8Bytes, caller: Option<&Connection>, wakers: &mut Wakers) {
        let broadcast = Broadcast { audience: Audience::Chat(chat.clone()), ephemeral: true, text: text.clone() };
        self.broadcast(broadcast, caller, wakers);
    }

    /// Gives an ephemeral event to a user's connections, but not to the connection that caused it.
    pub fn publish_ephemeral_to_user(
        &self,
        user: &UserId,
        text: &Utf8Bytes,
        caller: Option<&Connection>,
        wakers: &mut Wakers,
    ) {
        let broadcast = Broadcast { audience: Audience::User(user.clone()), ephemeral: true, text: text.clone() };
        self.broadcast(broadcast, caller, wakers);
    }

    /// Gives an ephemeral event of a chat to one of its members; to nobody if the user has left.
    pub fn publish_ephemeral_to_member(&self, user: &UserId, chat: &ChatId, text: &Utf8Bytes, wakers: &mut Wakers) {
        let audience = Audience::Member { user: user.clone(), chat: chat.clone() };
        self.broadcast(Broadcast { audience, ephemeral: true, text: text.clone() }, None, wakers);
    }

    /// Gives a frame that one of a user's connections got as its reply to the user's others.
    pub fn publish_to_user(&self, user: &UserId, text: &Utf8Bytes, caller: Option<&Connection>) {
        let mut wakers = Wakers::default();
        let broadcast = Broadcast { audience: Audience::User(user.clone()), ephemeral: false, text: text.clone() };
        self.broadcast(broadcast, caller, &mut wakers);
        wakers.wake();
    }

    /// Gives a frame to the user's own connections and to the subscribers of these chats, once each.
    /// `version` is that of the profile it tells of; 0 if it tells of none.
    pub fn publish_shared(
        &self,
        user: &UserId,
        version: u64,
        chats: &[ChatId],
        text: &Utf8Bytes,
        caller: Option<&Connection>,
    ) {
        let mut wakers = Wakers::default();
        let audience = Audience::UserAndChats { user: user.clone(), chats: chats.to_vec(), version };
        self.broadcast(Broadcast { audience, ephemeral: false, text: text.clone() }, caller, &mut wakers);
        wakers.wake();
    }

    /// Makes the user's connections act as the user is now, from their next command on.
    pub fn refresh_identity(&self, user: &Arc<User>) {
        self.hub.refresh_identity(user);
        self.publish_to_nodes(|| ClusterMessage::UserChanged(Box::new(User::clone(user))));
    }

    /// Ends the connections that these credentials keep open.
    pub fn revoke(&self, revocation: &Revocation) {
        self.hub.revoke(revocation);
        self.publish_to_nodes(|| ClusterMessage::Revoked(revocation.clone()));
    }
}
