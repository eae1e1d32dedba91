use crate::ops::collections::HashSet;
use crate::protocol::{ChatId, LargeChats};

use super::Hub;

impl Hub {
    /// The chats that are large.
    pub fn large_chats(&self) -> LargeChats {
        self.large_chats
    }

    /// True if a chat with subscribers here is large.
    pub fn is_large(&self, chat: &ChatId) -> bool {
        self.channel(chat).is_some_and(|channel| self.large_chats.include(channel.lock().members))
    }

    /// The chats among these whose number of members is unknown.
    pub fn unsized_chats(&self, chats: &[ChatId]) -> HashSet<ChatId> {
        let mut found: HashSet<ChatId> = HashSet::default();
        self.in_turns(chats, |channels, chat| {
            if channels.get(chat).is_none_or(|channel| channel.lock().members == 0) {
                found.insert(chat.clone());
            }
        });
        found
    }
}
