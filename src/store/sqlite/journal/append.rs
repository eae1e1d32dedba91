//! Appends rows to the journal, within a transaction.

use rusqlite::{Connection, params};

use super::{Pending, PendingMessage, Staged};
use crate::domain::ChatRecord;
use crate::protocol::{Chat, ChatId, ChatKind, Message, Seq, Timestamp, UserId};
use crate::store::repository::Progress;
use crate::store::sqlite::values::{SqliteJson, filled, integer};

const MESSAGE: &str = "INSERT INTO journal (n, chat_id, seq, id, sender_id, role, content, attachments, reply_to, \
    metadata, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";

const MARK: &str = "INSERT INTO journal_marks (n, chat_id, user_id, members_seq, read_seq, read_at, delivered_seq, \
    delivered_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

/// Approximate size of a row in bytes, without its text.
const ROW: usize = 256;

/// A chat as the transaction found it.
#[derive(Clone, Copy, Debug)]
pub(in crate::store::sqlite) struct ChatBase {
    pub(in crate::store::sqlite) kind: ChatKind,
    pub(in crate::store::sqlite) seq: Seq,
    pub(in crate::store::sqlite) changed_seq: Seq,
    pub(in crate::store::sqlite) members_seq: Seq,
    pub(in crate::store::sqlite) updated_at: Timestamp,
}

impl ChatBase {
    pub(in crate::store::sqlite) fn of(record: &ChatRecord) -> Self {
        let ChatRecord { chat, changed_seq, members_seq, .. } = record;
        let Chat { kind, seq, updated_at, .. } = *chat;
        ChatBase { kind, seq, changed_seq: *changed_seq, members_seq: *members_seq, updated_at }
    }
}

/// The marks of a member.
#[derive(Clone, Copy, Debug)]
pub(in crate::store::sqlite) struct NewMark<'a> {
    pub(in crate::store::sqlite) chat: &'a ChatId,
    pub(in crate::store::sqlite) user: &'a UserId,
    pub(in crate::store::sqlite) progress: Progress,
}

impl Staged {
    fn of_chat(&mut self, chat: &ChatId, base: &ChatBase) -> &mut Pending {
        let new = || Pending::new(base.kind, base.seq, base.updated_at);
        self.chats.entry(chat.clone()).or_insert_with(new)
    }

    /// Appends a new message that follows the chat's known ones.
    pub(in crate::store::sqlite) fn message(
        &mut self,
        connection: &Connection,
        base: &ChatBase,
        message: &Message,
    ) -> rusqlite::Result<()> {
        let Message { id, chat_id, role, content, reply_to, created_at, .. } = message;
        let n = self.row(ROW + content.len());
        let sender = &message.sender.id;
        let attachments = filled(&message.attachments);
        let metadata = message.metadata.as_ref().map(SqliteJson);
        let seq = integer(message.seq);
        let row = params![n, chat_id, seq, id, sender, role, content, attachments, reply_to, metadata, created_at];
        connection.prepare_cached(MESSAGE)?.execute(row)?;
        let pending = PendingMessage { n, id: id.clone(), sender: sender.clone(), created_at: *created_at };
        self.of_chat(chat_id, base).push(pending);
        Ok(())
    }

    /// Appends the marks of a member.
    pub(in crate::store::sqlite) fn mark(
        &mut self,
        connection: &Connection,
        base: &ChatBase,
        mark: NewMark<'_>,
    ) -> rusqlite::Result<()> {
        let NewMark { chat, user, progress } = mark;
        let Progress { read, read_at, delivered, delivered_at } = progress;
        let n = self.row(ROW);
        let members_seq = integer(base.members_seq);
        let row = params![n, chat, user, members_seq, integer(read), read_at, integer(delivered), delivered_at];
        connection.prepare_cached(MARK)?.execute(row)?;
        self.of_chat(chat, base).set_mark(n, user.clone(), progress);
        Ok(())
    }
}
