use std::collections::BTreeMap;

use serde_json::Value;

use super::display;

/// Initial number of id characters shown to distinguish two chats with the same label.
const ID_CHARS: usize = 4;
/// Maximum length of a chat's id in characters.
const LONGEST_ID: usize = 256;

/// The chats whose events are shown, and the one that plain text is sent to.
#[derive(Debug, Default)]
pub(super) struct OpenChats {
    /// Labels by chat id.
    labels: BTreeMap<String, String>,
    /// The id of a chat that was opened successfully.
    current: Option<String>,
    /// The position of the latest shown message of each chat.
    latest: BTreeMap<String, u64>,
}

impl OpenChats {
    pub(super) fn current(&self) -> Option<&str> {
        self.current.as_deref()
    }

    /// The position of the latest shown message of the current chat, if any.
    pub(super) fn latest(&self) -> Option<u64> {
        self.latest.get(self.current()?).copied()
    }

    /// Records the messages of a page of history.
    pub(super) fn note_history(&mut self, page: &Value) {
        if let (Some(id), Some(last)) =
            (page["chatId"].as_str(), page["messages"].as_array().and_then(|all| all.last()))
        {
            self.note_message(id, last);
        }
    }

    fn note_message(&mut self, id: &str, message: &Value) {
        if let Some(seq) = message["seq"].as_u64().filter(|_| self.is_open(id)) {
            let latest = self.latest.entry(id.to_owned()).or_default();
            *latest = seq.max(*latest);
        }
    }

    pub(super) fn close_current(&mut self) {
        self.current = None;
    }

    pub(super) fn is_open(&self, id: &str) -> bool {
        self.labels.contains_key(id)
    }

    /// The label of a chat's lines.
    pub(super) fn label(&self, id: &str) -> String {
        self.labels.get(id).cloned().unwrap_or_else(|| display::name(id))
    }

    /// Shows a chat's events and sends plain text to it.
    pub(super) fn open(&mut self, chat: &Value) {
        self.show(chat);
        self.current = chat["id"].as_str().map(str::to_owned);
        if let Some(id) = chat["id"].as_str() {
            self.note_message(id, &chat["lastMessage"]);
        }
    }

    /// Shows a chat's events.
    pub(super) fn show(&mut self, chat: &Value) {
        let Some(id) = chat["id"].as_str() else { return };
        let own = label_of(chat);
        let mut label = own.clone();
        let mut count = ID_CHARS;
        // The creator of a chat chooses its id, so the ends of two ids may be equal.
        while self.is_anothers(id, &label) && count <= LONGEST_ID {
            let end: Vec<char> = id.chars().rev().take(count).collect();
            label = format!("{own} ~{}", display::name(&end.into_iter().rev().collect::<String>()));
            count *= 2;
        }
        self.labels.insert(id.to_owned(), label);
    }

    /// True if another chat has the label.
    fn is_anothers(&self, id: &str, label: &str) -> bool {
        let folded = label.to_lowercase();
        self.labels.iter().any(|(other, known)| other != id && known.to_lowercase() == folded)
    }

    pub(super) fn remove(&mut self, id: &str) {
        self.labels.remove(id);
        self.latest.remove(id);
        self.current.take_if(|current| current == id);
    }

    /// Tracks the messages, the renaming and the deletion of open chats.
    pub(super) fn follow(&mut self, event: &Value) {
        let id = event["chatId"].as_str().unwrap_or_default();
        match event["type"].as_str() {
            Some("CHAT_UPDATED") if self.is_open(id) => self.show(&event["chat"]),
            Some("CHAT_DELETED") => self.remove(id),
            Some("NEW_MESSAGE") => self.note_message(id, &event["message"]),
            _ => {}
        }
    }
}

/// The label of a chat. A channel has its name alone; other kinds are marked, so that none passes for a channel.
fn label_of(chat: &Value) -> String {
    let name = display::name(chat["name"].as_str().unwrap_or_default());
    match chat["kind"].as_str() {
        Some("direct") => format!("@{}", display::name(chat["peer"]["username"].as_str().unwrap_or_default())),
        Some("channel") if name.starts_with('@') || name.ends_with(" (group)") => format!("#{name}"),
        Some("channel") => name,
        _ => format!("{name} (group)"),
    }
}
