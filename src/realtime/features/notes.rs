//! Keeping note of what happens on other nodes and is never stored.

use std::sync::Arc;

use serde::Deserialize;

use crate::cluster::{Notes, Running, Spot, Word};
use crate::ops::clock;
use crate::protocol::{ChatId, Message, MessageId, User, UserId};
use crate::realtime::hub::Connection;

use super::RealtimeFeatures;

/// An event that passes by, as far as anything is noted of it.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
enum Passing {
    StreamStarted { message: Box<Message> },
    MessageChunk { chat_id: ChatId, message_id: MessageId, content: String, index: u64 },
    StreamStopped { chat_id: ChatId, message_id: MessageId },
    Typing { chat_id: ChatId, user: Box<User>, typing: bool },
}

impl Notes for RealtimeFeatures {
    fn pass(&self, node: u64, event: &str) -> Option<Arc<Connection>> {
        match serde_json::from_str(event).ok()? {
            Passing::StreamStarted { message } => {
                self.streams.started(node, *message);
                None
            }
            Passing::MessageChunk { chat_id, message_id, content, index } => {
                self.streams.part((&chat_id, &message_id), (index, &content));
                None
            }
            Passing::StreamStopped { chat_id, message_id } => self.streams.stopped((&chat_id, &message_id)),
            Passing::Typing { chat_id, user, typing } => {
                self.typing_elsewhere.note((node, clock::uptime_millis()), chat_id, (*user, typing));
                None
            }
        }
    }

    fn take(&self, node: u64, word: Word) {
        self.streams.take(node, word);
    }

    fn running(&self) -> Vec<Running> {
        self.streams.all()
    }

    fn introduce(&self, node: u64, running: Vec<Running>) -> Vec<Spot> {
        self.streams.introduce(node, running)
    }

    fn end_of_node(&self, node: u64) -> Vec<Spot> {
        self.typing_elsewhere.end_of_node(&self.hub, node);
        self.streams.introduce(node, vec![])
    }

    fn doubt(&self, chats: Option<&[ChatId]>) {
        self.streams.doubt(chats);
    }

    fn out(&self, chat: &ChatId, users: &[UserId]) {
        users.iter().for_each(|user| self.expelled((chat, user), None));
    }

    fn forget(&self, chat: &ChatId) {
        self.forget_chat(chat);
    }
}
