//! The documents as existing accounts store them. A difference here changes stored data: old documents must stay
//! readable, and nodes of the previous release must be able to read new ones.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::accounts::Profile;
use super::audit::{EntryDocument, Month};
use super::directory::ListedChannel;
use super::documents::{DeletionsDocument, HeadDocument, MemberDocument, MessageDocument};
use super::lists::ListEntry;
use super::names::{NameDocument, Reservation};
use super::partition::Journal;
use super::people::{ListedUser, OwnedBot};
use super::reactions::ReactionDocument;
use super::sessions::SessionDocument;
use super::settings::SettingDocument;
use super::tokens::{Pointer, TokenDocument};

const AT: &str = "2026-01-02T03:04:05.678Z";

/// Asserts that the document can be read and is written back unchanged.
fn is_kept<D: Serialize + DeserializeOwned>(document: Value) {
    let read: D = serde_json::from_value(document.clone()).expect("a stored document");
    assert_eq!(serde_json::to_value(&read).expect("a document"), document);
}

fn user() -> Value {
    json!({
        "id": "u", "username": "ann", "displayName": "Ann", "avatarUrl": "https://example.org/a.png", "kind": "human",
        "role": "moderator", "status": "offline", "lastSeenAt": AT, "createdAt": AT, "version": 0,
    })
}

fn bot() -> Value {
    json!({
        "id": "b", "username": "bot", "displayName": "Bot", "kind": "bot", "role": "member", "status": "offline",
        "createdAt": AT, "version": 0,
    })
}

fn ban() -> Value {
    json!({ "by": "a", "at": AT, "reason": "spam", "until": AT })
}

fn head() -> Value {
    json!({
        "id": "head", "chatId": "c", "seq": 7,
        "chat": {
            "id": "c", "kind": "channel", "name": "general", "description": "all", "active": true,
            "posting": "everyone", "createdBy": "u",
            "createdAt": AT, "updatedAt": AT, "seq": 7, "memberCount": 2, "messageCount": 3, "pinned": ["m"],
        },
        "owners": 1, "changedSeq": 2, "membersSeq": 3, "sent": 4, "countsDeletions": true, "lastMessageId": "m",
        "journal": "j", "stamps": ["s"],
    })
}

fn member() -> Value {
    json!({
        "id": "u:u", "chatId": "c", "userId": "u", "present": true, "role": "owner", "joinedAt": AT, "readSeq": 1,
        "deliveredSeq": 2, "leftSeq": 0, "ban": ban(), "mute": { "until": AT }, "unreadFrom": 1, "readAt": AT,
        "deliveredAt": AT, "user": user(),
    })
}

#[test]
fn the_stored_form_of_heads_is_stable() {
    is_kept::<HeadDocument>(head());
    for kind in ["direct", "group"] {
        let mut other = head();
        other["chat"]["kind"] = kind.into();
        is_kept::<HeadDocument>(other);
    }
    is_kept::<HeadDocument>(json!({
        "id": "head", "chatId": "c", "seq": 0, "chat": null, "owners": 0, "changedSeq": 0, "membersSeq": 0,
        "stamps": [],
    }));
}

#[test]
fn the_stored_form_of_members_is_stable() {
    is_kept::<MemberDocument>(member());
    for (role, mute) in [("admin", "always"), ("member", "no")] {
        let mut other = member();
        other["role"] = role.into();
        other["mute"] = mute.into();
        is_kept::<MemberDocument>(other);
    }
    is_kept::<MemberDocument>(json!({
        "id": "u:b", "chatId": "c", "userId": "b", "present": false, "role": null, "joinedAt": AT, "readSeq": 0,
        "deliveredSeq": 0, "leftSeq": 5, "mute": "no", "user": bot(),
    }));
    is_kept::<Journal>(json!({ "id": "j", "chatId": "c", "members": [member()] }));
}

#[test]
fn the_stored_form_of_messages_is_stable() {
    let message = |role: &str| {
        json!({
            "id": "m:m", "chatId": "c", "messageId": "m", "seq": 2, "updatedSeq": 3,
            "sender": { "id": "u", "username": "ann", "displayName": "Ann", "kind": "human" },
            "role": role, "content": "Grüße", "folded": "grüße",
            "attachments": [
                {
                    "id": "f", "url": "https://example.org/f", "name": "f.png", "size": 9, "mimeType": "image/png",
                    "width": 2, "height": 1,
                },
                { "url": "https://example.org/g", "name": "g.png", "size": 8, "mimeType": "image/png" },
            ],
            "replyTo": "l", "mentions": ["b"], "reactions": [{ "emoji": "👍", "count": 1, "userIds": ["b"] }],
            "metadata": "{\"n\":1.0}", "createdAt": AT, "editedAt": AT, "deletedAt": AT, "ordinal": 2,
            "ownOrdinal": 1, "stamp": "s",
        })
    };
    for role in ["user", "assistant", "system"] {
        is_kept::<MessageDocument>(message(role));
    }
    is_kept::<MessageDocument>(json!({
        "id": "m:n", "chatId": "c", "messageId": "n", "seq": 2, "updatedSeq": 2,
        "sender": { "id": "b", "username": "bot", "displayName": "Bot", "kind": "bot" },
        "role": "user", "content": "hello", "createdAt": AT, "stamp": "s",
    }));
    is_kept::<DeletionsDocument>(json!({
        "id": "d:1", "chatId": "c", "deletionsOf": "64", "block": 1, "deleted": 3,
    }));
    is_kept::<ReactionDocument>(json!({
        "id": "r:1", "chatId": "c", "reaction": "m👍", "reactor": "u", "reactedSeq": 3,
    }));
}

#[test]
fn the_stored_form_of_accounts_is_stable() {
    is_kept::<Profile>(json!({
        "id": "profile", "userId": "u", "user": user(), "usernameKey": "ann", "email": "ann@example.org",
        "emailUnconfirmed": true, "password": "$argon2id$", "owner": "o", "ban": ban(), "deletedAt": AT,
        "tokensValidFrom": AT, "endedTokens": [{ "jti": "t", "until": AT }], "version": 3, "stamp": "s",
    }));
    for role in ["member", "admin"] {
        let mut user = bot();
        user["role"] = role.into();
        is_kept::<Profile>(json!({
            "id": "profile", "userId": "b", "user": user, "usernameKey": "bot", "version": 1, "stamp": "",
        }));
    }
}

#[test]
fn the_stored_form_of_credentials_is_stable() {
    let hash = vec![7; 32];
    is_kept::<SessionDocument>(json!({
        "id": "s:s", "userId": "u", "sessionId": "s",
        "session": {
            "id": "s", "userId": "u", "deviceId": "phone", "createdAt": AT, "lastSeenAt": AT, "expiresAt": AT,
            "family": hash, "refresh": hash, "spent": { "refresh": hash, "at": AT },
        },
    }));
    is_kept::<SessionDocument>(json!({
        "id": "s:s", "userId": "u", "sessionId": "s",
        "session": {
            "id": "s", "userId": "u", "createdAt": AT, "lastSeenAt": AT, "expiresAt": AT, "family": hash,
            "refresh": hash,
        },
    }));
    is_kept::<TokenDocument>(json!({
        "id": "t:t", "userId": "u", "tokenId": "t",
        "token": {
            "id": "t", "name": "script", "scopes": ["read", "write", "admin"], "userId": "b", "createdAt": AT,
            "expiresAt": AT, "lastUsedAt": AT,
        },
        "hash": hash,
    }));
    is_kept::<TokenDocument>(json!({
        "id": "t:t", "userId": "u", "tokenId": "t",
        "token": { "id": "t", "name": "script", "scopes": ["read"], "userId": "b", "createdAt": AT },
        "hash": hash,
    }));
    is_kept::<Pointer>(json!({ "id": "pointer", "userId": "th:07", "maker": "u", "token": "t", "user": "b" }));
}

#[test]
fn the_stored_form_of_lists_and_logs_is_stable() {
    is_kept::<ListEntry>(json!({ "id": "c:c", "userId": "u", "chatId": "c", "certain": true, "contested": false }));
    is_kept::<ListedChannel>(json!({
        "id": "c:c", "chatId": "channels", "chat": "c", "key": "general", "updatedAt": 1_767_323_045_678_i64,
    }));
    is_kept::<ListedUser>(json!({
        "id": "u:u", "userId": "people", "person": "u", "key": "ann", "display": "ann", "emailKey": "ann@example.org",
    }));
    is_kept::<OwnedBot>(json!({ "id": "b:b", "userId": "u", "bot": "b", "key": "bot" }));
    is_kept::<SettingDocument>(json!({
        "id": "document", "scope": "settings:u", "version": 2, "text": "{}", "stamp": "s",
    }));
    is_kept::<Month>(json!({ "id": "2026-01", "scope": "audit" }));
    is_kept::<EntryDocument>(json!({
        "id": "e", "scope": "2026-01", "auditId": "e", "at": AT, "actorId": "a", "command": "BAN_USER",
        "targetId": "u", "chatId": "c", "reason": "spam",
    }));
    is_kept::<EntryDocument>(json!({
        "id": "e", "scope": "2026-01", "auditId": "e", "at": AT, "actorId": "a", "command": "BAN_USER",
    }));
}

#[test]
fn the_stored_form_of_reserved_names_is_stable() {
    let document = json!({ "id": "name", "owner": "u", "version": 2, "userId": "name:ann" });
    let partition = [("userId", "name:ann")].into();
    let written = NameDocument { id: "name", owner: "u", version: 2, partition };
    assert_eq!(serde_json::to_value(&written).expect("a document"), document);
    let read: Reservation = serde_json::from_value(document).expect("a stored document");
    assert_eq!((&*read.owner, read.version), ("u", 2));
}
