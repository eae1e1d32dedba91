//! Applies messages from other nodes.

use std::sync::Arc;
use std::time::Duration;

use crate::protocol::ChatId;

use super::gap_filler::{GRACE, GapFiller};
use super::message::{ClusterMessage, Envelope, Publication, Topic};
use super::node::{Arrival, LocalNode, Wakers};
use super::peers::Peers;
use super::recent_revocations::RecentRevocations;
use super::reconciler::Reconciler;
use super::transport::Transport;

/// Passes messages from other nodes to this node, and keeps track of the nodes themselves.
#[derive(Debug)]
pub(super) struct Receiver {
    pub(super) node: Arc<dyn LocalNode>,
    pub(super) gaps: Arc<GapFiller>,
    pub(super) reconciler: Arc<Reconciler>,
    pub(super) peers: Peers,
    pub(super) revocations: Arc<RecentRevocations>,
}

impl Receiver {
    /// Applies one message.
    pub(super) fn receive(&self, envelope: Envelope, transport: &Arc<dyn Transport>, wakers: &mut Wakers) {
        let Envelope { node, message } = envelope;
        if self.peers.note(node) {
            transport.publish(&ClusterMessage::Join);
        }
        match message {
            ClusterMessage::Event(publication) => self.event(publication, transport, wakers),
            ClusterMessage::Join => {
                self.send_snapshot(&**transport, false);
                self.revocations.for_node(node).iter().for_each(|missed| transport.publish(missed));
            }
            ClusterMessage::Heartbeat => {}
            ClusterMessage::Leave => {
                self.peers.forget(node);
                self.node.node_left(node);
            }
            ClusterMessage::MessagesLost => {
                self.reconciler.invalidate();
                self.node.invalidate_streams(None);
                transport.publish(&ClusterMessage::Join);
            }
            ClusterMessage::ChatDoubted(chat) => self.gaps.doubt(&chat),
            message => self.node.receive(node, message, wakers),
        }
    }

    /// Sends this node's snapshot, because another node requested it or this node was disconnected.
    pub(super) fn send_snapshot(&self, transport: &dyn Transport, rejoined: bool) {
        self.node.snapshot(rejoined, &mut |part| transport.publish(&ClusterMessage::Snapshot(part)));
    }

    /// Declares nodes with an expired lease lost. No other node publishes changes that such a node committed but did
    /// not publish, so everything is reconciled.
    pub(super) fn drop_lost_nodes(&self) {
        for node in self.peers.take_lost() {
            tracing::warn!(node, "lost a node that fell silent");
            self.reconciler.invalidate();
            self.node.node_lost(node);
        }
    }

    /// Handles messages that may have been missed: reconciles everything and asks the other nodes for their snapshots.
    pub(super) fn recover(&self, transport: &dyn Transport) {
        self.reconciler.invalidate();
        self.node.invalidate_streams(None);
        transport.publish(&ClusterMessage::Join);
    }

    fn event(&self, publication: Publication, transport: &Arc<dyn Transport>, wakers: &mut Wakers) {
        let chat = publication.chat.clone();
        let newcomers = publication.joined.iter().any(|user| self.node.is_connected(user));
        let leavers = publication.left.iter().any(|user| self.node.is_connected(user));
        let arrival = self.node.publish(publication, wakers);
        note_arrival(&self.gaps, &chat, arrival, newcomers || leavers);
        if newcomers {
            follow(&self.reconciler, transport, &chat);
        }
    }
}

/// Schedules filling the gap that an event reveals. `changes_members` is true if users who are connected here join or leave
/// with it.
pub(super) fn note_arrival(gaps: &GapFiller, chat: &ChatId, arrival: Arrival, changes_members: bool) {
    match arrival {
        // A new subscriber begins at the stored position. An event from before that is late, but it may be the one that
        // concerns the subscriptions of others.
        Arrival::Repeated if changes_members => gaps.schedule(chat, Duration::ZERO, true),
        Arrival::Next | Arrival::Repeated => {}
        Arrival::Early => gaps.schedule(chat, GRACE, false),
        Arrival::Forced => gaps.schedule(chat, Duration::ZERO, true),
    }
}

/// Subscribes this node to a chat that one of its users has joined, and reads the events from before the subscription
/// took effect.
pub(super) fn follow(reconciler: &Arc<Reconciler>, transport: &Arc<dyn Transport>, chat: &ChatId) {
    let topic = Topic::Chat(chat.clone());
    if transport.is_subscribed(&topic) {
        return;
    }
    let reconciler = reconciler.clone();
    let transport = transport.clone();
    let chat = chat.clone();
    tokio::spawn(async move {
        transport.subscribe(&[topic]).await;
        if let Err(error) = reconciler.check_chats(&[(chat, 0)]).await {
            tracing::debug!(error = %error, "a chat could not be read");
            reconciler.invalidate();
        }
    });
}
