//! Tables as archive records: the shared statements, and the conversion of their rows.

use super::columns::SqlColumns;
use super::records::SqlRecords;
use crate::store::archive::{
    ArchivedAudit, ArchivedChat, ArchivedDocument, ArchivedMember, ArchivedMessage, ArchivedSession,
    ArchivedSpentToken, ArchivedToken, ArchivedUser,
};

/// All users; `never` is the time used for an account that was never changed.
macro_rules! all_users {
    ($never:literal) => {
        concat!(
            "SELECT id, username, username_key, display_name, avatar_url, kind, role, owner_id, email, \
             email_unconfirmed, password, ban, ended_tokens, tokens_valid_from, created_at, nullif(changed_at, ",
            $never,
            "), last_seen_at, deleted_at, version FROM users ORDER BY owner_id IS NOT NULL, id"
        )
    };
}

pub(in crate::store) use all_users;

pub(in crate::store) const SESSIONS: &str = "SELECT user_id, id, device_id, created_at, last_seen_at, expires_at, \
    family, refresh, spent, spent_at FROM sessions ORDER BY user_id, id";

pub(in crate::store) const TOKENS: &str = "SELECT maker_id, id, user_id, name, scopes, hash, created_at, expires_at, \
    last_used_at FROM tokens ORDER BY maker_id, id";

pub(in crate::store) const DOCUMENTS: &str =
    "SELECT place, version, text FROM documents WHERE place NOT IN (?1, ?2) ORDER BY place";

pub(in crate::store) const CHATS: &str = "SELECT id, kind, name, description, active, posting, created_by, \
    created_at, updated_at, seq, changed_seq, members_seq, last_seq, member_count, message_count, owners, pinned, \
    first_seq, retention_days, hold FROM chats ORDER BY id";

pub(in crate::store) const MEMBERS: &str = "SELECT chat_id, user_id, role, joined_at, read_seq, read_at, \
    delivered_seq, delivered_at, left_seq, ban, muted_until, unread_from FROM members \
    WHERE chat_id = ?1 ORDER BY user_id";

pub(in crate::store) const ENDED: &str = "SELECT id FROM ended_chats ORDER BY id";

/// Complete files only: an unfinished upload cannot be continued on another server.
pub(in crate::store) const FILES: &str = "SELECT record, id FROM files WHERE state = 1 ORDER BY id";

pub(in crate::store) const AUDIT: &str =
    "SELECT id, at, actor_id, command, target_id, chat_id, reason FROM audit ORDER BY id";

/// Reads archive records, each from the columns of its statement.
pub(in crate::store) trait ArchivedRecords: SqlColumns {
    fn archived_user(&mut self) -> Result<ArchivedUser, Self::Error> {
        self.reads("users");
        Ok(ArchivedUser {
            id: self.get()?,
            username: self.text()?,
            username_key: self.text()?,
            display_name: self.text()?,
            avatar_url: self.optional_text()?,
            kind: self.get()?,
            role: self.get()?,
            owner_id: self.get()?,
            email: self.optional_text()?,
            email_unconfirmed: self.get()?,
            password: self.get()?,
            ban: self.json()?,
            ended_tokens: self.list()?,
            tokens_valid_from: self.get()?,
            created_at: self.get()?,
            changed_at: self.get()?,
            last_seen_at: self.get()?,
            deleted_at: self.get()?,
            version: self.number()?,
        })
    }

    fn archived_session(&mut self) -> Result<ArchivedSession, Self::Error> {
        Ok(ArchivedSession {
            user_id: self.get()?,
            id: self.get()?,
            device_id: self.optional_text()?,
            created_at: self.get()?,
            last_seen_at: self.get()?,
            expires_at: self.get()?,
            family: self.hash()?,
            refresh: self.hash()?,
            spent: self.optional_hash()?.zip(self.get()?).map(|(refresh, at)| ArchivedSpentToken { refresh, at }),
        })
    }

    fn archived_token(&mut self) -> Result<ArchivedToken, Self::Error> {
        Ok(ArchivedToken {
            maker_id: self.get()?,
            id: self.get()?,
            user_id: self.get()?,
            name: self.text()?,
            scopes: self.list()?,
            hash: self.hash()?,
            created_at: self.get()?,
            expires_at: self.get()?,
            last_used_at: self.get()?,
        })
    }

    fn archived_document(&mut self) -> Result<ArchivedDocument, Self::Error> {
        self.reads("documents");
        Ok(ArchivedDocument { place: self.text()?, version: self.number()?, text: self.text()? })
    }

    fn archived_chat(&mut self) -> Result<ArchivedChat, Self::Error> {
        self.reads("chats");
        Ok(ArchivedChat {
            id: self.get()?,
            kind: self.get()?,
            name: self.text()?,
            description: self.optional_text()?,
            active: self.get()?,
            posting: self.get()?,
            created_by: self.get()?,
            created_at: self.get()?,
            updated_at: self.get()?,
            seq: self.number()?,
            changed_seq: self.number()?,
            members_seq: self.number()?,
            last_seq: self.optional_number()?,
            member_count: self.number()?,
            message_count: self.number()?,
            owners: self.number()?,
            pinned: self.list()?,
            first_seq: self.number()?,
            retention_days: self.days()?,
            hold: self.get()?,
        })
    }

    fn archived_member(&mut self) -> Result<ArchivedMember, Self::Error> {
        self.reads("members");
        Ok(ArchivedMember {
            chat_id: self.get()?,
            user_id: self.get()?,
            role: self.get()?,
            joined_at: self.get()?,
            read_seq: self.number()?,
            read_at: self.get()?,
            delivered_seq: self.number()?,
            delivered_at: self.get()?,
            left_seq: self.number()?,
            ban: self.json()?,
            mute: self.get()?,
            unread_from: self.optional_number()?,
        })
    }

    /// Reads a message without its late mentions and its reactors, which have tables of their own.
    fn archived_message(&mut self) -> Result<ArchivedMessage, Self::Error> {
        self.reads("messages");
        Ok(ArchivedMessage {
            chat_id: self.get()?,
            seq: self.number()?,
            id: self.get()?,
            updated_seq: self.number()?,
            sender_id: self.get()?,
            role: self.get()?,
            content: self.text()?,
            attachments: self.list()?,
            reply_to: self.get()?,
            mentions: self.list()?,
            late: vec![],
            reactions: self.list()?,
            reactors: vec![],
            metadata: self.get()?,
            created_at: self.get()?,
            edited_at: self.get()?,
            deleted_at: self.get()?,
        })
    }

    fn archived_audit(&mut self) -> Result<ArchivedAudit, Self::Error> {
        Ok(ArchivedAudit {
            id: self.get()?,
            at: self.get()?,
            actor_id: self.get()?,
            command: self.text()?,
            target_id: self.optional_text()?,
            chat_id: self.get()?,
            reason: self.optional_text()?,
        })
    }
}

impl<C: SqlColumns> ArchivedRecords for C {}
