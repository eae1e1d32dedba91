//! The columns of each record, and the record in a row of them.

use tokio_postgres::Row;
use tokio_postgres::types::FromSql;

use super::error::PgError;
use super::values::{PgJson, Text};
use crate::domain::{ChatRecord, MemberRecord};
use crate::protocol::{Chat, Member, Message, Posting, PresenceStatus, Sender, User, Viewer};
use crate::store::sql::SizedMessage;

/// The columns that [`Columns::user`] reads, of a table named `u`.
macro_rules! user_columns {
    ($u:literal) => {
        concat!(
            $u,
            ".id, ",
            $u,
            ".username, ",
            $u,
            ".display_name, ",
            $u,
            ".avatar_url, ",
            $u,
            ".kind, ",
            $u,
            ".role, ",
            $u,
            ".last_seen_at, ",
            $u,
            ".created_at, ",
            $u,
            ".version"
        )
    };
}

/// The columns that [`Columns::chat`] reads, of a table named `c`.
macro_rules! chat_columns {
    () => {
        "c.id, c.kind, c.name, c.description, c.active, c.created_by, c.created_at, c.updated_at, c.seq, \
         c.member_count, c.message_count, c.pinned, c.owners, c.changed_seq, c.members_seq, \
         c.posting, c.first_seq, c.retention_days, c.hold"
    };
}

/// The columns that [`Columns::member`] reads, of a table named `m`.
macro_rules! member_columns {
    () => {
        "m.role, m.joined_at, m.read_seq, m.delivered_seq, m.left_seq, m.ban, m.muted_until, m.unread_from"
    };
}

/// The columns that [`Columns::message`] reads, of a table named `x` and its senders `s`; the last is the size in
/// bytes.
macro_rules! message_columns {
    () => {
        "x.id, x.chat_id, x.seq, x.updated_seq, x.sender_id, s.username, s.display_name, s.kind, s.version, x.role, \
         x.content, x.attachments, x.reply_to, x.mentions, x.reactions, x.metadata, x.created_at, x.edited_at, \
         x.deleted_at, \
         octet_length(x.content) + coalesce(octet_length(x.attachments::text), 0) \
         + coalesce(octet_length(x.reactions::text), 0) + coalesce(octet_length(x.metadata::text), 0)"
    };
}

pub(super) use {chat_columns, member_columns, message_columns, user_columns};

pub(super) type PgResult<T> = Result<T, PgError>;

/// Reads a row from left to right.
#[derive(Debug)]
pub(super) struct Columns<'a> {
    row: &'a Row,
    next: usize,
}

impl<'a> Columns<'a> {
    pub(super) fn of(row: &'a Row) -> Self {
        Columns { row, next: 0 }
    }

    /// Reads the next column.
    pub(super) fn get<T: FromSql<'a>>(&mut self) -> PgResult<T> {
        let value = self.row.try_get(self.next)?;
        self.next += 1;
        Ok(value)
    }

    /// A position or count.
    pub(super) fn number(&mut self) -> PgResult<u64> {
        Ok(self.get::<i64>()?.unsigned_abs())
    }

    /// A list, which is NULL where it is empty.
    pub(super) fn list<T: crate::store::persisted::Persist>(&mut self) -> PgResult<Vec<T>> {
        Ok(self.get::<Option<PgJson<Vec<T>>>>()?.map_or_else(Vec::new, |PgJson(list)| list))
    }

    /// A SHA-256 hash.
    pub(super) fn hash(&mut self) -> PgResult<[u8; 32]> {
        self.optional_hash()?.ok_or_else(|| PgError::Fault("a hash is missing".into()))
    }

    /// A SHA-256 hash, or nothing.
    pub(super) fn optional_hash(&mut self) -> PgResult<Option<[u8; 32]>> {
        let bytes: Option<&[u8]> = self.get()?;
        let hash = bytes.map(|bytes| bytes.try_into()).transpose();
        hash.map_err(|_| PgError::Fault("a hash is not 32 bytes long".into()))
    }

    /// Reads text that a client has written.
    pub(super) fn text(&mut self) -> PgResult<String> {
        self.get().map(|Text(text)| text)
    }

    /// A record of so many columns, or as many empty ones. Its first is never empty where there is one.
    pub(super) fn optional<T>(
        &mut self,
        width: usize,
        read: impl FnOnce(&mut Self) -> PgResult<T>,
    ) -> PgResult<Option<T>> {
        if self.row.try_get::<_, Option<&str>>(self.next)?.is_some() {
            return read(self).map(Some);
        }
        self.next += width;
        Ok(None)
    }

    pub(super) fn user(&mut self) -> PgResult<User> {
        Ok(User {
            id: self.get()?,
            username: self.get()?,
            display_name: self.text()?,
            avatar_url: self.get()?,
            kind: self.get()?,
            role: self.get()?,
            status: PresenceStatus::Offline,
            last_seen_at: self.get()?,
            created_at: self.get()?,
            email: None,
            version: self.number()?,
        })
    }

    pub(super) fn chat(&mut self) -> PgResult<ChatRecord> {
        let chat = Chat {
            id: self.get()?,
            kind: self.get()?,
            name: self.text()?,
            description: self.get::<Option<Text<String>>>()?.map(|Text(text)| text),
            active: self.get()?,
            posting: Posting::Everyone,
            created_by: self.get()?,
            created_at: self.get()?,
            updated_at: self.get()?,
            seq: self.number()?,
            member_count: self.number()?,
            large: false,
            message_count: self.number()?,
            last_message: None,
            pinned: self.list()?,
            first_seq: 1,
            retention_days: None,
            hold: false,
            viewer: None,
        };
        let owners = self.number()?;
        let changed_seq = self.number()?;
        let members_seq = self.number()?;
        let chat = Chat {
            posting: self.get()?,
            first_seq: self.number()?,
            retention_days: self.get::<Option<i64>>()?.and_then(|days| u32::try_from(days).ok()),
            hold: self.get()?,
            ..chat
        };
        Ok(ChatRecord { chat, owners, changed_seq, members_seq })
    }

    pub(super) fn member(&mut self) -> PgResult<MemberRecord> {
        Ok(MemberRecord {
            role: self.get()?,
            joined_at: self.get()?,
            read_seq: self.number()?,
            delivered_seq: self.number()?,
            left_seq: self.number()?,
            ban: self.get::<Option<PgJson<_>>>()?.map(|PgJson(ban)| ban),
            mute: self.get()?,
            unread_from: self.get::<Option<i64>>()?.map(i64::unsigned_abs),
        })
    }

    /// Skips the columns of a member that does not exist.
    pub(super) fn skip_member(&mut self) {
        self.next += MEMBER_WIDTH;
    }

    /// A member, with the public part of the user.
    pub(super) fn present(&mut self) -> PgResult<Member> {
        let role = self.row.try_get(self.next)?;
        let MemberRecord { joined_at, read_seq, delivered_seq, .. } = self.member()?;
        Ok(Member { user: self.user()?, role, joined_at, read_seq, delivered_seq })
    }

    pub(super) fn message(&mut self) -> PgResult<SizedMessage> {
        let id = self.get()?;
        let chat_id = self.get()?;
        let seq = self.number()?;
        let updated_seq = self.number()?;
        let sender = Sender {
            id: self.get()?,
            username: self.get()?,
            display_name: self.text()?,
            kind: self.get()?,
            version: self.number()?,
        };
        let message = Message {
            id,
            chat_id,
            seq,
            updated_seq,
            sender,
            role: self.get()?,
            content: self.text()?,
            attachments: self.list()?,
            reply_to: self.get()?,
            mentions: self.list()?,
            reactions: self.list()?,
            metadata: self.get::<Option<PgJson<_>>>()?.map(|PgJson(metadata)| metadata),
            created_at: self.get()?,
            edited_at: self.get()?,
            deleted_at: self.get()?,
        };
        Ok(SizedMessage { message, bytes: self.get::<i32>()?.unsigned_abs() as usize })
    }

    /// Reads the user's own view, behind the columns of the membership.
    pub(super) fn viewer(&mut self, member: Option<MemberRecord>) -> PgResult<Viewer> {
        let unread_count = self.number()?;
        let mention_count = self.number()?;
        let peer = self.optional(USER_WIDTH, Columns::user)?;
        let Some(MemberRecord { role: Some(role), read_seq, mute, unread_from, .. }) = member else {
            return Ok(Viewer::newcomer(None, 0));
        };
        let viewer = Viewer::newcomer(Some(role), read_seq).with_mute(mute);
        Ok(Viewer { unread_count, mention_count, unread_from_seq: unread_from, peer, ..viewer })
    }
}

/// The number of columns of [`user_columns`].
pub(super) const USER_WIDTH: usize = 9;
/// The number of columns of [`member_columns`].
const MEMBER_WIDTH: usize = 8;
/// The number of columns of [`message_columns`].
pub(super) const MESSAGE_WIDTH: usize = 20;

/// All messages in the rows.
pub(super) fn messages(rows: &[Row]) -> PgResult<Vec<SizedMessage>> {
    rows.iter().map(|row| Columns::of(row).message()).collect()
}
