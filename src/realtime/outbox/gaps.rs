use std::collections::BTreeSet;

use serde::Serialize;

use crate::protocol::{ChatId, Seq};

/// Tells a client which events it missed. Without a chat: events of any kind; SYNC with the latest cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(tag = "type", rename = "LAGGED", rename_all = "camelCase")]
pub struct Lagged {
    /// The chat whose events were missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<ChatId>,
    /// The first event missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_seq: Option<Seq>,
    /// The last event missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_seq: Option<Seq>,
}

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
