//! The view of a read: a snapshot of the file and the matching part of the journal.

use std::ops::Deref;
use std::sync::Arc;

use rusqlite::Connection;

use super::journal::{Captured, Pending, PendingMessage};
use super::rows::{self};
use super::values::number;
use crate::protocol::{ChatId, Message, Seq, UserId};
use crate::store::sql::SizedMessage;
use crate::store::sql::statements::chats::CLOCK;

/// A message of the journal, with the columns that [`rows::message`] reads.
pub(super) const JOURNALED: &str = "SELECT m.id, m.chat_id, m.seq, m.seq, m.sender_id, u.username, u.display_name, \
    u.kind, u.version, m.role, m.content, m.attachments, m.reply_to, NULL, NULL, m.metadata, m.created_at, NULL, NULL, \
    octet_length(m.content) + ifnull(octet_length(m.attachments), 0) + ifnull(octet_length(m.metadata), 0) \
    FROM journal m JOIN users u ON u.id = m.sender_id WHERE m.n = ?1";

/// A connection within a transaction, and the pending rows of the chats being read.
///
/// Each chat is seen as of a single point in time. In a list of several chats, one with pending rows may be seen
/// slightly earlier than the others: as of the start of the read.
pub(super) struct ChatsView<'a> {
    connection: &'a Connection,
    pending: Captured,
}

impl Deref for ChatsView<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl<'a> ChatsView<'a> {
    /// A reader's view. The capture must be older than the snapshot; rows moved since are left out.
    pub(super) fn of_reader(connection: &'a Connection, mut captured: Captured) -> rusqlite::Result<Self> {
        let mut moved = vec![];
        for (chat, pending) in &captured {
            let mut clock = connection.prepare_cached(CLOCK)?;
            let mut clock = clock.query_map([chat], |row| number(row, 0))?;
            if clock.next().transpose()? != Some(pending.base) {
                moved.push(chat.clone());
            }
        }
        moved.iter().for_each(|chat| drop(captured.remove(chat)));
        Ok(ChatsView::of_writer(connection, captured))
    }

    /// The writer's view, for which the journal does not change.
    pub(super) fn of_writer(connection: &'a Connection, captured: Captured) -> Self {
        ChatsView { connection, pending: captured }
    }

    /// The tables alone.
    pub(super) fn of_tables(connection: &'a Connection) -> Self {
        ChatsView::of_writer(connection, Captured::new())
    }

    /// The pending rows of a chat.
    pub(super) fn pending(&self, chat: &ChatId) -> Option<Arc<Pending>> {
        self.pending.get(chat).cloned()
    }

    /// The chats with pending rows.
    pub(super) fn chats(&self) -> Vec<ChatId> {
        self.pending.keys().cloned().collect()
    }

    /// The number of pending messages of all chats.
    pub(super) fn pending_messages(&self) -> u64 {
        self.pending.values().map(|pending| pending.len()).sum()
    }

    /// Takes the pending rows of a chat, to be moved within this transaction.
    pub(super) fn take(&mut self, chat: &ChatId) -> Option<Arc<Pending>> {
        self.pending.remove(chat)
    }

    /// Reads a message of the journal.
    pub(super) fn read(&self, pending: &PendingMessage) -> rusqlite::Result<SizedMessage> {
        self.prepare_cached(JOURNALED)?.query_row([pending.n], rows::message)
    }

    /// Reads a message of the journal at a position.
    pub(super) fn read_at(&self, chat: &ChatId, seq: Seq) -> rusqlite::Result<Option<Message>> {
        let Some(pending) = self.pending(chat) else { return Ok(None) };
        pending.at(seq).map(|message| self.read(message)).transpose().map(|row| row.map(|row| row.message))
    }

    /// The pending messages after a position, oldest first.
    pub(super) fn after(&self, chat: &ChatId, seq: Seq) -> Vec<PendingRow> {
        let Some(pending) = self.pending(chat) else { return vec![] };
        pending.after(seq).map(|(seq, message)| PendingRow { seq, message: message.clone() }).collect()
    }

    /// The number of pending messages up to a position that other users sent.
    pub(super) fn pending_others(&self, chat: &ChatId, user: &UserId, to: Seq) -> u64 {
        self.pending(chat).map_or(0, |pending| pending.others(user, to))
    }
}

/// A pending message, and its position.
#[derive(Clone, Debug)]
pub(super) struct PendingRow {
    pub(super) seq: Seq,
    pub(super) message: PendingMessage,
}
