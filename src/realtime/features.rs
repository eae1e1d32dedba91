//! The live features that are never stored – presence, typing and streams – behind one interface.
//!
//! Each keeps its own state and publishes its changes while it holds its lock, so events are sent in the order of the
//! changes.
//!
//! Lock order: a feature's own locks, then the hub's. No feature calls another one with a lock held.

use std::sync::Arc;

use serde::Deserialize;

use crate::cluster::{NodeSnapshot, Publication};
use crate::ops::clock::{self, Clock};
use crate::protocol::{
    ChatEvent, ChatId, Message, MessageId, PresenceChanged, PresenceStatus, Timestamp, Typing, User, UserId,
};
use crate::store::repository::Repository;

use super::bus::Bus;
use super::connection::Connection;
use super::hub::Hub;
use super::presence::{Presences, Seen};
use super::streams::{StreamKey, Streams};
use super::typing::{LocalTyping, RemoteTyping, TYPING_IN_LARGE_CHATS, TYPING_LASTS, TypingNotice};

/// The state that is never stored.
#[derive(Debug)]
pub struct RealtimeFeatures {
    hub: Arc<Hub>,
    clock: Arc<Clock>,
    pub(super) presence: Arc<Presences>,
    typing: LocalTyping,
    remote_typing: RemoteTyping,
    /// Running streams of answers.
    pub streams: Arc<Streams>,
}

/// The part of another node's ephemeral event that this node keeps.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
enum RemoteEphemeral {
    StreamStarted { message: Box<Message> },
    MessageChunk { chat_id: ChatId, message_id: MessageId, content: String, index: u64 },
    StreamStopped { chat_id: ChatId, message_id: MessageId },
    Typing { chat_id: ChatId, user: Box<User>, typing: bool },
}

/// The subscribers on this node that receive another node's ephemeral event.
#[derive(Debug)]
pub(super) enum RemoteReaders {
    All,
    /// All except the connection that got the event as its reply.
    AllBut(Arc<Connection>),
    Nobody,
}

/// The part of CHAT_UPDATED that says whether the chat is archived.
#[derive(Deserialize)]
struct RemoteUpdate {
    chat: RemoteChat,
}

#[derive(Deserialize)]
struct RemoteChat {
    active: bool,
}

/// True if another node's event archives its chat.
fn archives(event: &str) -> bool {
    let update = || serde_json::from_str::<RemoteUpdate>(event);
    event.starts_with(r#"{"type":"CHAT_UPDATED""#) && update().is_ok_and(|update| !update.chat.active)
}

/// The local half of the features.
impl RealtimeFeatures {
    /// Features of a node without connections.
    pub fn new(hub: Arc<Hub>, bus: Arc<Bus>, repository: Arc<dyn Repository>, clock: Arc<Clock>) -> Arc<Self> {
        Arc::new(RealtimeFeatures {
            presence: Presences::new(hub.clone(), bus.clone(), repository.clone(), clock.clone()),
            typing: LocalTyping::new(bus.clone()),
            remote_typing: RemoteTyping::new(hub.clone()),
            streams: Streams::new(hub.clone(), bus, repository),
            hub,
            clock,
        })
    }

    /// The user with the current status and last-seen time.
    pub fn present(&self, mut user: User) -> User {
        user.status = self.hub.status(&user.id);
        user.last_seen_at = match user.status {
            PresenceStatus::Offline => user.last_seen_at.max(self.presence.last_seen(&user.id)),
            _ => None,
        };
        user
    }

    /// Handles a connection that was bound to its user and subscribed to its chats.
    pub fn connection_bound(&self, connection: &Connection, user: &Arc<User>) {
        connection.set_profile(user);
        self.presence.came(connection, user);
    }

    /// Handles the end of a connection that was subscribed to these chats.
    pub fn left(&self, connection: &Connection, chats: &[ChatId]) {
        for chat in chats {
            self.typing.end_of_connection(chat, connection);
        }
        if let Some(user) = connection.user() {
            self.presence.left(connection, chats, &user);
        }
    }

    /// Handles a connection whose user goes away or returns.
    pub fn set_away(&self, connection: &Connection, user: &Arc<User>, away: bool) -> PresenceChanged {
        connection.set_away(away);
        self.presence.came(connection, user)
    }

    /// Handles a user who starts or stops typing in a chat that the connection is subscribed to.
    pub fn set_typing(&self, connection: &Arc<Connection>, user: &User, chat: &ChatId, typing: bool) -> Typing {
        let user = self.present(user.clone());
        if !typing {
            let told = self.typing.end(chat, &user.id, Some(connection));
            return Typing { chat_id: chat.clone(), user, typing, expires_at: None, duplicate: !told };
        }
        let lasts = i64::try_from(TYPING_LASTS.as_millis()).unwrap_or(0);
        let expires_at = Some(Timestamp::from_millis(self.clock.now().millis() + lasts));
        let begun = Typing { chat_id: chat.clone(), user, typing, expires_at, duplicate: false };
        let elsewhere = self.remote_typing.count_others(chat, &begun.user.id);
        let most = self.most_typing(chat).saturating_sub(elsewhere);
        let told = self.typing.begin(&begun, connection, most, clock::uptime_millis());
        Typing { duplicate: !told, ..begun }
    }

    /// Maximum number of users in a chat whose typing is announced at the same time.
    fn most_typing(&self, chat: &ChatId) -> usize {
        if self.hub.is_large(chat) { TYPING_IN_LARGE_CHATS } else { usize::MAX }
    }

    /// Ends the typing and streams that an event ends, before it is published.
    pub fn changed(&self, event: &ChatEvent, caller: Option<&Connection>) {
        match event {
            ChatEvent::NewMessage(event) => {
                self.typing.end(&event.chat_id, &event.message.sender.id, caller);
                self.streams.finished(&event.message);
            }
            ChatEvent::MembersRemoved(event) => {
                for user in &event.user_ids {
                    // Users who leave know it, so their own connection is skipped. A removal is announced to everybody,
                    // including the remover.
                    self.expel(&event.chat_id, user, caller.filter(|_| event.by == *user));
                }
            }
            ChatEvent::MemberBanned(event) => self.expel(&event.chat_id, &event.user_id, None),
            ChatEvent::ChatUpdated(event) if !event.chat.active => self.archive(&event.chat_id),
            ChatEvent::ChatDeleted(event) => self.forget_chat(&event.chat_id),
            _ => {}
        }
    }

    fn forget_chat(&self, chat: &ChatId) {
        self.typing.forget(chat);
        self.remote_typing.forget(chat);
        self.streams.forget(chat);
    }

    fn expel(&self, chat: &ChatId, user: &UserId, caller: Option<&Connection>) {
        match caller {
            Some(caller) => drop(self.typing.end(chat, user, Some(caller))),
            None => self.typing.end_for_all(chat, |typing| typing == user),
        }
        self.streams.expel(chat, user, caller);
    }

    /// Ends typing and streams in a chat that becomes read-only, and announces it.
    fn archive(&self, chat: &ChatId) {
        self.typing.end_for_all(chat, |_| true);
        self.streams.give_up_all(chat);
    }

    /// Ends expired typing and streams.
    pub fn tick(&self) {
        let now = clock::uptime_millis();
        self.typing.expire(now);
        self.remote_typing.expire(now);
        self.presence.tick();
    }

    /// Disconnected users with a last-seen time that is not stored yet.
    pub fn seen(&self) -> Vec<Seen> {
        self.presence.seen()
    }

    /// Forgets last-seen times that have been stored.
    pub fn forget_seen(&self, kept: &[Seen]) {
        self.presence.forget_seen(kept);
    }
}

/// The remote half of the features.
impl RealtimeFeatures {
    /// Ends the typing and streams that another node's event ends, before the event is delivered.
    pub(super) fn remote_event(&self, publication: &Publication) {
        match publication.seq {
            None => self.forget_chat(&publication.chat),
            Some(_) if archives(&publication.text) => self.archive(&publication.chat),
            Some(_) => publication.left.iter().for_each(|user| self.expel(&publication.chat, user, None)),
        }
    }

    /// Records an ephemeral event from another node, and selects its recipients among the subscribers on this node.
    pub(super) fn remote_ephemeral(&self, from: u64, event: &str) -> RemoteReaders {
        let Ok(event) = serde_json::from_str(event) else { return RemoteReaders::All };
        let told = match event {
            RemoteEphemeral::StreamStarted { message } => {
                self.streams.remote_started(from, *message);
                None
            }
            RemoteEphemeral::MessageChunk { chat_id, message_id, content, index } => {
                self.streams.remote_piece(&StreamKey { chat: chat_id, message: message_id }, index, &content);
                None
            }
            RemoteEphemeral::StreamStopped { chat_id, message_id } => {
                self.streams.remote_stopped(&StreamKey { chat: chat_id, message: message_id })
            }
            RemoteEphemeral::Typing { chat_id, user, typing } => {
                // Two nodes together may announce too many users of a large chat before either has received the other's
                // events.
                let others = self.typing.count(&chat_id) + self.remote_typing.count_others(&chat_id, &user.id);
                if typing && others >= self.most_typing(&chat_id) {
                    return RemoteReaders::Nobody;
                }
                let notice = TypingNotice { node: from, chat: chat_id, user: *user, typing };
                self.remote_typing.note(notice, clock::uptime_millis());
                None
            }
        };
        told.map_or(RemoteReaders::All, RemoteReaders::AllBut)
    }

    /// Sends this node's snapshot.
    pub(super) fn snapshot(&self, rejoined: bool, send: &mut dyn FnMut(NodeSnapshot)) {
        self.presence.snapshot(rejoined, send, || NodeSnapshot::End(self.streams.all()));
    }

    /// Applies one part of another node's snapshot.
    pub(super) fn receive_snapshot(&self, from: u64, part: NodeSnapshot) {
        match part {
            NodeSnapshot::Begin { rejoined } => self.presence.begin_snapshot(from, rejoined),
            NodeSnapshot::Users(users) => users.iter().for_each(|user| self.presence.receive(from, user)),
            NodeSnapshot::End(streams) => {
                self.streams.replace(from, streams);
                self.presence.end_snapshot(from);
            }
        }
    }

    /// Forgets a node that has stopped.
    pub(super) fn node_left(&self, node: u64) {
        self.presence.node_left(node);
        self.end_of_node(node);
    }

    /// Forgets a lost node, and announces to clients of this node the end of its users' presence, typing and streams.
    pub(super) fn node_lost(&self, node: u64) {
        self.presence.node_lost(node);
        self.end_of_node(node);
    }

    fn end_of_node(&self, node: u64) {
        self.remote_typing.end_of_node(node);
        self.streams.replace(node, vec![]);
    }
}
