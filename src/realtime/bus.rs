//! The only place that publishes: to this node's [`Hub`] and to the other nodes.
//!
//! Connections of this node receive everything during the call. A message to the other nodes is built only if there are
//! any. Nothing here waits, so a commit queue can publish between two batches.

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
    /// A bus that publishes to this hub and this cluster.
    pub fn new(hub: Arc<Hub>, cluster: Cluster) -> Self {
        if !cluster.is_alone() {
            hub.hold_early_events();
        }
        Bus { hub, cluster }
    }

    /// True if messages from other nodes arrive; none on a single node.
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

    /// Publishes a change of a stream to one node or to all.
    pub(super) fn publish_stream_notice(&self, to: Option<u64>, notice: impl FnOnce() -> StreamNotice) {
        self.publish_to_nodes(|| ClusterMessage::Stream { to, notice: notice() });
    }

    /// Publishes a user's connections here to the other nodes.
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

    /// Announces to the other nodes that this node stops, after everything it still has to publish.
    pub async fn leave_cluster(&self) {
        self.cluster.leave().await;
    }

    /// Subscribes this node to a user's topic.
    pub async fn subscribe_to_user(&self, user: &UserId) {
        self.cluster.subscribe_to_user(user).await;
    }

    /// Subscribes this node to chats for at least a short time.
    pub(super) async fn subscribe_to_chats(&self, chats: impl Iterator<Item = &ChatId>) {
        self.cluster.subscribe_to_chats(chats).await;
    }

    /// Subscribes this node to chats and returns the positions from which connections may subscribe to them.
    ///
    /// # Errors
    /// Fails if there are other nodes and the storage fails.
    pub async fn join_chats(&self, chats: Vec<ChatId>) -> Result<Vec<ChatSubscription>> {
        self.cluster.join_chats(chats).await
    }

    /// Subscribes a connection to these chats of its user as far as it is not: the events that do so may still be on
    /// their way from another node.
    ///
    /// # Errors
    /// Fails if the storage does.
    pub async fn admit(&self, connection: &Connection, chats: impl Iterator<Item = &ChatId>) -> Result<()> {
        if self.is_alone() || connection.is_binding() {
            return Ok(());
        }
        let unheard: Vec<ChatId> = chats.filter(|chat| !connection.hears(chat)).cloned().collect();
        if unheard.is_empty() { Ok(()) } else { self.cluster.reconcile_members(&unheard).await }
    }

    /// Ends the subscriptions of a connection to these chats, of which its user is not a member any more: the events of
    /// their leaving may still be on their way from another node. False if the user has returned to one of them.
    ///
    /// # Errors
    /// Fails if the storage does.
    pub async fn dismiss(&self, connection: &Connection, chats: impl Iterator<Item = &ChatId>) -> Result<bool> {
        if self.is_alone() || connection.is_binding() {
            return Ok(true);
        }
        let heard: Vec<ChatId> = chats.filter(|chat| connection.hears(chat)).cloned().collect();
        if heard.is_empty() {
            return Ok(true);
        }
        self.cluster.reconcile_members(&heard).await?;
        Ok(!heard.iter().any(|chat| connection.hears(chat)))
    }

    /// Publishes an event with a `seq`, after the reply to its caller, and applies membership changes.
    pub fn publish(&self, publication: Publication, caller: Caller, wakers: &mut Wakers) {
        let chat = publication.chat.clone();
        if self.is_alone() {
            let arrival = self.hub.publish(publication, caller, wakers);
            self.cluster.note_arrival(&chat, arrival, false);
            return;
        }
        self.cluster.publish(&ClusterMessage::Event(publication.clone()));
        let has_newcomers = publication.joined.iter().any(|user| self.hub.is_connected(user));
        let has_leavers = publication.left.iter().any(|user| self.hub.is_connected(user));
        let arrival = self.hub.publish(publication, caller, wakers);
        self.cluster.note_arrival(&chat, arrival, has_newcomers || has_leavers);
        if has_newcomers {
            self.cluster.follow(&chat);
        }
    }

    /// Sends a no-op's reply behind any replies still queued for this chat.
    pub fn reply(&self, chat: &ChatId, reply: OrderedReply, wakers: &mut Wakers) {
        self.hub.reply(chat, reply, wakers);
    }

    /// The latest event of a chat delivered on this node; 0 if the chat has no subscribers.
    pub fn latest_seq(&self, chat: &ChatId) -> Seq {
        self.hub.latest_seq(chat)
    }

    /// Records the latest committed position of a chat.
    pub fn note_head(&self, chat: &ChatId, head: Seq, wakers: &mut Wakers) {
        if self.hub.note_head(chat, head, wakers) {
            self.cluster.note_gap(chat);
            self.cluster.tell_of_doubt(chat);
        }
    }

    /// Records that the outcome of a change of this chat is unknown.
    pub fn doubt(&self, chat: &ChatId) {
        self.cluster.doubt(chat);
    }

    /// Publishes the changes committed in this chat while an outcome was unknown.
    ///
    /// # Errors
    /// Fails if the storage fails.
    pub async fn settle(&self, chat: &ChatId) -> Result<()> {
        self.cluster.settle(chat).await
    }

    /// Sends a frame to its audience on every node, except the connection that caused it.
    pub fn broadcast(&self, broadcast: Broadcast, caller: Option<&Connection>, wakers: &mut Wakers) {
        self.hub.broadcast(&broadcast, caller, wakers);
        self.publish_to_nodes(|| ClusterMessage::Broadcast(broadcast));
    }

    /// Sends an ephemeral event to a chat's subscribers, except the connection that caused it.
    pub fn publish_ephemeral(&self, chat: &ChatId, text: &Utf8Bytes, caller: Option<&Connection>, wakers: &mut Wakers) {
        let broadcast = Broadcast { audience: Audience::Chat(chat.clone()), ephemeral: true, text: text.clone() };
        self.broadcast(broadcast, caller, wakers);
    }

    /// Sends an ephemeral event to a user's connections, except the one that caused it.
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

    /// Sends an ephemeral event of a chat to one member, or to nobody if the member has left.
    pub fn publish_ephemeral_to_member(&self, user: &UserId, chat: &ChatId, text: &Utf8Bytes, wakers: &mut Wakers) {
        let audience = Audience::Member { user: user.clone(), chat: chat.clone() };
        self.broadcast(Broadcast { audience, ephemeral: true, text: text.clone() }, None, wakers);
    }

    /// Sends the reply to one of a user's connections to the user's other connections.
    pub fn publish_to_user(&self, user: &UserId, text: &Utf8Bytes, caller: Option<&Connection>) {
        let mut wakers = Wakers::default();
        let broadcast = Broadcast { audience: Audience::User(user.clone()), ephemeral: false, text: text.clone() };
        self.broadcast(broadcast, caller, &mut wakers);
        wakers.wake();
    }

    /// The same for an event of a chat, which a connection does not get after the user has left the chat.
    pub fn publish_to_own(&self, user: &UserId, chat: &ChatId, text: &Utf8Bytes, caller: Option<&Connection>) {
        let mut wakers = Wakers::default();
        let audience = Audience::Member { user: user.clone(), chat: chat.clone() };
        self.broadcast(Broadcast { audience, ephemeral: false, text: text.clone() }, caller, &mut wakers);
        wakers.wake();
    }

    /// Sends a frame to the user's own connections and to the subscribers of these chats, once each. `version` is the
    /// version of the profile in the frame; 0 if it has none.
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

    /// Applies the user's current profile and role to their connections, from the next command on.
    pub fn refresh_identity(&self, user: &Arc<User>) {
        self.hub.refresh_identity(user);
        self.publish_to_nodes(|| ClusterMessage::UserChanged(Box::new(User::clone(user))));
    }

    /// Closes the connections that depend on these credentials.
    pub fn revoke(&self, revocation: &Revocation) {
        self.hub.revoke(revocation);
        self.publish_to_nodes(|| ClusterMessage::Revoked(revocation.clone()));
    }
}
