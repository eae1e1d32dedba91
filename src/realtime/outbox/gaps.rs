use std::collections::BTreeSet;

use serde::Serialize;

use crate::protocol::{ChatId, Seq};

/// Events that the client missed. Without a chat, events of any kind: answer with SYNC and the latest cursor.
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

/// Chats for which the client was sent LAGGED and has not sent SYNC yet.
#[derive(Debug, Default)]
pub(super) struct Gaps {
    chats: BTreeSet<ChatId>,
    /// True if every chat has a gap except those in `chats`, which the client has synchronised since.
    everywhere: bool,
}

/// Maximum number of chats remembered with a gap, or without one after a LAGGED without a chat.
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
