//! Answers that are streamed on other nodes: whose they are, and how far they go, as far as that is heard here.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use crate::cluster::{Running, Spot};
use crate::protocol::{ChatId, Message, MessageId, StreamedMessage, UserId};
use crate::realtime::hub::Connection;

use super::{StreamKey, lock};

/// How long until a node is asked again that has not answered.
const AGAIN: Duration = Duration::from_millis(100);

#[derive(Debug)]
struct Mirror {
    node: u64,
    author: UserId,
    stop_requested: bool,
    /// The text from its beginning; none where parts of it have not been heard here.
    so_far: Option<StreamedMessage>,
    asked: Option<Instant>,
    /// Who ends it from here, and is told so by a reply.
    ended_by: Option<Arc<Connection>>,
}

/// What runs on other nodes.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    chats: Mutex<HashMap<ChatId, BTreeMap<MessageId, Mirror>>>,
    /// One is known as far as it goes, or has ended.
    known: Notify,
}

impl Elsewhere {
    fn with<T>(&self, (chat, message): StreamKey<'_>, act: impl FnOnce(&mut Mirror) -> T) -> Option<T> {
        lock(&self.chats).get_mut(chat)?.get_mut(message).map(act)
    }

    /// Whose stream it is.
    pub(super) fn author(&self, place: StreamKey<'_>) -> Option<UserId> {
        self.with(place, |mirror| mirror.author.clone())
    }

    /// Notes that somebody here wants a stream to end; gives its node, and whether that is nothing new.
    pub(super) fn stop(&self, place: StreamKey<'_>, (by, caller): (&UserId, &Arc<Connection>)) -> Option<(u64, bool)> {
        self.with(place, |mirror| {
            if mirror.author == *by {
                mirror.ended_by = Some(caller.clone());
            }
            (mirror.node, std::mem::replace(&mut mirror.stop_requested, true))
        })
    }

    pub(super) fn began(&self, node: u64, Running { spot, author, stop_requested }: Running) {
        let mut chats = lock(&self.chats);
        let fresh = Mirror { node, author, stop_requested, so_far: None, asked: None, ended_by: None };
        let mirror = chats.entry(spot.chat).or_default().entry(spot.message).or_insert(fresh);
        mirror.node = node;
        mirror.stop_requested |= stop_requested;
    }

    pub(super) fn asked(&self, place: StreamKey<'_>) {
        self.with(place, |mirror| mirror.stop_requested = true);
    }

    /// Notes how far a stream goes.
    pub(super) fn so_far(&self, message: Message, next_index: u64) {
        let place = (message.chat_id.clone(), message.id.clone());
        self.with((&place.0, &place.1), |mirror| {
            let is_old = mirror.so_far.as_ref().is_some_and(|known| known.next_index >= next_index);
            if !is_old {
                mirror.so_far = Some(StreamedMessage { message, next_index });
            }
        });
        self.known.notify_waiters();
    }

    /// Notes the part of that index. Where one before it was not heard, one has to ask.
    pub(super) fn part(&self, place: StreamKey<'_>, (index, content): (u64, &str)) {
        self.with(place, |mirror| match &mut mirror.so_far {
            Some(so_far) if so_far.next_index == index => {
                so_far.message.content.push_str(content);
                so_far.next_index += 1;
            }
            Some(so_far) if so_far.next_index > index => {}
            so_far => *so_far = None,
        });
    }

    /// A stream has ended; gives who is told so by a reply.
    pub(super) fn ended(&self, (chat, message): StreamKey<'_>) -> Option<Arc<Connection>> {
        let mut chats = lock(&self.chats);
        let streams = chats.get_mut(chat)?;
        let ended = streams.remove(message);
        if streams.is_empty() {
            chats.remove(chat);
        }
        self.known.notify_waiters();
        ended.and_then(|mirror| mirror.ended_by)
    }

    pub(super) fn forget(&self, chat: &ChatId) {
        lock(&self.chats).remove(chat);
        self.known.notify_waiters();
    }

    /// Forgets what runs on a node and is not among these; gives it.
    pub(super) fn vanished(&self, node: u64, running: &[Running]) -> Vec<Spot> {
        let mut vanished = vec![];
        lock(&self.chats).retain(|chat, streams| {
            streams.retain(|message, mirror| {
                let spot = Spot { chat: chat.clone(), message: message.clone() };
                let stays = mirror.node != node || running.iter().any(|running| running.spot == spot);
                if !stays {
                    vanished.push(spot);
                }
                stays
            });
            !streams.is_empty()
        });
        self.known.notify_waiters();
        vanished
    }

    /// Parts may have been missed.
    pub(super) fn doubt(&self, doubted: Option<&[ChatId]>) {
        let mut chats = lock(&self.chats);
        let doubt = |mirror: &mut Mirror| (mirror.so_far, mirror.asked) = (None, None);
        match doubted {
            None => chats.values_mut().flat_map(BTreeMap::values_mut).for_each(doubt),
            Some(doubted) => {
                for chat in doubted {
                    chats.get_mut(chat).into_iter().flat_map(BTreeMap::values_mut).for_each(doubt);
                }
            }
        }
    }

    /// Those in a chat that are known, as far as they go.
    pub(super) fn running(&self, chat: &ChatId) -> Vec<StreamedMessage> {
        let chats = lock(&self.chats);
        let streams = chats.get(chat).into_iter().flat_map(BTreeMap::values);
        streams.filter_map(|mirror| mirror.so_far.clone()).collect()
    }

    /// Those in these chats of which it is not known how far they go.
    pub(super) fn unknown<'a>(&self, among: impl Iterator<Item = &'a ChatId>) -> Vec<Spot> {
        let chats = lock(&self.chats);
        if chats.is_empty() {
            return vec![];
        }
        let streams = among.flat_map(|chat| chats.get(chat).into_iter().flatten().map(move |stream| (chat, stream)));
        let unknown = streams.filter(|(_, (_, mirror))| mirror.so_far.is_none());
        unknown.map(|(chat, (message, _))| Spot { chat: chat.clone(), message: message.clone() }).collect()
    }

    /// Whom to ask how far a stream goes, unless that was done a moment ago.
    pub(super) fn ask(&self, place: StreamKey<'_>) -> Option<u64> {
        self.with(place, |mirror| {
            let waits = mirror.asked.is_some_and(|asked| asked.elapsed() < AGAIN);
            (!waits).then(|| {
                mirror.asked = Some(Instant::now());
                mirror.node
            })
        })
        .flatten()
    }

    /// Waits until these are known or have ended.
    pub(super) async fn until_known(&self, spots: &[Spot]) {
        let open = |spot: &Spot| self.with((&spot.chat, &spot.message), |mirror| mirror.so_far.is_none());
        loop {
            let mut known = std::pin::pin!(self.known.notified());
            known.as_mut().enable();
            if !spots.iter().any(|spot| open(spot).unwrap_or(false)) {
                return;
            }
            known.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{MessageRole, Sender, Timestamp, UserKind};

    fn begun(elsewhere: &Elsewhere, node: u64, id: &str) {
        let spot = Spot { chat: "c".into(), message: id.into() };
        elsewhere.began(node, Running { spot, author: "bot".into(), stop_requested: false });
    }

    fn message(id: &str, content: &str) -> Message {
        let (username, display_name) = ("bot".to_owned(), "Bot".to_owned());
        Message {
            id: id.into(),
            chat_id: "c".into(),
            seq: 0,
            updated_seq: 0,
            sender: Sender { id: "bot".into(), username, display_name, kind: UserKind::Bot },
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

    fn text(elsewhere: &Elsewhere) -> Vec<(String, u64)> {
        let running = elsewhere.running(&"c".into()).into_iter();
        running.map(|stream| (stream.message.content, stream.next_index)).collect()
    }

    #[test]
    fn a_text_with_a_gap_is_asked_for_and_goes_on_from_the_answer() {
        let (elsewhere, chat, id) = (Elsewhere::default(), ChatId::from("c"), MessageId::from("a"));
        begun(&elsewhere, 7, "a");
        elsewhere.so_far(message("a", ""), 0);
        for (index, content) in [(0, "It "), (0, "It "), (1, "is ")] {
            elsewhere.part((&chat, &id), (index, content));
        }
        assert_eq!(text(&elsewhere), [("It is ".to_owned(), 2)]);
        elsewhere.part((&chat, &id), (3, "not "));
        assert_eq!((text(&elsewhere), elsewhere.unknown([&chat].into_iter()).len()), (vec![], 1));
        assert_eq!((elsewhere.ask((&chat, &id)), elsewhere.ask((&chat, &id))), (Some(7), None));
        elsewhere.so_far(message("a", "It is what not "), 4);
        elsewhere.part((&chat, &id), (4, "so."));
        elsewhere.so_far(message("a", "It is what not "), 4);
        assert_eq!(text(&elsewhere), [("It is what not so.".to_owned(), 5)]);
    }

    #[test]
    fn what_a_node_no_longer_tells_of_has_vanished() {
        let elsewhere = Elsewhere::default();
        for (node, id) in [(1, "a"), (1, "b"), (2, "c")] {
            begun(&elsewhere, node, id);
        }
        let spot = |id: &str| Spot { chat: "c".into(), message: id.into() };
        let still = [Running { spot: spot("b"), author: "bot".into(), stop_requested: false }];
        assert_eq!(elsewhere.vanished(1, &still), [spot("a")]);
        assert_eq!(elsewhere.vanished(2, &[]), [spot("c")]);
        assert_eq!(elsewhere.unknown([&ChatId::from("c")].into_iter()), [spot("b")]);
    }
}
