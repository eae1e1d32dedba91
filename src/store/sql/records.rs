//! Converts rows to records.

use super::SizedMessage;
use super::columns::SqlColumns;
use crate::domain::{ChatRecord, MemberRecord, StoredOperation};
use crate::protocol::{AuditEntry, Chat, ChatRole, Mark, Member, Message, PresenceStatus, Sender, Token, User};
use crate::store::repository::{
    Account, ChangedUser, Document, OwnReaction, PasswordHash, PreviousRefresh, StoredSession,
};

/// Reads records. Each method reads the columns of the macro with its name.
pub(in crate::store) trait SqlRecords: SqlColumns {
    fn user(&mut self) -> Result<User, Self::Error> {
        self.reads("users");
        Ok(User {
            id: self.get()?,
            username: self.text()?,
            display_name: self.text()?,
            avatar_url: self.optional_text()?,
            kind: self.get()?,
            role: self.get()?,
            status: PresenceStatus::Offline,
            last_seen_at: self.get()?,
            created_at: self.get()?,
            email: None,
            version: self.number()?,
        })
    }

    fn account(&mut self) -> Result<Account, Self::Error> {
        let user = self.user()?;
        Ok(Account {
            username_key: self.text()?,
            email: self.optional_text()?,
            password: self.get::<Option<String>>()?.map(PasswordHash),
            owner: self.get()?,
            ban: self.json()?,
            deleted_at: self.get()?,
            tokens_valid_from: self.get()?,
            ended_tokens: self.list()?,
            version: user.version,
            email_unconfirmed: self.get()?,
            user,
        })
    }

    /// Reads a user, a flag for a deleted account, and the time of the latest change.
    fn changed_user(&mut self) -> Result<ChangedUser, Self::Error> {
        Ok(ChangedUser { user: self.user()?, is_deleted: self.get()?, changed_at: self.get()? })
    }

    fn chat(&mut self) -> Result<ChatRecord, Self::Error> {
        self.reads("chats");
        let chat = Chat {
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
            member_count: self.number()?,
            large: false,
            message_count: self.number()?,
            last_message: None,
            pinned: self.list()?,
            first_seq: self.number()?,
            retention_days: self.days()?,
            hold: self.get()?,
            viewer: None,
        };
        Ok(ChatRecord { chat, owners: self.number()?, changed_seq: self.number()?, members_seq: self.number()? })
    }

    /// Reads a number of days, or NULL.
    fn days(&mut self) -> Result<Option<u32>, Self::Error> {
        Ok(self.optional_number()?.and_then(|days| u32::try_from(days).ok()))
    }

    fn member(&mut self) -> Result<MemberRecord, Self::Error> {
        let role = self.get()?;
        self.member_with(role)
    }

    /// Reads the columns of a membership after its role.
    fn member_with(&mut self, role: Option<ChatRole>) -> Result<MemberRecord, Self::Error> {
        self.reads("members");
        Ok(MemberRecord {
            role,
            joined_at: self.get()?,
            read_seq: self.number()?,
            delivered_seq: self.number()?,
            left_seq: self.number()?,
            ban: self.json()?,
            mute: self.get()?,
            unread_from: self.optional_number()?,
        })
    }

    /// Reads the membership of a current member, and the user.
    fn present_member(&mut self) -> Result<Member, Self::Error> {
        let role = self.get()?;
        let MemberRecord { joined_at, read_seq, delivered_seq, .. } = self.member_with(Some(role))?;
        Ok(Member { user: self.user()?, role, joined_at, read_seq, delivered_seq })
    }

    /// Reads a message and its size.
    fn message(&mut self) -> Result<SizedMessage, Self::Error> {
        self.reads("messages");
        let id = self.get()?;
        let chat_id = self.get()?;
        let seq = self.number()?;
        let updated_seq = self.number()?;
        self.reads("users");
        let sender = Sender {
            id: self.get()?,
            username: self.text()?,
            display_name: self.text()?,
            kind: self.get()?,
            version: self.number()?,
        };
        self.reads("messages");
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
            metadata: self.json()?,
            created_at: self.get()?,
            edited_at: self.get()?,
            deleted_at: self.get()?,
        };
        Ok(SizedMessage { message, bytes: self.bytes()? })
    }

    /// Reads a user's id with the read and delivered positions.
    fn mark(&mut self) -> Result<Mark, Self::Error> {
        self.reads("members");
        Ok(Mark { user_id: self.get()?, read_seq: self.number()?, delivered_seq: self.number()? })
    }

    fn session(&mut self) -> Result<StoredSession, Self::Error> {
        Ok(StoredSession {
            user_id: self.get()?,
            id: self.get()?,
            device_id: self.optional_text()?,
            created_at: self.get()?,
            last_seen_at: self.get()?,
            expires_at: self.get()?,
            family: self.hash()?,
            refresh: self.hash()?,
            previous: self.optional_hash()?.zip(self.get()?).map(|(refresh, at)| PreviousRefresh { refresh, at }),
        })
    }

    fn token(&mut self) -> Result<Token, Self::Error> {
        Ok(Token {
            id: self.get()?,
            name: self.text()?,
            scopes: self.list()?,
            user_id: self.get()?,
            created_at: self.get()?,
            expires_at: self.get()?,
            last_used_at: self.get()?,
        })
    }

    fn operation(&mut self) -> Result<StoredOperation, Self::Error> {
        self.reads("operations");
        Ok(StoredOperation {
            user_id: self.get()?,
            id: self.get()?,
            fingerprint: self.text()?,
            chat_id: self.get()?,
            seq: self.number()?,
            outcome: self.text()?,
            at: self.get()?,
            claim: self.optional_text()?,
        })
    }

    fn audit_entry(&mut self) -> Result<AuditEntry, Self::Error> {
        Ok(AuditEntry {
            id: self.get()?,
            at: self.get()?,
            actor_id: self.get()?,
            command: self.text()?,
            target_id: self.optional_text()?,
            chat_id: self.get()?,
            reason: self.optional_text()?,
        })
    }

    fn document(&mut self) -> Result<Document, Self::Error> {
        self.reads("documents");
        Ok(Document { version: self.number()?, text: self.text()? })
    }

    fn own_reaction(&mut self) -> Result<OwnReaction, Self::Error> {
        Ok(OwnReaction { message: self.get()?, emoji: self.text()? })
    }
}

impl<C: SqlColumns> SqlRecords for C {}
