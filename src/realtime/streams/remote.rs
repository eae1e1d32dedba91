//! Streams of other nodes: their authors, and their text as far as it has arrived.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::cluster::{RunningStream, StreamKey};
use crate::ops::collections::HashMap;
use crate::protocol::{ChatId, Message, MessageChunk, MessageId, StreamedMessage, UserId};
use crate::realtime::connection::Connection;

/// The pause before a node that has not answered is asked again.
const AGAIN: Duration = Duration::from_millis(100);

/// A stream of another node.
#[derive(Debug)]
struct RemoteStream {
    node: u64,
    author: UserId,
    stop_requested: bool,
    /// The whole text so far; none if pieces were missed.
    text: Option<StreamedMessage>,
    /// The part that readers here have; none if they do not know of the stream.
    shown: Option<ShownText>,
    /// True if readers here have to be told of it as soon as its text is known.
    owed: bool,
    asked: Option<Instant>,
    /// The author's connection to this node that ends the stream and waits for the reply.
    ended_by: Option<Arc<Connection>>,
}

/// The part of a stream that readers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ShownText {
    bytes: usize,
    next_index: u64,
}

impl ShownText {
    fn of(text: &StreamedMessage) -> Self {
        ShownText { bytes: text.message.content.len(), next_index: text.next_index }
    }
}

/// The part of a stream that readers here lack.
#[derive(Debug, PartialEq)]
pub(super) struct MissedText {
    /// The beginning of the stream, if they do not know of it.
    pub(super) begins: Option<Message>,
    /// All pieces that they lack, in one; none if there are none.
    pub(super) pieces: Option<MessageChunk>,
}

/// The treatment of a piece of another node's stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Readers here have everything before it.
    Next,
    /// Readers here lack something, or have it already. They get it with what they lack.
    Kept,
}

/// A request to a stream's node to stop it.
#[derive(Clone, Copy, Debug)]
pub(super) struct RemoteStop {
    pub(super) node: u64,
    /// True if it was already requested.
    pub(super) duplicate: bool,
}

/// The streams of other nodes.
#[derive(Debug, Default)]
pub(super) struct RemoteStreams {
    chats: Mutex<HashMap<ChatId, BTreeMap<MessageId, RemoteStream>>>,
    /// Notified when the text of a stream becomes known, or the stream has ended.
    known: Notify,
}

impl RemoteStreams {
    fn with<T>(&self, key: &StreamKey, act: impl FnOnce(&mut RemoteStream) -> T) -> Option<T> {
        self.chats.lock().get_mut(&key.chat)?.get_mut(&key.message).map(act)
    }

    /// The author of a stream.
    pub(super) fn author(&self, key: &StreamKey) -> Option<UserId> {
        self.with(key, |stream| stream.author.clone())
    }

    /// Records that a connection of this node requests a stream's end.
    pub(super) fn stop(&self, key: &StreamKey, by: &UserId, caller: &Arc<Connection>) -> Option<RemoteStop> {
        self.with(key, |stream| {
            if stream.author == *by {
                stream.ended_by = Some(caller.clone());
            }
            let duplicate = std::mem::replace(&mut stream.stop_requested, true);
            RemoteStop { node: stream.node, duplicate }
        })
    }

    pub(super) fn began(&self, node: u64, RunningStream { key, author, stop_requested }: RunningStream) {
        let mut chats = self.chats.lock();
        let fresh = RemoteStream {
            node,
            author,
            stop_requested,
            text: None,
            shown: None,
            owed: false,
            asked: None,
            ended_by: None,
        };
        let stream = chats.entry(key.chat).or_default().entry(key.message).or_insert(fresh);
        stream.node = node;
        stream.stop_requested |= stop_requested;
    }

    pub(super) fn stop_requested(&self, key: &StreamKey) {
        self.with(key, |stream| stream.stop_requested = true);
    }

    /// Notes a stream from its beginning, of which readers here are told by its node; false if they know of it already.
    pub(super) fn started(&self, message: Message) -> bool {
        let key = StreamKey { chat: message.chat_id.clone(), message: message.id.clone() };
        let is_new = self.with(&key, |stream| {
            let is_new = stream.shown.is_none() && stream.text.is_none();
            if is_new {
                let text = StreamedMessage { message, next_index: 0 };
                stream.shown = Some(ShownText::of(&text));
                stream.text = Some(text);
                stream.owed = false;
            }
            is_new
        });
        self.known.notify_waiters();
        is_new.unwrap_or(true)
    }

    /// Notes the text of a stream so far; returns what readers here lack of it.
    pub(super) fn text(&self, message: Message, next_index: u64) -> Option<MissedText> {
        let key = StreamKey { chat: message.chat_id.clone(), message: message.id.clone() };
        let missed = self.with(&key, |stream| {
            let is_old = stream.text.as_ref().is_some_and(|known| known.next_index >= next_index);
            if is_old {
                return None;
            }
            let text = StreamedMessage { message, next_index };
            // Readers who come late ask with SYNC, which waits for this text.
            let missed = match stream.shown {
                None if !stream.owed => None,
                shown => missed(shown, &text),
            };
            stream.owed = false;
            stream.shown = Some(ShownText::of(&text));
            stream.text = Some(text);
            missed
        });
        self.known.notify_waiters();
        missed.flatten()
    }

    /// Notes that readers here have to be told of a stream whose text is not known; returns the node to ask for it.
    pub(super) fn owe(&self, key: &StreamKey) -> Option<u64> {
        let is_unknown = self.with(key, |stream| {
            stream.owed |= stream.text.is_none() && stream.shown.is_none();
            stream.text.is_none()
        });
        if is_unknown == Some(true) { self.ask(key) } else { None }
    }

    /// Adds the piece with an index. If an earlier one was missed, the text has to be requested.
    pub(super) fn piece(&self, key: &StreamKey, index: u64, content: &str) -> Piece {
        let piece = self.with(key, |stream| match &mut stream.text {
            Some(text) if text.next_index == index => {
                text.message.content.push_str(content);
                text.next_index += 1;
                stream.shown = Some(ShownText::of(text));
                Piece::Next
            }
            Some(text) if text.next_index > index => Piece::Kept,
            text => {
                *text = None;
                Piece::Kept
            }
        });
        // Without the stream, its node has counted as lost, and is about to name its streams again.
        piece.unwrap_or(Piece::Kept)
    }

    /// Forgets a stream that has ended; returns the connection that gets this as its reply.
    pub(super) fn ended(&self, key: &StreamKey) -> Option<Arc<Connection>> {
        let mut chats = self.chats.lock();
        let streams = chats.get_mut(&key.chat)?;
        let ended = streams.remove(&key.message);
        if streams.is_empty() {
            chats.remove(&key.chat);
        }
        self.known.notify_waiters();
        ended.and_then(|stream| stream.ended_by)
    }

    pub(super) fn forget(&self, chat: &ChatId) {
        self.chats.lock().remove(chat);
        self.known.notify_waiters();
    }

    /// Removes and returns the streams of a node that are not among these.
    pub(super) fn take_gone(&self, node: u64, running: &[RunningStream]) -> Vec<StreamKey> {
        let mut gone = vec![];
        self.chats.lock().retain(|chat, streams| {
            streams.retain(|message, stream| {
                let key = StreamKey { chat: chat.clone(), message: message.clone() };
                let stays = stream.node != node || running.iter().any(|running| running.key == key);
                if !stays {
                    gone.push(key);
                }
                stays
            });
            !streams.is_empty()
        });
        self.known.notify_waiters();
        gone
    }

    /// Forgets texts, because pieces may have been missed.
    pub(super) fn invalidate(&self, among: Option<&[ChatId]>) {
        let mut chats = self.chats.lock();
        let invalidate = |stream: &mut RemoteStream| {
            stream.text = None;
            stream.asked = None;
        };
        match among {
            None => chats.values_mut().flat_map(BTreeMap::values_mut).for_each(invalidate),
            Some(among) => {
                for chat in among {
                    chats.get_mut(chat).into_iter().flat_map(BTreeMap::values_mut).for_each(invalidate);
                }
            }
        }
    }

    /// The streams of a chat whose text is known.
    pub(super) fn running(&self, chat: &ChatId) -> Vec<StreamedMessage> {
        let chats = self.chats.lock();
        let streams = chats.get(chat).into_iter().flat_map(BTreeMap::values);
        streams.filter_map(|stream| stream.text.clone()).collect()
    }

    /// The streams of these chats whose text is not known.
    pub(super) fn unknown<'a>(&self, among: impl Iterator<Item = &'a ChatId>) -> Vec<StreamKey> {
        let chats = self.chats.lock();
        if chats.is_empty() {
            return vec![];
        }
        let streams = among.flat_map(|chat| chats.get(chat).into_iter().flatten().map(move |stream| (chat, stream)));
        let unknown = streams.filter(|(_, (_, stream))| stream.text.is_none());
        unknown.map(|(chat, (message, _))| StreamKey { chat: chat.clone(), message: message.clone() }).collect()
    }

    /// The node to ask for a stream's text, unless it was asked recently.
    pub(super) fn ask(&self, key: &StreamKey) -> Option<u64> {
        self.with(key, |stream| {
            let waits = stream.asked.is_some_and(|asked| asked.elapsed() < AGAIN);
            (!waits).then(|| {
                stream.asked = Some(Instant::now());
                stream.node
            })
        })
        .flatten()
    }

    /// Waits until the text of each stream is known or the stream has ended.
    pub(super) async fn until_known(&self, keys: &[StreamKey]) {
        let is_open = |key: &StreamKey| self.with(key, |stream| stream.text.is_none());
        loop {
            let mut known = std::pin::pin!(self.known.notified());
            known.as_mut().enable();
            if !keys.iter().any(|key| is_open(key).unwrap_or(false)) {
                return;
            }
            known.await;
        }
    }
}

/// The difference between what readers have of a stream and its text.
fn missed(shown: Option<ShownText>, text: &StreamedMessage) -> Option<MissedText> {
    let message = &text.message;
    let has = shown.map_or(0, |shown| shown.bytes);
    let lacks = shown.map_or(0, |shown| shown.next_index) < text.next_index;
    let pieces = message.content.get(has..).filter(|_| lacks).map(|content| MessageChunk {
        chat_id: message.chat_id.clone(),
        message_id: message.id.clone(),
        content: content.to_owned(),
        index: text.next_index - 1,
    });
    let begins = shown.is_none().then(|| Message { content: String::new(), ..message.clone() });
    (begins.is_some() || pieces.is_some()).then_some(MissedText { begins, pieces })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{MessageRole, Sender, Timestamp, UserKind};

    fn key(id: &str) -> StreamKey {
        StreamKey { chat: "c".into(), message: id.into() }
    }

    fn begun(remote: &RemoteStreams, node: u64, id: &str) {
        remote.began(node, RunningStream { key: key(id), author: "bot".into(), stop_requested: false });
    }

    fn message(id: &str, content: &str) -> Message {
        Message {
            id: id.into(),
            chat_id: "c".into(),
            seq: 0,
            updated_seq: 0,
            sender: Sender {
                id: "bot".into(),
                username: "bot".into(),
                display_name: "Bot".into(),
                kind: UserKind::Bot,
                version: 1,
            },
            role: MessageRole::Assistant,
            content: content.into(),
            attachments: vec![],
            reply_to: None,
            mentions: vec![],
            reactions: vec![],
            metadata: None,
            created_at: Timestamp::from_millis(0),
            edited_at: None,
            deleted_at: None,
        }
    }

    fn text(remote: &RemoteStreams) -> Vec<(String, u64)> {
        let running = remote.running(&"c".into()).into_iter();
        running.map(|stream| (stream.message.content, stream.next_index)).collect()
    }

    #[test]
    fn a_gap_in_a_stream_is_requested_and_filled() {
        let remote = RemoteStreams::default();
        begun(&remote, 7, "a");
        assert!(remote.started(message("a", "")));
        for (index, content) in [(0, "It "), (0, "It "), (1, "is ")] {
            remote.piece(&key("a"), index, content);
        }
        assert_eq!(text(&remote), [("It is ".to_owned(), 2)]);
        remote.piece(&key("a"), 3, "not ");
        assert_eq!((text(&remote), remote.unknown([&ChatId::from("c")].into_iter()).len()), (vec![], 1));
        assert_eq!((remote.ask(&key("a")), remote.ask(&key("a"))), (Some(7), None));
        remote.text(message("a", "It is what not "), 4);
        remote.piece(&key("a"), 4, "so.");
        remote.text(message("a", "It is what not "), 4);
        assert_eq!(text(&remote), [("It is what not so.".to_owned(), 5)]);
    }

    /// The frames for readers: true if the stream begins for them, and the pieces with their index.
    fn told(missed: Option<MissedText>) -> (bool, Option<(String, u64)>) {
        let Some(MissedText { begins, pieces }) = missed else { return (false, None) };
        (begins.is_some_and(|message| message.content.is_empty()), pieces.map(|piece| (piece.content, piece.index)))
    }

    #[test]
    fn readers_are_told_what_they_lack_of_a_stream_once() {
        let remote = RemoteStreams::default();
        begun(&remote, 7, "a");
        assert_eq!((remote.owe(&key("a")), remote.owe(&key("a"))), (Some(7), None), "asked a moment ago");
        assert_eq!(remote.piece(&key("a"), 2, "so "), Piece::Kept, "readers lack what is before it");
        assert_eq!(told(remote.text(message("a", "It is so "), 3)), (true, Some(("It is so ".to_owned(), 2))));
        assert_eq!(remote.piece(&key("a"), 3, "far"), Piece::Next);
        remote.invalidate(None);
        assert_eq!(remote.piece(&key("a"), 5, "on"), Piece::Kept);
        assert_eq!(told(remote.text(message("a", "It is so far and on"), 6)), (false, Some((" and on".to_owned(), 5))));
        remote.invalidate(None);
        assert_eq!(told(remote.text(message("a", "It is so far and on"), 6)), (false, None), "nothing was missed");
    }

    #[test]
    fn a_stream_of_which_readers_were_told_that_it_stopped_begins_again() {
        let remote = RemoteStreams::default();
        begun(&remote, 7, "a");
        assert!(remote.started(message("a", "")));
        assert_eq!(remote.piece(&key("a"), 0, "so "), Piece::Next);
        assert_eq!(remote.take_gone(7, &[]), [key("a")]);
        assert_eq!(remote.piece(&key("a"), 1, "far"), Piece::Kept, "a piece of what readers do not have");
        begun(&remote, 7, "a");
        remote.owe(&key("a"));
        assert_eq!(told(remote.text(message("a", "so far"), 2)), (true, Some(("so far".to_owned(), 1))));
        assert!(!remote.started(message("a", "")), "readers know of it");
    }

    #[test]
    fn one_who_asks_for_a_text_with_sync_is_not_told_of_it_as_well() {
        let remote = RemoteStreams::default();
        begun(&remote, 7, "a");
        assert_eq!(remote.ask(&key("a")), Some(7));
        assert_eq!(told(remote.text(message("a", "so far"), 1)), (false, None));
        assert_eq!(remote.piece(&key("a"), 1, " so good"), Piece::Next);
    }

    #[test]
    fn streams_missing_from_a_nodes_heartbeat_are_dropped() {
        let remote = RemoteStreams::default();
        for (node, id) in [(1, "a"), (1, "b"), (2, "c")] {
            begun(&remote, node, id);
        }
        let still = [RunningStream { key: key("b"), author: "bot".into(), stop_requested: false }];
        assert_eq!(remote.take_gone(1, &still), [key("a")]);
        assert_eq!(remote.take_gone(2, &[]), [key("c")]);
        assert_eq!(remote.unknown([&ChatId::from("c")].into_iter()), [key("b")]);
    }
}
