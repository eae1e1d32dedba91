use std::collections::BTreeSet;

use crate::protocol::ChatId;

/// The chats of which the client was told that it missed something, and has not asked for it yet.
#[derive(Debug, Default)]
pub(super) struct Gaps {
    chats: BTreeSet<ChatId>,
    /// Every chat, but for those in `chats`: they were asked for since.
    everywhere: bool,
}

/// Chats remembered with a gap, or without one after a LAGGED without a chat.
const MAX_GAPS: usize = 1000;

impl Gaps {
    pub(super) fn add(&mut self, chat: &ChatId) {
        if self.everywhere {
            self.chats.remove(chat);
        } else if self.chats.len() < MAX_GAPS {
            self.chats.insert(chat.clone());
        } else {
            self.add_everywhere();
        }
    }

    pub(super) fn add_everywhere(&mut self) {
        self.everywhere = true;
        self.chats.clear();
    }

    pub(super) fn forget(&mut self, chat: &ChatId) {
        if !self.everywhere {
            self.chats.remove(chat);
        } else if self.chats.len() < MAX_GAPS {
            self.chats.insert(chat.clone());
        }
    }

    pub(super) fn contains(&self, chat: &ChatId) -> bool {
        self.everywhere != self.chats.contains(chat)
    }
}
