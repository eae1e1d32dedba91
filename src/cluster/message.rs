//! The messages between nodes, and their encoding.
//!
//! A message is one line of JSON, which names the sending node, followed by the texts for clients. The texts are not
//! part of the JSON: the receiving node forwards them as slices of the received bytes, without encoding them again.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::protocol::{ChatId, Message, MessageId, PresenceStatus, Seq, User, UserId};

use super::revocation::Revocation;

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod tests;

/// A message from one node to others.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ClusterMessage {
    /// An event with a `seq`, or the end of a chat.
    Event(Publication),
    /// A frame outside every chat's clock.
    Broadcast(Broadcast),
    /// The new profile or role of a user.
    UserChanged(Box<User>),
    /// Credentials that are no longer valid.
    Revoked(Revocation),
    /// A user's connections on the sending node.
    Presence(UserPresence),
    /// A part of the sending node's snapshot of its own users and streams.
    Snapshot(NodeSnapshot),
    /// A change of a stream.
    Stream {
        /// The receiving node; none for all.
        #[serde(skip)]
        to: Option<u64>,
        /// The change.
        notice: StreamNotice,
    },
    /// An attempt that every node's rate limits count, in the format that the rate limits define.
    RateLimit(Box<RawValue>),
    /// The sending node is new, or received nothing for some time: it needs the snapshots of all nodes.
    Join,
    /// The sending node is alive.
    Heartbeat,
    /// The sending node is stopping and has published everything.
    Leave,
    /// Messages of the sending node were dropped: everything they may have announced must be read from the storage.
    MessagesLost,
    /// The outcome of a change of this chat is unknown to the sending node: the chat must be read from the storage.
    ChatDoubted(ChatId),
}

/// An event to be published, encoded once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Publication {
    /// The chat.
    pub chat: ChatId,
    /// The position on the chat's clock; none for the chat's end.
    pub seq: Option<Seq>,
    /// The event's text for subscribers.
    #[serde(skip)]
    pub text: Utf8Bytes,
    /// The text for users who join with the event, if it differs.
    #[serde(skip)]
    pub welcome: Option<Utf8Bytes>,
    /// Users who join with the event.
    pub joined: Vec<UserId>,
    /// Users for whom this event is the last.
    pub left: Vec<UserId>,
    /// The sender, if the event is a new message.
    pub sender: Option<UserId>,
    /// The number of members afterwards, if a user joins or leaves with the event.
    #[serde(default)]
    pub members: Option<u64>,
}

impl Publication {
    /// True if the event changes no subscription.
    pub fn is_plain(&self) -> bool {
        self.seq.is_some() && self.joined.is_empty() && self.left.is_empty()
    }

    /// The event's approximate size in bytes while it is held.
    pub fn size(&self) -> usize {
        256 + self.text.len() + self.welcome.as_ref().map_or(0, |welcome| welcome.len())
    }
}

/// A frame without a `seq` for some connections.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Broadcast {
    /// The connections that receive it.
    pub audience: Audience,
    /// True if it may be dropped under load.
    pub ephemeral: bool,
    /// The frame.
    #[serde(skip)]
    pub text: Utf8Bytes,
}

/// The connections that receive a frame, each once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Audience {
    /// The subscribers of a chat.
    Chat(ChatId),
    /// All of a user's connections.
    User(UserId),
    /// A user's connections, as long as they are subscribed to the chat.
    Member {
        /// The user.
        user: UserId,
        /// The chat.
        chat: ChatId,
    },
    /// All of a user's connections, and the subscribers of these chats.
    UserAndChats {
        /// The user.
        user: UserId,
        /// The chats.
        chats: Vec<ChatId>,
        /// The version of the profile in the frame; 0 if it has none. A frame with a version older than the announced
        /// one is dropped.
        #[serde(default)]
        version: u64,
    },
    /// For a frame with a user's presence: all of the user's connections, and the subscribers of those of these chats
    /// that are not large.
    Contacts {
        /// The user.
        user: UserId,
        /// The chats.
        chats: Vec<ChatId>,
    },
    /// Every connection that is not subscribed to the chat.
    OutsideChat(ChatId),
}

/// A user's connections on one node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodePresence {
    /// The status they add up to.
    pub status: PresenceStatus,
    /// The number of connections.
    pub connections: usize,
}

/// A user's connections on the sending node, and the overall status it computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserPresence {
    /// The user.
    pub user: UserId,
    /// The connections on the sending node.
    pub here: NodePresence,
    /// The overall status that the sending node computed. A receiver with a different result knows that two messages
    /// crossed.
    pub overall: PresenceStatus,
}

/// A part of a node's snapshot of its own users and streams.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum NodeSnapshot {
    /// The snapshot begins.
    Begin {
        /// True if the node was disconnected before, so that changes must be announced; false if the snapshot was
        /// requested.
        rejoined: bool,
    },
    /// Some of the node's users.
    Users(Vec<UserPresence>),
    /// All of the node's streams; users not listed before this are not connected to the node.
    End(Vec<RunningStream>),
}

/// A stream's chat, and the id of its future message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StreamKey {
    /// The chat.
    pub chat: ChatId,
    /// The message.
    pub message: MessageId,
}

/// A stream, as the author's node describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningStream {
    /// The stream's chat and message.
    pub key: StreamKey,
    /// The stream's author.
    pub author: UserId,
    /// True if the author has been asked to stop.
    pub stop_requested: bool,
}

/// A message about a stream, in addition to the events that readers receive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum StreamNotice {
    /// A stream runs on the sending node.
    Began(RunningStream),
    /// A stream has ended.
    Ended(StreamKey),
    /// The author of a stream has been asked to stop.
    StopRequested(StreamKey),
    /// Sent to the author's node: a user asks for the stream's end.
    Stop(StreamKey, UserId),
    /// Sent to the author's node: a reader's node asks for the stream's text.
    TextWanted(StreamKey),
    /// The text so far, and the index of the next piece.
    Text(Box<Message>, u64),
    /// Sent to the author's node: a command on another node has committed the stream's message.
    Finished(StreamKey),
}

/// A channel between nodes. A node subscribes only to the topics that its connections need.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Every node.
    All,
    /// Nodes with subscribers of the chat.
    Chat(ChatId),
    /// Nodes with connections of the user.
    User(UserId),
    /// One node.
    Node(u64),
}

impl Topic {
    /// The channel's name, with a deployment's prefix.
    pub fn channel(&self, prefix: &str) -> String {
        match self {
            Topic::All => format!("{prefix}all"),
            Topic::Chat(chat) => format!("{prefix}c:{chat}"),
            Topic::User(user) => format!("{prefix}u:{user}"),
            Topic::Node(node) => format!("{prefix}n:{node}"),
        }
    }
}

/// A received message, and its sender.
#[derive(Debug)]
pub struct Envelope {
    /// The sending node.
    pub node: u64,
    /// The message.
    pub message: ClusterMessage,
}

/// The first line of an outgoing message.
#[derive(Serialize)]
struct OutgoingHeader<'a> {
    node: u64,
    welcome: Option<usize>,
    message: &'a ClusterMessage,
}

/// The first line of a received message.
#[derive(Deserialize)]
struct IncomingHeader {
    node: u64,
    welcome: Option<usize>,
    message: ClusterMessage,
}

impl ClusterMessage {
    /// True if the message is still worth sending after an outage.
    pub(super) fn outlives_outages(&self) -> bool {
        match self {
            ClusterMessage::Event(_)
            | ClusterMessage::UserChanged(_)
            | ClusterMessage::Revoked(_)
            | ClusterMessage::ChatDoubted(_) => true,
            ClusterMessage::Broadcast(broadcast) => !broadcast.ephemeral,
            ClusterMessage::Presence(_) | ClusterMessage::Snapshot(_) => true,
            ClusterMessage::Stream { to, .. } => to.is_none(),
            ClusterMessage::RateLimit(_) => false,
            ClusterMessage::Join | ClusterMessage::Heartbeat | ClusterMessage::Leave | ClusterMessage::MessagesLost => {
                false
            }
        }
    }

    /// The topics that the message is published to.
    pub(super) fn topics(&self) -> Vec<Topic> {
        match self {
            // Users who join or leave may be connected to nodes without subscribers of the chat.
            ClusterMessage::Event(event) => {
                let users = event.joined.iter().chain(&event.left).cloned().map(Topic::User);
                std::iter::once(Topic::Chat(event.chat.clone())).chain(users).collect()
            }
            ClusterMessage::Broadcast(broadcast) => match &broadcast.audience {
                Audience::Chat(chat) => vec![Topic::Chat(chat.clone())],
                Audience::User(user) | Audience::Member { user, .. } => vec![Topic::User(user.clone())],
                Audience::UserAndChats { .. } | Audience::Contacts { .. } | Audience::OutsideChat(_) => {
                    vec![Topic::All]
                }
            },
            ClusterMessage::Stream { to: Some(node), .. } => vec![Topic::Node(*node)],
            _ => vec![Topic::All],
        }
    }

    /// Encodes the message of a node.
    pub(super) fn encode(&self, node: u64) -> Bytes {
        let welcome = match self {
            ClusterMessage::Event(event) => event.welcome.as_deref(),
            _ => None,
        };
        let text = match self {
            ClusterMessage::Event(event) => event.text.as_str(),
            ClusterMessage::Broadcast(broadcast) => broadcast.text.as_str(),
            _ => "",
        };
        let texts = [welcome.unwrap_or(""), text];
        let mut bytes = Vec::with_capacity(192 + texts[0].len() + texts[1].len());
        let header = OutgoingHeader { node, welcome: welcome.map(str::len), message: self };
        serde_json::to_writer(&mut bytes, &header).expect("a header is plain data");
        bytes.push(b'\n');
        texts.iter().for_each(|text| bytes.extend_from_slice(text.as_bytes()));
        bytes.into()
    }

    /// Decodes a message; none if the bytes are not one.
    pub(super) fn decode(bytes: &Bytes) -> Option<Envelope> {
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let IncomingHeader { node, welcome, mut message } = serde_json::from_slice(&bytes[..end]).ok()?;
        let length = welcome.unwrap_or(0);
        let texts = bytes.slice(end + 1..);
        if length > texts.len() {
            return None;
        }
        match &mut message {
            ClusterMessage::Event(event) => {
                if welcome.is_some() {
                    event.welcome = Some(Utf8Bytes::try_from(texts.slice(..length)).ok()?);
                }
                event.text = Utf8Bytes::try_from(texts.slice(length..)).ok()?;
            }
            ClusterMessage::Broadcast(broadcast) => broadcast.text = Utf8Bytes::try_from(texts).ok()?,
            _ => {}
        }
        Some(Envelope { node, message })
    }
}
