//! The parts that both SQL stores share: the columns of each record, the conversion of a row to a record, statements
//! that both databases accept, the words in which values are stored, and the cutting of pages.
//!
//! [`columns`] lists the columns that a row is read from, [`records`] and [`archived`] read them, [`statements`]
//! contains the shared statements.
//!
//! Some statements remain in each store, because the databases work differently:
//!
//! - **Many rows at once.** PostgreSQL gets arrays (`unnest`), because every statement is a round trip. SQLite repeats
//!   a prepared statement, which costs no more.
//! - **Pages of messages.** SQLite stops reading when a page is full. PostgreSQL sends everything a statement selects,
//!   so the statement itself cuts the page.
//! - **Recent messages.** SQLite first keeps them in a journal, so its pages merge two sources, and so do its unread
//!   counts.
//! - **Text search.** SQLite has FTS5 and a function of this server (`says`), PostgreSQL has arrays with a GIN index
//!   and `strpos`.
//! - **Chats in lists.** PostgreSQL joins everything that a user sees of a chat in one statement; SQLite looks it up
//!   chat by chat.
//! - **JSON and time.** PostgreSQL casts `json` to `text` to measure it, and stores times as `timestamptz`.

pub(super) mod archived;
pub(super) mod columns;
pub(super) mod page;
pub(super) mod records;
pub(super) mod statements;
pub(super) mod values;

use crate::protocol::{ChatId, Message, Seq, Timestamp};
use crate::store::page::Stored;

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
