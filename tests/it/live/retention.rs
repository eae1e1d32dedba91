//! Retention of messages, and chats on hold.

use std::sync::Arc;

use pichat::api::retention::trim_expired;
use pichat::ops::clock::Clock;
use pichat::protocol::{ServerRole, Timestamp};
use pichat::store::repository::Repository;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::chats::made;
use super::moderation::ranked;
use crate::contract::backends::Place;
use crate::support::frame::assert_frame;
use crate::support::{self, Client, Server, http};

/// A storage last used by a server long ago.
struct Past {
    repository: Arc<dyn Repository>,
    files: TempDir,
    keep: Box<dyn std::any::Any + Send + Sync>,
}

impl Past {
    fn new(place: Place) -> Past {
        let Place { repository, keep } = place;
        Past { repository, files: tempfile::tempdir().expect("a folder"), keep }
    }

    fn place(&self) -> Place {
        Place { repository: self.repository.clone(), keep: Box::new(()) }
    }

    fn settings(&self) -> String {
        format!("file://{}", self.files.path().display())
    }

    /// A server in the year 2020.
    async fn server(&self) -> Server {
        let files = self.settings();
        let clock = Clock::counting(Timestamp::from_millis(1_577_836_800_000));
        support::server::start_at(self.place(), &[("FILES_URL", &files)], clock).await
    }

    /// A server in the present.
    async fn present(self, days: &str) -> (Server, Box<dyn std::any::Any + Send + Sync>) {
        let files = self.settings();
        let place = Place { repository: self.repository.clone(), keep: Box::new(self.files) };
        let server = support::start_with(place, &[("RETENTION_DAYS", days), ("FILES_URL", &files)]).await;
        (server, self.keep)
    }
}

async fn says(client: &mut Client, chat: &Value, text: &str) -> Value {
    client.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":text})).await["message"].clone()
}

async fn get(client: &mut Client, chat: &Value) -> Value {
    client.reply(json!({"type":"GET_CHAT","chatId":chat})).await["chat"].clone()
}

pub async fn expired_messages_are_trimmed_for_every_member(place: Place) {
    let past = Past::new(place);
    let mut before = past.server().await;
    let mut ann = before.user("ann").await;
    let mut ben = before.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let first = says(&mut ann, &id, "an ancient word for @ben").await;
    ann.reply(json!({"type":"PIN_MESSAGE","chatId":id,"messageId":first["id"]})).await;
    let last = says(&mut ann, &id, "another").await;
    let position = last["seq"].as_u64().expect("a position");
    before.stop().await;

    let (server, _keep) = past.present("30").await;
    let mut ann = server.user_with(&ann.token).await;
    let mut ben = server.user_with(&ben.token).await;
    let kept = says(&mut ann, &id, "a new word").await;
    ben.next_of("NEW_MESSAGE").await;
    let chat = get(&mut ben, &id).await;
    assert_eq!([&chat["firstSeq"], &chat["unreadCount"], &chat["messageCount"]], [1, 3, 3]);

    trim_expired(&server.services).await.expect("an answer");
    for client in [&mut ann, &mut ben] {
        let mut told = client.next_of("HISTORY_TRIMMED").await;
        while told["beforeSeq"] != position + 1 {
            told = client.next_of("HISTORY_TRIMMED").await;
        }
        let seq = told["seq"].clone();
        assert_frame(&told, json!({"type":"HISTORY_TRIMMED","chatId":id,"seq":seq,"beforeSeq":position + 1}));
    }
    let chat = get(&mut ben, &id).await;
    assert_eq!(
        [&chat["firstSeq"], &chat["unreadCount"], &chat["messageCount"]],
        [&json!(position + 1), &json!(1), &json!(1)]
    );
    assert_eq!(
        [&chat["mentionCount"], &chat["pinned"], &chat["lastMessage"]["id"]],
        [&json!(0), &json!([]), &kept["id"]]
    );
    let history = ben.reply(json!({"type":"GET_CHAT_HISTORY","chatId":id,"page":1})).await;
    assert_eq!((&history["total"], &history["messages"][0]["id"]), (&json!(1), &kept["id"]));
    let found = ben.reply(json!({"type":"SEARCH_MESSAGES","query":"word"})).await;
    assert_eq!(found["messages"].as_array().map(Vec::len), Some(1), "{found}");
    let wish = json!({"type":"GET_MESSAGE","chatId":id,"messageId":first["id"]});
    assert_eq!(ben.reply(wish).await["code"], "NOT_FOUND");
    let around = ben.reply(json!({"type":"GET_CHAT_HISTORY","chatId":id,"around":1})).await;
    assert_eq!((around["messages"].as_array().map(Vec::len), &around["hasMore"]), (Some(1), &json!(false)));

    for (known, messages) in [(0, 1), (position, 1)] {
        let synced = ben.reply(json!({"type":"SYNC","chats":{id.as_str().expect("an id"):known}})).await;
        let told = &synced["chats"][0];
        assert_eq!(told["trimmedBefore"], position + 1, "{synced}");
        assert_eq!(told["messages"].as_array().map(Vec::len), Some(messages), "{synced}");
        assert_eq!(told["viewer"]["unreadCount"], 1, "{synced}");
    }
    let synced = ben.reply(json!({"type":"SYNC","chats":{id.as_str().expect("an id"):chat["seq"]}})).await;
    assert_eq!(synced["chats"][0]["trimmedBefore"], Value::Null, "{synced}");
    // No work is left.
    trim_expired(&server.services).await.expect("an answer");
    ben.hears_nothing().await;
}

pub async fn only_owners_set_the_retention_of_a_chat(place: Place) {
    let server = support::start_with(place, &[("RETENTION_DAYS", "90")]).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let wish = |days: Value| json!({"type":"UPDATE_CHAT","chatId":id,"retentionDays":days});
    for days in [json!(0), json!(91), json!(40_000)] {
        let refused = ann.refused(wish(days), "INVALID_ARGUMENT", "retentionDays").await;
        let sentence = refused["error"].as_str().unwrap_or_default();
        assert!(sentence.contains("from 1 to 90, or null"), "{sentence}");
    }
    for days in [json!(-1), json!(1.5), json!("7")] {
        ann.refused(wish(days), "INVALID_ARGUMENT", "retentionDays").await;
    }
    let set = ann.command(wish(json!(7))).await;
    assert_eq!((&set["type"], &set["chat"]["retentionDays"]), (&json!("CHAT_UPDATED"), &json!(7)));
    assert_eq!(ben.next().await["chat"]["retentionDays"], 7);
    assert_eq!(ann.command(wish(json!(7))).await["duplicate"], true);
    let promote = json!({"type":"UPDATE_MEMBER","chatId":id,"userId":ben.user_id,"role":"admin"});
    ann.reply(promote).await;
    ben.next_of("MEMBER_UPDATED").await;
    ben.refused(wish(json!(8)), "FORBIDDEN", "retentionDays").await;
    let unset = ann.command(wish(Value::Null)).await;
    assert_eq!(unset["chat"]["retentionDays"], Value::Null, "{unset}");
}

pub async fn a_chat_on_hold_keeps_all_messages(place: Place) {
    let past = Past::new(place);
    let mut before = past.server().await;
    let mut ann = before.user("ann").await;
    let mut ben = before.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let message = says(&mut ann, &id, "evidence").await;
    before.stop().await;

    let (server, _keep) = past.present("30").await;
    let mut root = ranked(&server, "root", ServerRole::Admin).await;
    let mut ann = server.user_with(&ann.token).await;
    let mut ben = server.user_with(&ben.token).await;
    let hold = |hold: bool| json!({"type":"SET_HOLD","chatId":id,"hold":hold});
    ben.refused(hold(true), "FORBIDDEN", "").await;
    let held = root.command(hold(true)).await;
    let seq = held["seq"].as_u64().expect("a position");
    assert_frame(&held, json!({"type":"HOLD_CHANGED","chatId":id,"seq":seq,"hold":true,"by":root.user_id}));
    for client in [&mut ann, &mut ben] {
        assert_frame(
            &client.next().await,
            json!({"type":"HOLD_CHANGED","chatId":id,"seq":seq,"hold":true,"by":root.user_id}),
        );
    }
    assert_eq!(root.command(hold(true)).await["duplicate"], true);
    assert_eq!(get(&mut ben, &id).await["hold"], true);

    trim_expired(&server.services).await.expect("an answer");
    let about = |kind: &str| json!({"type":kind,"chatId":id,"messageId":message["id"]});
    ann.refused(about("DELETE_MESSAGE"), "FORBIDDEN", "chatId").await;
    let edit = json!({"type":"EDIT_MESSAGE","chatId":id,"messageId":message["id"],"content":"nothing"});
    ann.refused(edit, "FORBIDDEN", "chatId").await;
    ann.refused(json!({"type":"DELETE_CHAT","chatId":id}), "FORBIDDEN", "chatId").await;
    root.refused(about("DELETE_MESSAGE"), "FORBIDDEN", "chatId").await;
    root.refused(json!({"type":"DELETE_CHAT","chatId":id}), "FORBIDDEN", "chatId").await;
    assert_eq!(ben.reply(about("GET_MESSAGE")).await["message"]["content"], "evidence");

    root.command(hold(false)).await;
    assert_eq!(ben.next_of("HOLD_CHANGED").await["hold"], false);
    trim_expired(&server.services).await.expect("an answer");
    assert_eq!(ben.next().await["type"], "HISTORY_TRIMMED");
    let log = root.reply(json!({"type":"GET_AUDIT_LOG"})).await;
    let entries = log["entries"].as_array().expect("entries").iter().filter(|entry| entry["command"] == "SET_HOLD");
    let entries: Vec<_> = entries.map(|entry| (&entry["targetId"], &entry["chatId"], &entry["reason"])).collect();
    assert_eq!(entries, [(&id, &id, &json!("release")), (&id, &id, &json!("hold"))]);
}

/// Uploads a file and sends it.
async fn attached(server: &Server, client: &mut Client, chat: &Value) -> Value {
    let wish = json!({"type":"CREATE_UPLOAD","chatId":chat,"name":"a.txt","size":5,"mimeType":"text/plain"});
    let created = client.reply(wish).await;
    let url = created["uploadUrl"].as_str().expect("an address");
    let path = url.strip_prefix(&format!("http://{}", server.address)).expect("an address of this server");
    let answer = http::exchange(server.address, &format!("PUT {path}"), &[], b"hello").await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let file = created["file"]["id"].clone();
    let send = json!({"type":"SEND_MESSAGE","chatId":chat,"content":"with a file","attachments":[{"id":file}]});
    assert_eq!(client.reply(send).await["type"], "NEW_MESSAGE");
    file
}

/// The files in the folder of a server.
fn kept(folder: &std::path::Path) -> usize {
    // A folder may be deleted while this runs.
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    entries.map(|path| if path.is_dir() { kept(&path) } else { 1 }).sum()
}

pub async fn the_files_of_removed_messages_are_deleted(place: Place) {
    let past = Past::new(place);
    let mut before = past.server().await;
    let mut ann = before.user("ann").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    let file = attached(&before, &mut ann, &id).await;
    before.stop().await;
    let folder = past.files.path().to_owned();
    assert!(kept(&folder) > 0);

    let (server, _keep) = past.present("30").await;
    let mut ann = server.user_with(&ann.token).await;
    assert_eq!(ann.reply(json!({"type":"GET_FILE","chatId":id,"fileId":file})).await["type"], "FILE");
    trim_expired(&server.services).await.expect("an answer");
    let gone = async {
        while kept(&folder) > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(support::client::PATIENCE, gone).await.expect("deleted in time");
    assert_eq!(ann.reply(json!({"type":"GET_FILE","chatId":id,"fileId":file})).await["code"], "NOT_FOUND");
}

pub async fn a_chat_on_hold_keeps_files_of_deleted_accounts(place: Place) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("file://{}", folder.path().display());
    let server = support::start_with(place, &[("FILES_URL", &url)]).await;
    let mut root = ranked(&server, "root", ServerRole::Admin).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ben, "group", "den", &mut [&mut ann]).await;
    let file = attached(&server, &mut ann, &id).await;
    root.reply(json!({"type":"SET_HOLD","chatId":id,"hold":true})).await;
    let mut admin = server.admin().await;
    assert_eq!(admin.reply(json!({"type":"DELETE_BOT","userId":ann.user_id})).await["type"], "BOT_DELETED");
    let reviewer = server.services.files.reviewer(&server.services.repository).expect("a store");
    reviewer.review_due(Timestamp::from_millis(4_000_000_000_000)).await.expect("an answer");
    assert_eq!(ben.reply(json!({"type":"GET_FILE","chatId":id,"fileId":file})).await["type"], "FILE");
    root.reply(json!({"type":"SET_HOLD","chatId":id,"hold":false})).await;
    reviewer.review_due(Timestamp::from_millis(4_100_000_000_000)).await.expect("an answer");
    assert_eq!(ben.reply(json!({"type":"GET_FILE","chatId":id,"fileId":file})).await["code"], "NOT_FOUND");
}
