//! Answers that are being streamed: what there is of each, and who may go on with it.
//!
//! A stream is here until its message is on the chat's clock, so that one who catches up finds the one or the other.
//! Lock order: all streams, one stream. Others are told of a part while the stream's lock is held, so that parts leave
//! in their order; nothing is said of a stream once it has ended.
//!
//! With several nodes a stream is kept on its author's. All others know that it runs; those where its chat is heard keep
//! its text from the parts that pass, and where one was missed, or nobody heard its beginning, they ask.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use crate::cluster::{Bus, Word};
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::wire;
use crate::protocol::{
    ChatId, Message, MessageChunk, MessageId, ServerRole, StopRequested, StreamAppended, StreamStarted, StreamStopped,
    User, UserId,
};
use crate::realtime::hub::{Connection, Wakers};

mod elsewhere;
mod nodes;

use elsewhere::Elsewhere;
use nodes::{running, spot};

/// Bytes that a streamed message may have.
pub const STREAM_BYTES: usize = 64 << 10;
/// How many streams one connection may have under way.
const AT_ONCE: usize = 16;

/// Who streams.
#[derive(Clone, Debug)]
pub struct Author {
    /// The user.
    pub user: Arc<User>,
    /// What the user may do on the whole server.
    pub authority: ServerRole,
    /// The connection whose end ends the stream.
    pub connection: Arc<Connection>,
}

/// A message that was being streamed, and who wrote it.
#[derive(Clone, Debug)]
pub struct Unfinished {
    /// What there is of it.
    pub message: Message,
    /// Who wrote it.
    pub author: Author,
}

#[derive(Debug)]
struct Stream {
    message: Message,
    author: Author,
    next_index: u64,
    stop_requested: bool,
    /// Its author is gone, or its message has its place: nothing more can be said.
    ended: bool,
}

type Shared = Arc<Mutex<Stream>>;

/// Every stream that runs here, and what is known of those on other nodes.
#[derive(Debug)]
pub struct Streams {
    bus: Arc<Bus>,
    elsewhere: Elsewhere,
    chats: Mutex<HashMap<ChatId, BTreeMap<MessageId, Shared>>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Streams {
    pub(super) fn new(bus: Arc<Bus>) -> Self {
        Streams { bus, elsewhere: Elsewhere::default(), chats: Mutex::default() }
    }

    fn find(&self, (chat, message): (&ChatId, &MessageId)) -> Option<Shared> {
        lock(&self.chats).get(chat).and_then(|streams| streams.get(message)).cloned()
    }

    fn tell<T: Serialize>(&self, chat: &ChatId, event: &T, caller: Option<&Connection>) {
        let mut wakers = Wakers::default();
        self.bus.publish_ephemeral(chat, &wire::encode(event), caller, &mut wakers);
        wakers.wake();
    }

    /// Begins a stream and tells the readers; the same again from its author goes on with it.
    pub fn start(&self, message: Message, author: Author) -> Result<StreamStarted> {
        let mut chats = lock(&self.chats);
        if let Some(running) = chats.get(&message.chat_id).and_then(|streams| streams.get(&message.id)) {
            return start_again(&mut lock(running), author);
        }
        if self.elsewhere.author((&message.chat_id, &message.id)).is_some() {
            return Err(Error::conflict("this id is in use").at("message.id"));
        }
        let number = author.connection.number;
        let own = |stream: &&Shared| lock(stream).author.connection.number == number;
        let heard = author.connection.chats();
        let streams = heard.iter().filter_map(|chat| chats.get(chat)).flat_map(BTreeMap::values);
        if streams.filter(own).take(AT_ONCE).count() == AT_ONCE {
            let sentence = format!("a connection may stream {AT_ONCE} messages at the same time; end one first");
            return Err(Error::conflict(sentence));
        }
        let (connection, started) = (author.connection.clone(), started(&message, false));
        let stream = Stream { message, author, next_index: 0, stop_requested: false, ended: false };
        let stream = Arc::new(Mutex::new(stream));
        let streams = chats.entry(started.chat_id.clone()).or_default();
        streams.insert(started.message_id.clone(), stream.clone());
        // Nobody goes on with it before others know of it.
        let begun = lock(&stream);
        drop(chats);
        self.say(|| Word::Began(running(&begun)));
        self.tell(&started.chat_id, &started, Some(&connection));
        Ok(started)
    }

    /// Goes on with a stream and tells the readers.
    pub fn append(&self, place: StreamKey<'_>, author: &Author, content: String) -> Result<StreamAppended> {
        let running = self.find(place).ok_or_else(|| self.not_here(place, &author.user.id))?;
        let mut stream = lock(&running);
        stream.open_to(&author.user)?;
        if stream.message.content.len() + content.len() > STREAM_BYTES {
            let sentence = format!("a streamed message may have at most {STREAM_BYTES} bytes in all");
            return Err(Error::new(Code::TooLarge, sentence).at("content"));
        }
        stream.message.content.push_str(&content);
        let index = stream.next_index;
        stream.next_index += 1;
        let (chat_id, message_id) = (place.0.clone(), place.1.clone());
        let chunk = MessageChunk { chat_id, message_id, content, index };
        self.tell(place.0, &chunk, Some(&author.connection));
        let MessageChunk { chat_id, message_id, .. } = chunk;
        Ok(StreamAppended { chat_id, message_id, index })
    }

    /// What there is of a stream for its author, who ends it; none where no such stream runs.
    pub fn unfinished(&self, place: StreamKey<'_>, author: &User) -> Result<Option<Message>> {
        let Some(running) = self.find(place) else {
            let elsewhere = self.elsewhere.author(place).is_some();
            return if elsewhere { Err(self.not_here(place, &author.id)) } else { Ok(None) };
        };
        let stream = lock(&running);
        stream.open_to(author)?;
        Ok(Some(stream.message.clone()))
    }

    /// Has the author asked to stop; none where no such stream runs. An author who asks for the end of a stream
    /// without text ends it.
    pub fn request_stop(&self, place: StreamKey<'_>, asking: (&UserId, &Arc<Connection>)) -> Option<StreamStopped> {
        let (by, caller) = asking;
        self.stop_here(place, (by, Some(caller))).or_else(|| self.stop_elsewhere(place, asking))
    }

    fn stop_here(&self, place: StreamKey<'_>, (by, caller): (&UserId, Option<&Connection>)) -> Option<StreamStopped> {
        let running = self.find(place)?;
        let mut stream = lock(&running);
        let duplicate = std::mem::replace(&mut stream.stop_requested, true);
        let stopped = StreamStopped { chat_id: place.0.clone(), message_id: place.1.clone(), duplicate };
        if *by == stream.author.user.id && stream.message.content.trim().is_empty() {
            drop(stream);
            self.give_up(place, caller);
            return Some(StreamStopped { duplicate: false, ..stopped });
        }
        if !duplicate {
            self.say(|| Word::Asked(spot(place)));
        }
        if !duplicate && caller.is_none_or(|caller| stream.author.connection.number != caller.number) {
            let asked = StopRequested { chat_id: place.0.clone(), message_id: place.1.clone(), by: by.clone() };
            let waker = stream.author.connection.outbox.push_vital(wire::encode(&asked), None);
            waker.into_iter().for_each(std::task::Waker::wake);
        }
        Some(stopped)
    }

    /// Forgets a stream whose message has its place.
    pub(super) fn finished(&self, message: &Message) {
        let place = (&message.chat_id, &message.id);
        let author = self.find(place).map(|running| lock(&running).author.user.id.clone());
        if author.as_ref() == Some(&message.sender.id) && self.remove(place) {
            self.say(|| Word::Ended(spot(place)));
        } else if author.is_none() && self.elsewhere.author(place).as_ref() == Some(&message.sender.id) {
            self.say(|| Word::Finished(spot(place)));
        }
    }

    /// Ends a stream without a message, and tells its readers.
    pub fn give_up(&self, place: StreamKey<'_>, caller: Option<&Connection>) {
        if self.remove(place) {
            let (chat_id, message_id) = (place.0.clone(), place.1.clone());
            self.tell(place.0, &StreamStopped { chat_id, message_id, duplicate: false }, caller);
            self.say(|| Word::Ended(spot(place)));
        }
    }

    /// A user is out of a chat, and cannot finish there what was begun.
    pub(super) fn expel(&self, chat: &ChatId, user: &UserId, caller: Option<&Connection>) {
        for message in self.ids(chat, |stream| stream.author.user.id == *user) {
            self.give_up((chat, &message), caller);
        }
    }

    pub(super) fn forget(&self, chat: &ChatId) {
        for running in lock(&self.chats).remove(chat).into_iter().flat_map(BTreeMap::into_values) {
            lock(&running).ended = true;
        }
        self.elsewhere.forget(chat);
    }

    /// A connection has ended, and with it its streams: those without text are given up, the others stay until their
    /// messages have their places. It may be out of their chats already.
    pub fn interrupt(&self, connection: &Connection) -> Vec<Unfinished> {
        let mut unfinished = vec![];
        for (chat, id) in self.of_connection(connection.number) {
            let Some(running) = self.find((&chat, &id)) else { continue };
            let mut stream = lock(&running);
            stream.ended = true;
            if stream.message.content.trim().is_empty() {
                drop(stream);
                self.give_up((&chat, &id), None);
            } else {
                unfinished.push(Unfinished { message: stream.message.clone(), author: stream.author.clone() });
            }
        }
        unfinished
    }

    fn of_connection(&self, number: u64) -> Vec<(ChatId, MessageId)> {
        let chats = lock(&self.chats);
        let streams = chats.iter().flat_map(|(chat, streams)| streams.iter().map(move |stream| (chat, stream)));
        let own = streams.filter(|(_, (_, stream))| lock(stream).author.connection.number == number);
        own.map(|(chat, (id, _))| (chat.clone(), id.clone())).collect()
    }

    fn ids(&self, chat: &ChatId, condition: impl Fn(&Stream) -> bool) -> Vec<MessageId> {
        let chats = lock(&self.chats);
        let streams = chats.get(chat).into_iter().flatten();
        streams.filter(|(_, running)| condition(&lock(running))).map(|(id, _)| id.clone()).collect()
    }

    fn remove(&self, (chat, message): StreamKey<'_>) -> bool {
        let mut chats = lock(&self.chats);
        let Some(streams) = chats.get_mut(chat) else { return false };
        let removed = streams.remove(message);
        if streams.is_empty() {
            chats.remove(chat);
        }
        drop(chats);
        removed.is_some_and(|running| {
            lock(&running).ended = true;
            true
        })
    }
}

/// A chat and a message in it.
pub type StreamKey<'a> = (&'a ChatId, &'a MessageId);

impl Stream {
    fn open_to(&self, user: &User) -> Result<()> {
        if self.author.user.id != user.id {
            return Err(Error::forbidden("only the author of a stream goes on with it").at("messageId"));
        }
        if self.ended { Err(Error::conflict("the stream has ended").at("messageId")) } else { Ok(()) }
    }
}

/// The same stream from the same user is the same wish again; from here on it ends with the latest connection.
fn start_again(stream: &mut Stream, author: Author) -> Result<StreamStarted> {
    if stream.author.user.id != author.user.id || stream.ended {
        return Err(Error::conflict("this id is in use").at("message.id"));
    }
    stream.author = author;
    Ok(started(&stream.message, true))
}

fn started(message: &Message, duplicate: bool) -> StreamStarted {
    let (chat_id, message_id) = (message.chat_id.clone(), message.id.clone());
    StreamStarted { chat_id, message_id, message: message.clone(), duplicate }
}

/// The one answer for a stream that is not running.
pub fn unknown_stream(message: &MessageId) -> Error {
    let shown: String = message.chars().take(64).collect();
    Error::not_found("messageId", format!("no stream with id {shown} in this chat"))
}
