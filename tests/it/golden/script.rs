//! The recorded conversations. Parts are independent, so a new step changes only the examples of its part.
//!
//! `says` records a command, `hears` adds the event that others receive, `does` runs a command without recording it,
//! and `notices` records an event that is no command's reply.

use std::collections::BTreeMap;

use serde_json::json;

use super::stage::{PEOPLE, Stage};
use crate::support::ADMIN_TOKEN;
use crate::support::frame::with;
use crate::support::http;

/// Every example: its path and its text.
pub async fn play() -> BTreeMap<String, String> {
    let parts = [
        session().await,
        chats().await,
        messages().await,
        files().await,
        changes().await,
        presence().await,
        streams().await,
        tokens().await,
        accounts().await,
        moderation().await,
        retention().await,
        lagged().await,
        expiring().await,
    ];
    let mut examples = BTreeMap::new();
    for (path, text) in parts.into_iter().flatten() {
        let before = examples.insert(path.clone(), text.clone()).filter(|_| !path.starts_with("events/"));
        assert!(before.is_none(), "{path} is recorded twice");
    }
    examples
}

async fn session() -> BTreeMap<String, String> {
    let usual = [
        ("COMMANDS_PER_SECOND", "20"),
        ("MAX_CONNECTIONS_PER_USER", "20"),
        ("LOGIN_ATTEMPTS_PER_MINUTE", "5"),
        ("SIGN_UPS_PER_HOUR", "20"),
        ("AUTHENTICATE_WITHIN_SECONDS", "10"),
    ];
    let mut stage = Stage::open(&usual).await;
    let token = stage.token("laptop", "ann", None).await;
    stage.connect("laptop").await;
    stage.notices("laptop", "CONNECTED").await;
    stage.says("laptop", json!({"type":"HELP","command":"AUTHENTICATE"})).await;
    stage.says("laptop", json!({"type":"PING"})).await;
    stage.says("laptop", json!({"type":"AUTHENTICATE","token":token})).await;
    stage.says("laptop", json!({"type":"GET_ME"})).await;
    stage.is_refused("laptop", json!({"type":"SEND_MESSAGE","chatId":"42","message":{"content":"Anybody?"}})).await;
    stage.close().await
}

async fn chats() -> BTreeMap<String, String> {
    let mut stage = Stage::open(&[]).await;
    for (client, person) in [("ann", "ann"), ("anns phone", "ann"), ("ben", "ben"), ("cleo", "cleo")] {
        stage.enter(client, person).await;
    }
    let description = "Whatever has no place of its own";
    let channel = json!({"type":"CREATE_CHAT","id":"chat-1","kind":"channel","name":"general"});
    stage.says("ann", channel).await;
    stage.hears("anns phone", "NEW_CHAT").await;
    stage.notices("ben", "CHANNEL_LISTED").await;
    stage.says("ben", json!({"type":"JOIN_CHAT","chatId":"#general"})).await;
    stage.hears("ann", "MEMBERS_ADDED").await;
    stage.says("ann", json!({"type":"UPDATE_CHAT","chatId":"chat-1","description":description})).await;
    stage.hears("ben", "CHAT_UPDATED").await;
    stage.says("ann", json!({"type":"ADD_MEMBERS","chatId":"chat-1","members":["cleo"]})).await;
    stage.hears("ben", "MEMBERS_ADDED").await;
    stage.says("ann", json!({"type":"MUTE_CHAT","chatId":"chat-1","until":"2999-01-01T00:00:00Z"})).await;
    stage.hears("anns phone", "CHAT_MUTED").await;
    stage.says("ann", json!({"type":"MARK_UNREAD","chatId":"chat-1","seq":1})).await;
    stage.hears("anns phone", "CHAT_MARKED_UNREAD").await;
    stage.says("ben", json!({"type":"GET_CHAT","chatId":"#general"})).await;
    stage.says("ben", json!({"type":"GET_CHATS","scope":"mine","limit":20})).await;
    stage.says("ben", json!({"type":"GET_MEMBERS","chatId":"chat-1"})).await;
    let promotion = json!({"type":"UPDATE_MEMBER","chatId":"chat-1","userId":PEOPLE[2].1,"role":"admin"});
    stage.says("ann", promotion).await;
    stage.hears("cleo", "MEMBER_UPDATED").await;
    let removal = json!({"type":"REMOVE_MEMBERS","chatId":"chat-1","userIds":[PEOPLE[1].1],"reason":"moved on"});
    stage.says("ann", removal).await;
    stage.hears("cleo", "MEMBERS_REMOVED").await;
    stage.says("cleo", json!({"type":"LEAVE_CHAT","chatId":"chat-1"})).await;
    stage.hears("ann", "MEMBERS_REMOVED").await;
    let ban = json!({"type":"BAN_MEMBER","chatId":"chat-1","userId":PEOPLE[2].1,"reason":"too loud",
        "until":"2026-02-01T00:00:00Z"});
    stage.does("cleo", json!({"type":"JOIN_CHAT","chatId":"chat-1"})).await;
    stage.says("ann", ban).await;
    stage.hears("cleo", "MEMBER_BANNED").await;
    stage.does("ben", json!({"type":"JOIN_CHAT","chatId":"chat-1"})).await;
    stage.says("ann", json!({"type":"UNBAN_MEMBER","chatId":"chat-1","userId":PEOPLE[2].1})).await;
    stage.hears("ben", "MEMBER_UNBANNED").await;
    stage.does("ann", json!({"type":"CREATE_CHAT","id":"chat-2","name":"plans","members":["ben"]})).await;
    stage.says("ann", json!({"type":"DELETE_CHAT","chatId":"chat-2"})).await;
    stage.hears("ben", "CHAT_DELETED").await;
    stage.close().await
}

async fn messages() -> BTreeMap<String, String> {
    let mut stage = Stage::open(&[]).await;
    stage.enter("ann", "ann").await;
    stage.enter("ben", "ben").await;
    stage.does("ann", json!({"type":"CREATE_CHAT","id":"chat-1","name":"plans","members":["ben"]})).await;
    let hello = json!({"id":"hello-1","content":"Hello, world!"});
    stage.says("ann", json!({"type":"SEND_MESSAGE","chatId":"chat-1","message":hello})).await;
    stage.hears("ben", "NEW_MESSAGE").await;
    let answer = json!({"id":"hello-2","content":"Hi Ann.","replyTo":"hello-1"});
    stage.does("ben", json!({"type":"SEND_MESSAGE","chatId":"chat-1","message":answer})).await;
    stage.says("ben", json!({"type":"GET_MESSAGE","chatId":"chat-1","messageId":"hello-1"})).await;
    stage.says("ben", json!({"type":"GET_CHAT_HISTORY","chatId":"chat-1","limit":20})).await;
    stage.says("ben", json!({"type":"SYNC","chats":{"chat-1":2,"chat-0":7}})).await;
    stage.says("ben", json!({"type":"MARK_DELIVERED","chatId":"chat-1","seq":2})).await;
    stage.hears("ann", "MESSAGE_DELIVERED").await;
    stage.says("ben", json!({"type":"MARK_READ","chatId":"chat-1","seq":2})).await;
    stage.hears("ann", "MESSAGE_READ").await;
    stage.says("ann", json!({"type":"GET_READ_STATE","chatId":"chat-1","messageId":"hello-1"})).await;
    let secret = json!({"id":"just-you","content":"Just between us."});
    stage.says("ann", json!({"type":"SEND_PERSONAL_MESSAGE","to":"ben","message":secret})).await;
    stage.hears("ben", "NEW_MESSAGE").await;
    stage.close().await
}

async fn files() -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().expect("a folder for the files");
    let mut stage = Stage::open(&[("FILES_URL", &format!("file://{}", folder.path().display()))]).await;
    stage.enter("ann", "ann").await;
    stage.does("ann", json!({"type":"CREATE_CHAT","id":"chat-1","name":"plans"})).await;
    let wish = json!({"type":"CREATE_UPLOAD","chatId":"chat-1","name":"plan.txt","size":5,"mimeType":"text/plain"});
    let created = stage.says("ann", wish).await;
    let path = created["uploadUrl"].as_str().and_then(|url| url.split_once("/uploads/")).expect("an address").1;
    let stored = http::exchange(stage.address(), &format!("PUT /uploads/{path}"), &[], b"north").await;
    assert_eq!(stored.status, 201, "{stored:?}");
    stage.says("ann", json!({"type":"GET_FILE","chatId":"chat-1","fileId":created["file"]["id"]})).await;
    stage.close().await
}

async fn changes() -> BTreeMap<String, String> {
    let mut stage = Stage::open(&[]).await;
    stage.enter("ann", "ann").await;
    stage.enter("ben", "ben").await;
    stage.does("ann", json!({"type":"CREATE_CHAT","id":"chat-1","name":"plans","members":["ben"]})).await;
    let hello = json!({"id":"hello-1","content":"Hello, world!"});
    stage.does("ann", json!({"type":"SEND_MESSAGE","chatId":"chat-1","message":hello})).await;
    let message = json!({"chatId":"chat-1","messageId":"hello-1"});
    let about = |kind: &str| with(json!({"type":kind}), message.clone());
    stage.says("ann", with(about("EDIT_MESSAGE"), json!({"content":"Hello, wide world!"}))).await;
    stage.hears("ben", "MESSAGE_EDITED").await;
    let about_emoji = |kind: &str| with(about(kind), json!({"emoji":"👍"}));
    stage.says("ben", about_emoji("ADD_REACTION")).await;
    stage.hears("ann", "REACTION_ADDED").await;
    stage.says("ben", about_emoji("REMOVE_REACTION")).await;
    stage.hears("ann", "REACTION_REMOVED").await;
    stage.says("ann", about("PIN_MESSAGE")).await;
    stage.hears("ben", "MESSAGE_PINNED").await;
    stage.says("ann", about("UNPIN_MESSAGE")).await;
    stage.hears("ben", "MESSAGE_UNPINNED").await;
    let mention = json!({"id":"hello-2","content":"What do you say, @ben?"});
    stage.does("ann", json!({"type":"SEND_MESSAGE","chatId":"chat-1","message":mention})).await;
    stage.notices("ben", "MENTION").await;
    stage.says("ben", json!({"type":"GET_MENTIONS","limit":20})).await;
    stage.says("ben", json!({"type":"SEARCH_MESSAGES","query":"wide hello"})).await;
    stage.says("ann", with(about("DELETE_MESSAGE"), json!({"reason":"said too early"}))).await;
    stage.hears("ben", "MESSAGE_DELETED").await;
    stage.close().await
}

async fn presence() -> BTreeMap<String, String> {
    let mut stage = Stage::open(&[]).await;
    stage.enter("ann", "ann").await;
    stage.enter("ben", "ben").await;
    stage.does("ann", json!({"type":"CREATE_CHAT","id":"chat-1","name":"plans","members":["ben"]})).await;
    stage.says("ann", json!({"type":"SET_TYPING","chatId":"chat-1","typing":true})).await;
    stage.hears("ben", "TYPING").await;
    stage.sees_presence("ben");
    stage.says("ann", json!({"type":"SET_CAPABILITIES","presenceBatches":true})).await;
    stage.says("ann", json!({"type":"SET_PRESENCE","status":"away"})).await;
    stage.hears("ben", "PRESENCE").await;
    stage.says("ben", json!({"type":"GET_PRESENCE","chatId":"chat-1"})).await;
    stage.close().await
}

async fn streams() -> BTreeMap<String, String> {
    let mut stage = Stage::open(&[]).await;
    stage.enter("ann", "ann").await;
    stage.enter("bot", "helper").await;
    stage.does("ann", json!({"type":"CREATE_CHAT","id":"chat-1","name":"plans","members":["helper"]})).await;
    let begin = json!({"type":"START_STREAM","chatId":"chat-1","message":{"id":"answer-1"}});
    stage.says("bot", begin).await;
    stage.hears("ann", "STREAM_STARTED").await;
    let piece = json!({"type":"APPEND_STREAM","chatId":"chat-1","messageId":"answer-1","content":"It is "});
    stage.says("bot", piece).await;
    stage.hears("ann", "MESSAGE_CHUNK").await;
    stage.says("ann", json!({"type":"STOP_STREAM","chatId":"chat-1","messageId":"answer-1"})).await;
    stage.hears("bot", "STOP_REQUESTED").await;
    stage.says("bot", json!({"type":"END_STREAM","chatId":"chat-1","messageId":"answer-1"})).await;
    stage.hears("ann", "NEW_MESSAGE").await;
    stage.does("bot", json!({"type":"START_STREAM","chatId":"chat-1","message":{"id":"answer-2"}})).await;
    stage.does("bot", json!({"type":"STOP_STREAM","chatId":"chat-1","messageId":"answer-2"})).await;
    stage.notices("ann", "STREAM_STOPPED").await;
    stage.close().await
}

async fn tokens() -> BTreeMap<String, String> {
    let mut stage = Stage::open(&[]).await;
    stage.enter("ann", "ann").await;
    stage.enter("anns phone", "ann").await;
    let wish =
        json!({"type":"CREATE_API_TOKEN","name":"my first bot","botUsername":"echo-bot","scopes":["read","write"]});
    let made = stage.says("ann", wish).await;
    stage.says("ann", json!({"type":"GET_API_TOKENS"})).await;
    stage.says("ann", json!({"type":"REVOKE_API_TOKEN","tokenId":made["token"]["id"]})).await;
    stage.hears("anns phone", "API_TOKEN_REVOKED").await;
    stage.says("ann", json!({"type":"GET_BOTS"})).await;
    stage.says("ann", json!({"type":"DELETE_BOT","userId":"echo-bot"})).await;
    stage.hears("anns phone", "BOT_DELETED").await;
    stage.close().await
}

async fn accounts() -> BTreeMap<String, String> {
    let mut stage = Stage::open(&[]).await;
    stage.enter("ann", "ann").await;
    stage.connect("laptop").await;
    let password = "correct horse battery";
    let wish =
        json!({"type":"SIGN_UP","username":"dora","password":password,"email":"dora@example.org","displayName":"Dora"});
    let signed_up = stage.says("laptop", wish).await;
    stage.does("ann", json!({"type":"CREATE_CHAT","id":"chat-1","name":"plans","members":["dora"]})).await;
    stage.connect("phone").await;
    let log_in =
        |device: &str, password: &str| json!({"type":"LOG_IN","username":"dora","password":password,"deviceId":device});
    stage.says("phone", log_in("phone", password)).await;
    stage.says("laptop", json!({"type":"GET_USER","username":"ann"})).await;
    stage.says("laptop", json!({"type":"GET_USERS","search":"or","limit":20})).await;
    stage.says("laptop", json!({"type":"UPDATE_USER","displayName":"Dora the Explorer"})).await;
    stage.hears("ann", "USER_UPDATED").await;
    stage.says("laptop", json!({"type":"UPDATE_SETTINGS","settings":{"theme":"dark"}})).await;
    stage.hears("phone", "SETTINGS").await;
    stage.says("laptop", json!({"type":"GET_SETTINGS"})).await;
    let token = &signed_up["refreshToken"];
    stage.says("laptop", json!({"type":"REFRESH_TOKEN","refreshToken":token})).await;
    stage.connect("tablet").await;
    stage.does("tablet", log_in("tablet", password)).await;
    let sessions = stage.says("laptop", json!({"type":"GET_SESSIONS"})).await;
    let lost = &sessions["sessions"][0]["id"];
    stage.says("laptop", json!({"type":"REVOKE_SESSION","sessionId":lost})).await;
    stage.hears("phone", "SESSION_REVOKED").await;
    let new = "another correct horse battery";
    stage.says("laptop", json!({"type":"CHANGE_PASSWORD","oldPassword":password,"newPassword":new})).await;
    stage.hears("phone", "PASSWORD_CHANGED").await;
    stage.connect("kiosk").await;
    stage.does("kiosk", log_in("kiosk", new)).await;
    stage.says("kiosk", json!({"type":"LOG_OUT"})).await;
    stage.says("laptop", json!({"type":"DELETE_ACCOUNT","password":new})).await;
    stage.hears("ann", "ACCOUNT_DELETED").await;
    stage.close().await
}

async fn moderation() -> BTreeMap<String, String> {
    let mut stage = Stage::open(&[]).await;
    stage.connect_with("admin", ADMIN_TOKEN).await;
    stage.connect_with("admins phone", ADMIN_TOKEN).await;
    stage.enter("ann", "ann").await;
    stage.does("ann", json!({"type":"CREATE_API_TOKEN","name":"my first bot","botUsername":"echo-bot"})).await;
    stage.does("ann", json!({"type":"CREATE_CHAT","id":"chat-1","name":"plans","members":["ben"]})).await;
    stage.does("ann", json!({"type":"SEND_MESSAGE","chatId":"chat-1","content":"Hello, world!"})).await;
    stage.says("admin", json!({"type":"SET_USER_ROLE","userId":PEOPLE[0].1,"role":"moderator"})).await;
    stage.hears("ann", "USER_ROLE_CHANGED").await;
    stage.says("admin", json!({"type":"DISCONNECT_USER","userId":PEOPLE[2].1,"reason":"calm down"})).await;
    stage.hears("admins phone", "USER_DISCONNECTED").await;
    let ban = json!({"type":"BAN_USER","userId":PEOPLE[1].1,"reason":"spam","until":"2026-02-01T00:00:00Z"});
    stage.says("admin", ban).await;
    stage.hears("admins phone", "USER_BANNED").await;
    stage.says("admin", json!({"type":"UNBAN_USER","userId":PEOPLE[1].1})).await;
    stage.hears("admins phone", "USER_UNBANNED").await;
    stage.does("ann", json!({"type":"UPDATE_USER","email":"ann@example.org"})).await;
    stage.says("admin", json!({"type":"CONFIRM_EMAIL","userId":PEOPLE[0].1,"email":"ann@example.org"})).await;
    let create = json!({"type":"CREATE_USER","username":"dora","password":"correct horse battery","role":"moderator"});
    stage.says("admin", create).await;
    stage
        .says("admin", json!({"type":"SET_USER_PASSWORD","userId":"dora","newPassword":"another horse battery"}))
        .await;
    stage.says("admin", json!({"type":"GET_ACCOUNTS","search":"an","limit":20})).await;
    stage.says("admin", json!({"type":"GET_AUDIT_LOG","limit":20})).await;
    stage.says("admin", json!({"type":"GET_STATS"})).await;
    stage.says("ann", json!({"type":"EXPORT_MY_DATA"})).await;
    stage.close().await
}

async fn retention() -> BTreeMap<String, String> {
    let mut stage = Stage::open(&[("RETENTION_DAYS", "30")]).await;
    stage.connect_with("admin", ADMIN_TOKEN).await;
    stage.enter("ann", "ann").await;
    stage.does("ann", json!({"type":"CREATE_CHAT","id":"chat-1","name":"plans","members":["ben"]})).await;
    stage.does("ann", json!({"type":"SEND_MESSAGE","chatId":"chat-1","content":"Hello, world!"})).await;
    stage.let_pass(31);
    stage.says("admin", json!({"type":"RUN_JOB","name":"retention"})).await;
    stage.notices("ann", "HISTORY_TRIMMED").await;
    stage.says("admin", json!({"type":"SET_HOLD","chatId":"chat-1","hold":true})).await;
    stage.hears("ann", "HOLD_CHANGED").await;
    stage.close().await
}

/// An outbox smaller than a message has no room for it even when empty.
async fn lagged() -> BTreeMap<String, String> {
    let mut stage = Stage::open(&[("OUTBOX_BYTES", "4096")]).await;
    stage.enter("ann", "ann").await;
    stage.enter("ben", "ben").await;
    stage.does("ann", json!({"type":"CREATE_CHAT","id":"chat-1","name":"plans","members":["ben"]})).await;
    stage.does("ann", json!({"type":"SEND_MESSAGE","chatId":"chat-1","content":"x".repeat(4096)})).await;
    stage.notices("ben", "LAGGED").await;
    stage.close().await
}

async fn expiring() -> BTreeMap<String, String> {
    let mut stage = Stage::open(&[]).await;
    let token = stage.token("laptop", "ann", Some(30_000)).await;
    stage.connect_with("laptop", &token).await;
    stage.notices("laptop", "TOKEN_EXPIRING").await;
    stage.close().await
}
