//! Streams over several nodes: each is kept by the node of its author, and the others hear of it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use crate::cluster::{Running, Spot, Word};
use crate::protocol::error::Error;
use crate::protocol::{ChatId, Message, StreamStopped, StreamedMessage, UserId};
use crate::realtime::hub::Connection;

use super::{Shared, Stream, StreamKey, Streams, lock, unknown_stream};

/// How long other nodes may take to say how far their streams go.
const KNOWN_WITHIN: Duration = Duration::from_millis(500);

pub(super) fn spot((chat, message): StreamKey<'_>) -> Spot {
    Spot { chat: chat.clone(), message: message.clone() }
}

pub(super) fn running(stream: &Stream) -> Running {
    Running {
        spot: spot((&stream.message.chat_id, &stream.message.id)),
        author: stream.author.user.id.clone(),
        stop_requested: stream.stop_requested,
    }
}

impl Streams {
    /// Says something to the nodes that there are beside this one.
    pub(super) fn say(&self, word: impl FnOnce() -> Word) {
        if !self.bus.is_alone() {
            self.bus.say(None, &word());
        }
    }

    /// Has it be known here how far the streams of these chats go that run on other nodes. Where a node does not
    /// answer soon, its are not known.
    pub async fn fetch(&self, chats: impl Iterator<Item = &ChatId>) {
        if self.bus.is_up() != Some(true) {
            return;
        }
        let unknown = self.elsewhere.unknown(chats);
        if unknown.is_empty() {
            return;
        }
        // What is asked for goes on with the parts that are heard after it.
        self.bus.overhear(unknown.iter().map(|spot| &spot.chat)).await;
        for spot in &unknown {
            if let Some(node) = self.elsewhere.ask((&spot.chat, &spot.message)) {
                self.bus.say(Some(node), &Word::HowFar(spot.clone()));
            }
        }
        let known = timeout(KNOWN_WITHIN, self.elsewhere.until_known(&unknown)).await;
        if known.is_err() {
            tracing::debug!("a node does not say how far its streams go");
        }
    }

    /// The streams of a chat as far as they go.
    pub fn running(&self, chat: &ChatId) -> Vec<StreamedMessage> {
        let streams: Vec<Shared> =
            lock(&self.chats).get(chat).into_iter().flat_map(BTreeMap::values).cloned().collect();
        let so_far = |running: &Shared| {
            let stream = lock(running);
            StreamedMessage { message: stream.message.clone(), next_index: stream.next_index }
        };
        streams.iter().map(so_far).chain(self.elsewhere.running(chat)).collect()
    }

    /// Whether another user's stream has the id, on any node.
    pub fn is_anothers(&self, place: StreamKey<'_>, user: &UserId) -> bool {
        let own = self.find(place).map(|running| lock(&running).author.user.id.clone());
        own.or_else(|| self.elsewhere.author(place)).is_some_and(|author| author != *user)
    }

    /// Why one does not go on with a stream that does not run here.
    pub(super) fn not_here(&self, place: StreamKey<'_>, user: &UserId) -> Error {
        match self.elsewhere.author(place) {
            None => unknown_stream(place.1),
            Some(author) if author == *user => {
                Error::conflict("the stream goes on with the connection that began it").at("messageId")
            }
            Some(_) => Error::forbidden("only the author of a stream goes on with it").at("messageId"),
        }
    }

    /// Has the author's node asked to stop.
    pub(super) fn stop_elsewhere(
        &self,
        place: StreamKey<'_>,
        (by, caller): (&UserId, &Arc<Connection>),
    ) -> Option<StreamStopped> {
        let (node, duplicate) = self.elsewhere.stop(place, (by, caller))?;
        self.bus.say(Some(node), &Word::Stop(spot(place), by.clone()));
        Some(StreamStopped { chat_id: place.0.clone(), message_id: place.1.clone(), duplicate })
    }

    /// Takes in what another node says.
    pub(in crate::realtime::features) fn take(&self, node: u64, word: Word) {
        match word {
            Word::Began(running) => self.elsewhere.began(node, running),
            Word::Ended(spot) => drop(self.elsewhere.ended((&spot.chat, &spot.message))),
            Word::Asked(spot) => self.elsewhere.asked((&spot.chat, &spot.message)),
            Word::Stop(spot, by) => drop(self.stop_here((&spot.chat, &spot.message), (&by, None))),
            Word::HowFar(spot) => self.tell_how_far(node, spot),
            Word::SoFar(message, next_index) => self.elsewhere.so_far(*message, next_index),
            Word::Finished(spot) => {
                if self.remove((&spot.chat, &spot.message)) {
                    self.say(|| Word::Ended(spot));
                }
            }
        }
    }

    fn tell_how_far(&self, node: u64, spot: Spot) {
        let Some(running) = self.find((&spot.chat, &spot.message)) else {
            return self.bus.say(Some(node), &Word::Ended(spot));
        };
        // Parts that come after it leave after it.
        let stream = lock(&running);
        let so_far = Word::SoFar(Box::new(stream.message.clone()), stream.next_index);
        self.bus.say(Some(node), &so_far);
    }

    /// Every stream that runs here.
    pub(in crate::realtime::features) fn all(&self) -> Vec<Running> {
        let chats = lock(&self.chats);
        chats.values().flat_map(|streams| streams.values()).map(|stream| running(&lock(stream))).collect()
    }

    /// Takes in all that run on another node; gives those that were thought to.
    pub(in crate::realtime::features) fn introduce(&self, node: u64, all: Vec<Running>) -> Vec<Spot> {
        let vanished = self.elsewhere.vanished(node, &all);
        all.into_iter().for_each(|running| self.elsewhere.began(node, running));
        vanished
    }

    /// Notes a stream on another node from its beginning.
    pub(in crate::realtime::features) fn started(&self, node: u64, message: Message) {
        let (spot, author) = (spot((&message.chat_id, &message.id)), message.sender.id.clone());
        self.elsewhere.began(node, Running { spot, author, stop_requested: false });
        self.elsewhere.so_far(message, 0);
    }

    /// Notes a part of a stream on another node.
    pub(in crate::realtime::features) fn part(&self, place: StreamKey<'_>, part: (u64, &str)) {
        self.elsewhere.part(place, part);
    }

    /// Notes that a stream on another node has ended without a message; gives who is told so by a reply.
    pub(in crate::realtime::features) fn stopped(&self, place: StreamKey<'_>) -> Option<Arc<Connection>> {
        self.elsewhere.ended(place)
    }

    /// Parts of streams on other nodes may have been missed.
    pub(in crate::realtime::features) fn doubt(&self, chats: Option<&[ChatId]>) {
        self.elsewhere.doubt(chats);
    }
}
