use std::sync::Arc;

use parking_lot::Mutex;

use crate::cluster::{Arrival, Backfill, Publication, SeqRange, Wakers, Welcome};
use crate::ops::collections::{HashMap, HashSet};
use crate::ops::fault::{self, Fault};
use crate::protocol::{ChatId, Seq, UserId};
use crate::realtime::connection::Connection;

use super::Channels;
use super::channel::{ChatChannel, PendingEvent};

/// Exclusive access to the hub while subscriptions change or events are reordered.
///
/// Holds the locks on all users and on the map of channels, so that nothing is bound, attached or removed at the same
/// time. Events that change no subscription take only their channel's lock ([`super::Hub::publish`]).
pub(super) struct Delivery<'a> {
    pub(super) users: &'a HashMap<UserId, Vec<Arc<Connection>>>,
    pub(super) channels: &'a mut Channels,
    /// True if an event may arrive later than its successors.
    pub(super) holds_early_events: bool,
}

impl Delivery<'_> {
    /// Delivers an event in order, or holds it.
    pub(super) fn publish(&mut self, event: PendingEvent, wakers: &mut Wakers) -> Arrival {
        let chat = event.publication.chat.clone();
        // Chats without subscribers on this node have no channel: a node does no work for chats of other nodes.
        let Some(channel) = self.channels.get(&chat).cloned() else {
            self.open(event, wakers);
            return Arrival::Next;
        };
        let mut channel = channel.lock();
        let seq = event.publication.seq;
        let arrival = match (channel.arrival(seq), seq) {
            (Arrival::Repeated, _) => {
                event.replies.into_iter().for_each(|reply| reply.send(true, wakers));
                return Arrival::Repeated;
            }
            (Arrival::Early, Some(seq)) if self.holds_early_events && channel.has_space() => {
                channel.hold(seq, event);
                return Arrival::Early;
            }
            // A single node has nothing to wait for, and a node that holds too many events must not hold more: the gap
            // is reported.
            (Arrival::Early, _) => Arrival::Forced,
            (arrival, _) => arrival,
        };
        if let Some(seq) = seq {
            self.give_up(&mut channel, &chat, seq - 1, wakers);
        }
        self.deliver(&mut channel, event, wakers);
        self.deliver_ready(&mut channel, &chat, seq.is_none(), wakers);
        arrival
    }

    /// Delivers the first event of a chat without subscribers; users who join with it open its channel.
    fn open(&mut self, event: PendingEvent, wakers: &mut Wakers) {
        let chat = event.publication.chat.clone();
        let mut channel = ChatChannel::default();
        let is_end = event.publication.seq.is_none();
        self.deliver(&mut channel, event, wakers);
        if !channel.subscribers.is_empty() && !is_end {
            self.channels.insert(chat, Arc::new(Mutex::new(channel)));
        }
    }

    /// Marks the events before a position as missed, except those that are held.
    fn give_up(&self, channel: &mut ChatChannel, chat: &ChatId, to: Seq, wakers: &mut Wakers) {
        while let Some(SeqRange { to: last, .. }) = channel.missing().filter(|missing| missing.to < to) {
            channel.send_lagged(chat, last, wakers);
            while let Some(event) = channel.take_ready() {
                self.deliver(channel, event, wakers);
            }
        }
        channel.send_lagged(chat, to, wakers);
    }

    /// Delivers held events that are due; closes the channel when its chat has ended or has no subscribers.
    fn deliver_ready(&mut self, channel: &mut ChatChannel, chat: &ChatId, mut ends: bool, wakers: &mut Wakers) {
        while !ends && let Some(event) = channel.take_ready() {
            ends = event.publication.seq.is_none();
            self.deliver(channel, event, wakers);
        }
        channel.release_reached(wakers);
        // Nothing is delivered after the end of a chat.
        if ends {
            channel.subscribers.drain(..).for_each(|subscriber| subscriber.forget_chat(chat));
        }
        if channel.subscribers.is_empty() {
            channel.release_replies(wakers);
            self.channels.remove(chat);
        }
    }

    /// Answers the caller, delivers the event and applies membership changes.
    fn deliver(&self, channel: &mut ChatChannel, event: PendingEvent, wakers: &mut Wakers) {
        let PendingEvent { publication, caller, replies } = event;
        let repeated = channel.arrival(publication.seq) == Arrival::Repeated;
        // First, so that the caller's connection gets its reply at the position where others get the event.
        replies.into_iter().for_each(|reply| reply.send(repeated, wakers));
        if repeated {
            return;
        }
        // Before membership changes: users who leave get this event as their last one, and users who join get its
        // welcome instead.
        channel.deliver(&publication, caller.as_deref(), wakers);
        self.subscribe(channel, &publication, caller.as_deref(), wakers);
        self.unsubscribe(channel, &publication.chat, &publication.left);
    }

    /// Subscribes the connections of users who join with an event.
    fn subscribe(
        &self,
        channel: &mut ChatChannel,
        publication: &Publication,
        caller: Option<&Connection>,
        wakers: &mut Wakers,
    ) {
        let text = publication.welcome.as_ref().unwrap_or(&publication.text);
        let caller = caller.map_or(0, |caller| caller.number);
        for connection in publication.joined.iter().filter_map(|user| self.users.get(user)).flatten() {
            if connection.subscribe(publication.chat.clone()) {
                channel.add(connection.clone());
                if connection.number != caller {
                    wakers.keep(connection.deliver(text, &publication.chat, publication.seq));
                }
            }
        }
    }

    /// Unsubscribes the connections of users who have left.
    fn unsubscribe(&self, channel: &mut ChatChannel, chat: &ChatId, left: &[UserId]) {
        if left.is_empty() || fault::is(Fault::DeliverToRemoved) {
            return;
        }
        for connection in left.iter().filter_map(|user| self.users.get(user)).flatten() {
            connection.forget_chat(chat);
            channel.remove(connection.number);
        }
    }

    /// Brings a chat's subscribers up to the stored position; false if they are already beyond it.
    pub(super) fn backfill(&mut self, chat: &ChatId, backfill: &Backfill, wakers: &mut Wakers) -> bool {
        let shared = self.channels.entry(chat.clone()).or_default().clone();
        let mut channel = shared.lock();
        // The members were read at `backfill.to`. If subscriptions already reflect later events, older members must not
        // be applied over them: the caller reads again.
        if backfill.members.is_some() && channel.seq > backfill.to {
            return false;
        }
        if backfill.members.as_ref().is_some_and(|members| self.lacks_welcome(chat, backfill, members)) {
            return false;
        }
        // Nothing has been delivered yet, so no gap is visible: stepping back by one makes the last event a gap.
        if backfill.is_doubted && channel.seq == 0 {
            channel.seq = backfill.to.saturating_sub(1);
        }
        self.fill(&mut channel, chat, backfill, wakers);
        channel.seq = channel.seq.max(backfill.to);
        if let Some(members) = &backfill.members {
            self.reconcile_members(&mut channel, chat, backfill, members, wakers);
        }
        self.deliver_ready(&mut channel, chat, false, wakers);
        true
    }

    fn reconcile_members(
        &self,
        channel: &mut ChatChannel,
        chat: &ChatId,
        backfill: &Backfill,
        members: &HashSet<UserId>,
        wakers: &mut Wakers,
    ) {
        channel.members = members.len() as u64;
        let subscribed = channel.subscribers.iter().filter_map(|subscriber| subscriber.user());
        let left: Vec<_> = subscribed.filter(|user| !members.contains(user)).collect();
        self.unsubscribe(channel, chat, &left);
        for welcome in &backfill.welcomes {
            self.welcome(channel, chat, SeqRange { from: welcome.seq + 1, to: backfill.to }, welcome, wakers);
        }
    }

    /// True if a member has connected since the members were read, so that there is no event for them.
    fn lacks_welcome(&self, chat: &ChatId, backfill: &Backfill, members: &HashSet<UserId>) -> bool {
        let has_welcome = |user: &UserId| backfill.welcomes.iter().any(|welcome| welcome.user == *user);
        self.unsubscribed_members(chat, members).iter().any(|user| !has_welcome(user))
    }

    /// Subscribes the connections of a member, and announces the chat and what may have been missed in it.
    fn welcome(
        &self,
        channel: &mut ChatChannel,
        chat: &ChatId,
        missed: SeqRange,
        Welcome { user, seq, text }: &Welcome,
        wakers: &mut Wakers,
    ) {
        for connection in self.users.get(user).into_iter().flatten() {
            if connection.subscribe(chat.clone()) {
                channel.add(connection.clone());
                wakers.keep(connection.deliver(text, chat, Some(*seq)));
                if missed.from <= missed.to {
                    wakers.keep(connection.outbox.push_missed(chat, missed));
                }
            }
        }
    }

    /// Delivers the events that were found, and marks the others as missed.
    fn fill(&self, channel: &mut ChatChannel, chat: &ChatId, backfill: &Backfill, wakers: &mut Wakers) {
        while channel.seq > 0 && channel.seq < backfill.to {
            // A held event is preferred to its stored form, because it carries the replies that wait for it.
            if let Some(event) = channel.take_ready() {
                self.deliver(channel, event, wakers);
                continue;
            }
            let seq = channel.seq + 1;
            match backfill.found.get(&seq) {
                Some(text) => channel.deliver_found(chat, seq, text, wakers),
                None => channel.send_lagged(chat, seq, wakers),
            }
        }
    }

    /// Members who are connected to this node and not subscribed to the chat.
    pub(super) fn unsubscribed_members(&self, chat: &ChatId, members: &HashSet<UserId>) -> Vec<UserId> {
        let is_unsubscribed = |connections: &Vec<Arc<Connection>>| {
            // A connection being bound subscribes after its own read of the chats.
            connections.iter().any(|connection| !connection.is_binding() && !connection.hears(chat))
        };
        let is_here = |user: &&UserId| self.users.get(*user).is_some_and(is_unsubscribed);
        members.iter().filter(is_here).cloned().collect()
    }

    /// Ends a chat whose deletion was missed.
    pub(super) fn remove_chat(&mut self, chat: &ChatId, wakers: &mut Wakers) {
        let Some(shared) = self.channels.get(chat).cloned() else { return };
        let mut channel = shared.lock();
        let next = channel.seq + 1;
        channel.send_lagged(chat, next, wakers);
        self.deliver_ready(&mut channel, chat, true, wakers);
    }
}
