//! Chats and members as the last transactions left them, so that a batch of messages does not read them again.
//!
//! The writer's thread alone uses this, within its transactions. A chat is taken out of it when a transaction begins to
//! work with it and put back when the transaction was committed: what fails is read anew. Only what messages and marks
//! do to a chat is followed. SQLite counts the rows that this connection has changed, and notes commits of others: if
//! anything else has changed a row, of whatever table, everything is forgotten.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::domain::{ChatRecord, MemberRecord};
use crate::protocol::{ChatId, UserId};

/// Bytes that are kept, about.
const MOST_BYTES: usize = 4 << 20;
/// Members of one chat that are kept.
const MOST_MEMBERS: usize = 16;
/// About how many bytes a chat takes beside its texts, and a member.
const CHAT_BYTES: usize = 512;
const MEMBER_BYTES: usize = 256;

/// A chat and some of its members, with what of them is only in the journal.
#[derive(Debug)]
pub(in crate::store::sqlite) struct KnownChat {
    /// Without the last message.
    pub(in crate::store::sqlite) record: ChatRecord,
    /// None of them is banned.
    pub(in crate::store::sqlite) members: Vec<(UserId, MemberRecord)>,
}

impl KnownChat {
    fn bytes(&self) -> usize {
        let chat = &self.record.chat;
        let texts = chat.name.len() + chat.description.as_ref().map_or(0, String::len) + 64 * chat.pinned.len();
        CHAT_BYTES + texts + MEMBER_BYTES * self.members.len()
    }
}

/// The chats that messages were sent to last.
#[derive(Debug, Default)]
pub(in crate::store::sqlite) struct KnownChats {
    /// The rows that the connection had changed, and what it had seen of others' commits, when these were read.
    changes: u64,
    version: i64,
    recent: HashMap<ChatId, KnownChat>,
    recent_bytes: usize,
    /// Those that were not used since `recent` was begun.
    older: HashMap<ChatId, KnownChat>,
}

impl KnownChats {
    /// Forgets everything unless it still holds. Within the transaction that uses it.
    pub(in crate::store::sqlite) fn check(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let version = connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        if self.version != version || !self.is_current(connection) {
            self.clear();
            self.version = version;
        }
        Ok(())
    }

    /// True if this connection has changed nothing that is not followed here.
    pub(in crate::store::sqlite) fn is_current(&self, connection: &Connection) -> bool {
        self.changes == connection.total_changes()
    }

    /// Notes that all changes so far are followed.
    pub(in crate::store::sqlite) fn note(&mut self, connection: &Connection) {
        self.changes = connection.total_changes();
    }

    /// Takes a chat, to be put back after the commit.
    pub(in crate::store::sqlite) fn take(&mut self, chat: &ChatId) -> Option<KnownChat> {
        if let Some(known) = self.recent.remove(chat) {
            self.recent_bytes -= known.bytes();
            return Some(known);
        }
        self.older.remove(chat)
    }

    /// Keeps a chat as a committed transaction left it.
    pub(in crate::store::sqlite) fn put(&mut self, mut known: KnownChat) {
        known.record.chat.last_message = None;
        known.members.retain(|(_, member)| member.ban.is_none());
        known.members.truncate(MOST_MEMBERS);
        let bytes = known.bytes();
        if self.recent_bytes + bytes > MOST_BYTES / 2 {
            self.older = std::mem::take(&mut self.recent);
            self.recent_bytes = 0;
        }
        if bytes <= MOST_BYTES / 2 {
            self.recent_bytes += bytes;
            self.recent.insert(known.record.chat.id.clone(), known);
        }
    }

    /// Forgets a member whose marks move.
    pub(in crate::store::sqlite) fn forget_member(&mut self, chat: &ChatId, user: &UserId) {
        if let Some(mut known) = self.take(chat) {
            known.members.retain(|(member, _)| member != user);
            self.put(known);
        }
    }

    /// Forgets everything.
    pub(in crate::store::sqlite) fn clear(&mut self) {
        *self = KnownChats { changes: self.changes, version: self.version, ..KnownChats::default() };
    }

    #[cfg(test)]
    fn bytes(&self) -> usize {
        self.recent.values().chain(self.older.values()).map(KnownChat::bytes).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{KnownChat, KnownChats, MOST_BYTES, MOST_MEMBERS};
    use crate::domain::{ChatRecord, MemberRecord};
    use crate::protocol::{Chat, ChatKind, ChatRole, Mute, Posting, Timestamp};

    fn chat(id: usize, members: usize) -> KnownChat {
        let at = Timestamp::from_millis(0);
        let chat = Chat {
            id: format!("{id}").into(),
            kind: ChatKind::Group,
            name: "n".repeat(id % 500),
            description: None,
            active: true,
            posting: Posting::Everyone,
            created_by: "u".into(),
            created_at: at,
            updated_at: at,
            seq: 1,
            member_count: 1,
            large: false,
            message_count: 0,
            last_message: None,
            pinned: vec![],
            first_seq: 1,
            retention_days: None,
            hold: false,
            viewer: None,
        };
        let member = MemberRecord {
            role: Some(ChatRole::Member),
            joined_at: at,
            read_seq: 0,
            delivered_seq: 0,
            left_seq: 0,
            ban: None,
            mute: Mute::No,
            unread_from: None,
        };
        let record = ChatRecord { chat, owners: 1, changed_seq: 1, members_seq: 1 };
        let members = (0..members).map(|user| (format!("{user}").into(), member.clone())).collect();
        KnownChat { record, members }
    }

    #[test]
    fn what_is_known_is_bounded_in_bytes_and_the_latest_stay() {
        let mut known = KnownChats::default();
        for id in 0..50_000 {
            known.put(chat(id, id % 100));
            assert!(known.bytes() <= MOST_BYTES, "{} bytes", known.bytes());
            known.forget_member(&format!("{}", id / 2).as_str().into(), &"0".into());
        }
        let latest = known.take(&"49999".into()).expect("the latest");
        assert_eq!(latest.members.len(), MOST_MEMBERS.min(99));
        assert!(known.take(&"49999".into()).is_none(), "taken twice");
        assert!(known.take(&"0".into()).is_none(), "the oldest");
        assert!(known.take(&"49900".into()).is_some(), "one of the latest");
        known.clear();
        assert_eq!(known.bytes(), 0);
    }
}
