//! A storage that fails, panics, hangs or is full.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::contract::backends;
use crate::live::accounts::{logged_in, signed_up};
use crate::shutdown::stored;
use crate::support::faulty::{Faulty, Mood};
use crate::support::process::{BINARY, command};
use crate::support::{self, Client, Process, Server};

/// Ann and Ben in a group, over a storage that fails on command.
struct Scene {
    server: Server,
    storage: Arc<Faulty>,
    ann: Client,
    ben: Client,
    chat: Value,
}

async fn scene() -> Scene {
    let place = backends::sqlite().await.expect("a new file");
    let storage = Faulty::new(place.repository);
    let server = support::server::start_over(storage.clone(), place.keep, support::server::settings(&[])).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let made = ann.command(json!({"type":"CREATE_CHAT","members":[ben.user_id]})).await;
    ben.next_of("NEW_CHAT").await;
    Scene { server, storage, ann, ben, chat: made["chatId"].clone() }
}

impl Scene {
    fn send(&self, id: &str) -> Value {
        json!({"type":"SEND_MESSAGE","chatId":self.chat,"requestId":id,"message":{"id":id,"content":"hi"}})
    }

    /// Ann sends it, and both receive it at that position and nothing else.
    async fn arrives(&mut self, id: &str, seq: u64) {
        let command = self.send(id);
        let reply = self.ann.command(command).await;
        assert_eq!((&reply["type"], &reply["seq"]), (&json!("NEW_MESSAGE"), &json!(seq)), "{reply}");
        assert!(reply.get("duplicate").is_none(), "{reply}");
        let event = self.ben.next().await;
        assert_eq!((&event["message"]["id"], &event["seq"]), (&json!(id), &json!(seq)), "{event}");
    }
}

#[tokio::test]
async fn commands_failed_by_an_outage_can_be_retried_with_the_same_ids() {
    let mut scene = scene().await;
    scene.arrives("first", 2).await;
    scene.storage.be(Mood::Absent);
    for command in [scene.send("second"), json!({"type":"GET_CHATS"}), json!({"type":"CREATE_CHAT","id":"x"})] {
        let refused = scene.ann.command(command).await;
        assert_eq!(refused["code"], "UNAVAILABLE", "{refused}");
        assert!(
            !refused["error"].as_str().expect("a sentence").contains("told to fail"),
            "causes are not sent to clients"
        );
    }
    assert_eq!(scene.ann.command(json!({"type":"PING"})).await["type"], "PONG");
    let mut side = support::Raw::connect(&scene.server.address.to_string()).await;
    let head = side.request("GET /ready HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(head.starts_with("HTTP/1.1 503 "), "{head}");
    scene.ben.hears_nothing().await;
    scene.storage.be(Mood::Good);
    scene.arrives("second", 3).await;
    let made = scene.ann.command(json!({"type":"CREATE_CHAT","id":"x"})).await;
    assert_eq!((&made["type"], made.get("duplicate")), (&json!("NEW_CHAT"), None));
}

#[tokio::test]
async fn commits_without_a_reply_are_published_immediately() {
    let mut scene = scene().await;
    for (id, seq) in [("second", 2), ("third", 3)] {
        scene.storage.be(Mood::Mute);
        scene.ann.send(scene.send(id)).await;
        assert_eq!(scene.ann.next_of("ERROR").await["code"], "UNAVAILABLE");
        scene.storage.be(Mood::Good);
        // The sender receives the event like every other member, with or without a retry.
        for client in [&mut scene.ann, &mut scene.ben] {
            let told = client.next().await;
            assert_eq!((&told["type"], &told["seq"]), (&json!("NEW_MESSAGE"), &json!(seq)), "{told}");
        }
        if id == "second" {
            scene.ann.send(scene.send(id)).await;
            let again = scene.ann.next_of("NEW_MESSAGE").await;
            assert_eq!((&again["seq"], &again["duplicate"]), (&json!(2), &json!(true)), "{again}");
        }
    }
    scene.arrives("fourth", 4).await;
    scene.ann.hears_nothing().await;
}

#[tokio::test]
async fn a_panic_is_internal_and_later_commands_succeed() {
    let mut scene = scene().await;
    scene.storage.be(Mood::Panics);
    for command in [scene.send("first"), json!({"type":"GET_CHATS"}), scene.send("first"), scene.send("second")] {
        let failed = scene.ann.command(command.clone()).await;
        assert_eq!((&failed["code"], &failed["command"]), (&json!("INTERNAL"), &command["type"]), "{failed}");
        assert_eq!(failed.get("requestId"), command.get("requestId"));
    }
    scene.ben.hears_nothing().await;
    scene.storage.be(Mood::Good);
    scene.arrives("first", 2).await;
    scene.arrives("second", 3).await;
    assert_eq!(scene.ann.command(json!({"type":"GET_CHATS"})).await["type"], "CHAT_LIST");
}

#[tokio::test]
async fn uncommitted_changes_are_not_published() {
    let mut scene = scene().await;
    scene.storage.be(Mood::Waits);
    let command = scene.send("waiting");
    scene.ann.send(command).await;
    scene.storage.entered().await;
    scene.ben.hears_nothing().await;
    scene.storage.let_go();
    assert_eq!(scene.ann.next().await["seq"], 2);
    assert_eq!(scene.ben.next().await["seq"], 2);
}

#[tokio::test]
async fn replies_do_not_overtake_a_slow_command() {
    let mut scene = scene().await;
    scene.storage.be(Mood::Waits);
    let one = scene.send("one");
    let two = scene.send("two");
    let bad = json!({"type":"SEND_MESSAGE","chatId":scene.chat,"requestId":"empty","content":""});
    let foreign = json!({"type":"SEND_MESSAGE","chatId":"x","requestId":"foreign","content":"hi","role":"nobody"});
    let after = [two, bad, foreign, json!({"type":"NO_SUCH","requestId":"none"}), json!({"type":"PING"})];
    scene.ann.send(one).await;
    scene.storage.entered().await;
    for command in &after {
        scene.ann.send(command.clone()).await;
    }
    scene.ann.send_text("not json").await;
    scene.ann.send(json!({"type":"GET_CHAT","chatId":scene.chat,"requestId":"chat"})).await;
    // Ann's connection has been checked since: its commands would have been answered.
    scene.ben.hears_nothing().await;
    scene.storage.let_go();
    let mut replies = vec![];
    for _ in 0..8 {
        replies.push(scene.ann.next().await);
    }
    let shown: Vec<_> = replies.iter().map(|reply| reply["requestId"].as_str().unwrap_or("-")).collect();
    assert_eq!(shown, ["one", "two", "empty", "foreign", "none", "-", "-", "chat"]);
    assert_eq!(replies[7]["chat"]["seq"], 3, "it takes effect after earlier sends");
}

/// The real binary, with a limit on the size of its files in blocks of 512 bytes.
fn limited(folder: &Path, blocks: u32) -> std::process::Command {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec {BINARY}");
    let mut shell = command(folder, "sh", &[("LOG_LEVEL", "off")]);
    shell.arg("-c").arg(script);
    shell
}

#[tokio::test]
async fn a_full_disk_is_unavailable_and_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let process = Process::spawn(limited(folder.path(), 2048)).await;
    let mut ann = process.user("ann").await;
    let made = ann.command(json!({"type":"CREATE_CHAT"})).await;
    let chat = made["chatId"].clone();
    let content = "x".repeat(4000);
    let mut acknowledged = vec![];
    let refused = loop {
        let id = format!("m{}", acknowledged.len());
        let message = json!({"id":id,"content":content});
        let reply = ann.command(json!({"type":"SEND_MESSAGE","chatId":chat,"message":message})).await;
        if reply["type"] == "ERROR" {
            break reply;
        }
        acknowledged.push((reply["seq"].as_u64().expect("a number"), id));
        assert!(acknowledged.len() < 2000, "the disk is never full");
    };
    assert_eq!(refused["code"], "UNAVAILABLE", "{refused}");
    assert_eq!(stored(&mut ann, &chat).await, acknowledged, "stored data can still be read");
    let token = ann.token.clone();
    drop(process);
    let process = Process::start(folder.path(), &[]).await;
    let mut ann = Client::greeted(&process.url(), &token).await;
    assert_eq!(stored(&mut ann, &chat).await, acknowledged);
    let message = json!({"id":format!("m{}", acknowledged.len()),"content":content});
    let reply = ann.command(json!({"type":"SEND_MESSAGE","chatId":chat,"message":message})).await;
    assert_eq!((&reply["type"], reply.get("duplicate")), (&json!("NEW_MESSAGE"), None), "the same id works now");
}

#[tokio::test]
async fn ephemeral_commands_work_without_the_storage() {
    let mut scene = scene().await;
    let Scene { storage, ann, ben, chat, .. } = &mut scene;
    ben.sees_presence = true;
    let begun = ann.command(json!({"type":"START_STREAM","chatId":chat,"message":{"id":"a"}})).await;
    assert_eq!(ben.next_of("STREAM_STARTED").await, begun);
    storage.be(Mood::Absent);
    let typing = ann.command(json!({"type":"SET_TYPING","chatId":chat,"typing":true})).await;
    assert_eq!(ben.next().await, typing);
    let away = ann.command(json!({"type":"SET_PRESENCE","status":"away"})).await;
    assert_eq!(ben.next().await, away);
    ann.command(json!({"type":"APPEND_STREAM","chatId":chat,"messageId":"a","content":"It "})).await;
    assert_eq!(ben.next().await["type"], "MESSAGE_CHUNK");
    let end = json!({"type":"END_STREAM","chatId":chat,"messageId":"a"});
    ann.refused(end.clone(), "UNAVAILABLE", "").await;
    storage.be(Mood::Mute);
    ann.refused(end.clone(), "UNAVAILABLE", "").await;
    storage.be(Mood::Good);
    let kept = ann.reply(end).await;
    assert_eq!((&kept["message"]["content"], &kept["duplicate"]), (&json!("It "), &json!(true)));
    let synced = ben.reply(json!({"type":"SYNC","chats":{chat.as_str().expect("an id"):1}})).await;
    assert_eq!(synced["chats"][0]["streams"], json!([]));
    assert_eq!(synced["chats"][0]["messages"], json!([kept["message"]]));
}

/// The node reviews its connections and finds the sessions revoked before LOG_OUT completes.
#[tokio::test]
async fn a_slow_log_out_is_answered_before_the_close() {
    let Scene { server, storage, .. } = scene().await;
    signed_up(&server, "cem").await;
    let (mut laptop, _) = logged_in(&server, "cem", "laptop").await;
    let (mut phone, _) = logged_in(&server, "cem", "phone").await;
    storage.hold_accounts();
    laptop.send(json!({"type":"LOG_OUT","everywhere":true})).await;
    storage.entered().await;
    assert_eq!(phone.closed().await.expect("a close code").0, 4401);
    storage.let_go();
    assert_eq!(laptop.next().await["type"], "LOGGED_OUT");
    assert_eq!(laptop.closed().await.expect("a close code").0, 4401);
}
