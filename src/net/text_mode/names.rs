use std::collections::{HashMap, VecDeque};

use serde_json::Value;

use super::display;

/// Names that are remembered; beyond it the oldest are forgotten.
const MAX_NAMES: usize = 10_000;
/// Bytes of the names and ids that are remembered.
const MAX_BYTES: usize = 256 << 10;

/// The names of users and chats, by their ids.
#[derive(Debug, Default)]
pub(super) struct NameBook {
    names: HashMap<NameKey, Name>,
    /// The keys, oldest first.
    order: VecDeque<NameKey>,
    bytes: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum NameKey {
    User(Box<str>),
    Chat(Box<str>),
}

#[derive(Debug)]
struct Name {
    name: Box<str>,
    is_channel: bool,
}

/// A chat as a person may choose it.
#[derive(Debug)]
pub(super) struct KnownChat<'a> {
    pub(super) id: &'a str,
    name: &'a str,
    is_channel: bool,
}

impl KnownChat<'_> {
    /// The line that opens this chat and no other.
    pub(super) fn choice(&self) -> String {
        match self.is_channel {
            true => format!("/open #{} (the channel)", display::inline(self.name)),
            false => format!("/open {} (a group)", display::inline(self.id)),
        }
    }
}

impl NameBook {
    /// Learns from the fields of a frame that name users and chats. Everything else in a frame may be written by
    /// anybody.
    pub(super) fn learn(&mut self, frame: &Value) {
        for user in [&frame["user"], &frame["message"]["sender"]] {
            self.learn_user(user);
        }
        each(frame, "users", |user| self.learn_user(user));
        each(frame, "members", |member| self.learn_user(&member["user"]));
        each(frame, "messages", |message| self.learn_user(&message["sender"]));
        self.learn_chat(&frame["chat"]);
        each(frame, "chats", |chat| self.learn_chat(chat));
    }

    fn learn_user(&mut self, user: &Value) {
        if let (Some(id), Some(name)) = (user["id"].as_str(), user["username"].as_str()) {
            self.insert(NameKey::User(id.into()), Name { name: name.into(), is_channel: false });
        }
    }

    fn learn_chat(&mut self, chat: &Value) {
        self.learn_user(&chat["peer"]);
        let kind = chat["kind"].as_str();
        let named = kind.filter(|kind| ["channel", "group"].contains(kind));
        if let (Some(kind), Some(id), Some(name)) = (named, chat["id"].as_str(), chat["name"].as_str()) {
            self.insert(NameKey::Chat(id.into()), Name { name: name.into(), is_channel: kind == "channel" });
        }
    }

    fn insert(&mut self, key: NameKey, name: Name) {
        self.bytes += size(&key, &name);
        match self.names.insert(key.clone(), name) {
            Some(known) => self.bytes -= size(&key, &known),
            None => self.order.push_back(key),
        }
        while self.names.len() > MAX_NAMES || self.bytes > MAX_BYTES {
            let Some(oldest) = self.order.pop_front() else { return };
            if let Some(known) = self.names.remove(&oldest) {
                self.bytes -= size(&oldest, &known);
            }
        }
    }

    pub(super) fn user<'a>(&'a self, id: &'a str) -> &'a str {
        self.names.get(&NameKey::User(id.into())).map_or(id, |known| &*known.name)
    }

    /// Every known chat of that name or id, in the order of their ids.
    pub(super) fn chats_called(&self, given: &str) -> Vec<KnownChat<'_>> {
        let folded = given.to_lowercase();
        let mut found: Vec<KnownChat<'_>> = vec![];
        for (key, known) in &self.names {
            if let NameKey::Chat(id) = key
                && (**id == *given || known.name.to_lowercase() == folded)
            {
                found.push(KnownChat { id, name: &known.name, is_channel: known.is_channel });
            }
        }
        found.sort_unstable_by_key(|chat| chat.id);
        found
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.names.len().max(self.order.len())
    }

    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }
}

fn size(key: &NameKey, name: &Name) -> usize {
    let (NameKey::User(id) | NameKey::Chat(id)) = key;
    2 * id.len() + name.name.len()
}

fn each(frame: &Value, field: &str, learn: impl FnMut(&Value)) {
    frame[field].as_array().into_iter().flatten().for_each(learn);
}
