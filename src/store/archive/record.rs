//! The records of an archive: stored data in a format that is independent of tables and wire format.

use serde::{Deserialize, Serialize};

use crate::protocol::FileId;
use crate::protocol::{
    Attachment, AuditId, Ban, ChatId, ChatKind, ChatRole, MessageId, MessageRole, Mute, Posting, Reaction, Scope, Seq,
    ServerRole, SessionId, Timestamp, TokenId, UserId, UserKind,
};
use crate::store::persisted;
use crate::store::repository::{EndedToken, StoredFile};

mod encoding;

use encoding::{base64, hexadecimal};

/// One line of an archive between its header and its trailer.
///
/// The order is canonical, so that equal stores produce equal archives: users without an owner, then bots, each by id;
/// sessions by user and id; tokens by maker and id; documents by name; each chat by id, with its members by user and
/// its messages by `seq`; the ids of deleted chats; each complete file by id, with its segments; the audit log by id.
/// Texts are ordered bytewise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum ArchiveRecord {
    User(Box<ArchivedUser>),
    Session(Box<ArchivedSession>),
    Token(Box<ArchivedToken>),
    Document(Box<ArchivedDocument>),
    Chat(Box<ArchivedChat>),
    Member(Box<ArchivedMember>),
    Message(Box<ArchivedMessage>),
    EndedChat(ArchivedEnd),
    File(Box<StoredFile>),
    Segment(Box<ArchivedSegment>),
    Audit(Box<ArchivedAudit>),
}

impl ArchiveRecord {
    /// The names of all types, in the order of the archive.
    pub const TYPES: [&str; 11] =
        ["user", "session", "token", "document", "chat", "member", "message", "endedChat", "file", "segment", "audit"];

    /// The index of the record's type in [`ArchiveRecord::TYPES`].
    pub fn place(&self) -> usize {
        match self {
            ArchiveRecord::User(_) => 0,
            ArchiveRecord::Session(_) => 1,
            ArchiveRecord::Token(_) => 2,
            ArchiveRecord::Document(_) => 3,
            ArchiveRecord::Chat(_) => 4,
            ArchiveRecord::Member(_) => 5,
            ArchiveRecord::Message(_) => 6,
            ArchiveRecord::EndedChat(_) => 7,
            ArchiveRecord::File(_) => 8,
            ArchiveRecord::Segment(_) => 9,
            ArchiveRecord::Audit(_) => 10,
        }
    }

    /// The approximate size in bytes in memory.
    pub fn bytes(&self) -> usize {
        let own = match self {
            ArchiveRecord::Message(message) => {
                message.content.len()
                    + message.metadata.as_ref().map_or(0, String::len)
                    + 96 * message.reactors.len()
                    + 256 * message.attachments.len()
            }
            ArchiveRecord::Segment(segment) => segment.bytes.len(),
            ArchiveRecord::Document(document) => document.text.len(),
            ArchiveRecord::File(file) => 4 * file.segments.len(),
            _ => 0,
        };
        256 + own
    }
}

/// A user or bot, including data that only the server sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchivedUser {
    pub id: UserId,
    pub username: String,
    /// The form in which usernames are compared; a deleted account keeps its key.
    pub username_key: String,
    pub display_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    #[serde(with = "persisted")]
    pub kind: UserKind,
    #[serde(with = "persisted")]
    pub role: ServerRole,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<UserId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub email_unconfirmed: bool,
    /// The password's hash in the PHC string format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "persisted")]
    pub ban: Option<Ban>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "persisted")]
    pub ended_tokens: Vec<EndedToken>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens_valid_from: Option<Timestamp>,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    pub version: u64,
}

/// A log-in session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchivedSession {
    pub user_id: UserId,
    pub id: SessionId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_id: Option<String>,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
    /// The SHA-256 of the secret that its refresh tokens share, in hexadecimal.
    #[serde(with = "hexadecimal")]
    pub family: [u8; 32],
    /// The SHA-256 of its current refresh token.
    #[serde(with = "hexadecimal")]
    pub refresh: [u8; 32],
    /// The previous refresh token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spent: Option<ArchivedSpentToken>,
}

/// A refresh token that was replaced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchivedSpentToken {
    #[serde(with = "hexadecimal")]
    pub refresh: [u8; 32],
    /// The time of the token's first use.
    pub at: Timestamp,
}

/// An API token, without its secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchivedToken {
    pub maker_id: UserId,
    pub id: TokenId,
    pub user_id: UserId,
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "persisted")]
    pub scopes: Vec<Scope>,
    /// The SHA-256 of the secret.
    #[serde(with = "hexadecimal")]
    pub hash: [u8; 32],
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
}

/// The settings of a user, or a secret of the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchivedDocument {
    pub place: String,
    pub version: u64,
    pub text: String,
}

/// A chat with its clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchivedChat {
    pub id: ChatId,
    #[serde(with = "persisted")]
    pub kind: ChatKind,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// False if the chat is archived.
    pub active: bool,
    #[serde(with = "persisted")]
    pub posting: Posting,
    pub created_by: UserId,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// The clock.
    pub seq: Seq,
    /// The position of the latest change other than to messages.
    pub changed_seq: Seq,
    /// The position of the latest change of membership.
    pub members_seq: Seq,
    /// The newest message that is not deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seq: Option<Seq>,
    pub member_count: u64,
    /// Messages that are not deleted.
    pub message_count: u64,
    pub owners: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pinned: Vec<MessageId>,
    /// The lowest position that a message can have: retention removed everything older.
    pub first_seq: Seq,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention_days: Option<u32>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hold: bool,
}

/// A user's membership of a chat, which remains after the user has left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchivedMember {
    pub chat_id: ChatId,
    pub user_id: UserId,
    /// Absent for users who are not members now.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "persisted")]
    pub role: Option<ChatRole>,
    pub joined_at: Timestamp,
    pub read_seq: Seq,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Timestamp>,
    pub delivered_seq: Seq,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    pub left_seq: Seq,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "persisted")]
    pub ban: Option<Ban>,
    #[serde(default = "no_mute", skip_serializing_if = "is_no_mute", with = "persisted")]
    pub mute: Mute,
    /// The message from which the user has marked the chat as unread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread_from: Option<Seq>,
}

fn no_mute() -> Mute {
    Mute::No
}

fn is_no_mute(mute: &Mute) -> bool {
    *mute == Mute::No
}

/// A message, or the tombstone of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchivedMessage {
    pub chat_id: ChatId,
    pub seq: Seq,
    pub id: MessageId,
    /// The position of the message's latest change.
    pub updated_seq: Seq,
    pub sender_id: UserId,
    #[serde(with = "persisted")]
    pub role: MessageRole,
    pub content: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "persisted")]
    pub attachments: Vec<Attachment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<UserId>,
    /// The mentioned users who were added by edits, by user.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub late: Vec<ArchivedMention>,
    /// The reactions, as the message lists them.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "persisted")]
    pub reactions: Vec<Reaction>,
    /// Every reaction, by emoji and user.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactors: Vec<ArchivedReactor>,
    /// The client's JSON object as text, so that numbers keep all their digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<String>,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
}

impl ArchivedMessage {
    /// The position from which the message mentions a user.
    pub fn mentioned_at(&self, user: &UserId) -> Seq {
        self.late.iter().find(|late| late.user_id == *user).map_or(self.seq, |late| late.seq)
    }
}

/// A user mentioned by an edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchivedMention {
    pub user_id: UserId,
    pub seq: Seq,
}

/// A user's emoji on a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchivedReactor {
    pub emoji: String,
    pub user_id: UserId,
    pub seq: Seq,
}

/// The id of a deleted chat, which is never reused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchivedEnd {
    pub id: ChatId,
}

/// A segment of a file: 524,288 bytes, or the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchivedSegment {
    pub file_id: FileId,
    pub index: usize,
    /// The bytes in Base64.
    #[serde(with = "base64")]
    pub bytes: Vec<u8>,
}

/// An entry of the audit log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchivedAudit {
    pub id: AuditId,
    pub at: Timestamp,
    pub actor_id: UserId,
    pub command: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<ChatId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
