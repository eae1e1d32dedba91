use std::collections::BTreeMap;

use serde_json::Value;

/// The compared fields of a message.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) seq: u64,
    pub(super) updated: u64,
    pub(super) sender: String,
    pub(super) deleted: bool,
    pub(super) content: String,
    pub(super) reactions: Value,
}

/// The final state of a chat that every client must reach by listening.
#[derive(Clone, Debug, Default)]
pub(super) struct ChatGoal {
    /// The chat's clock.
    pub(super) seq: u64,
    /// The members.
    pub(super) members: Members,
}

/// The goal of each chat.
pub(super) type Goal = BTreeMap<String, ChatGoal>;

/// The members of a chat.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Members {
    /// Roles by users.
    pub(super) roles: BTreeMap<String, String>,
    /// The versions of their profiles.
    pub(super) versions: BTreeMap<String, u64>,
}

/// The compared part of a chat's state.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct CheckedChat {
    pub(super) description: String,
    pub(super) pinned: Vec<String>,
    /// Roles by users.
    pub(super) members: BTreeMap<String, String>,
    pub(super) messages: BTreeMap<String, Line>,
    /// The digest of all durable items, as reported by a node; empty for a client.
    pub(super) digest: String,
}

/// A client's state of one chat, and its position.
#[derive(Clone, Debug, Default)]
pub(super) struct View {
    /// Everything up to this position is known.
    pub(super) position: u64,
    /// The latest position received on this connection, and the first.
    pub(super) streamed: Option<u64>,
    pub(super) first: Option<u64>,
    /// The last event that a LAGGED has named.
    pub(super) lagged: u64,
    /// True if SYNC must be sent from `position` on.
    pub(super) behind: bool,
    pub(super) known: CheckedChat,
    /// The latest received reactions, including those to unknown messages.
    pub(super) reactions: BTreeMap<String, (u64, Value)>,
    /// Events other than messages that arrived while SYNC was running, whose result may be older.
    pub(super) changes: Vec<(u64, Value)>,
    /// The part of the latest SYNC that concerns only this client: marks, counts and mute.
    pub(super) viewer: Value,
}

impl Members {
    /// The roles and profiles in a list of members.
    pub(super) fn of(members: &Value) -> Self {
        Members { roles: roles(members), versions: versions(members).collect() }
    }
}

/// A message by its id.
pub(super) fn line(message: &Value) -> Option<(String, Line)> {
    let [id, content] = ["id", "content"].map(|name| message[name].as_str().map(str::to_owned));
    let seq = message["seq"].as_u64()?;
    let updated = message["updatedSeq"].as_u64()?;
    let sender = message.pointer("/sender/id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let deleted = message.get("deletedAt").is_some();
    Some((id?, Line { seq, updated, sender, deleted, content: content?, reactions: plain(&message["reactions"]) }))
}

/// Reactions without the fields for the caller alone.
fn plain(reactions: &Value) -> Value {
    let mut reactions = reactions.clone();
    for reaction in reactions.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        reaction.shift_remove("me");
    }
    reactions
}

/// The texts at this path in each value.
pub(super) fn texts<'a>(values: &'a Value, path: &str) -> Vec<&'a str> {
    let each = values.as_array().into_iter().flatten();
    each.filter_map(|value| value.pointer(path).and_then(Value::as_str)).collect()
}

/// Roles by users.
pub(super) fn roles(members: &Value) -> BTreeMap<String, String> {
    let users = texts(members, "/user/id");
    let roles = texts(members, "/role");
    users.into_iter().zip(roles).map(|(user, role)| (user.to_owned(), role.to_owned())).collect()
}

/// The versions of the profiles in a list of members.
pub(super) fn versions(members: &Value) -> impl Iterator<Item = (String, u64)> + '_ {
    let users = members.as_array().into_iter().flatten().map(|member| &member["user"]);
    users.filter_map(|user| Some((user["id"].as_str()?.to_owned(), user["version"].as_u64()?)))
}

impl View {
    /// The number of unread messages that the server must report for a read position.
    pub(super) fn unread(&self, user: &str, read: u64) -> u64 {
        let unread = |line: &&Line| line.seq > read && line.sender != user && !line.deleted;
        self.known.messages.values().filter(unread).count() as u64
    }
}

impl CheckedChat {
    pub(super) fn take_chat(&mut self, chat: &Value) {
        self.description = chat["description"].as_str().unwrap_or_default().to_owned();
        self.pin(&chat["pinned"]);
    }

    fn pin(&mut self, pinned: &Value) {
        self.pinned = texts(pinned, "").into_iter().map(str::to_owned).collect();
    }

    /// Applies an event's changes to anything but messages; false if there are none.
    fn change(&mut self, event: &Value) -> bool {
        match event["type"].as_str().unwrap_or_default() {
            "MEMBERS_ADDED" => self.members.extend(roles(&event["members"])),
            "MEMBERS_REMOVED" => {
                let out = texts(&event["userIds"], "");
                self.members.retain(|member, _| !out.contains(&&**member));
            }
            "MEMBER_UPDATED" => {
                let [user, role] = ["userId", "role"].map(|name| event[name].as_str().unwrap_or_default().to_owned());
                self.members.insert(user, role);
            }
            "CHAT_UPDATED" => self.take_chat(&event["chat"]),
            "MESSAGE_PINNED" | "MESSAGE_UNPINNED" => self.pin(&event["pinned"]),
            "MESSAGE_DELETED" => self.pinned.retain(|pinned| event["messageId"] != pinned.as_str()),
            _ => return false,
        }
        true
    }
}

impl View {
    /// Stores a received message; one older than the known one changes nothing.
    pub(super) fn keep(&mut self, message: &Value) {
        let Some((id, mut new)) = line(message) else { return };
        if let Some((at, reactions)) = self.reactions.get(&id)
            && *at > new.updated
        {
            new.updated = *at;
            new.reactions = reactions.clone();
        }
        if self.known.messages.get(&id).is_none_or(|before| before.updated <= new.updated) {
            self.known.messages.insert(id, new);
        }
    }

    /// Applies an event's effect at its position.
    pub(super) fn apply(&mut self, event: &Value, seq: u64) {
        self.keep(&event["message"]);
        if event["reactions"].is_array() {
            self.react(event, seq);
        } else if self.known.change(event) && self.behind {
            self.changes.push((seq, event.clone()));
        }
    }

    fn react(&mut self, event: &Value, seq: u64) {
        let id = event["messageId"].as_str().unwrap_or_default();
        let reactions = plain(&event["reactions"]);
        if let Some(line) = self.known.messages.get_mut(id).filter(|line| line.updated < seq) {
            line.updated = seq;
            line.reactions = reactions.clone();
        }
        self.reactions.insert(id.to_owned(), (seq, reactions));
    }

    /// Applies a SYNC result, then the events that have arrived since.
    pub(super) fn take_news(&mut self, news: &Value, seq: u64) {
        news["messages"].as_array().into_iter().flatten().for_each(|message| self.keep(message));
        self.viewer = news["viewer"].clone();
        let chat = &news["chat"];
        let members = &news["members"];
        if chat.is_object() {
            self.known.take_chat(chat);
        }
        if members.is_array() {
            self.known.members = roles(members);
        }
        for (_, event) in self.changes.iter().filter(|(at, _)| *at > seq) {
            self.known.change(event);
        }
    }
}
