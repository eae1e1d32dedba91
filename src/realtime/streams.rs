//! Messages being streamed: the text so far, and the author who may continue it.
//!
//! A stream is kept until its message has its `seq`, so a client that catches up finds one or the other. With several
//! nodes it is kept on the author's node. All other nodes know that it runs; those with subscribers of its chat collect
//! its text from the pieces, and request the whole text if a piece was missed.
//!
//! Lock order: all streams, one stream, then the hub's. A piece is published while the stream's lock is held, so pieces
//! are sent in order and none follows the end of the stream.

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::Mutex;
use serde::Serialize;

use crate::cluster::{StreamNotice, Wakers};
use crate::ops::collections::HashMap;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::wire;
use crate::protocol::{
    ChatId, Message, MessageChunk, MessageId, ServerRole, StopRequested, StreamAppended, StreamStarted, StreamStopped,
    User, UserId,
};
use crate::store::repository::Repository;

use super::bus::Bus;
use super::connection::Connection;
use super::hub::Hub;

mod nodes;
mod remote;

pub use crate::cluster::StreamKey;

use nodes::running;
use remote::RemoteStreams;

/// Maximum size of a streamed message in bytes.
pub const STREAM_BYTES: usize = 64 << 10;
/// Maximum number of running streams per connection.
const AT_ONCE: usize = 16;

/// The author of a stream.
#[derive(Clone, Debug)]
pub struct Author {
    /// The user.
    pub user: Arc<User>,
    /// The user's role on the server, as far as the credentials permit its use.
    pub authority: ServerRole,
    /// The connection whose end also ends the stream.
    pub connection: Arc<Connection>,
}

/// A message whose stream ended before it was finished.
#[derive(Clone, Debug)]
pub struct Unfinished {
    /// The text so far.
    pub message: Message,
    /// Its author.
    pub author: Author,
}

#[derive(Debug)]
struct Stream {
    message: Message,
    author: Author,
    next_index: u64,
    stop_requested: bool,
    /// True once its author has disconnected or its message has its `seq`: nothing more is published.
    ended: bool,
}

type SharedStream = Arc<Mutex<Stream>>;

/// The streams of this node, and the known streams of other nodes.
#[derive(Debug)]
pub struct Streams {
    hub: Arc<Hub>,
    bus: Arc<Bus>,
    repository: Arc<dyn Repository>,
    remote: RemoteStreams,
    chats: Mutex<HashMap<ChatId, BTreeMap<MessageId, SharedStream>>>,
}

impl Streams {
    pub(super) fn new(hub: Arc<Hub>, bus: Arc<Bus>, repository: Arc<dyn Repository>) -> Arc<Self> {
        Arc::new(Streams { hub, bus, repository, remote: RemoteStreams::default(), chats: Mutex::default() })
    }

    fn find(&self, key: &StreamKey) -> Option<SharedStream> {
        self.chats.lock().get(&key.chat).and_then(|streams| streams.get(&key.message)).cloned()
    }

    fn tell<T: Serialize>(&self, chat: &ChatId, event: &T, caller: Option<&Connection>) {
        let mut wakers = Wakers::default();
        self.bus.publish_ephemeral(chat, &wire::encode(event), caller, &mut wakers);
        wakers.wake();
    }

    /// Starts a stream and publishes it; if its author starts it again, it continues.
    pub fn start(&self, message: Message, author: Author) -> Result<StreamStarted> {
        let mut chats = self.chats.lock();
        if let Some(running) = chats.get(&message.chat_id).and_then(|streams| streams.get(&message.id)) {
            return start_again(&mut running.lock(), author);
        }
        if self.remote.author(&key_of(&message)).is_some() {
            return Err(Error::conflict("this id is in use").at("message.id"));
        }
        let number = author.connection.number;
        let own = |stream: &&SharedStream| stream.lock().author.connection.number == number;
        let chats_of_author = author.connection.chats();
        let streams = chats_of_author.iter().filter_map(|chat| chats.get(chat)).flat_map(BTreeMap::values);
        if streams.filter(own).take(AT_ONCE).count() == AT_ONCE {
            let sentence = format!("a connection may stream at most {AT_ONCE} messages at a time; end one first");
            return Err(Error::conflict(sentence));
        }
        let connection = author.connection.clone();
        let started = started(&message, false);
        let stream = Stream { message, author, next_index: 0, stop_requested: false, ended: false };
        let stream = Arc::new(Mutex::new(stream));
        let streams = chats.entry(started.chat_id.clone()).or_default();
        streams.insert(started.message_id.clone(), stream.clone());
        // The lock keeps the author from continuing the stream before its start is published.
        let begun = stream.lock();
        drop(chats);
        self.tell_nodes(|| StreamNotice::Began(running(&begun)));
        self.tell(&started.chat_id, &started, Some(&connection));
        Ok(started)
    }

    /// Continues a stream and publishes the piece.
    pub fn append(&self, key: &StreamKey, author: &Author, content: String) -> Result<StreamAppended> {
        let running = self.find(key).ok_or_else(|| self.not_here(key, &author.user.id))?;
        let mut stream = running.lock();
        stream.open_to(&author.user)?;
        if stream.message.content.len() + content.len() > STREAM_BYTES {
            let sentence = format!("a streamed message may have at most {STREAM_BYTES} bytes in all");
            return Err(Error::new(Code::TooLarge, sentence).at("content"));
        }
        let StreamKey { chat: chat_id, message: message_id } = key.clone();
        if content.is_empty() {
            // Models end many answers with an empty piece, which readers do not need.
            return Ok(StreamAppended { chat_id, message_id, index: stream.next_index.saturating_sub(1) });
        }
        stream.message.content.push_str(&content);
        let index = stream.next_index;
        stream.next_index += 1;
        let chunk = MessageChunk { chat_id, message_id, content, index };
        self.tell(&key.chat, &chunk, Some(&author.connection));
        let MessageChunk { chat_id, message_id, .. } = chunk;
        Ok(StreamAppended { chat_id, message_id, index })
    }

    /// The text so far, for the author who ends the stream; none if no such stream is running.
    pub fn unfinished(&self, key: &StreamKey, author: &User) -> Result<Option<Message>> {
        let Some(running) = self.find(key) else {
            let elsewhere = self.remote.author(key).is_some();
            return if elsewhere { Err(self.not_here(key, &author.id)) } else { Ok(None) };
        };
        let stream = running.lock();
        stream.open_to(author)?;
        Ok(Some(stream.message.clone()))
    }

    /// Asks the author to stop; none if no such stream is running. A request by the author of a stream without text
    /// ends it.
    pub fn request_stop(&self, key: &StreamKey, by: &UserId, caller: &Arc<Connection>) -> Option<StreamStopped> {
        self.stop_here(key, by, Some(caller)).or_else(|| self.stop_elsewhere(key, by, caller))
    }

    fn stop_here(&self, key: &StreamKey, by: &UserId, caller: Option<&Connection>) -> Option<StreamStopped> {
        let running = self.find(key)?;
        let mut stream = running.lock();
        let duplicate = std::mem::replace(&mut stream.stop_requested, true);
        let stopped = StreamStopped { chat_id: key.chat.clone(), message_id: key.message.clone(), duplicate };
        if *by == stream.author.user.id && stream.message.content.trim().is_empty() {
            drop(stream);
            self.give_up(key, caller);
            return Some(StreamStopped { duplicate: false, ..stopped });
        }
        if !duplicate {
            self.tell_nodes(|| StreamNotice::StopRequested(key.clone()));
        }
        if !duplicate && caller.is_none_or(|caller| stream.author.connection.number != caller.number) {
            let asked = StopRequested { chat_id: key.chat.clone(), message_id: key.message.clone(), by: by.clone() };
            let waker = stream.author.connection.outbox.push_vital(wire::encode(&asked), None);
            waker.into_iter().for_each(std::task::Waker::wake);
        }
        Some(stopped)
    }

    /// Forgets a stream whose message has its `seq`.
    pub(super) fn finished(&self, message: &Message) {
        let key = &key_of(message);
        let author = self.find(key).map(|running| running.lock().author.user.id.clone());
        if author.as_ref() == Some(&message.sender.id) && self.remove(key) {
            self.tell_nodes(|| StreamNotice::Ended(key.clone()));
        } else if author.is_none() && self.remote.author(key).as_ref() == Some(&message.sender.id) {
            self.tell_nodes(|| StreamNotice::Finished(key.clone()));
        }
    }

    /// Ends a stream without a message, and publishes its end.
    pub fn give_up(&self, key: &StreamKey, caller: Option<&Connection>) {
        if self.remove(key) {
            let StreamKey { chat: chat_id, message: message_id } = key.clone();
            self.tell(&key.chat, &StreamStopped { chat_id, message_id, duplicate: false }, caller);
            self.tell_nodes(|| StreamNotice::Ended(key.clone()));
        }
    }

    /// Abandons the streams of a user who has left a chat and cannot finish them.
    pub(super) fn expel(&self, chat: &ChatId, user: &UserId, caller: Option<&Connection>) {
        for message in self.ids(chat, |stream| stream.author.user.id == *user) {
            self.give_up(&StreamKey { chat: chat.clone(), message }, caller);
        }
    }

    /// Abandons every stream of a chat that becomes read-only.
    pub(super) fn give_up_all(&self, chat: &ChatId) {
        for message in self.ids(chat, |_| true) {
            self.give_up(&StreamKey { chat: chat.clone(), message }, None);
        }
    }

    pub(super) fn forget(&self, chat: &ChatId) {
        for running in self.chats.lock().remove(chat).into_iter().flat_map(BTreeMap::into_values) {
            running.lock().ended = true;
        }
        self.remote.forget(chat);
    }

    /// Ends the streams of a closed connection. Streams without text are abandoned; the others stay until their
    /// messages have a `seq`. The connection may already have lost its subscriptions.
    pub fn interrupt(&self, connection: &Connection) -> Vec<Unfinished> {
        let mut unfinished = vec![];
        for key in self.of_connection(connection.number) {
            let Some(running) = self.find(&key) else { continue };
            let mut stream = running.lock();
            stream.ended = true;
            if stream.message.content.trim().is_empty() {
                drop(stream);
                self.give_up(&key, None);
            } else {
                unfinished.push(Unfinished { message: stream.message.clone(), author: stream.author.clone() });
            }
        }
        unfinished
    }

    fn of_connection(&self, number: u64) -> Vec<StreamKey> {
        let chats = self.chats.lock();
        let streams = chats.iter().flat_map(|(chat, streams)| streams.iter().map(move |stream| (chat, stream)));
        let own = streams.filter(|(_, (_, stream))| stream.lock().author.connection.number == number);
        own.map(|(chat, (message, _))| StreamKey { chat: chat.clone(), message: message.clone() }).collect()
    }

    fn ids(&self, chat: &ChatId, condition: impl Fn(&Stream) -> bool) -> Vec<MessageId> {
        let chats = self.chats.lock();
        let streams = chats.get(chat).into_iter().flatten();
        streams.filter(|(_, running)| condition(&running.lock())).map(|(id, _)| id.clone()).collect()
    }

    fn remove(&self, key: &StreamKey) -> bool {
        let mut chats = self.chats.lock();
        let Some(streams) = chats.get_mut(&key.chat) else { return false };
        let removed = streams.remove(&key.message);
        if streams.is_empty() {
            chats.remove(&key.chat);
        }
        drop(chats);
        removed.is_some_and(|running| {
            running.lock().ended = true;
            true
        })
    }
}

fn key_of(message: &Message) -> StreamKey {
    StreamKey { chat: message.chat_id.clone(), message: message.id.clone() }
}

impl Stream {
    fn open_to(&self, user: &User) -> Result<()> {
        if self.author.user.id != user.id {
            return Err(Error::forbidden("only the author of a stream can continue it").at("messageId"));
        }
        if self.ended { Err(Error::conflict("the stream has ended").at("messageId")) } else { Ok(()) }
    }
}

/// Starting a stream again is a no-op, except that the stream now ends with the latest connection.
fn start_again(stream: &mut Stream, author: Author) -> Result<StreamStarted> {
    if stream.author.user.id != author.user.id || stream.ended {
        return Err(Error::conflict("this id is in use").at("message.id"));
    }
    stream.author = author;
    Ok(started(&stream.message, true))
}

fn started(message: &Message, duplicate: bool) -> StreamStarted {
    let StreamKey { chat: chat_id, message: message_id } = key_of(message);
    StreamStarted { chat_id, message_id, message: message.clone(), duplicate }
}

/// The error for a stream that is not running.
pub fn unknown_stream(message: &MessageId) -> Error {
    let shown: String = message.chars().take(64).collect();
    Error::not_found("messageId", format!("no stream with id {shown} in this chat"))
}
