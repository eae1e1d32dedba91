use std::fmt::Debug;
use std::sync::{Arc, OnceLock, Weak};

use serde::{Deserialize, Serialize};

use crate::protocol::{ChatId, Message, MessageId, UserId};
use crate::realtime::hub::Connection;

/// Where an answer is streamed: the chat, and the id that its message will have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Spot {
    /// The chat.
    pub chat: ChatId,
    /// The message.
    pub message: MessageId,
}

/// A stream, as the node tells of it on which its author is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// Where it is.
    pub spot: Spot,
    /// Whose it is.
    pub author: UserId,
    /// Its author has been asked to stop.
    pub stop_requested: bool,
}

/// What nodes say to each other of streams, beside the events that their readers get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Word {
    /// It runs here from now on.
    Began(Running),
    /// It runs here no more.
    Ended(Spot),
    /// Its author has been asked to stop.
    Asked(Spot),
    /// To its author's node: somebody wants it to end.
    Stop(Spot, UserId),
    /// To its author's node: how far is it?
    HowFar(Spot),
    /// To one who wanted to know: it goes as far as this; the next part has that index.
    SoFar(Box<Message>, u64),
    /// To its author's node: its message has its place, by a command elsewhere.
    Finished(Spot),
}

/// What keeps note, on this node, of what happens on others and is never stored.
pub trait Notes: Debug + Send + Sync + 'static {
    /// Keeps note of an event that its listeners are about to be given; gives the connection that its reply has told.
    fn pass(&self, node: u64, event: &str) -> Option<Arc<Connection>>;

    /// Takes in what another node says of streams.
    fn take(&self, node: u64, word: Word);

    /// What this node tells one that does not know it.
    fn running(&self) -> Vec<Running>;

    /// Takes in all that runs on another node; gives what was thought to.
    fn introduce(&self, node: u64, running: Vec<Running>) -> Vec<Spot>;

    /// Ends what was going on at a node that has ended; gives the streams among it.
    fn end_of_node(&self, node: u64) -> Vec<Spot>;

    /// Parts of streams may have been missed, in these chats or in all.
    fn doubt(&self, chats: Option<&[ChatId]>);

    /// Users are about to go out of a chat by a command on another node.
    fn out(&self, chat: &ChatId, users: &[UserId]);

    /// A chat has ended by a command on another node.
    fn forget(&self, chat: &ChatId);
}

/// Those who keep note, as soon as they are there.
#[derive(Clone, Debug, Default)]
pub(super) struct Noted(Arc<OnceLock<Weak<dyn Notes>>>);

impl Noted {
    pub(super) fn set(&self, notes: Weak<dyn Notes>) {
        // A second one would be a second server on the same bus; there is none.
        let _ = self.0.set(notes);
    }

    pub(super) fn get(&self) -> Option<Arc<dyn Notes>> {
        self.0.get().and_then(Weak::upgrade)
    }
}
