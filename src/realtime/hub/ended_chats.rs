use std::collections::VecDeque;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;

use crate::domain::unknown_chat;
use crate::protocol::ChatId;
use crate::realtime::reply::OrderedReply;

/// The time for which an ended chat is remembered, longer than any change takes from commit to reply.
const REMEMBERED: Duration = Duration::from_secs(30);
/// Maximum number of ended chats remembered.
const MOST: usize = 10_000;

/// A chat that has ended, and when.
#[derive(Debug)]
struct EndedChat {
    at: Instant,
    chat: ChatId,
}

/// Chats whose end was delivered recently.
///
/// A change on this node may be committed before another node deletes the chat, and its reply may be ready only after
/// CHAT_DELETED was delivered. By then the chat does not exist for the caller.
#[derive(Debug, Default)]
pub(super) struct EndedChats(Mutex<VecDeque<EndedChat>>);

impl EndedChats {
    /// Records that a chat has ended now.
    pub(super) fn note(&self, chat: &ChatId) {
        let mut ended = self.0.lock();
        while ended.len() >= MOST || ended.front().is_some_and(|ended| ended.at.elapsed() > REMEMBERED) {
            ended.pop_front();
        }
        ended.push_back(EndedChat { at: Instant::now(), chat: chat.clone() });
    }

    /// The reply, or NOT_FOUND if the chat has ended. A stored outcome is returned unchanged, because it may be that of
    /// DELETE_CHAT.
    pub(super) fn unless(&self, chat: &ChatId, reply: OrderedReply) -> OrderedReply {
        let has_ended = self.0.lock().iter().any(|ended| ended.chat == *chat && ended.at.elapsed() <= REMEMBERED);
        if has_ended && reply.result.is_ok() && !reply.is_kept {
            return OrderedReply { result: Err(unknown_chat(chat)), ..reply };
        }
        reply
    }
}
