//! The parts that both SQL stores share.

use crate::protocol::{ChatId, Message, Seq, Timestamp};
use crate::store::page::Stored;

/// The columns of a token, of a table named `t`.
macro_rules! token_columns {
    () => {
        "t.id, t.name, t.scopes, t.user_id, t.created_at, t.expires_at, t.last_used_at"
    };
}

pub(super) use token_columns;

/// A message with its size.
#[derive(Debug)]
pub(super) struct SizedMessage {
    pub(super) message: Message,
    /// The size of its text in bytes, as the storage counts it.
    pub(super) bytes: usize,
}

impl Stored for SizedMessage {
    fn bytes(&self) -> usize {
        self.bytes
    }

    fn place(&self) -> (Timestamp, &ChatId, Seq) {
        (self.message.created_at, &self.message.chat_id, self.message.seq)
    }

    fn into_message(self) -> Message {
        self.message
    }
}
