//! Streams across several nodes: the author's node owns each stream, and the others follow it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use crate::cluster::{Audience, Broadcast, RunningStream, StreamKey, StreamNotice, Wakers};
use crate::protocol::error::Error;
use crate::protocol::wire;
use crate::protocol::{ChatId, Message, StreamStopped, StreamedMessage, UserId};
use crate::realtime::connection::Connection;

use super::{SharedStream, Stream, Streams, key_of, unknown_stream};

/// The time limit for other nodes to send the text of their streams.
const TEXT_WITHIN: Duration = Duration::from_millis(500);

pub(super) fn running(stream: &Stream) -> RunningStream {
    RunningStream {
        key: key_of(&stream.message),
        author: stream.author.user.id.clone(),
        stop_requested: stream.stop_requested,
    }
}

impl Streams {
    /// Publishes a change to the other nodes, if there are any.
    pub(super) fn tell_nodes(&self, notice: impl FnOnce() -> StreamNotice) {
        self.bus.publish_stream_notice(None, notice);
    }

    /// Fetches unknown texts of these chats' streams on other nodes. If a node does not answer in time, its texts stay
    /// unknown.
    pub async fn fetch(&self, chats: impl Iterator<Item = &ChatId>) {
        if self.bus.is_up() != Some(true) {
            return;
        }
        let unknown = self.remote.unknown(chats);
        if unknown.is_empty() {
            return;
        }
        // Subscribed first, so that later pieces continue the fetched text.
        self.bus.subscribe_to_chats(unknown.iter().map(|key| &key.chat)).await;
        for key in &unknown {
            if let Some(node) = self.remote.ask(key) {
                self.bus.publish_stream_notice(Some(node), || StreamNotice::TextWanted(key.clone()));
            }
        }
        if timeout(TEXT_WITHIN, self.remote.until_known(&unknown)).await.is_err() {
            tracing::debug!("a node did not send the text of its streams in time");
        }
    }

    /// The streams of a chat with their text so far.
    pub fn running(&self, chat: &ChatId) -> Vec<StreamedMessage> {
        let streams: Vec<SharedStream> =
            self.chats.lock().get(chat).into_iter().flat_map(BTreeMap::values).cloned().collect();
        let text = |running: &SharedStream| {
            let stream = running.lock();
            StreamedMessage { message: stream.message.clone(), next_index: stream.next_index }
        };
        streams.iter().map(text).chain(self.remote.running(chat)).collect()
    }

    /// True if a stream of another user has the id, on any node.
    pub fn is_anothers(&self, key: &StreamKey, user: &UserId) -> bool {
        let own = self.find(key).map(|running| running.lock().author.user.id.clone());
        own.or_else(|| self.remote.author(key)).is_some_and(|author| author != *user)
    }

    /// The reason why a user cannot continue a stream that does not run on this node.
    pub(super) fn not_here(&self, key: &StreamKey, user: &UserId) -> Error {
        match self.remote.author(key) {
            None => unknown_stream(&key.message),
            Some(author) if author == *user => {
                Error::conflict("continue the stream on the connection that started it").at("messageId")
            }
            Some(_) => Error::forbidden("only the author of a stream can continue it").at("messageId"),
        }
    }

    /// Asks the node of the stream's author to stop the stream.
    pub(super) fn stop_elsewhere(
        &self,
        key: &StreamKey,
        by: &UserId,
        caller: &Arc<Connection>,
    ) -> Option<StreamStopped> {
        let stop = self.remote.stop(key, by, caller)?;
        self.bus.publish_stream_notice(Some(stop.node), || StreamNotice::Stop(key.clone(), by.clone()));
        let StreamKey { chat: chat_id, message: message_id } = key.clone();
        Some(StreamStopped { chat_id, message_id, duplicate: stop.duplicate })
    }

    /// Applies a notice from another node.
    pub(in crate::realtime) fn receive(&self, from: u64, notice: StreamNotice) {
        match notice {
            StreamNotice::Began(running) => self.remote.began(from, running),
            StreamNotice::Ended(key) => drop(self.remote.ended(&key)),
            StreamNotice::StopRequested(key) => self.remote.stop_requested(&key),
            StreamNotice::Stop(key, by) => drop(self.stop_here(&key, &by, None)),
            StreamNotice::TextWanted(key) => self.send_text(from, key),
            StreamNotice::Text(message, next_index) => self.remote.text(*message, next_index),
            StreamNotice::Finished(key) => {
                if self.remove(&key) {
                    self.tell_nodes(|| StreamNotice::Ended(key));
                }
            }
        }
    }

    fn send_text(&self, to: u64, key: StreamKey) {
        let Some(running) = self.find(&key) else {
            return self.bus.publish_stream_notice(Some(to), || StreamNotice::Ended(key));
        };
        // Pieces appended after this text are sent after it.
        let stream = running.lock();
        let text = StreamNotice::Text(Box::new(stream.message.clone()), stream.next_index);
        self.bus.publish_stream_notice(Some(to), || text);
    }

    /// Every stream that runs on this node.
    pub(in crate::realtime) fn all(&self) -> Vec<RunningStream> {
        let chats = self.chats.lock();
        chats.values().flat_map(|streams| streams.values()).map(|stream| running(&stream.lock())).collect()
    }

    /// Replaces the known streams of another node, and announces the end of the missing ones on this node.
    pub(in crate::realtime) fn replace(self: &Arc<Self>, node: u64, all: Vec<RunningStream>) {
        let gone = self.remote.take_gone(node, &all);
        all.into_iter().for_each(|running| self.remote.began(node, running));
        if !gone.is_empty() {
            let streams = self.clone();
            tokio::spawn(async move { streams.tell_stopped(gone).await });
        }
    }

    /// Announces to readers on this node that a stream ended with its node, unless its message has its `seq`.
    async fn tell_stopped(&self, gone: Vec<StreamKey>) {
        for StreamKey { chat, message } in gone {
            match self.repository.message(&chat, &message).await {
                Ok(None) => {}
                Ok(Some(_)) => continue,
                Err(error) => tracing::debug!(error = %error, "the end of a stream could not be announced"),
            }
            let audience = Audience::Chat(chat.clone());
            let stopped = StreamStopped { chat_id: chat, message_id: message, duplicate: false };
            let mut wakers = Wakers::default();
            self.hub.broadcast(
                &Broadcast { audience, ephemeral: true, text: wire::encode(&stopped) },
                None,
                &mut wakers,
            );
            wakers.wake();
        }
    }

    /// Records a stream that starts on another node.
    pub(in crate::realtime) fn remote_started(&self, node: u64, message: Message) {
        let author = message.sender.id.clone();
        self.remote.began(node, RunningStream { key: key_of(&message), author, stop_requested: false });
        self.remote.text(message, 0);
    }

    /// Records a piece of a stream on another node.
    pub(in crate::realtime) fn remote_piece(&self, key: &StreamKey, index: u64, content: &str) {
        self.remote.piece(key, index, content);
    }

    /// Records that a stream on another node has ended without a message; returns the connection that gets this as its
    /// reply.
    pub(in crate::realtime) fn remote_stopped(&self, key: &StreamKey) -> Option<Arc<Connection>> {
        self.remote.ended(key)
    }

    /// Forgets the text of streams on other nodes, because pieces may have been missed.
    pub(in crate::realtime) fn invalidate(&self, chats: Option<&[ChatId]>) {
        self.remote.invalidate(chats);
    }
}
