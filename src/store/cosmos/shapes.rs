//! The stored form of embedded objects; see [`persisted`](crate::store::persisted).

use serde::{Deserialize, Serialize};

use crate::protocol::{
    Ban, Chat, ChatId, ChatKind, Message, MessageId, Posting, PresenceStatus, Scope, Sender, Seq, ServerRole,
    SessionId, Timestamp, Token, TokenId, User, UserId, UserKind, Viewer,
};
use crate::store::persisted::{self, persist};
use crate::store::repository::{Account, EndedToken, PasswordHash, PreviousRefresh, StoredSession};

persist!(Account as AccountShape, Chat as ChatShape, PresenceStatus as PresenceStatusShape);
persist!(PreviousRefresh as PreviousRefreshShape, Sender as SenderShape, StoredSession as SessionShape);
persist!(Token as TokenShape, User as UserShape, PasswordHash as PasswordHashShape);

/// Without the last message and the viewer fields, which are read from documents of their own.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Chat", rename_all = "camelCase")]
struct ChatShape {
    id: ChatId,
    #[serde(with = "persisted")]
    kind: ChatKind,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    active: bool,
    #[serde(default, with = "persisted")]
    posting: Posting,
    created_by: UserId,
    created_at: Timestamp,
    updated_at: Timestamp,
    seq: Seq,
    member_count: u64,
    #[serde(skip)]
    large: bool,
    message_count: u64,
    #[serde(skip)]
    last_message: Option<Box<Message>>,
    pinned: Vec<MessageId>,
    #[serde(default = "first", skip_serializing_if = "is_first")]
    first_seq: Seq,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retention_days: Option<u32>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    hold: bool,
    #[serde(skip)]
    viewer: Option<Viewer>,
}

fn first() -> Seq {
    1
}

fn is_zero(version: &u64) -> bool {
    *version == 0
}

fn is_first(seq: &Seq) -> bool {
    *seq == 1
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "User", rename_all = "camelCase")]
struct UserShape {
    id: UserId,
    username: String,
    display_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    avatar_url: Option<String>,
    #[serde(with = "persisted")]
    kind: UserKind,
    #[serde(with = "persisted")]
    role: ServerRole,
    /// Always `offline`: earlier versions require the field.
    #[serde(with = "persisted")]
    status: PresenceStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_seen_at: Option<Timestamp>,
    created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(default)]
    version: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Sender", rename_all = "camelCase")]
struct SenderShape {
    id: UserId,
    username: String,
    display_name: String,
    #[serde(with = "persisted")]
    kind: UserKind,
    /// 0 in documents written by earlier versions.
    #[serde(default, skip_serializing_if = "is_zero")]
    version: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Account", rename_all = "camelCase")]
pub(super) struct AccountShape {
    #[serde(with = "persisted")]
    user: User,
    username_key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    email_unconfirmed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "persisted")]
    password: Option<PasswordHash>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owner: Option<UserId>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "persisted")]
    ban: Option<Ban>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deleted_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tokens_valid_from: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "persisted")]
    ended_tokens: Vec<EndedToken>,
    version: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "PasswordHash", transparent)]
struct PasswordHashShape(String);

#[derive(Serialize, Deserialize)]
#[serde(remote = "StoredSession", rename_all = "camelCase")]
struct SessionShape {
    id: SessionId,
    user_id: UserId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    device_id: Option<String>,
    created_at: Timestamp,
    last_seen_at: Timestamp,
    expires_at: Timestamp,
    family: [u8; 32],
    refresh: [u8; 32],
    #[serde(rename = "spent", default, skip_serializing_if = "Option::is_none", with = "persisted")]
    previous: Option<PreviousRefresh>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "PreviousRefresh", rename_all = "camelCase")]
struct PreviousRefreshShape {
    refresh: [u8; 32],
    at: Timestamp,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Token", rename_all = "camelCase")]
struct TokenShape {
    id: TokenId,
    name: String,
    #[serde(with = "persisted")]
    scopes: Vec<Scope>,
    user_id: UserId,
    created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_used_at: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "PresenceStatus", rename_all = "lowercase")]
enum PresenceStatusShape {
    Online,
    Away,
    Offline,
}
