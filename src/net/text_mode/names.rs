use std::collections::{HashMap, VecDeque};

use serde_json::{Value, json};

/// Maximum number of remembered names; beyond it the oldest are forgotten.
const MAX_NAMES: usize = 10_000;
/// Maximum size of the remembered names and ids in bytes.
const MAX_BYTES: usize = 256 << 10;

/// The names of users and of the person's groups and direct chats, by id. Channels are excluded: anyone may create one
/// with any id, and everybody is notified of it.
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
    Group(Box<str>),
    Direct(Box<str>),
}

#[derive(Debug)]
struct Name {
    name: Box<str>,
}

impl NameBook {
    /// Learns from the fields of a frame that name users and chats. Anyone may write anything into the other fields.
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
            self.insert(NameKey::User(id.into()), Name { name: name.into() });
        }
    }

    fn learn_chat(&mut self, chat: &Value) {
        self.learn_user(&chat["peer"]);
        let Some(id) = chat["id"].as_str() else { return };
        match chat["kind"].as_str() {
            Some("group") => {
                let name = chat["name"].as_str().unwrap_or_default();
                self.insert(NameKey::Group(id.into()), Name { name: name.into() });
            }
            Some("direct") => self.insert(NameKey::Direct(id.into()), Name { name: "".into() }),
            _ => {}
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

    /// True for the id of a known direct chat, which clients cannot choose.
    pub(super) fn is_direct(&self, id: &str) -> bool {
        self.names.contains_key(&NameKey::Direct(id.into()))
    }

    /// The known group with this id.
    pub(super) fn group(&self, id: &str) -> Option<Value> {
        let known = self.names.get(&NameKey::Group(id.into()))?;
        Some(json!({"id":id,"kind":"group","name":&*known.name}))
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
    let (NameKey::User(id) | NameKey::Group(id) | NameKey::Direct(id)) = key;
    2 * id.len() + name.name.len()
}

fn each(frame: &Value, field: &str, learn: impl FnMut(&Value)) {
    frame[field].as_array().into_iter().flatten().for_each(learn);
}
