//! Letters as bytes: one line of JSON that says what it is and whose, then the event as clients get it.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::auth::rate_limits::Tried;
use crate::protocol::{ChatId, Seq, User, UserId};
use crate::realtime::hub::{Publication, Revocation, UserStanding};

use super::notes::{Running, Word};

#[cfg(test)]
mod tests;

/// What the other nodes must know.
#[derive(Clone, Copy, Debug)]
pub enum Letter<'a> {
    /// An event on a chat's clock, or its end.
    Event(&'a Publication),
    /// What a chat's listeners hear and nobody stores.
    Passing {
        /// Who hears it.
        chat: &'a ChatId,
        /// What they hear.
        text: &'a Utf8Bytes,
    },
    /// What everybody hears who hears one of these chats, and the user's own connections, once each; nobody stores it.
    Around {
        /// Whom it is about.
        user: &'a UserId,
        /// Where that is known.
        chats: &'a [ChatId],
        /// What they hear.
        text: &'a Utf8Bytes,
    },
    /// What all of a user's connections hear.
    Personal {
        /// Who hears it.
        user: &'a UserId,
        /// What they hear.
        text: &'a Utf8Bytes,
        /// Nobody stores it: it is the first to be dropped.
        ephemeral: bool,
    },
    /// What everybody hears who does not hear the chat itself.
    Outside {
        /// Who does not hear it.
        chat: &'a ChatId,
        /// What the others hear.
        text: &'a Utf8Bytes,
    },
    /// What everybody hears who hears one of these chats, and the user's own connections, once each; it is kept.
    Shared {
        /// Whom it is about.
        user: &'a UserId,
        /// Where it is heard.
        chats: &'a [ChatId],
        /// What they hear.
        text: &'a Utf8Bytes,
    },
    /// A user has another name, role or picture: connections are to act as the user is now.
    Renewed(&'a User),
    /// Credentials that are no longer good.
    Revoked(&'a Revocation),
    /// How a user stands on the node from here on.
    Status(&'a UserId, UserStanding),
    /// The node is about to say who is there, to those who asked or, with `true`, because it was away.
    Introduction(bool),
    /// How many users stand on the node.
    Statuses(&'a [(UserId, UserStanding)]),
    /// What is to be known of streams; by one node, or by all.
    Word(Option<u64>, &'a Word),
    /// All streams of the node; with that it has introduced itself.
    Running(&'a [Running]),
    /// What came of a log-in.
    Tried(&'a Tried),
    /// The node is new, or was away: how does everybody stand?
    Hello,
    /// The node is there.
    Alive,
    /// The node ends, and owes nothing.
    Farewell,
    /// Letters of this node were lost: look everything up.
    Lost,
}

/// Who hears a letter; a node has only those topics come that somebody on it is concerned with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Every node.
    All,
    /// Nodes where somebody hears the chat.
    Chat(ChatId),
    /// Nodes where the user is.
    User(UserId),
    /// The node of that number.
    Node(u64),
}

impl Topic {
    /// Its channel's name, behind a deployment's prefix.
    pub fn channel(&self, prefix: &str) -> String {
        match self {
            Topic::All => format!("{prefix}all"),
            Topic::Chat(chat) => format!("{prefix}c:{chat}"),
            Topic::User(user) => format!("{prefix}u:{user}"),
            Topic::Node(node) => format!("{prefix}n:{node}"),
        }
    }
}

/// What a letter's first line says.
#[derive(Debug, Serialize, Deserialize)]
enum Head {
    Event {
        chat: ChatId,
        seq: Option<Seq>,
        joined: Vec<UserId>,
        left: Vec<UserId>,
        welcome: Option<usize>,
        sender: Option<UserId>,
    },
    Passing {
        chat: ChatId,
    },
    Around {
        user: UserId,
        chats: Vec<ChatId>,
    },
    Personal {
        user: UserId,
        ephemeral: bool,
    },
    Outside {
        chat: ChatId,
    },
    Shared {
        user: UserId,
        chats: Vec<ChatId>,
    },
    Renewed(User),
    Revoked(Revocation),
    Introduction(bool),
    Statuses(Vec<(UserId, UserStanding)>),
    Word(Word),
    Running(Vec<Running>),
    Tried(Tried),
    Hello,
    Alive,
    Farewell,
    Lost,
}

/// A letter that has come.
#[derive(Debug)]
pub(super) enum Received {
    Event(Publication),
    Passing { chat: ChatId, text: Utf8Bytes },
    Around { user: UserId, chats: Vec<ChatId>, text: Utf8Bytes },
    Personal { user: UserId, text: Utf8Bytes, ephemeral: bool },
    Outside { chat: ChatId, text: Utf8Bytes },
    Shared { user: UserId, chats: Vec<ChatId>, text: Utf8Bytes },
    Renewed(User),
    Revoked(Revocation),
    Introduction(bool),
    Statuses(Vec<(UserId, UserStanding)>),
    Word(Word),
    Running(Vec<Running>),
    Tried(Tried),
    Hello,
    Alive,
    Farewell,
    Lost,
}

impl Letter<'_> {
    /// Whether it is worth sending when it is late.
    pub(super) fn keeps(&self) -> bool {
        match self {
            Letter::Event(_) | Letter::Shared { .. } | Letter::Personal { ephemeral: false, .. } => true,
            Letter::Renewed(_) | Letter::Revoked(_) => true,
            Letter::Passing { .. } | Letter::Around { .. } | Letter::Personal { .. } | Letter::Outside { .. } => false,
            Letter::Status(..) | Letter::Statuses(_) | Letter::Running(_) | Letter::Introduction(_) => true,
            Letter::Word(to, _) => to.is_none(),
            Letter::Hello | Letter::Alive | Letter::Farewell | Letter::Lost | Letter::Tried(_) => false,
        }
    }

    /// Who must hear it.
    pub(super) fn topics(&self) -> Vec<Topic> {
        match self {
            // Those who come in or go out may be where nobody hears the chat.
            Letter::Event(event) => {
                let users = event.joined.iter().chain(&event.left).cloned().map(Topic::User);
                std::iter::once(Topic::Chat(event.chat.clone())).chain(users).collect()
            }
            Letter::Passing { chat, .. } => vec![Topic::Chat((*chat).clone())],
            Letter::Personal { user, .. } => vec![Topic::User((*user).clone())],
            Letter::Word(Some(node), _) => vec![Topic::Node(*node)],
            _ => vec![Topic::All],
        }
    }

    /// The letter as the other nodes get it from the node of that number.
    pub(super) fn write(&self, node: u64) -> Bytes {
        let (head, texts): (Head, [&str; 2]) = match *self {
            Letter::Event(event) => {
                let welcome = event.welcome.as_deref();
                let head = Head::Event {
                    chat: event.chat.clone(),
                    seq: event.seq,
                    joined: event.joined.clone(),
                    left: event.left.clone(),
                    welcome: welcome.map(str::len),
                    sender: event.sender.clone(),
                };
                (head, [welcome.unwrap_or(""), &event.text])
            }
            Letter::Passing { chat, text } => (Head::Passing { chat: chat.clone() }, ["", text]),
            Letter::Around { user, chats, text } => {
                (Head::Around { user: user.clone(), chats: chats.to_vec() }, ["", text])
            }
            Letter::Personal { user, text, ephemeral } => {
                (Head::Personal { user: user.clone(), ephemeral }, ["", text])
            }
            Letter::Outside { chat, text } => (Head::Outside { chat: chat.clone() }, ["", text]),
            Letter::Shared { user, chats, text } => {
                (Head::Shared { user: user.clone(), chats: chats.to_vec() }, ["", text])
            }
            Letter::Renewed(user) => (Head::Renewed(user.clone()), [""; 2]),
            Letter::Revoked(revocation) => (Head::Revoked(revocation.clone()), [""; 2]),
            Letter::Status(user, standing) => (Head::Statuses(vec![(user.clone(), standing)]), [""; 2]),
            Letter::Introduction(anew) => (Head::Introduction(anew), [""; 2]),
            Letter::Statuses(users) => (Head::Statuses(users.to_vec()), [""; 2]),
            Letter::Word(_, word) => (Head::Word(word.clone()), [""; 2]),
            Letter::Running(streams) => (Head::Running(streams.to_vec()), [""; 2]),
            Letter::Tried(tried) => (Head::Tried(tried.clone()), [""; 2]),
            Letter::Hello => (Head::Hello, [""; 2]),
            Letter::Alive => (Head::Alive, [""; 2]),
            Letter::Farewell => (Head::Farewell, [""; 2]),
            Letter::Lost => (Head::Lost, [""; 2]),
        };
        let mut bytes = Vec::with_capacity(128 + texts[0].len() + texts[1].len());
        serde_json::to_writer(&mut bytes, &(node, head)).expect("a head is plain data");
        bytes.push(b'\n');
        texts.iter().for_each(|text| bytes.extend_from_slice(text.as_bytes()));
        bytes.into()
    }
}

/// Reads a letter and which node wrote it; none where it makes no sense.
pub(super) fn read(bytes: Bytes) -> Option<(u64, Received)> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (node, head): (u64, Head) = serde_json::from_slice(&bytes[..end]).ok()?;
    let rest = Utf8Bytes::try_from(bytes.slice(end + 1..)).ok();
    let letter = match head {
        Head::Event { chat, seq, joined, left, welcome, sender } => {
            let bytes = bytes.slice(end + 1..);
            let (welcome, text) = match welcome {
                Some(length) if length <= bytes.len() => {
                    (Some(Utf8Bytes::try_from(bytes.slice(..length)).ok()?), bytes.slice(length..))
                }
                Some(_) => return None,
                None => (None, bytes),
            };
            let text = Utf8Bytes::try_from(text).ok()?;
            Received::Event(Publication { chat, seq, text, welcome, joined, left, caller: None, sender })
        }
        Head::Passing { chat } => Received::Passing { chat, text: rest? },
        Head::Around { user, chats } => Received::Around { user, chats, text: rest? },
        Head::Personal { user, ephemeral } => Received::Personal { user, text: rest?, ephemeral },
        Head::Outside { chat } => Received::Outside { chat, text: rest? },
        Head::Shared { user, chats } => Received::Shared { user, chats, text: rest? },
        Head::Renewed(user) => Received::Renewed(user),
        Head::Revoked(revocation) => Received::Revoked(revocation),
        Head::Introduction(anew) => Received::Introduction(anew),
        Head::Statuses(users) => Received::Statuses(users),
        Head::Word(word) => Received::Word(word),
        Head::Running(streams) => Received::Running(streams),
        Head::Tried(tried) => Received::Tried(tried),
        Head::Hello => Received::Hello,
        Head::Alive => Received::Alive,
        Head::Farewell => Received::Farewell,
        Head::Lost => Received::Lost,
    };
    Some((node, letter))
}
