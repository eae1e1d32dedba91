//! The stored form of enum words.

use serde::{Deserialize, Serialize};

use super::persist;
use crate::protocol::{ChatKind, ChatRole, MessageRole, Mute, Posting, ServerRole, Timestamp, UserKind};

persist!(ChatKind as ChatKindShape, ChatRole as ChatRoleShape, MessageRole as MessageRoleShape, Mute as MuteShape);
persist!(Posting as PostingShape, ServerRole as ServerRoleShape, UserKind as UserKindShape);

#[derive(Serialize, Deserialize)]
#[serde(remote = "Mute", rename_all = "lowercase")]
enum MuteShape {
    No,
    Until(Timestamp),
    Always,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "ChatKind", rename_all = "lowercase")]
enum ChatKindShape {
    Direct,
    Group,
    Channel,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Posting", rename_all = "lowercase")]
enum PostingShape {
    Everyone,
    Admins,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "ChatRole", rename_all = "lowercase")]
enum ChatRoleShape {
    Member,
    Admin,
    Owner,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "MessageRole", rename_all = "lowercase")]
enum MessageRoleShape {
    User,
    Assistant,
    System,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "ServerRole", rename_all = "lowercase")]
enum ServerRoleShape {
    Member,
    Moderator,
    Admin,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "UserKind", rename_all = "lowercase")]
enum UserKindShape {
    Human,
    Bot,
}
