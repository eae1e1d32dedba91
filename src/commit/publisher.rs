use std::sync::Arc;

use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::cluster::{Audience, Broadcast, Publication, Wakers};
use crate::domain::{Outcome, RepeatedOperation};
use crate::protocol::error::{Error, Result};
use crate::protocol::wire;
use crate::protocol::{ChannelListed, ChatEvent, ChatId, ChatKind, Mention};
use crate::realtime::bus::Bus;
use crate::realtime::features::RealtimeFeatures;
use crate::realtime::hub::Caller;
use crate::realtime::receipts::Receipts;
use crate::realtime::reply::{OrderedReply, PendingReply};
use crate::store::files::{ReviewHint, ReviewQueue};

/// Publishes the outcomes of committed changes, in the order of the commit.
#[derive(Clone, Debug)]
pub struct Publisher {
    /// Delivers events.
    pub bus: Arc<Bus>,
    /// Ends typing and streams with the events that end them.
    pub features: Arc<RealtimeFeatures>,
    /// Keeps the marks, which are removed with their chat.
    pub receipts: Arc<Receipts>,
    /// Receives hints that files may be deleted.
    pub reviews: ReviewQueue,
}

impl Publisher {
    /// Answers the caller and publishes the event, in this order and with nothing in between. With a `refusal` the
    /// caller gets that error, and then the event like any subscriber.
    pub(super) fn publish(
        &self,
        mut outcome: Outcome,
        pending: PendingReply,
        refusal: Option<Error>,
        wakers: &mut Wakers,
    ) {
        if let Some(first) = outcome.first.take() {
            self.publish_first(*first, &pending, wakers);
        }
        // Before the event: nobody may see a user typing, or a stream running, after the message that ended it.
        self.end_with(&outcome.event, &pending);
        self.review_files(&outcome);
        self.publish_event(&mut outcome, pending, refusal, wakers);
        self.notify_mentioned(&outcome, wakers);
        if let ChatEvent::NewChat(event) = outcome.event
            && event.chat.kind == ChatKind::Channel
        {
            let audience = Audience::OutsideChat(event.chat.id.clone());
            let text = wire::encode(&ChannelListed { chat: event.chat });
            self.bus.broadcast(Broadcast { audience, ephemeral: true, text }, None, wakers);
        }
    }

    /// Answers a change that was refused, or was a no-op.
    pub(super) fn respond(&self, chat: &ChatId, pending: PendingReply, result: Result<Outcome>, wakers: &mut Wakers) {
        let mut is_kept = false;
        let result = match result {
            Ok(outcome) => Ok(self.encode_no_op(chat, &pending, &outcome, wakers)),
            Err(error) => match RepeatedOperation::of(&error) {
                Some(found) => {
                    self.bus.note_head(chat, found.seq, wakers);
                    is_kept = true;
                    Ok(found.outcome.as_str().into())
                }
                None => Err(error),
            },
        };
        self.bus.reply(chat, OrderedReply { pending, result, chat: None, is_kept }, wakers);
    }

    fn encode_no_op(&self, chat: &ChatId, pending: &PendingReply, outcome: &Outcome, wakers: &mut Wakers) -> Utf8Bytes {
        // A duplicate's reply must not overtake the original event, so it waits for missing events up to that position.
        self.bus.note_head(chat, outcome.event.seq().unwrap_or(0), wakers);
        self.features.changed(&outcome.event, pending.connection().map(|connection| &**connection));
        wire::encode(outcome.reply.as_ref().unwrap_or(&outcome.event))
    }

    /// Publishes an event that precedes another one: a new direct chat before its first message.
    fn publish_first(&self, mut first: Outcome, pending: &PendingReply, wakers: &mut Wakers) {
        let caller = Caller { connection: pending.connection().cloned(), reply: None };
        let text = wire::encode(&first.event);
        self.bus.publish(publication(&mut first, text), caller, wakers);
    }

    /// Ends typing, streams and marks that end with an event.
    fn end_with(&self, event: &ChatEvent, pending: &PendingReply) {
        self.features.changed(event, pending.connection().map(|connection| &**connection));
        if matches!(event, ChatEvent::ChatDeleted(_)) {
            self.receipts.forget(event.chat_id());
        }
    }

    fn review_files(&self, outcome: &Outcome) {
        if outcome.ended.is_some() {
            self.reviews.hint(ReviewHint::Chat(outcome.event.chat_id().clone()));
        }
        for file in &outcome.freed {
            self.reviews.hint(ReviewHint::File(file.clone()));
        }
    }

    fn publish_event(&self, outcome: &mut Outcome, pending: PendingReply, refusal: Option<Error>, wakers: &mut Wakers) {
        // Encoded once, for all subscribers and, if the reply is the same, for the caller.
        let text = wire::encode(&outcome.event);
        let connection = pending.connection().filter(|_| refusal.is_none()).cloned();
        let reply = match refusal {
            Some(refusal) => OrderedReply { pending, result: Err(refusal), chat: None, is_kept: false },
            None => {
                let reply = outcome.reply.as_ref().map_or_else(|| text.clone(), wire::encode);
                OrderedReply { pending, result: Ok(reply), chat: Some(outcome.event.chat_id().clone()), is_kept: false }
            }
        };
        self.bus.publish(publication(outcome, text), Caller { connection, reply: Some(reply) }, wakers);
    }

    fn notify_mentioned(&self, outcome: &Outcome, wakers: &mut Wakers) {
        let Some(message) = outcome.event.message().filter(|_| !outcome.mentioned.is_empty()) else { return };
        let chat_id = outcome.event.chat_id().clone();
        let mention = wire::encode(&Mention { chat_id: chat_id.clone(), message: message.clone() });
        for user in &outcome.mentioned {
            self.bus.publish_ephemeral_to_member(user, &chat_id, &mention, wakers);
        }
    }
}

/// The publication of an outcome. Takes the lists of users out of the outcome, because a large group has long ones.
fn publication(outcome: &mut Outcome, text: Utf8Bytes) -> Publication {
    Publication {
        chat: outcome.event.chat_id().clone(),
        seq: outcome.event.seq(),
        text,
        welcome: outcome.welcome.as_ref().map(wire::encode),
        joined: std::mem::take(&mut outcome.joined),
        left: std::mem::take(&mut outcome.left),
        members: outcome.members,
        sender: match &outcome.event {
            ChatEvent::NewMessage(event) => Some(event.message.sender.id.clone()),
            _ => None,
        },
    }
}
